using Billing.Server.Demo;
using Billing.Server.Pages;
using Billing.Server.Pages.Language;
using Billing.Server.Payments.Gateways;
using Billing.Server.Payments.Gateways.Sandbox;
using Billing.Server.Persistence;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Notices;

/// <summary>The letters of a sandbox, to be read by whoever sits at this machine: they hold links that do things.</summary>
internal static class MailboxRoutes
{
    private const int Newest = 50;

    public static void MapMailbox(this IEndpointRouteBuilder pages) => pages.MapGet("/sandbox/mailbox", ReadAsync);

    private static async Task<IResult> ReadAsync(HttpContext http, IPaymentGateway gateway, BillingDbContext db, CancellationToken cancellationToken)
    {
        var words = Words.For(http);
        if (gateway is not SandboxGateway || !DemoRoutes.IsAtThisMachine(http)) return Messages.NotThere(words, "/");

        IReadOnlyList<Letter> letters = await db.Letters.AsNoTracking().OrderByDescending(l => l.Id).Take(Newest).ToListAsync(cancellationToken);
        return new RazorComponentResult<Mailbox>(new { Words = words, Letters = letters });
    }
}
