using Billing.History;
using Billing.Invoicing;
using Billing.Metrics;
using Billing.Plans;
using NodaTime;

namespace Billing.Subscriptions;

/// <content>
/// On the Beach. Days that were paid for wait and are used first on return; days that were not paid for come off what is due.
/// </content>
public sealed partial class Subscription
{
    private const int DaysOfAYear = 365;

    /// <summary>How many breaks were asked for.</summary>
    public int Breaks { get; private set; }

    /// <summary>First day of a break that is planned; nothing is billed on it.</summary>
    public LocalDate? BreakStartsOn { get; private set; }

    /// <summary>Goes On the Beach today, or plans it for when what is paid for is used up.</summary>
    /// <param name="id">The break's id.</param>
    /// <param name="wish">What is wished.</param>
    /// <param name="terms">The plan's terms in this currency; none when the plan has no breaks.</param>
    /// <param name="earlier">All breaks it had.</param>
    /// <param name="facts">What it is decided on; customer and invoices move.</param>
    /// <exception cref="Refused"><c>subscription_ended</c>, <c>on_a_break</c>, <c>break_planned</c>, <c>break_in_trial</c>,
    /// <c>cancel_planned</c>, <c>renewal_due</c>, <c>no_breaks</c>, <c>break_too_short</c>, <c>break_too_long</c>,
    /// <c>too_many_breaks</c>, <c>break_too_soon</c>.</exception>
    /// <example>49.00 paid for April, away from the 17th for two months: 14 days wait; back on 17 June, charged on 1 July.</example>
    public BreakMoved TakeBreak(BreakId id, BreakWish wish, BreakTerms? terms, IReadOnlyList<Break> earlier, BreakFacts facts)
    {
        if (WhyNotAway(facts.Now) is { } no) throw no;
        var from = wish.When switch { ChangeWhen.Now => DayInUse(facts.Now), ChangeWhen.PeriodEnd => CurrentEnd };
        if (terms is null) throw new Refused("no_breaks", "This plan has no breaks in this currency.");
        if ((WhyNotSoLong(wish, from, terms) ?? WhyNotAgain(from, terms, earlier)) is { } refused) throw refused;

        Fact[] before = WithdrawPlannedChange(facts.Now) is { } withdrawn ? [withdrawn] : [];
        var away = Break.Ask(id, this, ++Breaks, terms, wish, from, facts.Now);
        if (wish.When == ChangeWhen.PeriodEnd)
        {
            (BreakStartsOn, NextBillingAt) = (from, null);
            away.Schedule(DueAt);
            return new(away, null, [], [], [], [.. before, new BreakPlanned(CustomerId, Today(facts.Now), Id, id, from, away.ReturnOn)]);
        }

        var gone = GoAway(away, facts);
        return gone with { Facts = [.. before, .. gone.Facts] };
    }

    /// <summary>Does what is due of a break: it begins, a month is charged, the return is announced, the customer is back.</summary>
    /// <remarks>Called again while <see cref="Break.NextStepAt"/> is in the past, it catches up one step at a time.</remarks>
    /// <exception cref="InvalidOperationException">Nothing is due: the caller has a bug.</exception>
    public BreakMoved DoNext(Break away, BreakFacts facts)
    {
        if (away.Next is not { } next || away.NextStepAt > facts.Now)
            throw new InvalidOperationException($"Break {away.Id} has nothing to do before {away.NextStepAt}.");

        return next.Step switch
        {
            BreakStep.Begin => GoAway(away, facts),
            BreakStep.Charge => Charge(away, facts),
            BreakStep.Remind => Announce(away, facts),
            BreakStep.Return => Return(away, away.ReturnOn, [], facts),
        };
    }

    /// <summary>Comes back today, before the agreed day. Days of the fee that are not used are credited.</summary>
    /// <exception cref="Refused"><c>not_on_a_break</c>.</exception>
    public BreakMoved ReturnEarly(Break? away, BreakFacts facts)
    {
        away = MustBeAway(away);
        var today = LocalDate.Max(Today(facts.Now), away.StartsOn);
        return Return(away, today, CreditFee(away, today, facts), facts);
    }

    /// <summary>Moves the return to a later day.</summary>
    /// <exception cref="Refused"><c>not_on_a_break</c>, <c>return_not_later</c>, <c>break_too_long</c>.</exception>
    public BreakMoved Extend(Break? away, LocalDate to, BreakFacts facts)
    {
        if (away is not { IsLive: true }) throw new Refused("not_on_a_break", "No break is planned or under way.");
        var today = Today(facts.Now);
        if (to <= LocalDate.Max(away.ReturnOn, today))
            throw new Refused("return_not_later", "The new day of return comes after the present one, and after today.", "returnOn");
        if (to > away.StartsOn.PlusDays(away.LongestDays)) throw TooLong(away.LongestDays);

        away.Extend(to, today);
        away.Schedule(DueAt);
        List<Fact> told = [new BreakExtended(CustomerId, today, Id, away.Id, to)];
        if (away.AnnouncedOn == today) told.Add(Announcement(away, today, facts));
        return new(away, null, [], [], [], told);
    }

    /// <summary>Takes a planned break back.</summary>
    /// <exception cref="Refused"><c>no_break_planned</c>.</exception>
    public BreakWithdrawn WithdrawBreak(Break? planned, Instant now)
    {
        if (planned is not { State: BreakState.Planned }) throw new Refused("no_break_planned", "No break is planned.");
        planned.End(BreakState.Withdrawn, Today(now));
        (BreakStartsOn, NextBillingAt) = (null, DueAt(CurrentEnd));
        return new(CustomerId, Today(now), Id, planned.Id);
    }

    private BreakMoved GoAway(Break away, BreakFacts facts)
    {
        var (banked, credits) = Bank(away.StartsOn, facts);
        var worth = Mrr;
        (Lifecycle, CurrentEnd, NextBillingAt, BreakStartsOn) = (Lifecycle.Paused, away.StartsOn, null, null);
        away.Begin(banked, MrrMinor);
        MrrMovement[] movements = worth.IsZero ? [] : [Move(MrrMovementKind.ToBeach, -worth, away.StartsOn, facts.Now)];
        WentToBeach went = new(CustomerId, away.StartsOn, Id, away.Id, away.ReturnOn, banked);

        // The first month is charged with going, and a stay as short as the reminder is announced with it.
        var charged = away.Next is { Step: BreakStep.Charge } ? Charge(away, facts) : new(away, null, [], [], [], []);
        var told = away.Next is { Step: BreakStep.Remind } next && next.On == away.StartsOn ? Announce(away, facts).Facts : [];
        away.Schedule(DueAt);
        return charged with { Credits = credits, Movements = movements, Facts = [went, .. charged.Facts, .. told] };
    }

    private BreakMoved Charge(Break away, BreakFacts facts)
    {
        var (days, fee) = away.ChargeMonth();
        away.Schedule(DueAt);
        if (fee.IsZero) return new(away, null, [], [], [], []);

        var invoice = Invoice.ForBreak(facts.InvoiceId, facts.Customer, away, days, $"{facts.PlanName}: On the Beach", fee, facts.Now);
        var entries = invoice.Issue(facts.Customer, facts.MinimumCharge, facts.Now);
        BreakFeeBilled billed = new(CustomerId, days.Start, Id, away.Id, invoice.Id, days.End, fee.Minor, Currency.Code);
        return new(away, invoice, [], entries, [], [billed]);
    }

    private BreakMoved Announce(Break away, BreakFacts facts)
    {
        var today = LocalDate.Max(Today(facts.Now), away.RemindOn);
        away.Announce(today);
        away.Schedule(DueAt);
        return new(away, null, [], [], [], [Announcement(away, today, facts)]);
    }

    private BreakMoved Return(Break away, LocalDate on, IReadOnlyList<Credited> credits, BreakFacts facts)
    {
        CameBackFromBeach back = new(CustomerId, on, Id, away.Id, away.BankedDays, on.PlusDays(away.BankedDays), on < away.AgreedReturnOn);
        away.End(BreakState.Returned, on);

        (Lifecycle, CurrentStart, CurrentEnd) = (Lifecycle.Active, on, back.NextBillingOn);
        (AnchorDate, NextPeriodIndex, NextBillingAt) = (CurrentEnd, 0, DueAt(CurrentEnd));
        Restarts++;
        MrrMovement[] movements = away.MrrMinor == 0 ? []
            : [Move(MrrMovementKind.BackFromBeach, Mrr with { Minor = away.MrrMinor }, on, facts.Now)];
        return new(away, null, credits, [], movements, [back]);
    }

    private ReturnAnnounced Announcement(Break away, LocalDate today, BreakFacts facts)
    {
        var billing = away.ReturnOn.PlusDays(away.BankedDays);
        var total = PeriodCharge.Of(facts.PlanName, Quantity, UnitFrom(billing), facts.Discounts).Total;
        var due = BalanceUse.Of(total, facts.Customer.Balance, facts.MinimumCharge).Due;
        var card = facts.Card is null ? CardOnReturn.None : facts.Card.ValidThrough < billing ? CardOnReturn.Expired : CardOnReturn.Valid;
        return new(CustomerId, today, Id, away.Id, away.ReturnOn, billing, total.Minor, due.Minor, Currency.Code, card);
    }

    /// <summary>How long a break could be that begins today; none when none is possible. A planned end is no obstacle: it can be taken back.</summary>
    public int? LongestBreak(BreakTerms? terms, IReadOnlyList<Break> earlier, Instant now)
    {
        if (terms is null || WhyNotAway(now) is { Code: not "cancel_planned" }) return null;
        var from = DayInUse(now);
        return WhyNotAgain(from, terms, earlier) is null ? terms.LongestDays : null;
    }

    /// <summary>Why it cannot go away today, if so.</summary>
    private Refused? WhyNotAway(Instant now) => this switch
    {
        { Lifecycle: Lifecycle.Ended } => new("subscription_ended", "This subscription has ended."),
        { Lifecycle: Lifecycle.Paused or Lifecycle.Parked } or { BreakStartsOn: not null } => WhyNotHere(),
        { Lifecycle: Lifecycle.Trialing } => new("break_in_trial", "A trial costs nothing; there is nothing to pause."),
        { PlannedEnd: { } end } => new("cancel_planned", $"It ends on {end:uuuu'-'MM'-'dd}; take that back first."),
        _ => NextBillingAt <= now ? new("renewal_due", "Its next period is being billed; ask again in a few minutes.") : null,
    };

    private static Refused? WhyNotSoLong(BreakWish wish, LocalDate from, BreakTerms terms) =>
        wish.ReturnOn < from.PlusDays(terms.ShortestDays)
            ? new("break_too_short", $"A break lasts {terms.ShortestDays} days or more.", "returnOn")
            : wish.ReturnOn > from.PlusDays(terms.LongestDays) ? TooLong(terms.LongestDays) : null;

    private static Refused? WhyNotAgain(LocalDate from, BreakTerms terms, IReadOnlyList<Break> earlier)
    {
        var taken = earlier.Where(b => b.State != BreakState.Withdrawn).ToList();
        return taken.Count(b => b.StartsOn > from.PlusDays(-DaysOfAYear)) >= terms.PerYear
            ? new("too_many_breaks", $"{terms.PerYear} breaks can begin within {DaysOfAYear} days.")
            : taken.Any(b => b.EndedOn > from.PlusDays(-terms.DaysBetween))
                ? new("break_too_soon", $"Between two breaks lie {terms.DaysBetween} days.")
                : null;
    }

    private static Break MustBeAway(Break? away) => away is { State: BreakState.Away }
        ? away
        : throw new Refused("not_on_a_break", "This subscription is not On the Beach.");

    private static Refused TooLong(int days) => new("break_too_long", $"A break lasts {days} days at most.", "returnOn");
}
