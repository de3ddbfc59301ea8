using Billing.Client.Contract;
using Billing.Server.BillingRun;
using Billing.Server.Customers;
using Billing.Server.Dunning;
using Billing.Server.Payments;
using Billing.Server.Payments.Gateways;
using Billing.Server.Payments.Gateways.Sandbox;
using Billing.Server.Payments.Reconciliation;
using Billing.Server.Persistence;
using Billing.Server.Tests.Gateways;
using Billing.Server.Webhooks;
using MediatR;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Billing.Server.Tests.Infrastructure;

/// <summary>
/// The whole house without its door: real database, real handlers, real run, sandbox gateway, and a clock that stands
/// still until a test moves it.
/// </summary>
internal sealed class TestHouse : IAsyncDisposable
{
    private readonly IServiceCollection parts;
    private readonly string? file;
    private ServiceProvider services;

    private TestHouse(DatabaseProvider provider, string connectionString, Instant now, string? file, Badly? badly)
    {
        this.file = file;
        Clock = new(now);
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Billing:Database:Provider"] = provider.ToString(),
            ["Billing:Database:ConnectionString"] = connectionString,
            ["Billing:Sandbox:DeliverNotices"] = "false",
            ["Billing:Reconciliation:EveryHours"] = "0",
            // A machine that stood still for a while is no trouble of the receiver's.
            ["Billing:Webhooks:LongestSeconds"] = "1200",
            ["Billing:KeysFolder"] = Path.Combine(Path.GetTempPath(), "billing-tests-keys"),
            ["Billing:Sandbox:ConnectionString"] = badly?.Sandbox ?? $"Data Source={Guid.NewGuid():N};Mode=Memory;Cache=Shared",
        };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        parts = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddBilling(configuration)
            .AddSingleton(new BillingClock(Clock));
        if (badly?.Comparing is { } comparing) parts.AddSingleton(comparing);
        if (badly?.Wire is { } wire)
            parts.AddSingleton(p => new WebhookPost(p.GetRequiredService<WebhookSecrets>(), p.GetRequiredService<BillingClock>(), configuration, wire));
        if (badly is not null)
        {
            parts.AddSingleton(new BillingDatabase(provider, connectionString, o => o.AddInterceptors(badly.Interceptors)))
                .AddSingleton<IPaymentGateway>(p => badly.Gateway(p.GetRequiredService<SandboxGateway>()))
                .AddSingleton(p => new PaymentDesk(
                    p.GetRequiredService<BillingDatabase>(), p.GetRequiredService<IPaymentGateway>(), p.GetRequiredService<DunningDesk>(), badly.LongestCall));
        }

        services = parts.BuildServiceProvider(validateScopes: true);
        _ = Gateway;
    }

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Move it by setting its <c>Now</c>.</summary>
    public MovableClock Clock { get; }

    public BillingDatabase Database => services.GetRequiredService<BillingDatabase>();

    public SandboxGateway Gateway => services.GetRequiredService<SandboxGateway>();

    /// <summary>A house on a new database of the kind a row of <see cref="Databases.All"/> names.</summary>
    public static Task<TestHouse> OnAsync(string database, PostgresServer postgres, Instant now, Badly? badly = null) => database switch
    {
        Databases.Sqlite => OnSqliteAsync(now, badly),
        Databases.Postgres => OnPostgresAsync(postgres, now, badly),
        Databases.SqlServer => OnSqlServerAsync(now, badly),
        _ => throw new ArgumentOutOfRangeException(nameof(database), database, "Not a row of Databases.All."),
    };

    /// <summary>A house for a story told once: on SQLite, or on the SQL Server that <c>BILLING_TEST_SQLSERVER</c> names.</summary>
    public static Task<TestHouse> OnChosenAsync(Instant now, Badly? badly = null) =>
        Databases.SqlServerAddress is null ? OnSqliteAsync(now, badly) : OnSqlServerAsync(now, badly);

    /// <summary>A house on a new SQLite file.</summary>
    public static async Task<TestHouse> OnSqliteAsync(Instant now, Badly? badly = null)
    {
        var path = Path.Combine(Path.GetTempPath(), $"billing-{Guid.NewGuid():N}.db");
        await SqliteTemplate.CopyToAsync(path);
        return new(DatabaseProvider.Sqlite, $"Data Source={path}", now, path, badly);
    }

    /// <summary>A house on a new PostgreSQL database.</summary>
    public static async Task<TestHouse> OnPostgresAsync(PostgresServer postgres, Instant now, Badly? badly = null)
    {
        await postgres.EnsureTemplateAsync("billing", c => new BillingDatabase(DatabaseProvider.Postgres, c).MigrateAsync(Cancellation));
        return new(DatabaseProvider.Postgres, await postgres.CreateDatabaseAsync("billing"), now, null, badly);
    }

    /// <summary>A house on a new SQL Server database; skips the test where there is no server.</summary>
    public static async Task<TestHouse> OnSqlServerAsync(Instant now, Badly? badly = null)
    {
        var house = new TestHouse(DatabaseProvider.SqlServer, Databases.NewSqlServerDatabase(), now, null, badly);
        await house.Database.MigrateAsync(Cancellation);
        return house;
    }

    /// <summary>Stops the house and opens it again on the same database; a sandbox in memory forgets its book, one in a file does not.</summary>
    public async Task RestartAsync()
    {
        await services.DisposeAsync();
        services = parts.BuildServiceProvider(validateScopes: true);
        _ = Gateway;
    }

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    /// <summary>A pass of the billing run, by its type.</summary>
    public Pass GetPass(Type pass) => (Pass)services.GetRequiredService(pass);

    /// <summary>Sends a command or query as the API would, in a scope of its own.</summary>
    public async Task<TAnswer> SendAsync<TAnswer>(IRequest<TAnswer> request)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, Cancellation);
    }

    /// <summary>Runs the billing run at the clock's present moment.</summary>
    public Task<RunRecord> RunAsync() => Get<BillingRunner>().RunAsync("test", Cancellation);

    /// <summary>Reads something in a context of its own.</summary>
    public async Task<T> ReadAsync<T>(Func<BillingDbContext, Task<T>> read)
    {
        await using var db = Database.Open();
        return await read(db);
    }

    /// <summary>Every invoice with its lines, in the order they were made.</summary>
    public Task<List<Billing.Invoicing.Invoice>> InvoicesAsync() =>
        ReadAsync(db => db.Invoices.AsNoTracking().Include(i => i.Lines).OrderBy(i => i.Number).ToListAsync(Cancellation));

    public Task<CustomerView> AddCustomerAsync(string currency = "USD", string zone = "UTC", string? name = null) =>
        SendAsync(new AddCustomer(new NewCustomer(currency, zone, Name: name)));

    public async ValueTask DisposeAsync()
    {
        if (Database.Provider == DatabaseProvider.SqlServer) await Databases.DropAsync(Database);
        await services.DisposeAsync();
        if (file is null) return;
        SqliteConnection.ClearAllPools();
        foreach (var part in new[] { file, file + "-wal", file + "-shm" }) File.Delete(part);
    }
}

/// <summary>A house in which something goes wrong.</summary>
internal sealed record Badly
{
    /// <summary>See and stop what goes to the database.</summary>
    public IReadOnlyList<IInterceptor> Interceptors { get; init; } = [];

    /// <summary>Where the sandbox keeps its book; in memory unless another process is to read it.</summary>
    public string? Sandbox { get; init; }

    /// <summary>What stands before the sandbox.</summary>
    public Func<SandboxGateway, IPaymentGateway> Gateway { get; init; } = static sandbox => sandbox;

    /// <summary>What stands before the wire that events go out on.</summary>
    public DelegatingHandler? Wire { get; init; }

    /// <summary>How often the run compares with the gateway; never when left out.</summary>
    public ReconciliationPlan? Comparing { get; init; }

    /// <summary>After what time a silent gateway is given up.</summary>
    public TimeSpan? LongestCall { get; init; }
}
