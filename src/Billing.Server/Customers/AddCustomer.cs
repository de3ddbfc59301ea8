using Billing.Client.Contract;
using Billing.Customers;
using Billing.Server.Http;
using Billing.Server.Persistence;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Customers;

/// <summary>Adds a customer.</summary>
internal sealed record AddCustomer(NewCustomer Customer) : ICommand<CustomerView>;

internal sealed class AddCustomerValidator : AbstractValidator<AddCustomer>
{
    public AddCustomerValidator()
    {
        RuleFor(c => c.Customer.Currency).NotEmpty().Length(3).OverridePropertyName("currency");
        RuleFor(c => c.Customer.TimeZone).NotEmpty().MaximumLength(60).OverridePropertyName("timeZone");
        RuleFor(c => c.Customer.ExternalId).MaximumLength(200).OverridePropertyName("externalId");
        RuleFor(c => c.Customer.Name).MaximumLength(200).OverridePropertyName("name");
        RuleFor(c => c.Customer.Email).MaximumLength(254).EmailAddress().OverridePropertyName("email");
        RuleFor(c => c.Customer.Country).Matches("^[A-Z]{2}$").OverridePropertyName("country");
        RuleFor(c => c.Customer.Locale).Must(l => l is null or "en" or "bn").OverridePropertyName("locale");
    }
}

internal sealed class AddCustomerHandler(BillingDbContext db, Door door) : IRequestHandler<AddCustomer, CustomerView>
{
    public async Task<CustomerView> Handle(AddCustomer request, CancellationToken cancellationToken)
    {
        var wanted = request.Customer;
        if (wanted.ExternalId is not null && await db.Customers.AnyAsync(c => c.ExternalId == wanted.ExternalId, cancellationToken))
            throw new Refused("external_id_taken", "Another customer has this externalId.", "externalId");

        var details = new CustomerDetails(
            wanted.ExternalId, wanted.Name, wanted.Email, wanted.Country, wanted.Locale ?? "en", wanted.TimeZone);
        var customer = Customer.Add(new(NewId.At(door.Now)), details, Currency.Of(wanted.Currency), door.Now);

        db.Customers.Add(customer);
        db.Record(new CustomerAdded(customer.Id, customer.Today(door.Now)), door.Actor, door.Now);
        return customer.ToView();
    }
}
