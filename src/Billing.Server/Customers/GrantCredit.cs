using Billing.Client.Contract;
using Billing.Customers;
using Billing.Plans;
using Billing.Server.Http;
using Billing.Server.Persistence;
using FluentValidation;
using MediatR;

namespace Billing.Server.Customers;

/// <summary>Grants a customer credit; the next invoices use it up.</summary>
internal sealed record GrantCredit(Guid CustomerId, NewCredit Credit) : ICommand<CustomerView>;

internal sealed class GrantCreditValidator : AbstractValidator<GrantCredit>
{
    public GrantCreditValidator() =>
        RuleFor(c => c.Credit.Amount.Value).InclusiveBetween(1, Price.LargestUnitAmount).OverridePropertyName("amount.amount");
}

internal sealed class GrantCreditHandler(BillingDbContext db, Door door) : IRequestHandler<GrantCredit, CustomerView>
{
    public async Task<CustomerView> Handle(GrantCredit request, CancellationToken cancellationToken)
    {
        var customer = door.Current(await db.Customers.WithIdAsync(request.CustomerId, cancellationToken));
        var credit = request.Credit.Amount.ToMoney("amount", customer.Currency);

        db.Keep(customer.MoveBalance(credit, BalanceReason.Granted, door.Now), door.Actor, door.Now);

        await db.SaveChangesAsync(cancellationToken);
        return customer.ToView();
    }
}
