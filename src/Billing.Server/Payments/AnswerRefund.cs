using Billing.Client.Contract;
using Billing.Payments;
using Billing.Server.Http;
using Billing.Server.Persistence;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Payments;

/// <summary>A person who looked says whether money went back, after the gateway was asked in vain for hours.</summary>
internal sealed record AnswerRefund(Guid RefundId, RefundAnswer Answer) : ICommand<RefundView>;

internal sealed class AnswerRefundValidator : AbstractValidator<AnswerRefund>
{
    public AnswerRefundValidator()
    {
        RuleFor(c => c.Answer.Reason).NotEmpty().MaximumLength(300).OverridePropertyName("reason");
        RuleFor(c => c.Answer.GatewayReference).MaximumLength(200).OverridePropertyName("gatewayReference");
    }
}

internal sealed class AnswerRefundHandler(BillingDbContext db, Door door) : IRequestHandler<AnswerRefund, RefundView>
{
    public async Task<RefundView> Handle(AnswerRefund request, CancellationToken cancellationToken)
    {
        var refund = await db.Refunds.SingleOrDefaultAsync(r => r.Id == new RefundId(request.RefundId), cancellationToken)
            ?? throw NotFound.Of("refund");
        if (refund.AskAgainAt is null) throw new Refused("refund_settled", "What became of this refund is known.");
        if (!refund.WantsAPerson)
            throw new Refused("gateway_still_asked", $"The gateway is still being asked; after {PaymentAttempt.PersonAfter} times in vain a person answers.");
        var payment = await db.PaymentAttempts.SingleAsync(a => a.Id == refund.AttemptId, cancellationToken);
        var customer = await db.Customers.SingleAsync(c => c.Id == refund.CustomerId, cancellationToken);
        var (sent, reason) = (request.Answer.Sent, request.Answer.Reason);

        db.Record(new RefundAnswered(customer.Id, customer.Today(door.Now), refund.InvoiceId, refund.Id, sent, reason), door.Actor, door.Now);
        await RefundDesk.WriteAsync(
            db, new(refund, payment, customer),
            sent ? new RefundOutcome.Succeeded(request.Answer.GatewayReference) : new RefundOutcome.Failed(null, $"Not sent, says {door.Actor}: {reason}"),
            door.Actor, door.Now, cancellationToken);
        return refund.ToView();
    }
}
