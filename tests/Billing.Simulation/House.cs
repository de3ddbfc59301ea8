using System.Data.Common;
using Billing.Server;
using Billing.Server.BillingRun;
using Billing.Server.Payments.Gateways.Sandbox;
using Billing.Server.Persistence;
using MediatR;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Billing.Simulation;

/// <summary>The product itself on one database: its own composition, commands, run and sandbox gateway; only the clock is ours.</summary>
internal sealed class House : IAsyncDisposable
{
    private const string Database = "billing.db", Book = "sandbox.db";

    private readonly ServiceProvider services;
    private readonly Clock clock;
    private readonly string folder;

    private House(string folder, Instant now)
    {
        (this.folder, clock) = (folder, new(now));
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Billing:Database:Provider"] = nameof(DatabaseProvider.Sqlite),
            ["Billing:Database:ConnectionString"] = $"Data Source={Path.Combine(folder, Database)}",
            ["Billing:Sandbox:ConnectionString"] = $"Data Source={Path.Combine(folder, Book)}",
            ["Billing:KeysFolder"] = Path.Combine(folder, "keys"),
            // What networks tell is asked for by the run itself; books are compared elsewhere.
            ["Billing:Sandbox:DeliverNotices"] = "false",
            ["Billing:Reconciliation:EveryHours"] = "0",
            // A receipt decides nothing here.
            ["Billing:Notices:Kinds:Receipt"] = "off",
        };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        services = new ServiceCollection()
            .AddLogging(logging => logging.AddFilter(level => level >= LogLevel.Warning).AddConsole())
            .AddSingleton<IConfiguration>(configuration)
            .AddBilling(configuration)
            .AddSingleton(new BillingClock(clock))
            .AddSingleton(new BillingDatabase(DatabaseProvider.Sqlite, settings["Billing:Database:ConnectionString"]!, o => o.AddInterceptors(new Careless())))
            .BuildServiceProvider();
    }

    public BillingDatabase Data => services.GetRequiredService<BillingDatabase>();

    public SandboxGateway Gateway => services.GetRequiredService<SandboxGateway>();

    public Instant Now
    {
        get => clock.Now;
        set => clock.Now = value;
    }

    /// <summary>An empty house in an empty folder.</summary>
    public static async Task<House> NewAsync(string folder, Instant now)
    {
        Directory.CreateDirectory(folder);
        var house = new House(folder, now);
        await house.Data.MigrateAsync(CancellationToken.None);
        return house;
    }

    /// <summary>Opens what another house left in a folder, as a copy of its own.</summary>
    public static House CopyOf(string left, string folder, Instant now)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in new[] { Database, Book }) File.Copy(Path.Combine(left, file), Path.Combine(folder, file));
        return new(folder, now);
    }

    /// <summary>Sends a command or query as the API would, in a scope of its own.</summary>
    public async Task<TAnswer> SendAsync<TAnswer>(IRequest<TAnswer> request)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    /// <summary>The billing run, as the schedule starts it.</summary>
    /// <exception cref="InvalidOperationException">Something was set aside: the figures would mean nothing.</exception>
    public async Task RunAsync()
    {
        var run = await services.GetRequiredService<BillingRunner>().RunAsync("simulation", CancellationToken.None);
        await using var db = Data.Open();
        if (db.SetAside.Any()) throw new InvalidOperationException($"The run of {run.AsOf} set something aside: {db.SetAside.First().Error}");
    }

    /// <summary>Closes it; its files stay until <see cref="Forget"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        using (var connection = new SqliteConnection(Data.ConnectionString)) SqliteConnection.ClearPool(connection);
        await services.DisposeAsync();
    }

    /// <summary>Deletes its files.</summary>
    public void Forget() => Directory.Delete(folder, recursive: true);

    /// <summary>Nobody wants these rows back after a power cut: no write waits for the disk.</summary>
    private sealed class Careless : DbConnectionInterceptor
    {
        public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA synchronous = OFF";
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private sealed class Clock(Instant now) : IClock
    {
        public Instant Now { get; set; } = now;

        public Instant GetCurrentInstant() => Now;
    }
}
