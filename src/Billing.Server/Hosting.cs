using System.Text.Encodings.Web;
using System.Text.Unicode;
using Billing.Periods;
using Billing.Server.BillingRun;
using Billing.Server.Dunning;
using Billing.Server.Http;
using Billing.Server.Ledger;
using Billing.Server.Notices;
using Billing.Server.Payments;
using Billing.Server.Payments.Gateways;
using Billing.Server.Payments.Disputes;
using Billing.Server.Payments.Gateways.Sandbox;
using Billing.Server.Payments.Gateways.Stripe;
using Billing.Server.Payments.Inbox;
using Billing.Server.Payments.Reconciliation;
using Billing.Server.Persistence;
using Billing.Server.Reports;
using Billing.Server.Retention;
using Billing.Server.Subscriptions;
using Billing.Server.Webhooks;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NodaTime;

namespace Billing.Server;

/// <summary>What the house consists of, for the server and for the commands alike.</summary>
internal static class Hosting
{
    /// <summary>Registers the database, the gateway, the clock, the billing run and the handlers.</summary>
    public static IServiceCollection AddBilling(this IServiceCollection services, IConfiguration configuration)
    {
        var provider = configuration.GetValue("Billing:Database:Provider", DatabaseProvider.Sqlite);
        var connectionString = configuration["Billing:Database:ConnectionString"] ?? "Data Source=billing.db";
        services.AddSingleton(new BillingDatabase(provider, connectionString));
        services.AddScoped(p => p.GetRequiredService<BillingDatabase>().Open());

        // Made by hand: asked for, the container would hand the clock to itself as its wall and wait for ever.
        services.AddSingleton(_ => new BillingClock());
        services.AddSingleton<IClock>(p => p.GetRequiredService<BillingClock>());
        services.AddSingleton(p => new SandboxGateway(
            configuration["Billing:Sandbox:ConnectionString"] ?? "Data Source=sandbox-gateway.db", p.GetRequiredService<BillingClock>(),
            publicUrl: configuration["Billing:PublicUrl"] is { Length: > 0 } address ? new Uri(address) : null));
        if (StripeSettings.From(configuration) is { } stripe)
            services.AddSingleton<IPaymentGateway>(p => new StripeGateway(stripe, p.GetRequiredService<BillingDatabase>(), p.GetRequiredService<ILogger<StripeWire>>()));
        else
            services.AddSingleton<IPaymentGateway>(p => p.GetRequiredService<SandboxGateway>());

        services.AddSingleton<DunningPolicies>();
        services.AddSingleton<DunningDesk>();
        services.AddSingleton<ParkingDesk>();
        services.AddSingleton<CardNews>();
        services.AddSingleton(PaymentPolicy.From(configuration));
        services.AddSingleton<PaymentDesk>();
        services.AddSingleton<RefundDesk>();
        services.AddSingleton<NoticeInbox>();
        services.AddSingleton<FollowGateway>();
        services.AddSingleton<FollowPayments>();
        services.AddSingleton<FollowRefunds>();
        services.AddSingleton<FollowDisputes>();
        services.AddSingleton<FollowCards>();
        services.AddSingleton(ReconciliationPlan.From(configuration));
        services.AddSingleton(p => new SandboxPost(
            p.GetRequiredService<IPaymentGateway>(), p.GetRequiredService<NoticeInbox>(), p.GetRequiredService<BillingClock>(),
            configuration.GetValue("Billing:Sandbox:DeliverNotices", true)));
        services.AddSingleton<TakeInNotices>();
        services.AddSingleton<ReconcileWithGateway>();
        services.AddSingleton<RunLeases>();
        services.AddSingleton<PassLoop>();
        services.AddSingleton<ResolveUnknownAttempts>();
        services.AddSingleton<FollowBreaks>();
        services.AddSingleton<AnnouncePriceMoves>();
        services.AddSingleton<RenewDueSubscriptions>();
        services.AddSingleton<FindExpiredCards>();
        services.AddSingleton<WatchCards>();
        services.AddSingleton<CollectOpenInvoices>();
        services.AddSingleton<AdvanceDunning>();
        services.AddSingleton<SendRefunds>();
        services.AddSingleton<LookBackOnSessions>();
        services.AddSingleton<CloseDay>();
        services.AddSingleton(new BooksZone(CustomerZone.Of(configuration["Billing:Merchant:TimeZone"] ?? "UTC")));
        services.AddSingleton<DeliverDays>();
        services.AddSingleton<LedgerChecks>();
        services.AddScoped<MonthlyPack>();
        services.AddSingleton<CloseBooks>();
        services.AddSingleton(SmtpPost.From(configuration));
        services.AddSingleton(NoticeSettings.From(configuration));
        // Bengali goes out as Bengali, not as a row of character references three times as long.
        services.TryAddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddSingleton<NoticeReading>();
        services.AddSingleton<NoticeRendering>();
        services.AddSingleton<WriteNotices>();
        services.AddSingleton<DeliverLetters>();
        services.AddKeyRing();
        services.AddSingleton<WebhookSecrets>();
        services.AddSingleton<WebhookPost>();
        services.AddSingleton<PublishFacts>();
        services.AddSingleton<DeliverWebhooks>();
        services.AddSingleton<BillingRunner>();
        if (configuration["Billing:Otlp:Endpoint"] is { Length: > 0 } otlp)
        {
            services.AddSingleton(p => new BusinessMeter(
                p.GetRequiredService<BillingDatabase>(), p.GetRequiredService<BillingClock>(), new(otlp), p.GetRequiredService<ILogger<BusinessMeter>>()));
            services.AddHostedService(p => p.GetRequiredService<BusinessMeter>());
        }


        services.AddSingleton(LeavingFile.Load(configuration));
        services.AddScoped<CaseInHand>();
        services.AddScoped<Leaving>();
        services.AddScoped<TakenOffers>();
        services.AddScoped<Door>();
        return services.AddMediation();
    }
}
