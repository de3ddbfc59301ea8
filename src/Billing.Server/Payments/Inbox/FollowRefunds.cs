using Billing.Server.Alarms;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using NodaTime;

namespace Billing.Server.Payments.Inbox;

/// <summary>Keeps our refunds where the gateway's are; what somebody sent back there is shown to a person.</summary>
internal sealed class FollowRefunds(BillingDatabase database)
{
    /// <summary>Refunds of ours that are not known to have arrived or failed.</summary>
    public Task<List<(Guid Id, string Reference)>> OpenAsync(Guid after, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<List<(Guid, string)>>([]);

    public async Task<Followed> FollowAsync(GatewayRefund seen, Instant now, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        await db.AlarmOnceAsync(
            AlarmKind.BooksDiffer, FollowPayments.Subject(seen.Reference), null,
            $"{seen.Amount} of the payment {seen.PaymentReference} were sent back at the gateway ({seen.Reference}) by no refund of ours.", now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return Followed.Differs;
    }
}
