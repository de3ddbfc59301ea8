using Billing.Payments;
using Billing.Server.Alarms;
using Billing.Server.Customers;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Payments.Inbox;

/// <summary>Settles our refunds as the gateway's stand; what somebody sent back there is shown to a person.</summary>
internal sealed class FollowRefunds(BillingDatabase database, IPaymentGateway gateway, RefundDesk desk)
{
    public Task<Followed> FollowAsync(GatewayRefund seen, Instant now, CancellationToken cancellationToken) =>
        LostRaces.TryAgainAsync(() => OnceAsync(seen, now, cancellationToken));

    /// <summary>Refunds of ours that are not known to have arrived or failed.</summary>
    public async Task<List<Refund>> OpenAsync(Guid after, int limit, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await db.Refunds.AsNoTracking()
            .Where(r => r.State == RefundState.Requested || r.State == RefundState.Pending || r.State == RefundState.Unknown)
            .Where(r => r.Id.CompareTo(new RefundId(after)) > 0).OrderBy(r => r.Id).Take(limit).ToListAsync(cancellationToken);
    }

    /// <summary>Asks about one of ours; what the gateway never heard of is the refund's own life: the run sends it.</summary>
    public async Task<Followed> AskAsync(Refund refund, Instant now, CancellationToken cancellationToken) =>
        await gateway.FindRefundAsync(refund.Id, refund.PaymentReference, cancellationToken) is { } outcome
            ? await FollowAsync(
                new(outcome.GatewayReference ?? "", refund.Id, refund.PaymentReference, refund.Amount, outcome, refund.RequestedAt), now, cancellationToken)
            : Followed.Agreed;

    private async Task<Followed> OnceAsync(GatewayRefund seen, Instant now, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var refund = seen.RefundId is { } id ? await db.Refunds.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellationToken) : null;
        if (refund is null)
        {
            return await DiffersAsync(
                db, FollowPayments.Subject(seen.Reference), null,
                $"{seen.Amount} of the payment {seen.PaymentReference} were sent back at the gateway ({seen.Reference}) by no refund of ours: our books "
                + "have nothing of it. Credit the invoice if the customer was to have it.",
                seen, now, cancellationToken);
        }

        var words = $"Our books: {refund.Amount} back, {refund.State}. The gateway's ({seen.Reference}): {seen.Amount}, {seen.Outcome.GetType().Name}.";
        if (refund.Amount != seen.Amount) return await DiffersAsync(db, refund.Id.Value, refund.CustomerId, words, seen, now, cancellationToken);
        if (Agree(refund, seen)) return Followed.Agreed;

        await desk.SettleAsync([(refund.Id, seen.Outcome)], now, cancellationToken, Actors.Gateway);
        var after = await db.Refunds.AsNoTracking().SingleAsync(r => r.Id == refund.Id, cancellationToken);
        return Agree(after, seen) ? Followed.Healed : await DiffersAsync(db, refund.Id.Value, refund.CustomerId, words, seen, now, cancellationToken);
    }

    private static bool Agree(Refund refund, GatewayRefund seen) => seen.Outcome switch
    {
        RefundOutcome.Succeeded => refund.State == RefundState.Succeeded,
        RefundOutcome.Pending => refund.State == RefundState.Pending,
        RefundOutcome.Failed => refund.State == RefundState.Failed,
        _ => refund.State is not (RefundState.Succeeded or RefundState.Failed),
    };

    /// <summary>Nothing moved where nothing was sent back: that needs nobody.</summary>
    private static async Task<Followed> DiffersAsync(
        BillingDbContext db, Guid subject, CustomerId? customer, string words, GatewayRefund seen, Instant now, CancellationToken cancellationToken)
    {
        if (customer is null && seen.Outcome is RefundOutcome.Failed) return Followed.Agreed;
        await db.AlarmOnceAsync(AlarmKind.BooksDiffer, subject, customer, words, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return Followed.Differs;
    }
}
