using Billing.Notices;
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

    public static void MapMailbox(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/sandbox/mailbox", ReadAsync);
        pages.MapGet("/sandbox/mailbox/{id:guid}", FrameAsync);
    }

    private static async Task<IResult> ReadAsync(HttpContext http, IPaymentGateway gateway, BillingDbContext db, CancellationToken cancellationToken)
    {
        var words = Words.For(http);
        if (gateway is not SandboxGateway || !DemoRoutes.IsAtThisMachine(http)) return Messages.NotThere(words, "/");

        IReadOnlyList<Letter> letters = await db.Letters.AsNoTracking().Where(l => l.Channel == NoticeChannel.Mail)
            .OrderByDescending(l => l.WrittenAt).ThenByDescending(l => l.Id).Take(Newest).ToListAsync(cancellationToken);
        return new RazorComponentResult<Mailbox>(new { Words = words, Letters = letters });
    }

    private static async Task<IResult> FrameAsync(Guid id, HttpContext http, IPaymentGateway gateway, BillingDbContext db, CancellationToken cancellationToken)
    {
        if (gateway is not SandboxGateway || !DemoRoutes.IsAtThisMachine(http)) return Messages.NotThere(Words.For(http), "/");
        return await db.Letters.Where(l => l.Id == id).Select(l => l.Html).SingleOrDefaultAsync(cancellationToken) is { } html
            ? new MailFrame(html)
            : Messages.NotThere(Words.For(http), "/");
    }
}
