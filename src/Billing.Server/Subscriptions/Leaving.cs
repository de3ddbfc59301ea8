using Billing.Customers;
using Billing.Dunning;
using Billing.Invoicing;
using Billing.Payments;
using Billing.Retention;
using Billing.Server.Dunning;
using Billing.Server.Http;
using Billing.Server.Invoicing;
using Billing.Server.Payments;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using Billing.Server.Plans;
using Billing.Server.Retention;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Subscriptions;

/// <summary>Writes a leave down, the same whichever way the customer came.</summary>
internal sealed class Leaving(BillingDbContext db, IPaymentGateway gateway, LeavingPolicy policy, Door door)
{
    /// <summary>What leaving would mean today; nothing moves.</summary>
    public async Task<LeaveMeaning> MeaningAsync(Subscription subscription, string plan, CancellationToken cancellationToken)
    {
        if (await db.Breaks.LiveAsync(subscription, cancellationToken) is { State: BreakState.Away } away)
            return LeaveMeaning.Of(subscription, away, await db.BreakFactsAsync(subscription, gateway, door.Now, cancellationToken), policy);

        var current = await db.Plans.NamedAsync(plan, cancellationToken);
        var facts = await db.ChangeFactsAsync(subscription, current, gateway, door.Now, cancellationToken);
        return LeaveMeaning.Of(subscription, facts, policy);
    }

    /// <summary>Lets it end when what is paid for is used up; from the beach that is today.</summary>
    /// <exception cref="Refused"><c>subscription_ended</c>, <c>cancel_already_planned</c>.</exception>
    public async Task AtPeriodEndAsync(Subscription subscription, CancellationToken cancellationToken)
    {
        if (await LeftAlreadyAsync(subscription, cancellationToken)) return;
        foreach (var fact in subscription.CancelAtEnd(door.Now)) db.Record(fact, door.Actor, door.Now);
        await StopAskingAsync(subscription, cancellationToken);
    }

    /// <summary>Lets it end with the first period that ends on a wished day or later; from the beach that is today.</summary>
    /// <exception cref="Refused"><c>subscription_ended</c>, <c>cancel_already_planned</c>, <c>day_out_of_range</c>.</exception>
    public async Task FromAsync(Subscription subscription, LocalDate wished, CancellationToken cancellationToken)
    {
        if (await LeftAlreadyAsync(subscription, cancellationToken)) return;
        foreach (var fact in subscription.LeaveFrom(wished, door.Now)) db.Record(fact, door.Actor, door.Now);
        await StopAskingAsync(subscription, cancellationToken);
    }

    /// <summary>Ends it today, with credit notes over what will not be used.</summary>
    /// <exception cref="Refused"><c>subscription_ended</c>, <c>payment_in_progress</c>.</exception>
    public async Task NowAsync(Subscription subscription, string plan, CancellationToken cancellationToken)
    {
        if (await LeftAlreadyAsync(subscription, cancellationToken)) return;
        var current = await db.Plans.NamedAsync(plan, cancellationToken);
        var facts = await db.ChangeFactsAsync(subscription, current, gateway, door.Now, cancellationToken);

        var left = subscription.LeaveNow(facts, policy.Refund, () => new(NewId.At(door.Now)));

        foreach (var credited in left.Credits) await db.LetGoOrWaitAsync(credited.Note.InvoiceId, door.Now, cancellationToken);
        await db.FileAsync(new(left), facts.Customer, door, cancellationToken);
        await SendBackAsync(left.Credits, facts.Customer, cancellationToken);
        await StopAskingAsync(subscription, cancellationToken);
    }

    /// <summary>Nobody who leaves is chased.</summary>
    private Task StopAskingAsync(Subscription subscription, CancellationToken cancellationToken) => db.CloseIfGoneAsync(
        subscription.CustomerId, CaseState.Left, "The customer leaves; nobody who leaves is chased.", door.Actor, door.Now, cancellationToken);

    /// <summary>What is parked, or away on a break, ends at once.</summary>
    private async Task<bool> LeftAlreadyAsync(Subscription subscription, CancellationToken cancellationToken)
    {
        if (subscription.Lifecycle == Lifecycle.Parked)
            foreach (var fact in subscription.EndParked(EndReason.Voluntary, door.Now).Facts) db.Record(fact, door.Actor, door.Now);
        else if (!await LeftFromBeachAsync(subscription, cancellationToken)) return false;
        await StopAskingAsync(subscription, cancellationToken);
        return true;
    }

    /// <summary>Ends a break first: a planned one is taken back, one under way is left for good.</summary>
    private async Task<bool> LeftFromBeachAsync(Subscription subscription, CancellationToken cancellationToken)
    {
        var live = await db.Breaks.LiveAsync(subscription, cancellationToken);
        if (live is { State: BreakState.Planned }) db.Record(subscription.WithdrawBreak(live, door.Now), door.Actor, door.Now);
        if (live is not { State: BreakState.Away }) return false;

        var facts = await db.BreakFactsAsync(subscription, gateway, door.Now, cancellationToken);
        var (moved, ended) = subscription.LeaveFromBeach(live, EndReason.Voluntary, facts);
        await db.FileAsync(new(moved, ended), facts.Customer, door, cancellationToken);
        await SendBackAsync(moved.Credits, facts.Customer, cancellationToken);
        return true;
    }

    /// <summary>Where that is the rule, what became credit goes back to the card that had paid it; the next run sends it.</summary>
    private async Task SendBackAsync(IReadOnlyList<Credited> credits, Customer customer, CancellationToken cancellationToken)
    {
        if (policy.Refund != RefundRule.ToCard) return;
        foreach (var (note, entry) in credits)
        {
            var payment = await db.PaymentAttempts.SingleOrDefaultAsync(
                a => a.InvoiceId == note.InvoiceId && a.State == AttemptState.Succeeded && a.GatewayReference != null, cancellationToken);
            if (entry is null || payment is null) continue;
            var amount = Money.Min(new(entry.AmountMinor, entry.Currency), payment.Refundable);
            amount -= amount.BelowChargeStep;
            if (amount.Minor <= 0) continue;
            db.Keep(
                Refund.Ask(new(NewId.At(door.Now)), payment, customer, amount, (RefundCause.Leaving, note.Reason), note.Id, door.Now),
                door.Actor, door.Now);
        }
    }
}
