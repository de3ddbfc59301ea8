using Billing.Client.Contract;
using Billing.Server.Customers;
using Billing.Server.Http;
using Billing.Server.Payments.Gateways;
using Billing.Server.Payments.Inbox;
using Billing.Server.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Cards;

/// <summary>
/// The customer is back from the gateway's page: the card put in there is charged from now on. The gateway's notice may have
/// been faster; then nothing is left to do. Not a command: the gateway is asked outside any transaction.
/// </summary>
internal sealed record FinishCardSetup(Guid CustomerId, string Reference) : IRequest<CardView>;

internal sealed class FinishCardSetupHandler(BillingDbContext db, IPaymentGateway gateway, FollowCards cards, Door door)
    : IRequestHandler<FinishCardSetup, CardView>
{
    public async Task<CardView> Handle(FinishCardSetup request, CancellationToken cancellationToken)
    {
        var owner = (await db.Customers.AsNoTracking().WithIdAsync(request.CustomerId, cancellationToken)).Id;
        var kept = await gateway.FinishCardSetupAsync(owner, request.Reference, cancellationToken)
            ?? throw new Refused("card_setup_open", "No card has been put in on that page yet.");

        await cards.KeepPutInAsync(owner, kept, door.Now);

        var customer = await db.Customers.AsNoTracking().WithIdAsync(request.CustomerId, CancellationToken.None);
        return (await db.Cards.AsNoTracking().SingleAsync(c => c.CustomerId == owner && c.GatewayToken == kept.Token, CancellationToken.None)).ToView(customer);
    }
}
