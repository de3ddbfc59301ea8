using Billing.Server.Payments.Disputes;
using Billing.Server.Payments.Gateways;
using NodaTime;

namespace Billing.Server.Payments.Inbox;

/// <summary>What came of looking at one thing at the gateway.</summary>
internal enum Followed
{
    /// <summary>Our books said the same already.</summary>
    Agreed,

    /// <summary>They do now.</summary>
    Healed,

    /// <summary>They do not, and it was not safe to heal: there is an alarm.</summary>
    Differs,
}

/// <summary>
/// Brings our books to where the gateway's are, one thing at a time. A notice says only where to look: the thing is asked for
/// afresh, and its effects are worked out from what there is, never added.
/// </summary>
internal sealed class FollowGateway(
    IPaymentGateway gateway, FollowPayments payments, FollowRefunds refunds, FollowDisputes disputes, FollowCards cards)
{
    public Task<Followed> NoticeAsync(InboxNotice notice, Instant now, CancellationToken cancellationToken) => notice.About switch
    {
        NoticeSubject.Payment => PaymentAsync(Named(notice), now, cancellationToken),
        NoticeSubject.Refund => RefundAsync(Named(notice), now, cancellationToken),
        NoticeSubject.Dispute => DisputeAsync(Named(notice), now, cancellationToken),
        NoticeSubject.Card => cards.FollowAsync(notice.CustomerId, Named(notice), now, cancellationToken),
        NoticeSubject.CardSetup => cards.FinishSetupAsync(notice.CustomerId, Named(notice), now, cancellationToken),
        NoticeSubject.Unknown => throw new InvalidOperationException("What nobody planned for is not worked through."),
    };

    public async Task<Followed> PaymentAsync(string reference, Instant now, CancellationToken cancellationToken) =>
        await payments.FollowAsync(await gateway.ReadPaymentAsync(reference, cancellationToken) ?? throw Gone(reference), now, cancellationToken);

    public async Task<Followed> RefundAsync(string reference, Instant now, CancellationToken cancellationToken) =>
        await refunds.FollowAsync(await gateway.ReadRefundAsync(reference, cancellationToken) ?? throw Gone(reference), now, cancellationToken);

    public async Task<Followed> DisputeAsync(string reference, Instant now, CancellationToken cancellationToken) =>
        await disputes.FollowAsync(await gateway.FindDisputeAsync(reference, cancellationToken) ?? throw Gone(reference), now, cancellationToken);

    private static string Named(InboxNotice notice) =>
        notice.Reference ?? throw new GatewaySilent($"The notice does not say which {notice.About} it is about.");

    private static GatewaySilent Gone(string reference) => new($"The gateway told of {reference} and does not know it now.");
}
