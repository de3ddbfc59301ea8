using Billing.Notices;
using Billing.Server.BillingRun;
using Billing.Server.Pages;
using Billing.Server.Pages.Office;
using Billing.Server.Pages.Office.Notices;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;

namespace Billing.Server.Notices;

/// <summary>Every message in every language, for whoever answers for the words.</summary>
internal static class MessageRoutes
{
    private const string Link = "https://example.com/your-own-link", Unsubscribe = "https://example.com/your-own-choice";

    public static void MapMessages(this IEndpointRouteBuilder office)
    {
        office.MapGet("/messages", Show);
        office.MapGet("/messages/{kind}/{language}", FrameAsync);
    }

    private static RazorComponentResult<MessagePreview> Show(Desk desk, NoticeRendering rendering, NoticeSettings settings, BillingClock clock)
    {
        var today = clock.GetCurrentInstant().InUtc().Date;
        var samples = Enum.GetValues<NoticeKind>().Select(kind => new MessageSample(
            kind, Page(rendering, kind, "en", today), Page(rendering, kind, "bn", today), settings.VoiceOf(kind))).ToList();
        return new RazorComponentResult<MessagePreview>(new { Desk = desk, Samples = (IReadOnlyList<MessageSample>)samples, settings.Policy.Budget });
    }

    private static async Task<IResult> FrameAsync(string kind, string language, Desk desk, NoticeRendering rendering, BillingClock clock) =>
        Enum.TryParse<NoticeKind>(kind, out var known) && Enum.IsDefined(known) && language is "en" or "bn"
            ? new MailFrame(await rendering.ToHtmlAsync(Page(rendering, known, language, clock.GetCurrentInstant().InUtc().Date)))
            : Messages.NotThere(desk.Words, "/office");

    /// <summary>The sample customer: Olivia in New York, or Rahima in Dhaka.</summary>
    private static MailPage Page(NoticeRendering rendering, NoticeKind kind, string language, LocalDate today)
    {
        var (name, currency) = language == "bn" ? ("রহিমা খাতুন", "BDT") : ("Olivia Hart", "USD");
        return rendering.Page(
            language, name, NoticeSamples.Of(kind, Currency.Of(currency), today), Link, kind.MayBeSwitchedOff() ? Unsubscribe : null);
    }
}

/// <summary>One message in both languages.</summary>
public sealed record MessageSample(NoticeKind Kind, MailPage English, MailPage Bengali, Voice Voice);
