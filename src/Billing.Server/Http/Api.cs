using Billing.Server.Alarms;
using Billing.Server.BillingRun;
using Billing.Server.Cards;
using Billing.Server.Customers;
using Billing.Server.Dunning;
using Billing.Server.Invoicing;
using Billing.Server.Ledger;
using Billing.Server.Payments;
using Billing.Server.Payments.Disputes;
using Billing.Server.Payments.Gateways.Sandbox;
using Billing.Server.Payments.Inbox;
using Billing.Server.Payments.Reconciliation;
using Billing.Server.Persistence;
using Billing.Server.Plans;
using Billing.Server.Reports;
using Billing.Server.Retention;
using Billing.Server.Subscriptions;
using Billing.Server.Webhooks;
using FluentValidation;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;

namespace Billing.Server.Http;

/// <summary>The API: <c>/v1</c>, its document and the page to try it on. See docs/api.md.</summary>
internal static class Api
{
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        // What the API says does not depend on the machine's language.
        ValidatorOptions.Global.LanguageManager.Enabled = false;

        services.ConfigureHttpJsonOptions(o => BillingJson.Apply(o.SerializerOptions));
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.Configure<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions>(o => o.AddServerHeader = false);
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, null);
        services.AddAuthorization();
        services.AddSingleton<AnswerBook>();
        services.AddSingleton<SandboxTravel>();
        services.AddSingleton<BackgroundRuns>();
        services.AddHostedService(p => p.GetRequiredService<BackgroundRuns>());
        services.AddHostedService<NoticeWorker>();
        services.AddHostedService<SandboxPostman>();
        return services.AddApiDocument();
    }

    public static void UseApi(this WebApplication app)
    {
        app.UseEdge();
        app.MapV1();
        app.MapWebhooks();
        app.MapGet("/health/live", () => new { status = "live" }).ExcludeFromDescription();
        app.MapGet("/health/ready", async (BillingDbContext db, CancellationToken cancellationToken) =>
            await db.Database.CanConnectAsync(cancellationToken)
                ? Results.Ok(new { status = "ready" })
                : Results.Json(new { status = "database_unreachable" }, statusCode: 503)).ExcludeFromDescription();
        app.UseApiDocument();
    }

    private static void MapV1(this WebApplication app)
    {
        var v1 = app.MapGroup("/v1").WithMetadata(new RequestSizeLimitAttribute(Edge.LargestBody));
        v1.MapPlans();
        v1.MapDiscounts();
        v1.MapCustomers();
        v1.MapCards();
        v1.MapSubscriptions();
        v1.MapCancelSessions();
        v1.MapInvoices();
        v1.MapPayments();
        v1.MapDunning();
        v1.MapDisputes();
        v1.MapInbox();
        v1.MapReconciliations();
        v1.MapAlarms();
        v1.MapRuns();
        v1.MapReports();
        v1.MapLedger();
        v1.MapApiKeys();
        v1.MapWebhookEndpoints();
        v1.MapSandbox();
    }
}
