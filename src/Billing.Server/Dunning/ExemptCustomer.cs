using Billing.Client.Contract;
using Billing.Server.Customers;
using Billing.Server.Http;
using Billing.Server.Persistence;
using FluentValidation;
using MediatR;

namespace Billing.Server.Dunning;

/// <summary>Decides whether a customer is asked for money by itself: exempt, nobody writes and access stays; cards are still tried.</summary>
internal sealed record ExemptCustomer(Guid CustomerId, Exemption Exemption) : ICommand<DunningView>;

internal sealed class ExemptCustomerValidator : AbstractValidator<ExemptCustomer>
{
    public ExemptCustomerValidator() => RuleFor(c => c.Exemption.Reason).Reason();
}

internal sealed class ExemptCustomerHandler(BillingDbContext db, CaseInHand hand, Door door) : IRequestHandler<ExemptCustomer, DunningView>
{
    public async Task<DunningView> Handle(ExemptCustomer request, CancellationToken cancellationToken)
    {
        var customer = await db.Customers.WithIdAsync(request.CustomerId, cancellationToken);

        db.Record(customer.Exempt(request.Exemption.Exempt, request.Exemption.Reason, door.Now), door.Actor, door.Now);

        if (await db.LiveCaseAsync(customer.Id, cancellationToken) is { } it) return await hand.ReplanAsync(it, customer, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return await db.DunningViewAsync(customer, cancellationToken);
    }
}
