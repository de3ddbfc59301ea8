using System.Globalization;
using Billing.Server.Http;
using Billing.Server.Notices;
using Billing.Server.Pages.Language;
using Billing.Server.Pages.Office.Acts;
using Billing.Server.Pages.Office.Alarms;
using Billing.Server.Pages.Office.Audit;
using Billing.Server.Pages.Office.Books;
using Billing.Server.Pages.Office.Breaks;
using Billing.Server.Pages.Office.Customers;
using Billing.Server.Pages.Office.Dunning;
using Billing.Server.Pages.Office.Gateway;
using Billing.Server.Pages.Office.Invoices;
using Billing.Server.Pages.Office.Notices;
using Billing.Server.Pages.Office.Payments;
using Billing.Server.Pages.Office.Plans;
using Billing.Server.Pages.Office.Reports;
using Billing.Server.Pages.Office.Runs;
using Billing.Server.Pages.Office.Settings;
using Billing.Server.Pages.Office.Staff;
using Billing.Server.Pages.SignIn;
using Billing.Server.Persistence;
using Billing.Server.Staff;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NodaTime.Text;

namespace Billing.Server.Pages.Office;

/// <summary>The pages of finance and support.</summary>
internal static class OfficeRoutes
{
    private const string Home = "/office";

    public static void AddOffice(this IServiceCollection services)
    {
        services.AddScoped<ActDesk>();
        services.AddSingleton<SignInByMail>();
        services.AddHostedService(p => p.GetRequiredService<SignInByMail>());
    }

    public static void MapOffice(this IEndpointRouteBuilder pages)
    {
        pages.MapGroup(Home).MapOfficeSignIn();
        var office = pages.MapGroup(Home).RequireAuthorization(Sessions.Office).AddEndpointFilter(AnswerTroublesAsync);
        office.MapGet("/", HomeAsync).RequireAuthorization(OfficeDoor.Policy(StaffRole.Support));
        office.MapPost("/language", LanguageAsync).RequireAuthorization(OfficeDoor.Policy(StaffRole.Support));
        office.MapCustomerPages();
        office.MapActs();
        office.MapDocuments();
        office.MapPlanPages();
        office.MapRefundPages();
        office.MapDunningPages();
        office.MapNoticePages();
        office.MapAlarmPages();
        office.MapRunPages();
        office.MapGatewayPages();
        office.MapBookPages();
        office.MapReportPages();
        office.MapAudit();
        office.MapGroup("").RequireAuthorization(OfficeDoor.Policy(StaffRole.Support)).MapMessages();
        office.MapStaffPages();
        office.MapSettingsPages();
        office.MapGet("/{**elsewhere}", (Desk desk) => Messages.NotThere(desk.Words, Home)).RequireAuthorization(OfficeDoor.Policy(StaffRole.Support));
    }

    private static async Task<IResult> HomeAsync(string? currency, Desk desk, BillingDbContext db, CancellationToken cancellationToken) =>
        new RazorComponentResult<OfficeHome>(new { Desk = desk, Page = await OfficePage.ReadAsync(db, currency, desk, cancellationToken) });

    /// <summary>Chooses the language of this session, and goes on from where one was.</summary>
    private static async Task<IResult> LanguageAsync(
        [FromForm] string language, HttpContext http, BillingDbContext db, CancellationToken cancellationToken)
    {
        var (id, chosen) = (OfficeDoor.SessionOf(http.User), Words.Of(language).Tag);
        await db.OfficeSessions.Where(s => s.Id == id).ExecuteUpdateAsync(set => set.SetProperty(s => s.Language, chosen), cancellationToken);
        return new SeeOther(Home);
    }

    private static void MapDocuments(this IEndpointRouteBuilder office)
    {
        var group = office.MapGroup("").RequireAuthorization(OfficeDoor.Policy(StaffRole.Support));
        group.MapGet("/invoices", async (string? status, string? age, string? customer, string? cursor, Desk desk, BillingDbContext db, CancellationToken stop) =>
            new RazorComponentResult<InvoicesList>(new
            {
                Desk = desk, Page = await InvoicesPage.ReadAsync(db, InvoiceWish.Of(status, Number(age), Id(customer)), cursor, desk.Today, stop),
            }));
        group.MapGet("/invoices/{id:guid}", async (Guid id, Desk desk, BillingDbContext db, CancellationToken stop) =>
            new RazorComponentResult<InvoiceHome>(new { Desk = desk, File = await InvoiceFile.ReadAsync(db, id, stop) }));
        group.MapGet("/payments", async (string? state, string? customer, string? cursor, Desk desk, BillingDbContext db, CancellationToken stop) =>
            new RazorComponentResult<PaymentsList>(new { Desk = desk, Page = await PaymentsPage.ReadAsync(db, state, Id(customer), cursor, stop) }));
        group.MapGet("/breaks", async (string? page, Desk desk, BillingDbContext db, CancellationToken stop) =>
            new RazorComponentResult<BreaksList>(new { Desk = desk, Page = await BreaksPage.ReadAsync(db, Number(page) ?? 1, stop) }));
    }

    private static void MapAudit(this IEndpointRouteBuilder office) => office.MapGroup("/audit")
        .RequireAuthorization(OfficeDoor.Policy(StaffRole.Finance))
        .MapGet("", async (string? day, string? person, Desk desk, BillingDbContext db, CancellationToken stop) =>
        {
            var on = LocalDatePattern.Iso.Parse(day ?? "") is { Success: true } parsed && parsed.Value <= desk.Today ? parsed.Value : desk.Today;
            var who = string.IsNullOrEmpty(person) ? null : person.Replace("\0", "", StringComparison.Ordinal);
            return new RazorComponentResult<AuditHome>(new { Desk = desk, Page = await AuditPage.ReadAsync(db, on, who, desk, stop) });
        });

    /// <summary>What is not there, and what is no cursor or date of ours, is a short page and no error.</summary>
    private static async ValueTask<object?> AnswerTroublesAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (Exception e) when (e is BadInput || e is Refused { Code: Http.NotFound.Code })
        {
            return Messages.NotThere(Words.For(context.HttpContext), Home);
        }
    }

    private static int? Number(string? text) => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static Guid? Id(string? text) => Guid.TryParse(text, out var id) ? id : null;
}
