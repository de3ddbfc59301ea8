using System.Text.Json;

namespace Billing.Server.Webhooks;

/// <summary>What facts are called on the wire: <c>PaymentSucceeded</c> is <c>payment.succeeded</c>.</summary>
internal static class EventTypes
{
    /// <summary>Facts whose name is a sentence and not a thing and what became of it.</summary>
    private static readonly Dictionary<string, string> Sentences = new(StringComparer.Ordinal)
    {
        ["CameBack"] = "subscription.came_back",
        ["WentToBeach"] = "break.begun",
        ["CameBackFromBeach"] = "break.ended",
        ["LostOnBeach"] = "break.lost",
        ["BreakFeeBilled"] = "break.fee_billed",
        ["CardBecameDefault"] = "card.became_default",
        ["CustomerStayed"] = "customer.stayed",
        ["InvoiceGivenUp"] = "invoice.given_up",
        ["PaymentDayChosen"] = "payment.day_chosen",
        ["PaymentNeedsAction"] = "payment.needs_action",
        ["PersonAskedFor"] = "person.asked_for",
        ["PriceMoved"] = "price.moved",
        ["TermsChanged"] = "terms.changed",
    };

    /// <summary>The type of the event that tells this fact.</summary>
    public static string Of(string fact)
    {
        if (Sentences.TryGetValue(fact, out var known)) return known;
        var words = JsonNamingPolicy.SnakeCaseLower.ConvertName(fact);
        var last = words.LastIndexOf('_');
        return last < 0 ? words : $"{words[..last]}.{words[(last + 1)..]}";
    }
}
