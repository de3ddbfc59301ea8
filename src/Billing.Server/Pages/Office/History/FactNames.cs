using Billing.History;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Pages.Office.History;

/// <summary>What the things are called that facts speak of: plans, invoices and cards, in three queries for any number of facts.</summary>
public sealed record FactNames(
    IReadOnlyDictionary<PlanId, string> Plans, IReadOnlyDictionary<InvoiceId, string> Invoices, IReadOnlyDictionary<CardId, string> Cards)
{
    public static readonly FactNames None = new(
        new Dictionary<PlanId, string>(), new Dictionary<InvoiceId, string>(), new Dictionary<CardId, string>());

    public static async Task<FactNames> ReadAsync(BillingDbContext db, IReadOnlyCollection<Fact> facts, CancellationToken cancellationToken)
    {
        var named = facts.SelectMany(f => f.GetType().GetProperties().Select(p => p.GetValue(f))).ToList();
        var plans = named.OfType<PlanId>().Distinct().ToList();
        var invoices = named.OfType<InvoiceId>().Distinct().ToList();
        var cards = named.OfType<CardId>().Distinct().ToList();
        return new(
            await db.Plans.Where(p => plans.Contains(p.Id)).Select(p => new { p.Id, p.Name }).ToDictionaryAsync(p => p.Id, p => p.Name, cancellationToken),
            await db.Invoices.Where(i => invoices.Contains(i.Id)).Select(i => new { i.Id, Number = i.Number ?? "" })
                .ToDictionaryAsync(i => i.Id, i => i.Number, cancellationToken),
            await db.Cards.Where(c => cards.Contains(c.Id)).Select(c => new { c.Id, Name = c.Brand + " " + c.LastFour })
                .ToDictionaryAsync(c => c.Id, c => c.Name, cancellationToken));
    }

    public string Of(PlanId plan) => Plans.GetValueOrDefault(plan, "?");

    public string Of(InvoiceId? invoice) => invoice is { } id ? Invoices.GetValueOrDefault(id, "") : "";

    public string Of(CardId card) => Cards.GetValueOrDefault(card, "");
}
