using Billing.Client.Contract;
using Billing.Server.BillingRun;
using Billing.Server.Customers;
using Billing.Server.Payments.Gateways.Sandbox;
using Billing.Server.Persistence;
using Billing.Server.Tests.Gateways;
using MediatR;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Infrastructure;

/// <summary>
/// The whole house without its door: real database, real handlers, real run, sandbox gateway, and a clock that stands
/// still until a test moves it.
/// </summary>
internal sealed class TestHouse : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly string? file;

    private TestHouse(DatabaseProvider provider, string connectionString, Instant now, string? file)
    {
        this.file = file;
        Clock = new(now);
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Billing:Database:Provider"] = provider.ToString(),
            ["Billing:Database:ConnectionString"] = connectionString,
            ["Billing:Sandbox:ConnectionString"] = $"Data Source={Guid.NewGuid():N};Mode=Memory;Cache=Shared",
        };
        services = new ServiceCollection()
            .AddLogging()
            .AddBilling(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddSingleton(new BillingClock(Clock))
            .BuildServiceProvider(validateScopes: true);
        _ = Gateway;
    }

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Move it by setting its <c>Now</c>.</summary>
    public MovableClock Clock { get; }

    public BillingDatabase Database => services.GetRequiredService<BillingDatabase>();

    public SandboxGateway Gateway => services.GetRequiredService<SandboxGateway>();

    /// <summary>A house on a new database of the kind a row of <see cref="Databases.All"/> names.</summary>
    public static Task<TestHouse> OnAsync(string database, PostgresServer postgres, Instant now) => database switch
    {
        Databases.Sqlite => OnSqliteAsync(now),
        Databases.Postgres => OnPostgresAsync(postgres, now),
        Databases.SqlServer => OnSqlServerAsync(now),
        _ => throw new ArgumentOutOfRangeException(nameof(database), database, "Not a row of Databases.All."),
    };

    /// <summary>A house on a new SQLite file.</summary>
    public static async Task<TestHouse> OnSqliteAsync(Instant now)
    {
        var path = Path.Combine(Path.GetTempPath(), $"billing-{Guid.NewGuid():N}.db");
        var house = new TestHouse(DatabaseProvider.Sqlite, $"Data Source={path}", now, path);
        await house.Database.MigrateAsync(Cancellation);
        return house;
    }

    /// <summary>A house on a new PostgreSQL database.</summary>
    public static async Task<TestHouse> OnPostgresAsync(PostgresServer postgres, Instant now)
    {
        await postgres.EnsureTemplateAsync("billing", c => new BillingDatabase(DatabaseProvider.Postgres, c).MigrateAsync(Cancellation));
        return new(DatabaseProvider.Postgres, await postgres.CreateDatabaseAsync("billing"), now, null);
    }

    /// <summary>A house on a new SQL Server database; skips the test where there is no server.</summary>
    public static async Task<TestHouse> OnSqlServerAsync(Instant now)
    {
        var house = new TestHouse(DatabaseProvider.SqlServer, Databases.NewSqlServerDatabase(), now, null);
        await house.Database.MigrateAsync(Cancellation);
        return house;
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
