using Billing.Client.Contract;
using Billing.Payments;
using Billing.Server.Http;
using Billing.Server.Persistence;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Payments;

/// <summary>A person who looked says whether money was taken, after the gateway was asked in vain for hours.</summary>
internal sealed record AnswerPayment(Guid PaymentId, PaymentAnswer Answer) : ICommand<PaymentView>;

internal sealed class AnswerPaymentValidator : AbstractValidator<AnswerPayment>
{
    public AnswerPaymentValidator()
    {
        RuleFor(c => c.Answer.Reason).NotEmpty().MaximumLength(300).OverridePropertyName("reason");
        RuleFor(c => c.Answer.GatewayReference).MaximumLength(200).OverridePropertyName("gatewayReference");
    }
}

internal sealed class AnswerPaymentHandler(BillingDbContext db, PaymentDesk desk, Door door) : IRequestHandler<AnswerPayment, PaymentView>
{
    public async Task<PaymentView> Handle(AnswerPayment request, CancellationToken cancellationToken)
    {
        var attempt = await db.PaymentAttempts.SingleOrDefaultAsync(a => a.Id == new PaymentAttemptId(request.PaymentId), cancellationToken)
            ?? throw NotFound.Of("payment");
        if (attempt.IsSettled) throw new Refused("payment_settled", "What became of this payment is known.");
        if (!attempt.WantsAPerson)
            throw new Refused("gateway_still_asked", $"The gateway is still being asked; after {PaymentAttempt.PersonAfter} times in vain a person answers.");
        var invoice = await db.Invoices.SingleAsync(i => i.Id == attempt.InvoiceId, cancellationToken);
        var customer = await db.Customers.SingleAsync(c => c.Id == attempt.CustomerId, cancellationToken);
        var (captured, reason) = (request.Answer.Captured, request.Answer.Reason);

        db.Record(new PaymentAnswered(customer.Id, customer.Today(door.Now), invoice.Id, attempt.Id, captured, reason), door.Actor, door.Now);
        await desk.WriteAsync(
            db, new(attempt, invoice, customer),
            captured ? new ChargeOutcome.Succeeded(request.Answer.GatewayReference) : new ChargeOutcome.NeverArrived($"Not taken, says {door.Actor}: {reason}"),
            door.Actor, door.Now, cancellationToken);
        return attempt.ToView();
    }
}
