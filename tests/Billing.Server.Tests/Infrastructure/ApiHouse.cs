using Billing.Client;
using Billing.Server.BillingRun;
using Billing.Server.Http;
using Billing.Server.Payments.Gateways.Sandbox;
using Billing.Server.Persistence;
using Billing.Server.Tests.Gateways;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Billing.Server.Tests.Infrastructure;

/// <summary>
/// The whole server on a real port: its own database, an admin's key, and a wall clock that stands still until a test moves
/// it. Nothing runs by itself: no schedule, no demo merchant.
/// </summary>
internal sealed class ApiHouse : IAsyncDisposable
{
    private readonly Dictionary<string, string> settings;
    private readonly string folder;
    private IReadOnlyList<IInterceptor> interceptors = [];
    private WebApplicationFactory<Program> factory = null!;

    private ApiHouse(Instant now, DatabaseProvider provider, string? connectionString)
    {
        Clock = new(now);
        folder = Directory.CreateTempSubdirectory("billing-").FullName;
        settings = new(StringComparer.Ordinal)
        {
            ["Billing:Database:Provider"] = provider.ToString(),
            ["Billing:Database:ConnectionString"] = connectionString ?? $"Data Source={Path.Combine(folder, "billing.db")}",
            ["Billing:Sandbox:ConnectionString"] = $"Data Source={Path.Combine(folder, "sandbox.db")}",
            ["Billing:Run:EveryMinutes"] = "0",
            ["Billing:Sandbox:DeliverNotices"] = "false",
            ["Billing:Reconciliation:EveryHours"] = "0",
            // A machine that stood still for a while is no trouble of the receiver's.
            ["Billing:Webhooks:LongestSeconds"] = "1200",
            ["Billing:Smtp:LongestSeconds"] = "1200",
            ["Billing:Demo"] = "false",
            ["Billing:KeysFolder"] = Path.Combine(folder, "keys"),
        };
    }

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Move it by setting its <c>Now</c>; the API's sandbox clock goes ahead of it.</summary>
    public MovableClock Clock { get; }

    /// <summary>The secret of a key that may do everything.</summary>
    public string AdminKey { get; } = Secrets.New(ApiKeyAuthentication.Prefix);

    public Uri Address { get; private set; } = null!;

    /// <summary>Speaks as the admin.</summary>
    public BillingClient Client { get; private set; } = null!;

    /// <summary>Sends what the typed client never would; carries the admin's key.</summary>
    public HttpClient Http { get; private set; } = null!;

    public SandboxGateway Gateway => Get<SandboxGateway>();

    /// <summary>A server on a new SQLite file.</summary>
    /// <param name="now">The wall clock.</param>
    /// <param name="changed">Settings that differ from those of every such house.</param>
    public static async Task<ApiHouse> OnSqliteAsync(Instant now, params (string Name, string Value)[] changed)
    {
        var house = new ApiHouse(now, DatabaseProvider.Sqlite, null);
        foreach (var (name, value) in changed) house.settings[name] = value;
        await house.OpenAsync(first: true);
        return house;
    }

    /// <summary>A server on a new SQLite file whose every command is seen.</summary>
    public static async Task<ApiHouse> SeenOnSqliteAsync(Instant now, SeenCommands seen)
    {
        var house = new ApiHouse(now, DatabaseProvider.Sqlite, null) { interceptors = [seen] };
        await house.OpenAsync(first: true);
        return house;
    }

    /// <summary>A server on a new PostgreSQL database.</summary>
    public static async Task<ApiHouse> OnPostgresAsync(PostgresServer postgres, Instant now)
    {
        await postgres.EnsureTemplateAsync("billing", c => new BillingDatabase(DatabaseProvider.Postgres, c).MigrateAsync(Cancellation));
        var house = new ApiHouse(now, DatabaseProvider.Postgres, await postgres.CreateDatabaseAsync("billing"));
        await house.OpenAsync(first: true);
        return house;
    }

    public T Get<T>() where T : notnull => factory.Services.GetRequiredService<T>();

    /// <summary>Stops the server and starts it again on the same database.</summary>
    public async Task RestartAsync()
    {
        await factory.DisposeAsync();
        await OpenAsync(first: false);
    }

    /// <summary>A raw client with a key of its own, or none.</summary>
    public HttpClient HttpWith(string? key)
    {
        var http = new HttpClient { BaseAddress = Address };
        if (key is not null) http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return http;
    }

    /// <summary>Reads something in a context of its own.</summary>
    public async Task<T> ReadAsync<T>(Func<BillingDbContext, Task<T>> read)
    {
        await using var db = Get<BillingDatabase>().Open();
        return await read(db);
    }

    /// <summary>Does what is due now, as the schedule would.</summary>
    public Task<RunRecord> RunAsync() => Get<BillingRunner>().RunAsync("test", Cancellation);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await factory.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private BillingDatabase SeenDatabase() => new(
        DatabaseProvider.Sqlite, settings["Billing:Database:ConnectionString"], o => o.AddInterceptors(interceptors));

    private async Task OpenAsync(bool first)
    {
        var own = Path.Combine(folder, "billing.db");
        if (first && settings["Billing:Database:ConnectionString"] == $"Data Source={own}") await SqliteTemplate.CopyToAsync(own);
        factory = new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            foreach (var (name, value) in settings) host.UseSetting(name, value);
            host.UseSetting(WebHostDefaults.ServerUrlsKey, "http://127.0.0.1:0");
            host.ConfigureLogging(logging => logging.ClearProviders());
            host.ConfigureServices(services => services.AddSingleton(new BillingClock(Clock)));
            if (interceptors.Count > 0) host.ConfigureServices(services => services.AddSingleton(SeenDatabase()));
        });
        factory.UseKestrel();
        factory.StartServer();
        Address = factory.ClientOptions.BaseAddress;

        if (first)
        {
            await using var db = Get<BillingDatabase>().Open();
            db.ApiKeys.Add(ApiKey.Create(NewId.At(Clock.Now), "test", AdminKey, ApiScope.Admin, Clock.Now));
            await db.SaveChangesAsync(Cancellation);
        }

        Http = HttpWith(AdminKey);
        Client = new(Http);
    }
}
