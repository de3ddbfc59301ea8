using Billing.Payments;
using NodaTime;

namespace Billing.Cards;

/// <summary>How often a network lets one card be tried in vain. Dated, because networks change it.</summary>
/// <param name="Brand">visa, mastercard; <c>*</c> for every card.</param>
/// <param name="From">First day it holds.</param>
/// <param name="Until">First day it no longer holds.</param>
/// <param name="Most">Tries in vain within the window, at most.</param>
/// <param name="Hours">The window.</param>
/// <param name="Source">Where it is written.</param>
public sealed record NetworkLimit(string Brand, LocalDate From, LocalDate? Until, int Most, int Hours, string Source)
{
    /// <summary>The window.</summary>
    public Duration Window => Duration.FromHours(Hours);

    /// <summary>Whether it concerns a card on a day.</summary>
    public bool Holds(string brand, LocalDate on) => (Brand == "*" || Brand == brand) && From <= on && (Until is null || on < Until);
}

/// <summary>One try of a card, for whichever invoice and by whomever: the network counts them all.</summary>
/// <param name="At">When it began.</param>
/// <param name="DeclineCode">What the bank said; <see langword="null"/> while nobody knows.</param>
public sealed record CardTry(Instant At, string? DeclineCode);

/// <summary>Why a card is not tried now.</summary>
/// <param name="Code">Machine-readable.</param>
/// <param name="Words">For people.</param>
/// <param name="Until">When it may be tried again; never when <see langword="null"/>.</param>
public sealed record TryRefused(string Code, string Words, Instant? Until);

/// <summary>Whether a card may be tried: the last thing asked before an attempt is written down, automatic or by hand.</summary>
public static class CardLimits
{
    /// <summary>Why not now; <see langword="null"/> when it may.</summary>
    /// <param name="brand">The card's.</param>
    /// <param name="inVain">Its tries that did not succeed, over all invoices.</param>
    /// <param name="limits">What the networks allow.</param>
    /// <param name="now">When.</param>
    /// <example>A Mastercard declined ten times since yesterday noon: not before noon, whichever invoice, whoever asks.</example>
    public static TryRefused? WhyNot(string brand, IReadOnlyList<CardTry> inVain, IReadOnlyList<NetworkLimit> limits, Instant now)
    {
        if (inVain.FirstOrDefault(t => t.DeclineCode is { } code && IsHard(code)) is { } hard)
        {
            var rule = DeclineCodes.RuleOf(hard.DeclineCode!);
            // A neutral text: the true reason would help whoever holds a stolen card.
            return new("card_not_usable", rule.NeutralWording || rule.Class != DeclineClass.ConsentWithdrawn
                ? "The bank will not take this card for this payment; another card is needed."
                : "The bank says that this payment was stopped there; it takes another card, or a word from the customer.", null);
        }

        var today = now.InUtc().Date;
        var refused = limits.Where(l => l.Holds(brand, today)).Select(l => Full(l, inVain, now)).OfType<TryRefused>();
        return refused.MaxBy(r => r.Until);
    }

    /// <summary>Classes after which the same card is never tried again, by nobody.</summary>
    public static bool IsHard(string code) => DeclineCodes.RuleOf(code).Class
        is DeclineClass.NeedsNewCard or DeclineClass.Fraud or DeclineClass.ConsentWithdrawn;

    private static TryRefused? Full(NetworkLimit limit, IReadOnlyList<CardTry> inVain, Instant now)
    {
        var inside = inVain.Select(t => t.At).Where(at => at > now - limit.Window).Order().ToList();
        if (inside.Count < limit.Most) return null;

        // Free again when so many have left the window that one more fits.
        var until = inside[inside.Count - limit.Most] + limit.Window;
        return new(
            "card_limit_reached",
            $"This card was tried {inside.Count} times in {limit.Hours} hours; {(limit.Brand == "*" ? "we allow" : $"{limit.Brand} allows")} {limit.Most}.",
            until);
    }
}
