using Billing.Client.Contract;
using Billing.Server.Http;
using Billing.Server.Persistence;
using MediatR;

namespace Billing.Server.Cards;

internal static class CardEndpoints
{
    public static void MapCards(this IEndpointRouteBuilder v1)
    {
        const string Prefix = "/customers/{customerId:guid}/cards";

        v1.For(Prefix, "Cards", ApiScope.Read)
            .MapGet("", (Guid customerId, BillingDbContext db, [AsParameters] PageQuery page, CancellationToken stop) =>
                db.CardPageAsync(customerId, page, stop))
            .Named("listCards", "Lists a customer's cards, newest first");

        var write = v1.For(Prefix, "Cards", ApiScope.Write);
        write.MapPost("", async (Guid customerId, NewCard card, IMediator send, CancellationToken stop) =>
                Routes.Made($"/v1/customers/{customerId}/cards", await send.Send(new AddCard(customerId, card), stop)))
            .OutsideTransaction().Named("addCard", "Keeps a card by the gateway's token; what is open is collected with it by the next run");
        var setups = v1.For("/customers/{customerId:guid}/card-setups", "Cards", ApiScope.Write);
        setups.MapPost("", (Guid customerId, NewCardSetup setup, IMediator send, CancellationToken stop) =>
                send.Send(new BeginCardSetup(customerId, setup), stop))
            .OutsideTransaction().WithSecret().Named("beginCardSetup", "Gives the gateway's page where the customer puts in a card");
        setups.MapPost("/{reference}/finish", (Guid customerId, string reference, IMediator send, CancellationToken stop) =>
                send.Send(new FinishCardSetup(customerId, reference), stop))
            .OutsideTransaction().Named("finishCardSetup", "Charges the card that was put in on the gateway's page from now on");
        write.MapPost("/{cardId:guid}/make-default", (Guid customerId, Guid cardId, IMediator send, CancellationToken stop) =>
                send.Send(new MakeCardDefault(customerId, cardId), stop))
            .Named("makeCardDefault", "Charges this card from now on");
        write.MapPost("/{cardId:guid}/agree-to-backup", (Guid customerId, Guid cardId, BackupConsent consent, IMediator send, CancellationToken stop) =>
                send.Send(new AgreeToBackupCard(customerId, cardId, consent), stop))
            .Named("agreeToBackupCard", "Records that the customer agrees to this card being charged when the usual one will not do");
        v1.For("/customers/{customerId:guid}/backup-card", "Cards", ApiScope.Write)
            .MapPost("/withdraw", (Guid customerId, IMediator send, CancellationToken stop) => send.Send(new WithdrawBackupCard(customerId), stop))
            .Named("withdrawBackupCard", "Records that the customer no longer agrees to a second card");
    }
}
