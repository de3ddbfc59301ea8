using Billing.Client.Contract;
using Billing.Server.Customers;
using Billing.Server.Http;
using Billing.Server.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Cards;

/// <summary>Charges another of a customer's cards from now on; what is open is tried with it.</summary>
internal sealed record MakeCardDefault(Guid CustomerId, Guid CardId) : ICommand<CardView>;

internal sealed class MakeCardDefaultHandler(BillingDbContext db, Door door) : IRequestHandler<MakeCardDefault, CardView>
{
    public async Task<CardView> Handle(MakeCardDefault request, CancellationToken cancellationToken)
    {
        var customer = door.Current(await db.Customers.WithIdAsync(request.CustomerId, cancellationToken));
        var card = await db.Cards.SingleOrDefaultAsync(c => c.Id == new CardId(request.CardId) && c.CustomerId == customer.Id && c.DetachedAt == null, cancellationToken)
            ?? throw NotFound.Of("card");
        if (customer.DefaultCardId == card.Id) return card.ToView(customer);

        var fact = customer.UseCard(card.Id, door.Now);
        await db.PlanCollectionAsync(customer.Id, card.Id, door.Now, cancellationToken);

        db.Record(fact, door.Actor, door.Now);
        return card.ToView(customer);
    }
}
