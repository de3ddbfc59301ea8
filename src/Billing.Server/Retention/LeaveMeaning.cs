using Billing.Client.Contract;
using Billing.Retention;
using Billing.Server.Http;
using Billing.Server.Pages.Language;
using Billing.Subscriptions;
using NodaTime;

namespace Billing.Server.Retention;

/// <summary>What leaving would mean for one subscription today.</summary>
/// <param name="PeriodEnd">First day without service, at the end of the period.</param>
/// <param name="Today">First day without service, now.</param>
/// <param name="Days">How many billed days would not be used, leaving now.</param>
/// <param name="Refund">What of them becomes credit.</param>
/// <param name="OffDue">What of them comes off what is due.</param>
/// <param name="Kept">What of them was paid and is not given back.</param>
/// <param name="Due">What is due today.</param>
public sealed record LeaveMeaning(LocalDate PeriodEnd, LocalDate Today, int Days, Money Refund, Money OffDue, Money Kept, Money Due)
{
    /// <summary>Whether what is given back goes to the card, as far as one paid, and not to the customer's credit.</summary>
    public bool ToCard { get; init; }

    /// <summary>Works it out; nothing moves.</summary>
    public static LeaveMeaning Of(Subscription subscription, ChangeFacts facts, LeavingPolicy policy)
    {
        var unused = subscription.UnusedIfLeft(facts);
        var refund = Subscription.Refund(unused, policy.Refund);
        var due = facts.Invoices.Aggregate(Money.Zero(subscription.Currency), (sum, i) => sum + i.Due);
        return new(
            subscription.CurrentEnd, LocalDate.Max(subscription.Today(facts.Now), subscription.StartedOn), unused.Days.Days, refund,
            unused.OffUnpaid, unused.Paid - refund, due) { ToCard = policy.Refund == RefundRule.ToCard };
    }

    /// <summary>From the beach every way out is today, and everything that waits is given back.</summary>
    public static LeaveMeaning Of(Subscription subscription, Break away, BreakFacts facts, LeavingPolicy policy)
    {
        var unused = subscription.UnusedIfLeft(away, facts);
        var (nothing, today) = (Money.Zero(subscription.Currency), LocalDate.Max(subscription.Today(facts.Now), away.StartsOn));
        var due = facts.Invoices.Aggregate(nothing, (sum, i) => sum + i.Due);
        return new(today, today, unused.Days.Days, unused.Paid, unused.OffUnpaid, nothing, due) { ToCard = policy.Refund == RefundRule.ToCard };
    }

    /// <summary>All of it, as it is shown and kept.</summary>
    public string In(Words words) => PeriodEnd == Today
        ? $"{words.LeaveNow(this)} {words.LeaveKeeps}"
        : $"{words.LeaveAtEnd(this)} {words.LeaveNow(this)} {words.LeaveKeeps}";

    /// <summary>The ways out as the API shows them.</summary>
    public IReadOnlyList<WayToLeaveView> Ways(Words words)
    {
        var nothing = Money.Zero(Due.Currency).ToAmount();
        return
        [
            PeriodEnd == Today
                ? new("period_end", Today.Iso(), Refund.ToAmount(), OffDue.ToAmount(), (Due - OffDue).ToAmount(), words.LeaveNow(this))
                : new("period_end", PeriodEnd.Iso(), nothing, nothing, Due.ToAmount(), words.LeaveAtEnd(this)),
            new("now", Today.Iso(), Refund.ToAmount(), OffDue.ToAmount(), (Due - OffDue).ToAmount(), words.LeaveNow(this)),
        ];
    }
}
