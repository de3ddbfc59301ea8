using Billing.Cards;
using Billing.Client.Contract;
using Billing.Customers;
using Billing.Server.Customers;
using Billing.Server.Http;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Cards;

/// <summary>Keeps a card at the gateway and charges it from now on. Not a command: the gateway is asked outside any transaction.</summary>
internal sealed record AddCard(Guid CustomerId, NewCard Card) : IRequest<CardView>;

internal sealed class AddCardValidator : AbstractValidator<AddCard>
{
    public AddCardValidator() => RuleFor(c => c.Card.Token).NotEmpty().MaximumLength(200).OverridePropertyName("token");
}

internal sealed class AddCardHandler(BillingDbContext db, IPaymentGateway gateway, Door door) : IRequestHandler<AddCard, CardView>
{
    public async Task<CardView> Handle(AddCard request, CancellationToken cancellationToken)
    {
        var customer = door.Current(await db.Customers.WithIdAsync(request.CustomerId, cancellationToken));
        var kept = await gateway.AttachCardAsync(customer.Id, request.Card.Token, cancellationToken);
        var known = await db.Cards.SingleOrDefaultAsync(c => c.CustomerId == customer.Id && c.GatewayToken == kept.Token, cancellationToken);

        var card = known ?? Keep(customer, kept);
        if (request.Card.MakeDefault || customer.DefaultCardId is null)
        {
            if (customer.DefaultCardId != card.Id) db.Record(customer.UseCard(card.Id, door.Now), door.Actor, door.Now);
            await db.PlanCollectionAsync(customer.Id, card.Id, door.Now, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        return card.ToView(customer);
    }

    private Card Keep(Customer customer, AttachedCard kept)
    {
        var card = Card.Keep(
            new(NewId.At(door.Now)), customer.Id, kept.Token, kept.Fingerprint, kept.Brand, kept.LastFour, kept.ExpiryMonth, kept.ExpiryYear, door.Now,
            kept.Country);
        db.Cards.Add(card);
        db.Record(new CardAdded(customer.Id, customer.Today(door.Now), card.Id, card.Brand, card.LastFour), door.Actor, door.Now);
        return card;
    }
}
