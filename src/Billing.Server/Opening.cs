using Billing.Server.BillingRun;
using Billing.Server.Demo;
using Billing.Server.Payments.Gateways;
using Billing.Server.Payments.Gateways.Sandbox;
using Billing.Server.Payments.Gateways.Stripe;
using Billing.Server.Persistence;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace Billing.Server;

/// <summary>What has to be true before the door opens.</summary>
internal static class Opening
{
    /// <summary>Refuses an unsafe installation, brings the schema up to date and takes up the sandbox's clock.</summary>
    public static async Task PrepareAsync(IHost app, CancellationToken cancellationToken = default)
    {
        var services = app.Services;
        MakeRoom(services.GetRequiredService<BillingDatabase>(), services.GetRequiredService<IConfiguration>());
        RefuseSandboxForRealCustomers(
            services.GetRequiredService<IHostEnvironment>(), services.GetRequiredService<IConfiguration>(),
            services.GetRequiredService<IPaymentGateway>());

        var database = services.GetRequiredService<BillingDatabase>();
        await database.MigrateAsync(cancellationToken);
        var clock = services.GetRequiredService<BillingClock>();
        await clock.LoadAsync(database, cancellationToken);
        RefuseMovedClockForRealMoney(services.GetRequiredService<IPaymentGateway>(), clock);
        await DemoMerchant.RefuseForRealCustomersAsync(
            services.GetRequiredService<IHostEnvironment>(), services.GetRequiredService<IConfiguration>(), database, clock, cancellationToken);
    }

    /// <summary>SQLite makes a file, but not the folder around it.</summary>
    private static void MakeRoom(BillingDatabase database, IConfiguration configuration)
    {
        if (database.Provider == DatabaseProvider.Sqlite) MakeRoomFor(database.ConnectionString);
        if (configuration["Billing:Sandbox:ConnectionString"] is { } sandbox) MakeRoomFor(sandbox);
    }

    private static void MakeRoomFor(string sqliteConnectionString)
    {
        var file = new SqliteConnectionStringBuilder(sqliteConnectionString);
        if (file.Mode != SqliteOpenMode.Memory && Path.GetDirectoryName(file.DataSource) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
    }

    private static void RefuseSandboxForRealCustomers(IHostEnvironment environment, IConfiguration configuration, IPaymentGateway gateway)
    {
        if (environment.IsDevelopment() || gateway is not (SandboxGateway or StripeGateway { IsTest: true })) return;
        if (configuration.GetValue("Billing:AllowSandbox", false)) return;
        throw new InvalidOperationException(
            "The sandbox gateway and Stripe's test keys take no real money. Outside Development, configure a real gateway or say Billing:AllowSandbox=true.");
    }

    private static void RefuseMovedClockForRealMoney(IPaymentGateway gateway, BillingClock clock)
    {
        if (gateway is SandboxGateway || clock.Ahead == Duration.Zero) return;
        throw new InvalidOperationException(
            "In this database a sandbox has moved the clock, so what is due is not what is due today. Use a fresh database with a real gateway.");
    }
}
