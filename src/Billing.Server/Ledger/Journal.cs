using Billing.Invoicing;
using Billing.Ledger;
using Billing.Server.Persistence;
using NodaTime;

namespace Billing.Server.Ledger;

/// <summary>What one transaction writes into the books, collected: few rows of days, however many lines there are.</summary>
internal sealed class Journal(Instant now)
{
    private readonly Dictionary<(Account Revenue, Stretch Days), long> lines = [];
    private readonly Dictionary<(Currency Currency, Account Revenue, LocalDate On), long> shares = [];

    public List<LedgerEntry> Entries { get; } = [];

    public List<DeliveryPlan> Plans { get; } = [];

    public void Post(IEnumerable<Posting> postings) => Entries.AddRange(postings.Select(p => LedgerEntry.Of(p, NewId.At(now), now)));

    /// <summary>An invoice was issued: it is owed, and its days are to be delivered.</summary>
    public void Issue(Invoice invoice)
    {
        Post(Postings.Issued(invoice));
        foreach (var line in invoice.Lines)
        {
            if (line.AmountMinor == 0 || Stretch.Of(line, invoice) is not { } days) continue;
            var key = (Postings.RevenueOf(line.Kind), days);
            lines[key] = lines.GetValueOrDefault(key) + 1;
        }
    }

    /// <summary>What changed of a delivery.</summary>
    public void Change(Delivery delivery)
    {
        foreach (var share in delivery.Shares) Add(share.Revenue, share.On, share.Amount);
        if (delivery.Plan(now) is { } plan) Plans.Add(plan);
    }

    /// <summary>What all of it adds to each day. Lines alike are worked out once.</summary>
    public IReadOnlyList<DeliveryDay> Days()
    {
        foreach (var ((revenue, days), times) in lines)
        {
            foreach (var (on, share) in days.Days(days.Start)) Add(revenue, on, share * times);
        }

        lines.Clear();
        return [.. shares.Where(s => s.Value != 0).Select(s => new DeliveryDay
        {
            Id = NewId.At(now),
            Currency = s.Key.Currency,
            Revenue = s.Key.Revenue,
            On = s.Key.On,
            AmountMinor = s.Value,
            At = now,
        })];
    }

    private void Add(Account revenue, LocalDate on, Money amount)
    {
        var key = (amount.Currency, revenue, on);
        shares[key] = checked(shares.GetValueOrDefault(key) + amount.Minor);
    }
}
