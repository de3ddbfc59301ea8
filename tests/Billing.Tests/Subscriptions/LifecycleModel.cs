using Billing.Invoicing;
using Billing.Periods;
using Billing.Subscriptions;

namespace Billing.Tests.Subscriptions;

/// <summary>
/// What the rules say of one subscription, worked out a second time and in another way: day by day, on a calendar. It knows
/// nothing of the code it judges but its enums; amounts are plain cents and periods are counted by its own arithmetic.
/// </summary>
/// <remarks>
/// Every day is used once: on trial, as a day of a period sold, or away. Every day that was sold is used, waits, was given
/// back (as credit, or off what was due), or was left behind by whoever ended it at once; there is no fifth.
/// </remarks>
internal sealed partial class LifecycleModel(LifeStart start)
{
    private readonly Dictionary<LocalDate, Day> calendar = [];
    private readonly List<Sale> sales = [];
    private readonly List<Away> breaks = [];
    private readonly List<Reduction> discounts = [.. start.Discounts.Select(d => new Reduction { Given = d })];
    private Sale? sale;
    private long worthUsed;
    private LocalDate anchor;
    private int nextIndex;
    private DateTimeZone home = start.Zone;

    public Lifecycle Stage { get; private set; }
    public LocalDate StartedOn { get; private set; }
    public LocalDate ServedUntil { get; private set; }
    public LocalDate? EndedOn { get; private set; }
    public bool EndPlanned { get; private set; }
    public Wanted Has { get; private set; } = start.Wants;
    public long Unit { get; private set; } = start.Unit ?? Shop.ListPrice(start.Wants);
    public (Wanted Terms, long Unit)? Planned { get; private set; }
    public long Mrr { get; private set; }
    public bool PaysAtOnce { get; set; } = true;
    public DateTimeZone Zone { get; private set; } = start.Zone;
    public IReadOnlyList<Reduction> Discounts => discounts;
    public IReadOnlyList<Away> Breaks => breaks;
    public Away? Break => breaks.Count > 0 && breaks[^1].State is BreakState.Planned or BreakState.Away ? breaks[^1] : null;

    public void MoveTo(DateTimeZone zone) => home = zone;

    public LocalDate Today(Instant now) => now.InZone(Zone).Date;

    public void Start(Instant now)
    {
        StartedOn = Today(now);
        ServedUntil = anchor = StartedOn.PlusDays(start.Trial);
        Stage = start.Trial > 0 ? Lifecycle.Trialing : Lifecycle.Active;
        for (var day = StartedOn; day < ServedUntil; day = day.PlusDays(1)) Put(day, new(Use.Trial, null, 0));
    }

    /// <summary>The run: first what is due of a break, then of periods.</summary>
    public void Run(Instant now)
    {
        if (Break is { State: BreakState.Planned } planned && Today(now) >= planned.From) GoAway(planned, now, beingPaid: false);
        if (Break is { State: BreakState.Away } away) Follow(away, now);
        while (Due(now))
        {
            if (EndPlanned) End(ServedUntil);
            else BillPeriod();
        }
    }

    /// <summary>Whether a period is due that nobody has billed yet.</summary>
    public bool Due(Instant now) => Stage is Lifecycle.Trialing or Lifecycle.Active && Break is null && Today(now) >= ServedUntil;

    /// <summary>Which refusals are right; none when it must be done.</summary>
    public List<string> WhyNotChange(Wanted wanted, ChangeWhen? when, Instant now)
    {
        List<string> why = WhyNotHere();
        if (wanted == Has) why.Add("nothing_changes");
        if (Due(now)) why.Add("renewal_due");
        if (EndPlanned && EffectOf(wanted, when) == ChangeWhen.PeriodEnd) why.Add("cancel_planned");
        return why;
    }

    public void Change(Wanted wanted, ChangeWhen? when, Instant now)
    {
        var (sameKind, fromTrial) = (wanted with { Seats = Has.Seats } == Has, sale is null);
        var unit = sameKind ? Unit : Shop.ListPrice(wanted);
        if (EffectOf(wanted, when) == ChangeWhen.PeriodEnd)
        {
            Planned = (wanted, unit);
            return;
        }

        var begins = wanted.Cadence != Has.Cadence;
        Planned = null;
        (Has, Unit) = (wanted, unit);
        if (!fromTrial) Reprice(begins, LocalDate.Max(Today(now), sale!.First));
    }

    public List<string> WhyNotWithdrawChange() => Stage == Lifecycle.Ended ? ["subscription_ended"] : Planned is null ? ["no_change_planned"] : [];

    public void WithdrawChange() => Planned = null;

    public List<string> WhyNotCancelAtEnd() => Stage == Lifecycle.Ended ? ["subscription_ended"] : EndPlanned ? ["cancel_already_planned"] : [];

    public void CancelAtEnd() => (EndPlanned, Planned) = (true, null);

    public List<string> WhyNotKeepGoing() => Stage == Lifecycle.Ended ? ["subscription_ended"] : EndPlanned ? [] : ["no_cancel_planned"];

    public void KeepGoing() => EndPlanned = false;

    /// <summary>What was not paid for comes off what is due; what was paid is given back where the merchant does that.</summary>
    public void CancelNow(Instant now)
    {
        var today = LocalDate.Max(Today(now), StartedOn);
        if (sale is { } left)
        {
            var days = Take(Today(now));
            var kept = GiveBack(days.Sum(d => d.Worth), left, start.GivesBack);
            WorthLeftBehind += kept;
            if (kept > 0) left.LeftBehind += days.Count;
            else left.GivenBack += days.Count;
        }

        End(today);
    }

    /// <summary>"on_a_break" and "break_planned" stand in the way of all that changes what is sold or how it ends.</summary>
    public List<string> WhyNotHere()
    {
        List<string> why = [];
        if (Stage == Lifecycle.Ended) why.Add("subscription_ended");
        if (Break is { State: BreakState.Planned }) why.Add("break_planned");
        if (Break is { State: BreakState.Away }) why.Add("on_a_break");
        return why;
    }

    /// <summary>Worth more a month: now. Otherwise when what is paid for is used up. A trial changes at once.</summary>
    private ChangeWhen EffectOf(Wanted wanted, ChangeWhen? when)
    {
        if (sale is null) return ChangeWhen.Now;
        var unit = wanted with { Seats = Has.Seats } == Has ? Unit : Shop.ListPrice(wanted);
        var dearer = Monthly(wanted.Cadence, unit * wanted.Seats) > Monthly(Has.Cadence, Unit * Has.Seats);
        return when ?? (dearer ? ChangeWhen.Now : ChangeWhen.PeriodEnd);
    }

    private void BillPeriod()
    {
        if (Planned is var (terms, unit))
        {
            if (terms.Cadence != Has.Cadence) (anchor, nextIndex) = (ServedUntil, 0);
            (Has, Unit, Planned) = (terms, unit, null);
        }

        var (from, to) = (Nth(anchor, Has.Cadence, nextIndex), Nth(anchor, Has.Cadence, ++nextIndex));
        Assert.Equal(ServedUntil, from);
        Sell(from, to, Unspent());
        Issue(InvoiceKind.Period, from, to, sale!.Whole);
        Stage = Lifecycle.Active;
        Zone = home;
    }

    private void Sell(LocalDate from, LocalDate to, List<Reduction> inForce)
    {
        foreach (var reduction in inForce) reduction.Used++;
        var (whole, recurring) = Price(inForce);
        sale = new Sale { From = from, First = from, Days = Period.DaysBetween(from, to), Whole = whole, InForce = inForce };
        sales.Add(sale);
        Serve(from, 0);
        Mrr = Monthly(Has.Cadence, recurring);
    }

    /// <summary>Puts the days of the sale, from that number on, into the calendar from a day on.</summary>
    private void Serve(LocalDate on, int number)
    {
        for (var n = number; n < sale!.Days; n++) Put(on.PlusDays(n - number), new(Use.Service, sale, sale.WorthOf(n)));
        ServedUntil = on.PlusDays(sale.Days - number);
    }

    /// <summary>Takes the days from that one on out of the calendar.</summary>
    private List<Day> Take(LocalDate from)
    {
        List<Day> taken = [];
        if (sale is null) return taken;
        var first = LocalDate.Max(from, sale.First);
        for (var day = first; day < ServedUntil; day = day.PlusDays(1))
        {
            taken.Add(calendar[day]);
            calendar.Remove(day);
        }

        sale.Used -= taken.Count;
        worthUsed -= taken.Sum(d => d.Worth);

        ServedUntil = LocalDate.Min(ServedUntil, first);
        return taken;
    }

    /// <summary>Uses a day; twice is an exception.</summary>
    private void Put(LocalDate on, Day day)
    {
        calendar.Add(on, day);
        worthUsed += day.Worth;
        if (day.Of is { } of) of.Used++;
    }

    private void End(LocalDate on) => (Stage, EndedOn, EndPlanned, Planned, Mrr, sale) = (Lifecycle.Ended, on, false, null, 0, null);

    /// <summary>The days left are given back at what they were sold for, and sold anew.</summary>
    private void Reprice(bool begins, LocalDate today)
    {
        var old = sale!;
        var until = ServedUntil;
        var left = Take(today);
        var credit = left.Sum(d => d.Worth);
        long charge;
        if (begins)
        {
            old.GivenBack += left.Count;
            (anchor, nextIndex) = (today, 1);
            until = Nth(today, Has.Cadence, 1);
            Sell(today, until, Unspent());
            charge = sale!.Whole;
        }
        else
        {
            var (whole, recurring) = Price(old.InForce);
            old.Whole = whole;
            Serve(today, old.Days - left.Count);
            charge = left.Select((_, i) => old.WorthOf(old.Days - left.Count + i)).Sum();
            Mrr = Monthly(Has.Cadence, recurring);
        }

        Settle(credit, charge, today, until, old);
    }

    /// <summary>The reductions that have periods left.</summary>
    private List<Reduction> Unspent() => [.. discounts.Where(d => d.Given.Periods is not { } most || d.Used < most)];

    private (long Whole, long Recurring) Price(List<Reduction> inForce)
    {
        var (whole, recurring) = (Unit * Has.Seats, Unit * Has.Seats);
        foreach (var reduction in inForce)
        {
            whole -= reduction.Off(whole);
            if (reduction.Given.Periods != 1) recurring -= reduction.Off(recurring);
        }

        return (whole, recurring);
    }

    private static long Monthly(Cadence cadence, long amount) => cadence.Unit switch
    {
        CadenceUnit.Day => Share(amount, 365, 12 * cadence.Count),
        CadenceUnit.Week => Share(amount, 365, 12 * 7 * cadence.Count),
        CadenceUnit.Month => Share(amount, 1, cadence.Count),
        CadenceUnit.Year => Share(amount, 1, 12 * cadence.Count),
    };

    /// <summary>Rounded half up; nothing here is below zero.</summary>
    private static long Share(long amount, long part, long of) => (2 * amount * part + of) / (2 * of);

    private static LocalDate Nth(LocalDate anchor, Cadence cadence, int n)
    {
        if (cadence.Unit == CadenceUnit.Day) return anchor.PlusDays(n * cadence.Count);
        if (cadence.Unit == CadenceUnit.Week) return anchor.PlusDays(n * cadence.Count * 7);
        var month = anchor.Year * 12 + anchor.Month - 1 + n * cadence.Count * (cadence.Unit == CadenceUnit.Year ? 12 : 1);
        return new(month / 12, month % 12 + 1, Math.Min(anchor.Day, DateTime.DaysInMonth(month / 12, month % 12 + 1)));
    }

    internal enum Use
    {
        Trial,
        Service,
        Away,
    }

    private sealed record Day(Use Use, Sale? Of, long Worth);

    /// <summary>One period as it was sold: so many days for so much.</summary>
    internal sealed class Sale
    {
        public required LocalDate From { get; init; }

        /// <summary>The first day of the stretch in which its days are used: of the period, or after a return.</summary>
        public required LocalDate First { get; set; }
        public required int Days { get; init; }
        public required long Whole { get; set; }
        public required List<Reduction> InForce { get; init; }
        public int Used { get; set; }
        public int Waiting { get; set; }
        public int GivenBack { get; set; }
        public int LeftBehind { get; set; }

        /// <summary>A day's cents: what all days up to it are worth less what those before it are.</summary>
        public long WorthOf(int number) => Share(Whole, number + 1, Days) - Share(Whole, number, Days);

        public long WorthOfLast(int days) => Whole - Share(Whole, Days - days, Days);
    }

    internal sealed class Reduction
    {
        public required GivenDiscount Given { get; init; }
        public int Used { get; set; }

        public long Off(long left) => Given.Percent is { } percent ? Share(left, percent, 100) : Math.Min(left, Given.Amount);
    }
}
