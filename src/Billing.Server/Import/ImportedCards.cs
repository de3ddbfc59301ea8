using Billing.Cards;
using Billing.Server.Cards;
using Billing.Server.Customers;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Import;

/// <summary>
/// Keeps the cards of imported customers at the gateway, one by one and outside any transaction. Stopped half-way, the same
/// file imported again goes on: a customer who has a card by then is passed over.
/// </summary>
internal sealed class ImportedCards(BillingDatabase database, IPaymentGateway gateway)
{
    /// <returns>How many cards were kept; those that were refused are in the tally by line.</returns>
    public async Task<int> KeepAsync(ImportTally tally, Instant now, CancellationToken cancellationToken)
    {
        var kept = 0;
        foreach (var (customer, (line, token)) in tally.Cards)
        {
            try
            {
                if (await KeepAsync(customer, token, now, cancellationToken)) kept++;
            }
            catch (Refused refused)
            {
                tally.Add([new(line, ImportColumns.CardToken, $"The row is in, its card is not ({refused.Code}).")]);
            }
        }

        return kept;
    }

    private async Task<bool> KeepAsync(CustomerId id, string token, Instant now, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var customer = await db.Customers.SingleAsync(c => c.Id == id, cancellationToken);
        if (customer.DefaultCardId is not null) return false;

        var attached = await gateway.AttachCardAsync(id, token, cancellationToken);
        var card = Card.Keep(
            new(NewId.At(now)), id, attached.Token, attached.Fingerprint, attached.Brand, attached.LastFour, attached.ExpiryMonth,
            attached.ExpiryYear, now);
        db.Cards.Add(card);
        db.Record(new CardAdded(id, customer.Today(now), card.Id, card.Brand, card.LastFour), Actors.Import, now);
        db.Record(customer.UseCard(card.Id, now), Actors.Import, now);
        await db.PlanCollectionAsync(id, card.Id, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }
}
