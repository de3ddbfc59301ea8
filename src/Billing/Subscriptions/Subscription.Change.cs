using Billing.Customers;
using Billing.Invoicing;
using Billing.Periods;
using Billing.Plans;
using NodaTime;

namespace Billing.Subscriptions;

/// <content>Another plan, other seats, another cadence.</content>
public sealed partial class Subscription
{
    /// <summary>How many changes were charged; tells two on one day apart.</summary>
    public int Changes { get; private set; }

    /// <summary>The plan it will have from <see cref="CurrentEnd"/>; the other planned values go with it.</summary>
    public PlanId? PlannedPlanId { get; private set; }

    /// <summary>The price version it will be sold at.</summary>
    public PriceId? PlannedPriceId { get; private set; }

    /// <summary>The seats it will have.</summary>
    public int? PlannedQuantity { get; private set; }

    /// <summary>Minor units a period and seat it will cost.</summary>
    public long? PlannedUnitAmountMinor { get; private set; }

    /// <summary>The unit of the cadence it will have.</summary>
    public CadenceUnit? PlannedCadenceUnit { get; private set; }

    /// <summary>Units a period it will have.</summary>
    public int? PlannedCadenceCount { get; private set; }

    /// <summary>The plan the next period is of.</summary>
    public PlanId NextPlanId => PlannedPlanId ?? PlanId;

    /// <summary>The period that is billed next, as planned.</summary>
    public BillingPeriod NextPeriod => PlannedPlanId is not null && PlannedCadence != Anchor.Cadence
        ? new BillingAnchor(CurrentEnd, PlannedCadence).Period(0)
        : Anchor.Period(NextPeriodIndex);

    private Cadence PlannedCadence => new(PlannedCadenceUnit!.Value, PlannedCadenceCount!.Value);

    /// <summary>Does what was quoted: charges it today, or plans it for the end of the period.</summary>
    /// <param name="terms">As they were quoted.</param>
    /// <param name="facts">As they were quoted; balance and discounts move.</param>
    /// <param name="invoiceId">The id of the invoice that may come of it.</param>
    /// <param name="newNote">Ids for credit notes.</param>
    /// <exception cref="Refused">As <see cref="QuoteChange"/>.</exception>
    public Changed Change(ChangeTerms terms, ChangeFacts facts, InvoiceId invoiceId, Func<CreditNoteId> newNote)
    {
        var quote = QuoteChange(terms, facts);
        if (quote.When == ChangeWhen.PeriodEnd) return PlanAhead(terms, facts.Now);

        var charges = Billed is not null;
        var (fromPlan, fromQuantity) = (PlanId, Quantity);
        var withdrawn = WithdrawPlannedChange(facts.Now);
        var invoice = quote.Lines.Count == 0 ? null : Invoice.ForChange(invoiceId, facts.Customer, Id, quote, ++Changes, facts.Now);
        List<BalanceEntry> entries = [.. invoice?.Issue(facts.Customer, facts.MinimumCharge, facts.Now) ?? []];
        var credits = UnusedTime.Credit(
            quote.OffUnpaid, quote.ToBalance, "Unused time after a change of plan.", facts, newNote, entries);

        Take(terms.Plan.Id, terms.Price, UnitUnder(terms), terms.Quantity, quote.Anchor.Date);
        if (quote.BeginsPeriod) Begin(quote, facts.Discounts);
        var movement = charges ? MoveMrr(Anchor.Cadence.MonthlyValueOf(quote.Charge.Recurring), quote.EffectiveOn, facts.Now) : null;

        TermsChanged changed = new(CustomerId, quote.EffectiveOn, Id, fromPlan, PlanId, fromQuantity, Quantity, invoice?.Id);
        return new(invoice, credits, entries, movement, withdrawn is null ? [changed] : [withdrawn, changed]);
    }

    /// <summary>Takes a planned change back.</summary>
    /// <exception cref="Refused"><c>subscription_ended</c>, <c>no_change_planned</c>.</exception>
    public ChangeWithdrawn KeepTerms(Instant now)
    {
        MustLive();
        return WithdrawPlannedChange(now) ?? throw new Refused("no_change_planned", "No change is planned.");
    }

    /// <summary>Takes a planned change back, if there is one.</summary>
    private ChangeWithdrawn? WithdrawPlannedChange(Instant now)
    {
        if (PlannedPlanId is null) return null;
        Forget();
        return new(CustomerId, Today(now), Id);
    }

    /// <summary>At the end of the period the planned terms become the terms.</summary>
    private void TakePlanned()
    {
        if (PlannedPlanId is not { } plan) return;
        var renamed = plan != PlanId || PlannedCadence != Anchor.Cadence;
        if (PlannedCadence != Anchor.Cadence) (AnchorDate, NextPeriodIndex) = (CurrentEnd, 0);
        (PlanId, PriceId, Quantity, UnitAmountMinor) = (plan, PlannedPriceId!.Value, PlannedQuantity!.Value, PlannedUnitAmountMinor!.Value);
        (CadenceUnit, CadenceCount) = (PlannedCadenceUnit!.Value, PlannedCadenceCount!.Value);
        if (renamed) IsNegotiated = false;
        if (renamed) ForgetMove();
        Forget();
    }

    private Changed PlanAhead(ChangeTerms terms, Instant now)
    {
        var replaced = WithdrawPlannedChange(now);
        var unit = UnitUnder(terms);
        var keepsPrice = terms.Plan.Id == PlanId && terms.Price.Cadence == Anchor.Cadence;
        PlannedPlanId = terms.Plan.Id;
        PlannedPriceId = keepsPrice ? PriceId : terms.Price.Id;
        PlannedQuantity = terms.Quantity;
        PlannedUnitAmountMinor = unit.Minor;
        (PlannedCadenceUnit, PlannedCadenceCount) = (terms.Price.CadenceUnit, terms.Price.CadenceCount);

        ChangePlanned planned = new(CustomerId, Today(now), Id, terms.Plan.Id, terms.Quantity, CurrentEnd);
        return new(null, [], [], null, replaced is null ? [planned] : [replaced, planned]);
    }

    private void Begin(Quote quote, IReadOnlyList<SubscriptionDiscount> discounts)
    {
        LeavePeriod(discounts);
        NextPeriodIndex = 1;
        (CurrentStart, CurrentEnd) = (quote.Period.Start, quote.Period.End);
        NextBillingAt = DueAt(CurrentEnd);
        foreach (var line in quote.Charge.Lines) line.Discount?.Use(CurrentStart);
    }

    private void Take(PlanId plan, Price price, Money unit, int quantity, LocalDate anchor)
    {
        if (plan != PlanId || price.Cadence != Anchor.Cadence)
        {
            (PriceId, IsNegotiated) = (price.Id, false);
            ForgetMove();
        }

        (PlanId, Quantity, UnitAmountMinor, AnchorDate) = (plan, quantity, unit.Minor, anchor);
        (CadenceUnit, CadenceCount) = (price.CadenceUnit, price.CadenceCount);
    }

    private void Forget()
    {
        (PlannedPlanId, PlannedPriceId, PlannedQuantity, PlannedUnitAmountMinor) = (null, null, null, null);
        (PlannedCadenceUnit, PlannedCadenceCount) = (null, null);
    }
}
