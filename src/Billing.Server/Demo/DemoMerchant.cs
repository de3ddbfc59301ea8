using Billing.Server.BillingRun;
using Billing.Server.Payments.Gateways.Stripe;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Demo;

/// <summary>A merchant to look at, in Development: see docs/operations.md.</summary>
internal static class DemoMerchant
{
    public static IServiceCollection AddDemoMerchant(this IServiceCollection services, IConfiguration configuration)
    {
        // A demo's customers have the sandbox's cards.
        if (DemoSettings.From(configuration) is not { } settings || StripeSettings.From(configuration) is not null) return services;

        services.AddSingleton(settings);
        services.AddSingleton<DemoProgress>();
        services.AddSingleton<DemoActor>();
        services.AddSingleton<DemoLife>();
        services.AddSingleton<DemoWelcome>();
        return services.AddHostedService<DemoService>();
    }

    /// <summary>Real customers never meet the demo: neither its merchant nor a key that was printed on a console.</summary>
    public static async Task RefuseForRealCustomersAsync(
        IHostEnvironment environment, IConfiguration configuration, BillingDatabase database, BillingClock clock,
        CancellationToken cancellationToken)
    {
        if (environment.IsDevelopment() || configuration.GetValue("Billing:AllowSandbox", false)) return;
        if (DemoSettings.From(configuration) is not null)
            throw new InvalidOperationException("Outside Development there is no demo merchant: take Billing:Demo out, or say Billing:AllowSandbox=true.");

        var now = clock.WallNow;
        await using var db = database.Open();
        if (await db.ApiKeys.AnyAsync(k => k.Name == DemoWelcome.KeyName && (k.ExpiresAt == null || k.ExpiresAt > now), cancellationToken))
            throw new InvalidOperationException("This database has a working demo key. Outside Development, use another database or say Billing:AllowSandbox=true.");
    }
}
