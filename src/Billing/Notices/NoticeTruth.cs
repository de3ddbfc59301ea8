using Billing.Invoicing;
using Billing.Payments;
using Billing.Subscriptions;
using NodaTime;

namespace Billing.Notices;

/// <summary>Whether a notice is still true, and what it says then.</summary>
public abstract record NoticeTruth
{
    private NoticeTruth()
    {
    }

    /// <summary>It is true.</summary>
    public sealed record Holds(NoticeContent Content) : NoticeTruth;

    /// <summary>It is not true any more, or settled, or overtaken.</summary>
    public sealed record NoLonger(string Why) : NoticeTruth;

    /// <summary>It will be, from that day on.</summary>
    public sealed record NotYet(LocalDate Day) : NoticeTruth;

    /// <summary>Looks at the facts as they are now.</summary>
    /// <example>"Back on 17 June" was planned; the stay was extended since: no longer true, and a later one says the new day.</example>
    public static NoticeTruth Of(NoticeFacts facts) => facts.Notice.Kind switch
    {
        NoticeKind.Receipt => Receipt(facts),
        NoticeKind.PriceMoveAhead => PriceMoveAhead(facts),
        NoticeKind.PriceMoveOff => PriceMoveOff(facts),
        NoticeKind.TrialEnding => TrialEnding(facts),
        NoticeKind.RenewalAhead => RenewalAhead(facts),
        NoticeKind.BreakPlanned => Planned(facts),
        NoticeKind.BreakBegun or NoticeKind.BreakExtended or NoticeKind.ReturnAhead => Away(facts),
        NoticeKind.BreakEnded => Back(facts),
        NoticeKind.CancelPlanned => facts.Fact is CancelPlanned told && IsLive(facts) && facts.Subscription!.PlannedEnd == told.EndsOn
            ? new Holds(new NoticeContent.CancelPlanned(facts.Plan, told.EndsOn.PlusDays(-1)))
            : new NoLonger("The end is planned otherwise by now."),
        NoticeKind.CancelWithdrawn => IsLive(facts) && facts.Subscription!.PlannedEnd is null
            ? new Holds(new NoticeContent.CancelWithdrawn(facts.Plan))
            : new NoLonger("It ends after all."),
        NoticeKind.Ended => Ended(facts),
        NoticeKind.CameBack => facts.Fact is CameBack back && IsLive(facts)
            ? new Holds(new NoticeContent.CameBack(facts.Plan, Price(facts), facts.Subscription!.Anchor.Cadence))
            : new NoLonger("It has ended again."),
        NoticeKind.CardAdded => facts.Card is { } card && facts.Customer.DefaultCardId == card.Id
            ? new Holds(new NoticeContent.CardAdded(card))
            : new NoLonger("Another card is charged by now."),
        NoticeKind.Credited => facts.Fact is InvoiceCredited credited && facts.Invoice is { Number: { } number }
            ? new Holds(new NoticeContent.Credited(Of(credited.AmountMinor, credited.Currency), number, credited.CreditNote))
            : new NoLonger("The credit is gone."),
        NoticeKind.PaidThanks => new Holds(new NoticeContent.PaidThanks(facts.Recovered ?? facts.Invoice?.Total ?? Zero(facts))),
        NoticeKind.CardExpiredAsk or NoticeKind.PaymentFailed or NoticeKind.PaymentFixData or NoticeKind.PaymentNewCard
            or NoticeKind.PaymentToConfirm or NoticeKind.PaymentNeutral or NoticeKind.ConsentWithdrawn or NoticeKind.PromiseBroken
            or NoticeKind.LastCall or NoticeKind.Parked => Asking(facts),
    };

    private static NoticeTruth Receipt(NoticeFacts facts)
    {
        if (facts is not { Attempt: { State: AttemptState.Succeeded } attempt, Invoice: { } invoice, Card: { } card, Fact: { } fact })
            return new NoLonger("The payment is gone.");
        if (invoice.Status == InvoiceStatus.Void) return new NoLonger("The invoice was taken back.");
        return new Holds(new NoticeContent.Receipt(
            attempt.Amount, fact.On, invoice.Number!, invoice.Lines.OrderBy(l => l.Position).Select(l => l.Description).FirstOrDefault(facts.Plan),
            invoice.PeriodStart, invoice.PeriodEnd, card));
    }

    private static NoticeTruth PriceMoveAhead(NoticeFacts facts) =>
        facts is { Fact: PriceMoveAnnounced told, Subscription: { MoveAhead: { } move } subscription } && subscription.MovesToPriceId == told.PriceId
            ? new Holds(new NoticeContent.PriceMoveAhead(facts.Plan, move, subscription.Anchor.Cadence))
            : new NoLonger("The move does not come as it was announced.");

    private static NoticeTruth PriceMoveOff(NoticeFacts facts) => facts switch
    {
        { WasTold: false } => new NoLonger("Nobody had been told of the move."),
        { Subscription: { MovesToPriceId: null } subscription } when IsLive(facts) =>
            new Holds(new NoticeContent.PriceMoveOff(facts.Plan, Price(facts), subscription.Anchor.Cadence)),
        _ => new NoLonger("It has ended, or another move was announced."),
    };

    private static NoticeTruth TrialEnding(NoticeFacts facts)
    {
        if (Next(facts) is not { AfterTrial: true } bills) return new NoLonger("The trial ends without a charge, or has ended.");
        if (bills.On <= facts.Today) return new NoLonger("The trial has ended.");
        var day = bills.On.PlusDays(-FactNotices.TrialLead);
        return day > facts.Today
            ? new NotYet(day)
            : new Holds(new NoticeContent.TrialEnding(facts.Plan, bills.On, bills.Use.Due, facts.Card));
    }

    private static NoticeTruth RenewalAhead(NoticeFacts facts)
    {
        if (Next(facts) is not { AfterTrial: false } bills || !FactNotices.IsLong(bills.Period.Start, bills.Period.End))
            return new NoLonger("No long period is billed next.");
        if (bills.On <= facts.Today) return new NoLonger("The period has begun.");
        var day = bills.On.PlusDays(-FactNotices.RenewalLead);
        return day > facts.Today
            ? new NotYet(day)
            : new Holds(new NoticeContent.RenewalAhead(facts.Plan, bills.On, bills.Period.End, bills.Use.Due, facts.Card));
    }

    private static NoticeTruth Planned(NoticeFacts facts) => facts.Break is { State: BreakState.Planned } planned
        ? new Holds(new NoticeContent.BreakPlanned(facts.Plan, planned.StartsOn, planned.ReturnOn, Fee(planned), planned.Keeps))
        : new NoLonger("The break was taken back, or has begun.");

    private static NoticeTruth Away(NoticeFacts facts)
    {
        if (facts.Break is not { State: BreakState.Away } away) return new NoLonger("The break is over.");
        return facts.Fact switch
        {
            WentToBeach => new Holds(new NoticeContent.BreakBegun(facts.Plan, away.ReturnOn, away.BankedDays, Fee(away), away.Keeps)),
            BreakExtended told when told.ReturnOn == away.ReturnOn => new Holds(new NoticeContent.BreakExtended(facts.Plan, away.ReturnOn)),
            ReturnAnnounced told when told.ReturnOn == away.ReturnOn && facts.Today < away.ReturnOn => new Holds(new NoticeContent.ReturnAhead(
                facts.Plan, told.ReturnOn, told.NextBillingOn, Of(told.TotalMinor, told.Currency), Of(told.DueMinor, told.Currency), told.Card,
                facts.Card)),
            _ => new NoLonger("The return is on another day by now."),
        };
    }

    private static NoticeTruth Back(NoticeFacts facts) => facts is { Break.State: BreakState.Returned, Fact: CameBackFromBeach back } && IsLive(facts)
        ? new Holds(new NoticeContent.BreakEnded(facts.Plan, back.BankedDays, back.NextBillingOn))
        : new NoLonger("It has ended, or another break has begun.");

    private static NoticeTruth Ended(NoticeFacts facts) =>
        facts is { Fact: SubscriptionEnded ended, Subscription: { Lifecycle: Lifecycle.Ended } subscription } && subscription.EndedOn == ended.On
            ? new Holds(new NoticeContent.Ended(
                facts.Plan, ended.On.PlusDays(-1), ended.Reason == EndReason.Voluntary,
                facts.Customer.BalanceMinor > 0 ? facts.Customer.Balance : Zero(facts)))
            : new NoLonger("The customer is back.");

    private static NoticeTruth Asking(NoticeFacts facts)
    {
        if (!facts.CaseIsOpen) return new NoLonger("The case is closed.");
        var due = facts.Open.Aggregate(Zero(facts), (sum, invoice) => sum + invoice.Due);
        if (due.Minor <= 0) return new NoLonger("Nothing is open any more.");
        var next = facts.Open.Where(i => i.NextAttemptAt is not null).Min(i => i.NextAttemptAt);
        return new Holds(new NoticeContent.Asking(
            facts.Notice.Kind, due, facts.Card, next is { } at ? facts.Customer.Today(at) : null, facts.AccessUntil));
    }

    private static OutlookEntry.Bills? Next(NoticeFacts facts) =>
        facts.Ahead.OfType<OutlookEntry.Bills>().FirstOrDefault(b => b.Of == facts.Subscription?.Id);

    private static bool IsLive(NoticeFacts facts) => facts.Subscription is { Lifecycle: not (Lifecycle.Ended or Lifecycle.Paused) };

    private static Money Price(NoticeFacts facts) => facts.Subscription!.Unit * facts.Subscription.Quantity;

    private static Money Fee(Break away) => new(away.FeeMinor, away.Currency);

    private static Money Of(long minor, string currency) => new(minor, Currency.Of(currency));

    private static Money Zero(NoticeFacts facts) => new(0, facts.Customer.Currency);
}
