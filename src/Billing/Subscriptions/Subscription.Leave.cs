using Billing.Customers;
using Billing.Invoicing;
using NodaTime;

namespace Billing.Subscriptions;

/// <content>Leaving, and what is given back.</content>
public sealed partial class Subscription
{
    /// <summary>Ends it today and takes off or gives back what will not be used; today is the first day that is not.</summary>
    /// <param name="facts">Its customer, discounts and invoices; the balance moves.</param>
    /// <param name="rule">What becomes of paid days.</param>
    /// <param name="newNote">Ids for credit notes.</param>
    /// <exception cref="Refused"><c>subscription_ended</c>.</exception>
    public Left LeaveNow(ChangeFacts facts, RefundRule rule, Func<CreditNoteId> newNote)
    {
        MustLive();
        var unused = UnusedIfLeft(facts);
        var ended = CancelNow(Subscriptions.EndReason.Voluntary, facts.Now);

        List<BalanceEntry> entries = [];
        var credits = UnusedTime.Credit(
            unused.OffUnpaid, Refund(unused, rule), "Unused time after leaving.", facts, newNote, entries);
        // What was given back, or was never paid, runs no longer: whoever comes back begins anew.
        if (credits.Count > 0 || entries.Count > 0)
        {
            CurrentEnd = LocalDate.Min(CurrentEnd, EndedOn!.Value);
            LeavePeriod(facts.Discounts);
        }

        return new(ended, credits, entries);
    }

    /// <summary>What would not be used if it ended today; nothing moves.</summary>
    public UnusedTime UnusedIfLeft(ChangeFacts facts)
    {
        var from = LocalDate.Max(Today(facts.Now), CurrentStart);
        var days = Billed is { } billed && from < CurrentEnd ? Unused(billed, from)
            : Proration.Rest(NextPeriod, NextPeriod.End);
        return UnusedTime.Of(days, UnderWay(facts.PlanName, facts.Discounts).Total, facts.Invoices);
    }

    /// <summary>The part of unused paid time that is given back under a rule.</summary>
    public static Money Refund(UnusedTime unused, RefundRule rule) => rule switch
    {
        RefundRule.None => Money.Zero(unused.Paid.Currency),
        RefundRule.Prorated => unused.Paid,
    };
}

/// <summary>What leaving now made.</summary>
/// <param name="End">The end itself.</param>
/// <param name="Credits">Credit notes, without numbers yet.</param>
/// <param name="BalanceEntries">Other moves of the customer's balance.</param>
public sealed record Left(Renewal.Ended End, IReadOnlyList<Credited> Credits, IReadOnlyList<BalanceEntry> BalanceEntries);
