using Billing.Payments;
using NodaTime;

namespace Billing.Server.Payments.Gateways.Sandbox;

// Sending back. As with charges, a known key is refunded anew beyond its life: looking first is the caller's duty.
public sealed partial class SandboxGateway
{
    private static readonly RefundOutcome.Unknown RefundLost = new("The connection to the gateway was lost.");

    /// <inheritdoc/>
    public async Task<RefundOutcome> RefundAsync(RefundRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await Faults.Refunds.PassBeforeAsync(cancellationToken);

        var now = clock.GetCurrentInstant();
        var answer = store.InTransaction(() =>
        {
            var answer = Faults.Refunds.TakeLostBefore() ? RefundLost : Refund(request, now);
            store.Execute(
                "INSERT INTO refund_calls (refund, at, answer) VALUES ($1, $2, $3)",
                request.RefundId.ToString(),
                now.ToUnixTimeTicks(),
                answer.GetType().Name);
            return answer;
        });

        await Faults.Refunds.PassAfterAsync(cancellationToken);
        return Faults.Refunds.TakeLostAfter() ? RefundLost : answer;
    }

    /// <inheritdoc/>
    public Task<RefundOutcome?> FindRefundAsync(RefundId refundId, string paymentReference, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(RefundsOf(refundId).LastOrDefault()?.OutcomeAt(clock.GetCurrentInstant()));
    }

    /// <summary>Somebody sends money back at the gateway itself, past this house.</summary>
    /// <returns>The gateway's id of the refund.</returns>
    public string RefundAtTheGateway(string paymentReference, Money amount) => store.InTransaction(() =>
    {
        var payment = Captured(paymentReference) ?? throw new ArgumentException("Nothing was captured by this reference.", nameof(paymentReference));
        var reference = Hash.Hex("sbx_re_", $"{paymentReference} itself {Ledger.RefundsOf(paymentReference).Count}");
        new SandboxRefund(null, paymentReference, amount, clock.GetCurrentInstant(), CourseOf(payment), reference).InsertInto(store);
        return reference;
    });

    private RefundOutcome Refund(RefundRequest request, Instant now)
    {
        var earlier = RefundsOf(request.RefundId);
        if (earlier is [.., var last] && now - last.At < KeyLifetime)
            return (last.PaymentReference, last.Amount) == (request.PaymentReference, request.Amount) ? last.OutcomeAt(now)
                : NotRefunded("idempotency_key_reused", "This refund was sent before for another payment or amount; nothing was sent now.");

        if (request.Amount.Minor <= 0)
            return NotRefunded("amount_not_positive", "There is nothing to send back.");
        if (Captured(request.PaymentReference) is not { } payment || payment.Request.AttemptId != request.AttemptId)
            return NotRefunded("payment_unknown", "Nothing was captured by this reference.");
        if (payment.Request.Amount.Currency != request.Amount.Currency)
            return NotRefunded("currency_differs", "A refund is in the currency of its payment.");
        if (request.Amount > Refundable(payment, now))
            return NotRefunded("charge_already_refunded", "This is more than is left of the payment.");

        var reference = Hash.Hex("sbx_re_", $"{request.RefundId} {earlier.Count}");
        var refund = new SandboxRefund(request.RefundId, request.PaymentReference, request.Amount, now, CourseOf(payment), reference);
        refund.InsertInto(store);
        return refund.OutcomeAt(now);
    }

    private Money Refundable(SandboxPayment payment, Instant now) => Ledger.RefundsOf(payment.Reference)
        .Where(refund => refund.OutcomeAt(now) is not RefundOutcome.Failed)
        .Aggregate(payment.Request.Amount, (left, refund) => left - refund.Amount);

    private SandboxPayment? Captured(string paymentReference) => store.Query(
        $"SELECT {SandboxPayment.Columns} FROM payments WHERE reference = $1 AND verdict = 'Captured'",
        SandboxPayment.Read,
        paymentReference).SingleOrDefault();

    private RefundCourse CourseOf(SandboxPayment payment) => store.Query(
        $"SELECT {KeptCard.Columns} FROM cards WHERE token = $1", KeptCard.Read, payment.Request.CardToken) is [var card]
        ? card.Behaviour.Refunds
        : RefundCourse.Straight;

    private List<SandboxRefund> RefundsOf(RefundId refundId) => store.Query(
        $"SELECT {SandboxRefund.Columns} FROM refunds WHERE refund = $1 ORDER BY id", SandboxRefund.Read, refundId.ToString());

    private static RefundOutcome.Failed NotRefunded(string code, string reason) => new(null, $"{code}: {reason}");
}
