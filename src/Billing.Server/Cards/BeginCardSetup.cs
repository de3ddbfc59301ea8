using Billing.Client.Contract;
using Billing.Server.Customers;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Cards;

/// <summary>Where a customer puts in a card: the gateway's own page. Not a command: the gateway is asked outside any transaction.</summary>
internal sealed record BeginCardSetup(Guid CustomerId, NewCardSetup Setup) : IRequest<CardSetupView>;

internal sealed class BeginCardSetupValidator : AbstractValidator<BeginCardSetup>
{
    private const int LongestAddress = 2_000;

    public BeginCardSetupValidator() => RuleFor(c => c.Setup.ReturnTo).MaximumLength(LongestAddress)
        .Must(to => Uri.TryCreate(to, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http")
        .WithMessage("Say where the customer goes afterwards, as a whole address.").OverridePropertyName("returnTo");
}

internal sealed class BeginCardSetupHandler(BillingDbContext db, IPaymentGateway gateway) : IRequestHandler<BeginCardSetup, CardSetupView>
{
    public async Task<CardSetupView> Handle(BeginCardSetup request, CancellationToken cancellationToken)
    {
        var customer = await db.Customers.AsNoTracking().WithIdAsync(request.CustomerId, cancellationToken);
        var setup = await gateway.BeginCardSetupAsync(customer.Id, new(request.Setup.ReturnTo), cancellationToken);
        return new(setup.Reference, setup.Page.AbsoluteUri);
    }
}
