using Billing.Cards;
using Billing.Payments;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Dunning;

/// <summary>
/// The last thing asked before an attempt is written down: may this card be tried now? Counted per customer and card number, over
/// all invoices, automatic and by hand. Of one card, one invoice is tried at a time, so that a lost card is not tried twice.
/// </summary>
internal sealed class CardGate(ILookup<(CustomerId, string), CardTry> inVain, IReadOnlyList<NetworkLimit> limits, Instant now)
{
    private static readonly Duration Longest = Duration.FromDays(62);
    private static readonly string[] Hard = [.. DeclineCodes.Known.Where(CardLimits.IsHard)];

    private readonly HashSet<(CustomerId, string)> taken = [];

    /// <summary>Loads what these cards were tried with lately, and every hard decline they ever had.</summary>
    public static async Task<CardGate> OfAsync(
        BillingDbContext db, IReadOnlyList<Card> cards, IReadOnlyList<NetworkLimit> limits, Instant now, CancellationToken cancellationToken)
    {
        var customers = cards.Select(c => c.CustomerId).Distinct().ToList();
        var since = now - Longest;
        var tries = await db.PaymentAttempts
            .Where(a => customers.Contains(a.CustomerId) && a.State != AttemptState.Succeeded && a.State != AttemptState.Failed
                && (a.StartedAt > since || Hard.Contains(a.DeclineCode)))
            .Join(db.Cards, a => a.CardId, c => c.Id, (a, c) => new { a.CustomerId, c.Fingerprint, a.StartedAt, a.DeclineCode })
            .ToListAsync(cancellationToken);
        return new(tries.ToLookup(t => (t.CustomerId, t.Fingerprint), t => new CardTry(t.StartedAt, t.DeclineCode)), limits, now);
    }

    /// <summary>Why this card is not tried now; <see langword="null"/> when it may.</summary>
    public TryRefused? WhyNot(Card card) => CardLimits.WhyNot(card.Brand, [.. inVain[Key(card)]], limits, now);

    /// <summary>What the bank said last of this card.</summary>
    public string LastCode(Card card) => inVain[Key(card)].OrderBy(t => CardLimits.IsHard(t.DeclineCode ?? "")).ThenBy(t => t.At)
        .Select(t => t.DeclineCode).LastOrDefault(c => c is not null) ?? "generic_decline";

    /// <summary>Whether it is this card's first try in this batch; the others wait for its outcome.</summary>
    public bool TakesTurn(Card card) => taken.Add(Key(card));

    private static (CustomerId, string) Key(Card card) => (card.CustomerId, card.Fingerprint);
}
