using Billing.Invoicing;
using Billing.Periods;
using NodaTime;

namespace Billing.Subscriptions;

/// <content>What a change would cost; nothing moves here.</content>
public sealed partial class Subscription
{
    private const int QuotedCharges = 3;

    /// <summary>Works a change out, line by line.</summary>
    /// <exception cref="Refused"><c>subscription_ended</c>, <c>on_a_break</c>, <c>break_planned</c>, <c>renewal_due</c>,
    /// <c>currency_mismatch</c>, <c>plan_retired</c>, <c>quantity_out_of_range</c>, <c>nothing_changes</c>, and <c>cancel_planned</c> for a change at period end.</exception>
    public Quote QuoteChange(ChangeTerms terms, ChangeFacts facts)
    {
        MustBeChangeable(terms, facts.Now);
        var unit = UnitUnder(terms);
        var worth = terms.Price.Cadence.MonthlyValueOf(unit * terms.Quantity);
        var when = Billed is null ? ChangeWhen.Now
            : terms.When ?? (worth > Anchor.Cadence.MonthlyValueOf(Unit * Quantity) ? ChangeWhen.Now : ChangeWhen.PeriodEnd);
        if (when == ChangeWhen.PeriodEnd && CancelAtPeriodEnd)
            throw new Refused("cancel_planned", $"It ends on {CurrentEnd:uuuu'-'MM'-'dd}; take that back first.");

        return when == ChangeWhen.Now && Billed is { } billed
            ? QuoteNow(terms, unit, billed, facts)
            : QuoteLater(terms, unit, when, facts);
    }

    private Quote QuoteNow(ChangeTerms terms, Money unit, BillingPeriod old, ChangeFacts facts)
    {
        var today = DayInUse(facts.Now);
        var begins = terms.Price.Cadence != Anchor.Cadence;
        var anchor = begins ? new BillingAnchor(today, terms.Price.Cadence) : Anchor;
        var period = begins ? anchor.Period(0) : new BillingPeriod(old.Index, CurrentStart, CurrentEnd);

        // The reductions of the period under way go on for the rest of it; a new period has those that are left.
        var before = UnderWay(facts.PlanName, facts.Discounts);
        var after = begins
            ? PeriodCharge.Of(terms.Plan.Name, terms.Quantity, unit, facts.Discounts)
            : PeriodCharge.InForce(terms.Plan.Name, terms.Quantity, unit, InForce(facts.Discounts));

        var unused = Unused(old, today);
        var rest = begins ? Proration.Rest(period, today) : unused;
        var charged = rest.Of(after.Total);
        var (_, offUnpaid, paid) = UnusedTime.Of(unused, before.Total, facts.Invoices);
        var offCharge = Money.Min(paid, charged);

        List<QuoteLine> lines = [];
        if (offCharge.Minor > 0)
            lines.Add(new(InvoiceLineKind.ProrationCredit, facts.PlanName, Quantity, before.Total, unused.Days, old.Days, -offCharge));
        if (charged.Minor > 0)
            lines.Add(new(InvoiceLineKind.ProrationCharge, terms.Plan.Name, terms.Quantity, after.Total, rest.Days, rest.Period.Days, charged));

        var total = charged - offCharge;
        return new(
            ChangeWhen.Now, today, lines, total, BalanceUse.Of(total, facts.Customer.Balance, facts.MinimumCharge), offUnpaid,
            paid - offCharge,
            Upcoming(anchor, begins ? 1 : NextPeriodIndex, terms, unit, facts.Discounts, begins ? 1 : 0), Until(facts.Now))
        {
            Period = period, Charge = after, Anchor = anchor, BeginsPeriod = begins,
        };
    }

    private Quote QuoteLater(ChangeTerms terms, Money unit, ChangeWhen when, ChangeFacts facts)
    {
        var nothing = Money.Zero(Currency);
        var anchor = terms.Price.Cadence == Anchor.Cadence ? Anchor : new BillingAnchor(CurrentEnd, terms.Price.Cadence);
        var index = anchor == Anchor ? NextPeriodIndex : 0;
        return new(
            when, when == ChangeWhen.Now ? Today(facts.Now) : CurrentEnd, [], nothing, new(nothing, nothing, nothing), nothing, nothing,
            CancelAtPeriodEnd ? [] : Upcoming(anchor, index, terms, unit, facts.Discounts, 0), Until(facts.Now))
        {
            Anchor = anchor,
        };
    }

    private List<NextCharge> Upcoming(
        BillingAnchor anchor, int index, ChangeTerms terms, Money unit, IReadOnlyList<SubscriptionDiscount> discounts, int used) =>
        [.. Enumerable.Range(0, QuotedCharges).Select(i => new NextCharge(
            anchor.StartOf(index + i),
            PeriodCharge.InForce(
                terms.Plan.Name, terms.Quantity, KeepsPrice(terms) ? UnitFrom(anchor.StartOf(index + i)) : unit,
                discounts.Where(d => d.LastsFor(used + i))).Total))];

    /// <summary>Seats alone keep the price, the negotiated one too; another plan or cadence is sold at today's.</summary>
    private Money UnitUnder(ChangeTerms terms) =>
        KeepsPrice(terms) ? Unit : terms.Price.Unit;

    private bool KeepsPrice(ChangeTerms terms) => terms.Plan.Id == PlanId && terms.Price.Cadence == Anchor.Cadence;

    private Instant Until(Instant now) =>
        Instant.Min(now + Quote.Life, CustomerZone.StartOfDay(Today(now).PlusDays(1), CustomerZone.Of(TimeZone)));

    private void MustBeChangeable(ChangeTerms terms, Instant now)
    {
        MustLive();
        MustBeHere();
        var same = terms.Plan.Id == PlanId && terms.Price.Cadence == Anchor.Cadence;
        if (terms.Price.Currency != Currency)
            throw new Refused("currency_mismatch", $"This subscription is billed in {Currency}.", "currency");
        if (!same && terms.Plan.RetiredAt is not null)
            throw new Refused("plan_retired", "This plan is no longer sold.", "plan");
        if (same && Seats(terms.Plan, terms.Quantity) == Quantity)
            throw new Refused("nothing_changes", "It has this plan, cadence and number of seats already.");
        Seats(terms.Plan, terms.Quantity);
        if (NextBillingAt <= now)
            throw new Refused("renewal_due", "Its next period is being billed; ask again in a few minutes.");
    }
}
