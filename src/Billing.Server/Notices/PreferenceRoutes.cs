using Billing.Notices;
using Billing.Server.Customers;
using Billing.Server.Http;
using Billing.Server.Pages;
using Billing.Server.Pages.Language;
using Billing.Server.Persistence;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Notices;

/// <summary>Which mails somebody wants, by the link in a mail: no signing in, and it never grows too old.</summary>
internal static class PreferenceRoutes
{
    /// <summary>Where the link leads; the token follows.</summary>
    public const string Path = "/mails?token=";

    private const string Route = "/mails";

    public static void MapPreferences(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(Route, ShowAsync);
        pages.MapPost($"{Route}/choose", ChooseAsync);
    }

    /// <summary>What mail programs press (RFC 8058): they bring no cookie and no form of ours, so it stands apart from the pages.</summary>
    public static void MapOneClick(this IEndpointRouteBuilder app) =>
        app.MapPost(Route, OneClickAsync).DisableAntiforgery().ExcludeFromDescription();

    private static async Task<IResult> ShowAsync(string? token, HttpContext http, BillingDbContext db, CancellationToken cancellationToken)
    {
        if (await db.BehindAsync(token, cancellationToken) is not { } found) return Unknown(http);
        return new RazorComponentResult<PreferencePage>(new
        {
            Words = Words.Of(found.Language), Token = token, found.Preferences.Receipts, found.Preferences.Courtesies,
        });
    }

    private static async Task<IResult> ChooseAsync(
        [FromForm] string? token, [FromForm] string? receipts, [FromForm] string? courtesies, HttpContext http, BillingDbContext db,
        IMediator send, Door door, CancellationToken cancellationToken)
    {
        if (await db.BehindAsync(token, cancellationToken) is not { } found) return Unknown(http);
        door.Actor = Actors.Customer;
        var (wantReceipts, wantCourtesies) = (receipts == "yes", courtesies == "yes");
        await send.Send(new ChoosePreferences(found.Preferences.CustomerId, wantReceipts, wantCourtesies), cancellationToken);
        var words = Words.Of(found.Language);
        return Messages.Say(words, words.PreferencesSavedTitle, words.PreferencesSaved(wantReceipts, wantCourtesies), home: "");
    }

    private static async Task<IResult> OneClickAsync(
        string? token, BillingDbContext db, IMediator send, Door door, CancellationToken cancellationToken)
    {
        if (await db.BehindAsync(token, cancellationToken) is not { } found) return Results.NotFound();
        door.Actor = Actors.Customer;
        var isReceipt = found.Kind == NoticeKind.Receipt;
        await send.Send(
            new ChoosePreferences(
                found.Preferences.CustomerId, found.Preferences.Receipts && !isReceipt, found.Preferences.Courtesies && isReceipt),
            cancellationToken);
        return Results.Ok();
    }

    private static IResult Unknown(HttpContext http)
    {
        var words = Words.For(http);
        return Messages.Say(words, words.PreferencesLinkUnknownTitle, words.PreferencesLinkUnknown, StatusCodes.Status404NotFound);
    }

    /// <summary>Whose mail the link was in, which kind it was, and what is wanted so far.</summary>
    private static async Task<Behind?> BehindAsync(this BillingDbContext db, string? token, CancellationToken cancellationToken)
    {
        var hash = Secrets.Hash(token ?? "");
        var found = await db.Letters.Where(l => l.UnsubscribeHash == hash)
            .Join(db.Notices, l => l.NoticeId, n => n.Id, (letter, notice) => new { notice.CustomerId, letter.Language, notice.Kind })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null) return null;
        var known = await db.NoticePreferences.AsNoTracking().SingleOrDefaultAsync(p => p.CustomerId == found.CustomerId, cancellationToken);
        return new(known ?? NoticePreferences.All(found.CustomerId, default), found.Kind, found.Language);
    }

    private sealed record Behind(NoticePreferences Preferences, NoticeKind Kind, string Language);
}
