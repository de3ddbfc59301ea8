using Billing.Customers;
using Billing.Invoicing;
using Billing.Metrics;
using Billing.Periods;
using NodaTime;

namespace Billing.Subscriptions;

/// <content>Paid days are used, banked or given back; there is no fourth.</content>
public sealed partial class Subscription
{
    private const string Unpaid = "Days not used and not paid for, before a break.";
    private const string UnusedFee = "Days On the Beach not used.";
    private const string UnusedBanked = "Banked days not used.";

    /// <summary>Leaves for good while On the Beach, today: banked days and the unused fee become the customer's credit.</summary>
    /// <exception cref="Refused"><c>not_on_a_break</c>.</exception>
    /// <example>14 of 30 days of 49.00 wait, 5.00 is paid for 30 days away of which 10 are left: 22.87 and 1.67 come back.</example>
    public (BreakMoved Moved, Renewal.Ended Ended) LeaveFromBeach(Break? found, EndReason reason, BreakFacts facts)
    {
        var away = MustBeAway(found);
        var today = LocalDate.Max(Today(facts.Now), away.StartsOn);
        List<Credited> credits = [.. CreditFee(away, today, facts)];
        var entry = GiveBackBanked(away, credits, facts);
        away.End(BreakState.Lost, today);
        LeavePeriod(facts.Discounts);
        (BankedStart, BankedEnd) = (null, null);

        // The loss belongs to the day it happens, not to the day they went; the way to the beach is taken back for it.
        var worth = Mrr with { Minor = away.MrrMinor };
        MrrMovement[] movements = worth.IsZero ? [] :
        [
            Move(MrrMovementKind.ToBeach, worth, today, facts.Now),
            Move(MrrMovementKind.LostOnBeach, -worth, today, facts.Now),
        ];
        LostOnBeach lost = new(CustomerId, today, Id, away.Id, away.BankedDays);
        return (new(away, null, credits, entry is null ? [] : [entry], movements, [lost]), End(today, reason, facts.Now));
    }

    /// <summary>
    /// Splits the days left into those that were paid for, which wait, and those that were not, which come off what is due.
    /// A day that is paid for in part is a paid day.
    /// </summary>
    private (int Banked, IReadOnlyList<Credited> Credits) Bank(LocalDate on, BreakFacts facts)
    {
        var left = Period.DaysBetween(on, CurrentEnd);
        // A voided period was neither paid nor is it owed: nothing of it waits.
        if (left <= 0 || Billed is not { } billed || facts.Invoices.LastOrDefault(OfPeriod) is { Status: InvoiceStatus.Void })
        {
            LeavePeriod(facts.Discounts);
            return (0, []);
        }

        var open = facts.Invoices
            .Where(i => OfPeriod(i) && i.CreditableDue.Minor > 0 && !facts.BeingPaid.Contains(i.Id)).ToList();
        var (unpaid, off) = UnpaidDays(billed, left, open, facts);
        if (unpaid == left) LeavePeriod(facts.Discounts);
        else (BankedStart, BankedEnd) = (billed.Start, billed.End);

        var credits = UnusedTime.Credit(
            off, Money.Zero(Currency), Unpaid, new(facts.Customer, open, facts.Now), facts.NewNote, []);
        return (left - unpaid, credits);
    }

    /// <summary>The most of the last days whose worth is still due.</summary>
    private (int Days, Money Worth) UnpaidDays(BillingPeriod billed, int left, List<Invoice> open, BreakFacts facts)
    {
        var due = open.Aggregate(Money.Zero(Currency), (sum, i) => sum + i.CreditableDue);
        var whole = UnderWay(facts.PlanName, facts.Discounts).Total;
        if (due.IsZero || whole.IsZero) return (0, Money.Zero(Currency));

        var days = left;
        while (Worth(days) > due) days--;
        return (days, Worth(days));

        Money Worth(int last) => Proration.Rest(billed, billed.End.PlusDays(-last)).Of(whole);
    }

    /// <summary>What leaving from the beach today would give back or take off; nothing moves.</summary>
    public UnusedTime UnusedIfLeft(Break away, BreakFacts facts)
    {
        var fees = UnusedFees(away, LocalDate.Max(Today(facts.Now), away.StartsOn), facts);
        var days = Billed is { } billed ? Proration.Rest(billed, billed.End.PlusDays(-away.BankedDays)) : Proration.Rest(NextPeriod, NextPeriod.End);
        var banked = UnusedTime.Of(days, UnderWay(facts.PlanName, facts.Discounts).Total, [.. facts.Invoices.Where(OfPeriod)]);
        var offFees = fees.Aggregate(Money.Zero(Currency), (sum, f) => sum + Money.Min(f.Unused, f.Invoice.CreditableDue));
        var fee = fees.Aggregate(Money.Zero(Currency), (sum, f) => sum + f.Unused);
        return new(days, banked.OffUnpaid + offFees, banked.Paid + fee - offFees);
    }

    private static List<(Invoice Invoice, Money Unused)> UnusedFees(Break away, LocalDate from, BreakFacts facts) =>
        [.. facts.Invoices
            .Where(i => i.Kind == InvoiceKind.Break && i.ChangeNumber == away.Number && i.PeriodEnd > from && i.Status != InvoiceStatus.Void)
            .Select(i => (i, Money.Min(away.FeeOf(LocalDate.Max(from, i.PeriodStart!.Value), i.PeriodEnd!.Value), i.Creditable)))
            .Where(f => f.Item2.Minor > 0)];

    private static List<Credited> CreditFee(Break away, LocalDate from, BreakFacts facts) =>
        UnusedFees(away, from, facts).ConvertAll(f => f.Invoice.Credit(facts.NewNote(), facts.Customer, f.Unused, UnusedFee, facts.Now));

    private static bool OfPeriod(Invoice invoice) => invoice.Kind != InvoiceKind.Break;

    private BalanceEntry? GiveBackBanked(Break away, List<Credited> credits, BreakFacts facts)
    {
        if (Billed is not { } billed || away.BankedDays == 0) return null;

        var worth = Proration.Rest(billed, billed.End.PlusDays(-away.BankedDays)).Of(UnderWay(facts.PlanName, facts.Discounts).Total);
        // What waits may be unpaid after all: a day paid in part, or a payment under way that failed. That never becomes credit.
        List<BalanceEntry> entries = [];
        var invoices = facts.Invoices.Where(OfPeriod).ToList();
        var off = Money.Min(worth, invoices.Aggregate(Money.Zero(Currency), (sum, i) => sum + i.CreditableDue));
        credits.AddRange(UnusedTime.Credit(off, worth - off, UnusedBanked, new(facts.Customer, invoices, facts.Now), facts.NewNote, entries));
        return entries.SingleOrDefault();
    }
}
