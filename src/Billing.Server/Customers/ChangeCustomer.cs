using Billing.Client.Contract;
using Billing.Server.Http;
using Billing.Server.Persistence;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Customers;

/// <summary>Replaces what may change of a customer; the currency never does.</summary>
internal sealed record ChangeCustomer(Guid CustomerId, CustomerChange Change) : ICommand<CustomerView>;

internal sealed class ChangeCustomerValidator : AbstractValidator<ChangeCustomer>
{
    public ChangeCustomerValidator()
    {
        RuleFor(c => c.Change.TimeZone).NotEmpty().MaximumLength(60).OverridePropertyName("timeZone");
        RuleFor(c => c.Change.ExternalId).MaximumLength(200).OverridePropertyName("externalId");
        RuleFor(c => c.Change.Name).MaximumLength(200).OverridePropertyName("name");
        RuleFor(c => c.Change.Email).MaximumLength(254).EmailAddress().OverridePropertyName("email");
        RuleFor(c => c.Change.Country).Matches("^[A-Z]{2}$").OverridePropertyName("country");
        RuleFor(c => c.Change.Locale).Must(l => l is null or "en" or "bn").OverridePropertyName("locale");
    }
}

internal sealed class ChangeCustomerHandler(BillingDbContext db, Door door) : IRequestHandler<ChangeCustomer, CustomerView>
{
    public async Task<CustomerView> Handle(ChangeCustomer request, CancellationToken cancellationToken)
    {
        var (customer, to) = (door.Current(await db.Customers.WithIdAsync(request.CustomerId, cancellationToken)), request.Change);
        if (to.ExternalId is not null && await db.Customers.AnyAsync(c => c.ExternalId == to.ExternalId && c.Id != customer.Id, cancellationToken))
            throw new Refused("external_id_taken", "Another customer has this externalId.", "externalId");

        var changed = customer.Change(new(to.ExternalId, to.Name, to.Email, to.Country, to.Locale ?? "en", to.TimeZone), door.Now);

        db.Record(changed, door.Actor, door.Now);
        await db.SaveChangesAsync(cancellationToken);
        return customer.ToView();
    }
}
