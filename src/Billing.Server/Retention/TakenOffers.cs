using Billing.Periods;
using Billing.Plans;
using Billing.Retention;
using Billing.Server.Dunning;
using Billing.Server.Http;
using Billing.Server.Payments;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using Billing.Server.Subscriptions;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Retention;

/// <summary>Does what was offered, by the same rules as if the customer had asked for it.</summary>
internal sealed class TakenOffers(BillingDbContext db, IPaymentGateway gateway, LeavingPolicy policy, CaseInHand hand, Door door)
{
    /// <summary>Takes the session's offer, if it still holds.</summary>
    /// <exception cref="Refused"><c>no_offer</c>, <c>offer_expired</c>, <c>take_the_break</c>, <c>payment_day_missing</c>, and as what is done.</exception>
    public async Task TakeAsync(CancelSession session, Subscription subscription, LocalDate? day, CancellationToken cancellationToken)
    {
        var zone = CustomerZone.Of(subscription.TimeZone);
        var offer = session.Offer ?? throw new Refused("no_offer", "Nothing was offered.");
        var facts = await db.OfferFactsAsync(subscription, session.Id, door.Now, cancellationToken);
        if (offer is SaveOffer.Break) throw new Refused("take_the_break", "Begin the break itself, naming this session.");
        if (!SaveOffers.StillFits(offer, facts, policy.Offers))
            throw new Refused("offer_expired", "What this offer rests on has changed; it is no longer open.");

        if (subscription.PlannedEnd is not null) db.Record(subscription.KeepGoing(door.Now), door.Actor, door.Now);
        await (offer switch
        {
            SaveOffer.SmallerPlan plan => MoveAsync(subscription, plan, cancellationToken),
            SaveOffer.Discount off => GiveAsync(subscription, off, facts.Discounts.Count + 1, cancellationToken),
            SaveOffer.LaterPaymentDay later => WaitAsync(later, zone, day, cancellationToken),
            SaveOffer.TalkToAPerson => Task.CompletedTask,
            _ => throw new InvalidOperationException($"{offer.GetType().Name} is no offer we know."),
        });

        var taken = session.TakeOffer(zone, door.Now);
        db.Record(taken, door.Actor, door.Now);
        if (offer is SaveOffer.TalkToAPerson)
            db.Record(new PersonAskedFor(session.CustomerId, taken.On, session.SubscriptionId, session.Id), door.Actor, door.Now);
    }

    private async Task MoveAsync(Subscription subscription, SaveOffer.SmallerPlan offer, CancellationToken cancellationToken)
    {
        var current = await db.Plans.SingleAsync(p => p.Id == subscription.PlanId, cancellationToken);
        var plan = await db.Plans.SingleAsync(p => p.Id == offer.PlanId, cancellationToken);
        var price = await db.Prices.SingleAsync(p => p.Id == offer.PriceId, cancellationToken);
        var facts = await db.ChangeFactsAsync(subscription, current, gateway, door.Now, cancellationToken);

        var terms = new ChangeTerms(plan, price, OfferDesk.SeatsOf(subscription, plan), ChangeWhen.PeriodEnd);
        var changed = subscription.Change(terms, facts, new(NewId.At(door.Now)), () => new(NewId.At(door.Now)));
        foreach (var fact in changed.Facts) db.Record(fact, door.Actor, door.Now);
    }

    private async Task GiveAsync(Subscription subscription, SaveOffer.Discount offer, int position, CancellationToken cancellationToken)
    {
        var code = $"stay-{offer.BasisPoints}-{offer.Periods}";
        var discount = await db.Discounts.SingleOrDefaultAsync(d => d.Code == code, cancellationToken);
        if (discount is null)
        {
            discount = Discount.Percent(new(NewId.At(door.Now)), code, "Thank you for staying", offer.BasisPoints, offer.Periods, door.Now);
            db.Discounts.Add(discount);
        }

        db.SubscriptionDiscounts.Add(subscription.Give(discount, position, door.Now));
        db.Entry(subscription).State = EntityState.Modified;
        db.Record(
            new DiscountGiven(subscription.CustomerId, subscription.Today(door.Now), subscription.Id, discount.Name), door.Actor, door.Now);
    }

    private async Task WaitAsync(SaveOffer.LaterPaymentDay offer, DateTimeZone zone, LocalDate? day, CancellationToken cancellationToken)
    {
        var chosen = day ?? throw new Refused("payment_day_missing", "Say which day to pay on.", "paymentDay");
        if (chosen > offer.Latest) throw new Refused("day_out_of_range", $"The day is {offer.Latest:uuuu'-'MM'-'dd} at the latest.", "paymentDay");
        var invoice = await db.Invoices.SingleAsync(i => i.Id == offer.InvoiceId, cancellationToken);
        await db.MustNotBeUnderPaymentAsync(invoice.Id, cancellationToken);
        db.Record(invoice.WaitUntil(chosen, zone, door.Now), door.Actor, door.Now);
        if (await db.LiveCaseAsync(invoice.CustomerId, cancellationToken) is not { IsOpen: true } it) return;

        // The whole case rests until that morning, and not this one invoice.
        var customer = await db.Customers.SingleAsync(c => c.Id == invoice.CustomerId, cancellationToken);
        db.Record(it.Promise(chosen, (await hand.PolicyAsync(it, cancellationToken)).Promise, customer.Today(door.Now)), door.Actor, door.Now);
        await hand.ReplanAsync(it, customer, cancellationToken);
    }
}
