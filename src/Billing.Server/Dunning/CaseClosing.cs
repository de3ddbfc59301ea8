using Billing.Cards;
using Billing.Dunning;
using Billing.Server.Persistence;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Dunning;

/// <summary>A case ends in the transaction of what ends it: nobody is asked for what is settled, and nobody who left is chased.</summary>
internal static class CaseClosing
{
    /// <summary>Closes what is being asked for when nothing is owed any more.</summary>
    /// <param name="db">Where.</param>
    /// <param name="customer">Whose.</param>
    /// <param name="actor">Who settled it.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="received">Money that came past the gateway; none when nothing is owed for another reason.</param>
    public static async Task CloseIfSettledAsync(
        this BillingDbContext db, CustomerId customer, string actor, Instant now, CancellationToken cancellationToken, Money? received = null)
    {
        if (await db.LiveCaseAsync(customer, cancellationToken) is not { IsOpen: true } it) return;
        if (received is { } money) it.Received(money);
        if ((await db.OwedAsync(customer, cancellationToken)).Count > 0) return;
        await db.CloseCaseAsync(
            customer, received is null ? CaseState.Settled : CaseState.Recovered, "Nothing is owed any more.", actor, now, cancellationToken,
            received is null ? null : RecoveryRoute.PaidNow);
    }

    /// <summary>Closes it because the customer leaves or is away, unless another subscription of theirs goes on.</summary>
    public static async Task CloseIfGoneAsync(
        this BillingDbContext db, CustomerId customer, CaseState how, string why, string actor, Instant now, CancellationToken cancellationToken)
    {
        if (await db.LiveCaseAsync(customer, cancellationToken) is null) return;
        var theirs = await db.Subscriptions.Where(s => s.CustomerId == customer).ToListAsync(cancellationToken);
        if (theirs.Exists(GoesOn)) return;
        await db.CloseCaseAsync(customer, how, why, actor, now, cancellationToken);
    }

    /// <summary>Whether it runs on, with nobody on the way out of it.</summary>
    public static bool GoesOn(Subscription subscription) =>
        subscription is { Lifecycle: Lifecycle.Active or Lifecycle.Trialing, PlannedEnd: null, BreakStartsOn: null };

    /// <summary>Closes the customer's case, if there is one.</summary>
    public static async Task CloseCaseAsync(
        this BillingDbContext db, CustomerId customer, CaseState how, string why, string actor, Instant now, CancellationToken cancellationToken,
        RecoveryRoute? route = null)
    {
        if (await db.LiveCaseAsync(customer, cancellationToken) is not { } it) return;
        var today = (await db.Customers.SingleAsync(c => c.Id == customer, cancellationToken)).Today(now);
        if (it.Close(how, why, today, route) is { } ended) db.Record(ended, actor, now);
        if (how is CaseState.Settled or CaseState.Recovered or CaseState.Paused or CaseState.MovedDown or CaseState.Returned) return;
        var watch = await db.OpenWatchAsync(it.CardId, cancellationToken);
        if (watch?.End(WatchEvidence.CaseEnded, today) is { } over) db.Record(over, actor, now);
    }
}
