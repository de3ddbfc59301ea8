using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Billing.Server.Persistence;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Subscriptions;

/// <summary>
/// What was quoted, and a fingerprint of everything it was worked out from. Nothing in it is believed: confirming works the
/// change out again and compares, so it needs neither a signature nor a table; see decision 8.
/// </summary>
internal sealed record QuoteToken(Guid Plan, Guid Price, int Quantity, ChangeWhen When, long ValidUntil, string Print)
{
    public static QuoteToken Of(Subscription subscription, ChangeTerms terms, ChangeFacts facts, Quote quote) => new(
        terms.Plan.Id.Value, terms.Price.Id.Value, terms.Quantity, quote.When, quote.ValidUntil.ToUnixTimeMilliseconds(),
        PrintOf(subscription, facts, quote));

    /// <exception cref="Refused"><c>quote_unreadable</c>.</exception>
    public static QuoteToken Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<QuoteToken>(Base64Url.DecodeFromChars(text)) ?? throw Unreadable();
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            throw Unreadable();
        }
    }

    public override string ToString() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this));

    /// <summary>The terms as they were quoted, if they are still sold.</summary>
    /// <exception cref="Refused"><c>quote_stale</c>.</exception>
    public async Task<ChangeTerms> TermsAsync(BillingDbContext db, Subscription subscription, CancellationToken cancellationToken)
    {
        var plan = await db.Plans.SingleOrDefaultAsync(p => p.Id == new PlanId(Plan), cancellationToken) ?? throw Stale();
        var price = await db.Prices.SingleOrDefaultAsync(p => p.Id == new PriceId(Price) && p.PlanId == plan.Id, cancellationToken)
            ?? throw Stale();
        var superseded = price.Id != subscription.PriceId && await db.Prices.AnyAsync(
            p => p.PlanId == plan.Id && p.Currency == price.Currency && p.CadenceUnit == price.CadenceUnit
                && p.CadenceCount == price.CadenceCount && p.VersionNumber > price.VersionNumber,
            cancellationToken);
        return superseded ? throw Stale() : new(plan, price, Quantity, When);
    }

    /// <summary>Refuses when anything the quote rests on is different now.</summary>
    /// <exception cref="Refused"><c>quote_stale</c>, and as <see cref="Subscription.QuoteChange"/>.</exception>
    public void MustHold(Subscription subscription, ChangeTerms terms, ChangeFacts facts)
    {
        if (facts.Now >= Instant.FromUnixTimeMilliseconds(Math.Clamp(ValidUntil, 0, Latest))) throw Stale();
        if (!SameState(subscription, facts)) throw Stale();
        if (PrintOf(subscription, facts, subscription.QuoteChange(terms, facts)) != Print) throw Stale();
    }

    private const long Latest = 253_000_000_000_000;

    private static Refused Stale() => new("quote_stale", "Something changed since this was quoted, or it is too old; ask for a new quote.");

    private static Refused Unreadable() => new("quote_unreadable", "That is not the token of a quote.", "token");

    // The first half of the print is the state alone: a change already made is stale, not "nothing changes".
    private bool SameState(Subscription subscription, ChangeFacts facts) =>
        Print.StartsWith(Hash(StateOf(subscription, facts)), StringComparison.Ordinal);

    private static string PrintOf(Subscription subscription, ChangeFacts facts, Quote quote) =>
        Hash(StateOf(subscription, facts)) + Hash($"{quote.When} {quote.EffectiveOn} {quote.Use} {quote.OffUnpaid} {quote.ToBalance} "
            + $"{string.Join('|', quote.Lines)} {string.Join('|', quote.NextCharges)}");

    private static string StateOf(Subscription subscription, ChangeFacts facts) =>
        $"{subscription.Id} {subscription.Version} {subscription.Today(facts.Now)} {facts.Customer.BalanceMinor} "
        + $"{facts.Customer.BalanceEntries} {string.Join('|', facts.Discounts.Select(d => $"{d.Position}/{d.Version}"))} "
        + string.Join('|', facts.Invoices.Select(i => $"{i.Id}/{i.Status}/{i.DueMinor}/{i.CreditNotesMinor}"));

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
}
