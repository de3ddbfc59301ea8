using Billing.Invoicing;
using Billing.Periods;
using Billing.Subscriptions;

namespace Billing.Tests.Subscriptions;

/// <content>On the Beach.</content>
internal sealed partial class LifecycleModel
{
    private const int Notice = 7;

    public List<string> WhyNotPause(ChangeWhen when, int stay, Instant now)
    {
        var why = WhyNotHere();
        if (Stage == Lifecycle.Trialing) why.Add("break_in_trial");
        if (EndPlanned) why.Add("cancel_planned");
        if (Due(now)) why.Add("renewal_due");
        if (stay < start.Terms.Shortest) why.Add("break_too_short");
        if (stay > start.Terms.Longest) why.Add("break_too_long");

        var from = PauseFrom(when, now);
        var taken = breaks.Where(b => b.State != BreakState.Withdrawn).ToList();
        if (taken.Count(b => Period.DaysBetween(b.From, from) < 365) >= start.Terms.PerYear) why.Add("too_many_breaks");
        if (taken.Any(b => b.EndedOn is { } ended && Period.DaysBetween(ended, from) < start.Terms.Between)) why.Add("break_too_soon");
        return why;
    }

    /// <summary>The first day away. Who moved west on the day of a bill lives a day twice: it was used the first time.</summary>
    public LocalDate PauseFrom(ChangeWhen when, Instant now) =>
        when == ChangeWhen.PeriodEnd ? ServedUntil : LocalDate.Max(Today(now), sale?.First ?? StartedOn);

    public void Pause(ChangeWhen when, int stay, bool beingPaid, Instant now)
    {
        Planned = null;
        var from = PauseFrom(when, now);
        breaks.Add(new Away { From = from, Agreed = from.PlusDays(stay), Return = from.PlusDays(stay), ChargedTo = from });
        if (when == ChangeWhen.Now) GoAway(Break!, now, beingPaid);
    }

    public List<string> WhyNotWithdrawBreak() => Break is { State: BreakState.Planned } ? [] : ["no_break_planned"];

    public void WithdrawBreak(Instant now) => Over(Break!, BreakState.Withdrawn, Today(now));

    public List<string> WhyNotExtend(LocalDate to, Instant now)
    {
        if (Break is not { } away) return ["not_on_a_break"];
        List<string> why = [];
        if (to <= away.Return || to <= Today(now)) why.Add("return_not_later");
        if (Period.DaysBetween(away.From, to) > start.Terms.Longest) why.Add("break_too_long");
        return why;
    }

    /// <summary>Agreed to a later day, it is charged up to there; what we gave away by being late stays given.</summary>
    public void Extend(LocalDate to, Instant now)
    {
        var away = Break!;
        if (away.ChargedTo == away.Agreed) away.ChargedTo = away.Return;
        (away.Agreed, away.Return) = (to, to);
        away.Told = Today(now) >= away.TellOn ? Today(now) : null;
    }

    public List<string> WhyNotReturn() => Break is { State: BreakState.Away } ? [] : ["not_on_a_break"];

    public void ReturnEarly(Instant now)
    {
        var on = LocalDate.Max(Today(now), Break!.From);
        GiveBackFee(Break, on);
        ComeBack(Break, on);
    }

    /// <summary>Leaves for good: what waits and what is left of the fee is given back.</summary>
    public void LeaveFromBeach(Instant now)
    {
        var (away, on) = (Break!, LocalDate.Max(Today(now), Break!.From));
        GiveBackFee(away, on);
        if (sale is not null)
        {
            GiveBack(sale.WorthOfLast(away.Banked), sale, whatWasPaid: true);
            (sale.Waiting, sale.GivenBack) = (0, sale.GivenBack + away.Banked);
        }

        FillAway(away, on);
        Over(away, BreakState.Lost, on);
        ServedUntil = on;
        End(on);
    }

    private void GoAway(Away away, Instant now, bool beingPaid)
    {
        var left = Take(away.From);
        if (left.Count == 0) sale = null;
        var unpaid = sale is null ? 0 : UnpaidOf(sale, left.Count, beingPaid);
        if (sale is not null)
        {
            var open = OpenOf(sale);
            // The days that wait count as the last of their period from now on: that may move a cent from one day to another.
            Rounding += left.Take(left.Count - unpaid).Sum(d => d.Worth) - sale.WorthOfLast(left.Count - unpaid);
            Roundings += unpaid > 0 ? 1 : 0;
            OffDue(sale.WorthOfLast(unpaid), open);
            (sale.Waiting, sale.GivenBack) = (left.Count - unpaid, sale.GivenBack + unpaid);
            if (sale.Waiting == 0) sale = null;
        }

        (Stage, away.State, away.Banked, away.Mrr, Mrr) = (Lifecycle.Paused, BreakState.Away, left.Count - unpaid, Mrr, 0);
        ChargeMonth(away);
        if (away.TellOn == away.From) Tell(away, now);
    }

    /// <summary>The last days that are owed wholly; a day that is paid for in part is a paid day.</summary>
    private int UnpaidOf(Sale of, int left, bool beingPaid)
    {
        var due = beingPaid ? 0 : OpenOf(of).Sum(b => b.OwnDue);
        if (due == 0 || of.Whole == 0) return 0;
        var days = 0;
        while (days < left && of.WorthOfLast(days + 1) <= due) days++;
        return days;
    }

    private void Follow(Away away, Instant now)
    {
        var today = Today(now);
        while (away.ChargedTo <= today && away.ChargedTo < away.Agreed && start.Terms.Fee > 0) ChargeMonth(away);
        if (away.Told is null && today >= away.TellOn) Tell(away, now);
        if (today >= away.Return) ComeBack(away, away.Return);
    }

    private void Tell(Away away, Instant now)
    {
        var today = LocalDate.Max(Today(now), away.TellOn);
        if (today > away.TellOn) away.Return = LocalDate.Max(away.Return, today.PlusDays(Notice));
        away.Told = today;
    }

    private void ComeBack(Away away, LocalDate on)
    {
        FillAway(away, on);
        Over(away, BreakState.Returned, on);
        (Stage, Mrr, ServedUntil) = (Lifecycle.Active, away.Mrr, on);
        if (sale is not null)
        {
            // The days that waited are used from here; those of the sale that were used before lie where they were.
            Serve(on, sale.Days - away.Banked);
            sale.Waiting = 0;
            sale.First = on;
        }

        (anchor, nextIndex) = (ServedUntil, 0);
    }

    private void Over(Away away, BreakState how, LocalDate on) => (away.State, away.EndedOn) = (how, on);

    private void FillAway(Away away, LocalDate until)
    {
        for (var day = away.From; day < until; day = day.PlusDays(1)) Put(day, new(Use.Away, null, 0));
    }

    private void ChargeMonth(Away away)
    {
        if (start.Terms.Fee == 0 || away.ChargedTo >= away.Agreed) return;
        var (from, to) = (away.ChargedTo, LocalDate.Min(MonthOf(away, away.ChargedTo).To, away.Agreed));
        away.ChargedTo = to;
        if (FeeFor(away, from, to) is > 0 and var fee) Issue(InvoiceKind.Break, from, to, fee).Of = away;
    }

    private void GiveBackFee(Away away, LocalDate from)
    {
        foreach (var bill in bills.Where(b => b.Of == away && b.To > from))
            Credit(bill, Math.Min(FeeFor(away, LocalDate.Max(from, bill.From), bill.To), bill.Total - bill.Notes));
    }

    private long FeeFor(Away away, LocalDate from, LocalDate to)
    {
        var (first, end) = MonthOf(away, from);
        var days = Period.DaysBetween(first, end);
        return Share(start.Terms.Fee, Period.DaysBetween(first, to), days) - Share(start.Terms.Fee, Period.DaysBetween(first, from), days);
    }

    private static (LocalDate From, LocalDate To) MonthOf(Away away, LocalDate day)
    {
        var n = 0;
        while (Nth(away.From, Cadence.Monthly, n + 1) <= day) n++;
        return (Nth(away.From, Cadence.Monthly, n), Nth(away.From, Cadence.Monthly, n + 1));
    }

    /// <summary>When the break does something by itself next.</summary>
    public LocalDate? BreakDueOn => Break switch
    {
        null => null,
        { State: BreakState.Planned } planned => planned.From,
        { } away => new[]
        {
            away.Told is null ? away.TellOn : away.Return,
            start.Terms.Fee > 0 && away.ChargedTo < away.Agreed ? away.ChargedTo : away.Return,
        }.Min(),
    };

    internal sealed class Away
    {
        public required LocalDate From { get; init; }
        public required LocalDate Agreed { get; set; }
        public required LocalDate Return { get; set; }
        public required LocalDate ChargedTo { get; set; }
        public BreakState State { get; set; }
        public int Banked { get; set; }
        public long Mrr { get; set; }
        public LocalDate? Told { get; set; }
        public LocalDate? EndedOn { get; set; }
        public LocalDate TellOn => LocalDate.Max(From, Return.PlusDays(-Notice));
    }
}
