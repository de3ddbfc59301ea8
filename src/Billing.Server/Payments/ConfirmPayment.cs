using Billing.Client.Contract;
using Billing.Payments;
using Billing.Server.Http;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Payments;

/// <summary>Where the customer confirms a payment with the bank. Not a command: the gateway is asked outside any transaction.</summary>
internal sealed record ConfirmPayment(Guid PaymentId, NewConfirmation Confirmation) : IRequest<ConfirmationView>;

internal sealed class ConfirmPaymentValidator : AbstractValidator<ConfirmPayment>
{
    public ConfirmPaymentValidator() => RuleFor(c => c.Confirmation.ReturnTo)
        .Must(to => Uri.TryCreate(to, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http")
        .WithMessage("Say where the customer goes afterwards, as a whole address.").OverridePropertyName("returnTo");
}

internal sealed class ConfirmPaymentHandler(BillingDbContext db, PaymentDesk desk, IPaymentGateway gateway, Door door)
    : IRequestHandler<ConfirmPayment, ConfirmationView>
{
    public async Task<ConfirmationView> Handle(ConfirmPayment request, CancellationToken cancellationToken)
    {
        var attempt = await db.PaymentAttempts.AsNoTracking()
            .SingleOrDefaultAsync(a => a.Id == new PaymentAttemptId(request.PaymentId), cancellationToken) ?? throw NotFound.Of("payment");
        var page = attempt is { State: AttemptState.ActionRequired, GatewayReference: { } reference } && !attempt.IsOverdue(door.Now)
            ? await gateway.ConfirmationPageAsync(attempt.Id, reference, new(request.Confirmation.ReturnTo), cancellationToken)
            : null;

        // Nothing to confirm any more: then it is decided, and we find out how.
        if (page is null && !attempt.IsSettled) await desk.ResolveAsync([attempt.Id], door.Now, cancellationToken, door.Actor);

        return new(page?.AbsoluteUri, await db.PaymentViewAsync(attempt.Id, cancellationToken));
    }
}

/// <summary>Asks the gateway now what became of a payment that is not settled, as when the customer comes back from the bank.</summary>
internal sealed record LookUpPayment(Guid PaymentId) : IRequest<PaymentView>;

internal sealed class LookUpPaymentHandler(BillingDbContext db, PaymentDesk desk, Door door) : IRequestHandler<LookUpPayment, PaymentView>
{
    public async Task<PaymentView> Handle(LookUpPayment request, CancellationToken cancellationToken)
    {
        var id = new PaymentAttemptId(request.PaymentId);
        var attempt = await db.PaymentAttempts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, cancellationToken) ?? throw NotFound.Of("payment");

        // One that has just been started is being asked for by whoever started it.
        if (attempt.State is AttemptState.Unknown or AttemptState.ActionRequired || attempt.AskAgainAt <= door.Now)
            await desk.ResolveAsync([id], door.Now, cancellationToken, door.Actor);

        return await db.PaymentViewAsync(id, cancellationToken);
    }
}
