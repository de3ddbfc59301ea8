using Billing.Customers;
using Billing.Invoicing;
using Billing.Metrics;
using Billing.Periods;
using Billing.Plans;
using Billing.Subscriptions;
using Billing.Tests.Ledger;

namespace Billing.Tests.Subscriptions;

/// <summary>
/// Thousands of lives of thirty acts each, lived twice: by the rules and by <see cref="LifecycleModel"/>. After every act both
/// must stand at the same place, to the day and to the cent.
/// </summary>
public sealed class LifecycleModelTests
{
    private const int Lives = 2_000;

    [Fact]
    public void Whatever_happens_the_rules_and_the_model_agree_to_the_day_and_to_the_cent()
    {
        var failed = Enumerable.Range(1, Lives).AsParallel().Select(Life.Number).FirstOrDefault(life => Trouble(life) is not null);
        if (failed is not null) Tell(failed);
    }

    [Fact]
    public void Who_moves_west_on_the_day_of_a_bill_uses_no_day_twice()
    {
        // Billed for 2 May as it begins on Kiritimati; on Niue, where the customer lives now, 1 May has just begun.
        var start = Start(Zone("Pacific/Kiritimati"));
        Live(start, new Act.MoveTo(Zone("Pacific/Niue")), new Act.Days(30),
            new Act.Change(start.Wants with { Seats = 2 }, ChangeWhen.Now), new Act.Pause(ChangeWhen.Now, 14, false), new Act.ReturnEarly());
    }

    [Fact]
    public void A_discount_of_a_period_that_gave_way_to_a_break_is_not_that_of_the_next_on_the_same_day()
    {
        // The second of two periods at half price is not used at all, and not paid for; the one after it costs all of its price.
        var start = Start(Zone("UTC")) with { Discounts = [new(50, 0, 2)] };
        Live(start, new Act.Pays(false), new Act.Days(30), new Act.Pause(ChangeWhen.Now, 14, false), new Act.ReturnEarly(), new Act.Days(1),
            new Act.Pause(ChangeWhen.Now, 14, false), new Act.Days(20));
    }

    [Fact]
    public void Unpaid_time_never_becomes_credit_by_way_of_the_beach() => Live(
        // The payment under way failed after all: what waits was never paid.
        Start(Zone("UTC")), new Act.Pays(false), new Act.Days(30), new Act.Pause(ChangeWhen.Now, 14, true), new Act.Days(3),
        new Act.Cancel(ChangeWhen.PeriodEnd));

    private static LifeStart Start(DateTimeZone zone) =>
        new(new(2026, 4, 1), 11, zone, new(0, Cadence.Monthly, 1), null, 0, [], new(500, 7, 180, 12, 0));

    private static DateTimeZone Zone(string id) => DateTimeZoneProviders.Tzdb[id];

    private static void Live(LifeStart start, params Act[] acts) => Assert.Null(Trouble(new(0, start, acts)));

    /// <summary>Leaves out what is not needed for the failure, and tells what is left.</summary>
    private static void Tell(Life life)
    {
        for (var i = life.Acts.Count - 1; i >= 0; i--)
        {
            var shorter = life with { Acts = [.. life.Acts.Where((_, n) => n != i)] };
            if (Trouble(shorter) is not null) life = shorter;
        }

        Assert.Fail($"{life}{Environment.NewLine}{Trouble(life)}");
    }

    private static string? Trouble(Life life)
    {
        var twice = new LivedTwice(life.Start);
        try
        {
            twice.Begin();
            foreach (var act in life.Acts) twice.Live(act);
            return null;
        }
        catch (Exception e)
        {
            return e.ToString();
        }
    }
}

/// <summary>A life by the rules, as the commands and the run live it, beside the model's.</summary>
internal sealed class LivedTwice(LifeStart start)
{
    private readonly LifecycleModel model = new(start);
    private readonly List<Invoice> invoices = [];
    private readonly HashSet<(InvoiceKind, LocalDate?, int)> keys = [];
    private readonly List<Break> breaks = [];
    private readonly List<BalanceEntry> entries = [];
    private readonly BreakTerms terms = BreakTerms.Allow(
        new(Given.Id()),
        new(Cents(start.Terms.Fee), start.Terms.Shortest, start.Terms.Longest, start.Terms.PerYear, start.Terms.Between, Access.ReadOnly, ""));

    private readonly LifeBooks books = new();
    private Customer customer = null!;
    private Subscription subscription = null!;
    private SubscriptionDiscount[] discounts = [];
    private long movements;
    private Instant now;

    private Break? Away => breaks.Find(b => b.IsLive);

    public void Begin()
    {
        now = (start.FirstDay + new LocalTime(start.Hour, 30)).InUtc().ToInstant();
        customer = Customer.Add(new(Given.Id()), new(null, null, null, null, "en", start.Zone.Id), Currency.Of("USD"), now);
        customer.UseCard(new(Given.Id()), now);
        StartTerms agreed = new(start.Wants.Seats, start.Trial, start.Unit is { } unit ? Cents(unit) : null);
        subscription = Subscription.Start(new(Given.Id()), customer, Shop.Plan(start.Wants), Shop.Price(start.Wants), agreed, now);
        discounts = subscription.Give([.. start.Discounts.Select(d => d.Percent is { } percent ? Given.Percent(percent, d.Periods) : Given.Off(Cents(d.Amount), d.Periods))]);
        model.Start(now);
        Run();
        Compare();
    }

    public void Live(Act act)
    {
        switch (act)
        {
            case Act.Days(var days):
                for (var day = 0; day < days; day++)
                {
                    now += Duration.FromDays(1);
                    Run();
                }

                break;
            case Act.Outage(var hours): now += Duration.FromHours(hours); break;
            case Act.Pause(var when, var stay, var beingPaid): Pause(when, stay, beingPaid); break;
            case Act.Extend(var by): Extend(by); break;
            case Act.ReturnEarly: Try(model.WhyNotReturn(), () => Take(subscription.ReturnEarly(Away, Facts(false))), () => model.ReturnEarly(now)); break;
            case Act.WithdrawBreak:
                Try(model.WhyNotWithdrawBreak(), () => subscription.WithdrawBreak(Away, now), () => model.WithdrawBreak(now));
                break;
            case Act.Cancel(var when): Cancel(when); break;
            case Act.KeepGoing: Try(model.WhyNotKeepGoing(), () => subscription.KeepGoing(now), model.KeepGoing); break;
            case Act.Change(var to, var when): Change(to, when); break;
            case Act.WithdrawChange: Try(model.WhyNotWithdrawChange(), () => subscription.KeepTerms(now), model.WithdrawChange); break;
            case Act.Grant(var amount):
                Moved(customer.MoveBalance(Cents(amount), BalanceReason.Granted, now));
                model.Grant(amount);
                break;
            case Act.PayAll:
                Pay();
                model.PayAll();
                break;
            case Act.Pays(var atOnce): model.PaysAtOnce = atOnce; break;
            case Act.MoveTo(var zone):
                customer.Change(new(null, null, null, null, "en", zone.Id), now);
                model.MoveTo(zone);
                break;
            default: throw new InvalidOperationException($"Nobody knows how to live {act}.");
        }

        Compare();
    }

    private void Pause(ChangeWhen when, int stay, bool beingPaid)
    {
        var back = model.PauseFrom(when, now).PlusDays(stay);
        Try(model.WhyNotPause(when, stay, now), () =>
        {
            var moved = subscription.TakeBreak(new(Given.Id()), new(when, back), terms, breaks, Facts(beingPaid));
            breaks.Add(moved.Break);
            Take(moved);
        }, () => model.Pause(when, stay, beingPaid, now));
    }

    private void Extend(int by)
    {
        var to = (model.Break?.Return ?? start.FirstDay).PlusDays(by);
        Try(model.WhyNotExtend(to, now), () => Take(subscription.Extend(Away, to, Facts(false))), () => model.Extend(to, now));
    }

    /// <summary>As the command does it: away, it leaves from there; a planned break is taken back first.</summary>
    private void Cancel(ChangeWhen when)
    {
        if (model.Break is { } live)
        {
            // What the command takes care of, the rules refuse to anybody who forgets it.
            var code = live.State == BreakState.Away ? "on_a_break" : "break_planned";
            Assert.Equal(code, Assert.Throws<Refused>(() => subscription.CancelAtEnd(now)).Code);
            Assert.Equal(code, Assert.Throws<Refused>(() => subscription.CancelNow(EndReason.Voluntary, now)).Code);
        }

        if (model.Break is { State: BreakState.Planned })
        {
            subscription.WithdrawBreak(Away, now);
            model.WithdrawBreak(now);
        }

        if (model.Break is not null)
        {
            var (moved, ended) = subscription.LeaveFromBeach(Away, EndReason.Voluntary, Facts(false));
            Take(moved, ended.Facts);
            Note(ended.Movement);
            model.LeaveFromBeach(now);
        }
        else if (when == ChangeWhen.Now)
        {
            List<string> why = model.Stage == Lifecycle.Ended ? ["subscription_ended"] : [];
            Try(why, LeaveNow, () => model.CancelNow(now));
        }
        else
        {
            Try(model.WhyNotCancelAtEnd(), () => subscription.CancelAtEnd(now), model.CancelAtEnd);
        }
    }

    private void LeaveNow()
    {
        var left = subscription.LeaveNow(ChangeFacts(), start.GivesBack ? RefundRule.Prorated : RefundRule.None, () => new(Given.Id()));
        Note(left.Credits, left.BalanceEntries);
        books.Decided(left.End.Facts, null, left.Credits, left.BalanceEntries, now);
        Note(left.End.Movement);
    }

    private void Change(Wanted to, ChangeWhen? when)
    {
        ChangeTerms wanted = new(Shop.Plan(to), Shop.Price(to), to.Seats, when);
        Try(model.WhyNotChange(to, when, now), () =>
        {
            var facts = ChangeFacts();
            var quote = subscription.QuoteChange(wanted, facts);
            var changed = subscription.Change(wanted, facts, new(Given.Id()), () => new(Given.Id()));
            Assert.Equal(quote.Total.Minor, changed.Invoice?.TotalMinor ?? 0);
            Assert.Equal(quote.Use.Due.Minor, changed.Invoice?.DueMinor ?? 0);
            books.Decided(changed.Facts, changed.Invoice, changed.Credits, changed.BalanceEntries, now);
            Keep(changed.Invoice);
            Note(changed.Credits, changed.BalanceEntries);
            Note(changed.Movement);
        }, () => model.Change(to, when, now));
    }

    /// <summary>Both refuse for a reason the model knows, and nothing has moved; or both do it.</summary>
    private static void Try(List<string> whyNot, Action byTheRules, Action byTheModel)
    {
        try
        {
            byTheRules();
        }
        catch (Refused refused)
        {
            if (!whyNot.Contains(refused.Code, StringComparer.Ordinal))
                throw new InvalidOperationException($"Refused as {refused.Code}; expected: {string.Join(" or ", whyNot)}.", refused);
            return;
        }

        if (whyNot.Count > 0) throw new InvalidOperationException($"Not refused; expected: {string.Join(" or ", whyNot)}.");
        byTheModel();
    }

    private void Run()
    {
        while (Away is { } away && away.NextStepAt <= now) Take(subscription.DoNext(away, Facts(false) with { Invoices = [] }));
        while (subscription.NextBillingAt <= now)
        {
            switch (subscription.Renew(customer, now, discounts))
            {
                case Renewal.Billed billed:
                    Keep(billed.Invoice);
                    foreach (var entry in billed.BalanceEntries) Moved(entry);
                    Note(billed.Movement);
                    break;
                case Renewal.Ended ended:
                    Note(ended.Movement);
                    break;
            }
        }

        model.Run(now);
    }

    /// <summary>What the commands load: with the invoices that reach into days not used yet.</summary>
    private BreakFacts Facts(bool beingPaid)
    {
        List<Invoice> reaching = [.. Reaching()];
        return new(customer, "Pro", discounts, null, Given.Minimum, new(Given.Id()), now)
        {
            Invoices = reaching,
            BeingPaid = beingPaid ? [.. reaching.Select(i => i.Id)] : [],
            NewNote = () => new(Given.Id()),
        };
    }

    private ChangeFacts ChangeFacts() =>
        new(customer, "Pro", discounts, [.. Reaching().Where(i => i.Kind != InvoiceKind.Break)], Given.Minimum, now);

    private IEnumerable<Invoice> Reaching() => invoices.Where(i => i.PeriodEnd > subscription.PaidFrom);

    private void Take(BreakMoved moved, IReadOnlyList<Billing.History.Fact>? more = null)
    {
        books.Decided([.. moved.Facts, .. more ?? []], null, moved.Credits, moved.BalanceEntries, now);
        Keep(moved.Invoice);
        Note(moved.Credits, moved.BalanceEntries);
        foreach (var movement in moved.Movements) Note(movement);
    }

    private void Keep(Invoice? invoice)
    {
        if (invoice is null) return;
        invoices.Add(invoice);
        // The database would not take it a second time.
        if (!keys.Add((invoice.Kind, invoice.PeriodStart, invoice.ChangeNumber)))
            throw new InvalidOperationException($"Two invoices {invoice.Kind} {invoice.PeriodStart} {invoice.ChangeNumber}.");
        books.Issue(invoice);
        if (model.PaysAtOnce) Pay(invoice);
    }

    private void Pay()
    {
        foreach (var invoice in invoices) Pay(invoice);
    }

    private void Pay(Invoice invoice)
    {
        books.Paid(invoice, customer, now);
    }

    private void Note(IReadOnlyList<Credited> credits, IReadOnlyList<BalanceEntry> others)
    {
        foreach (var credited in credits) Moved(credited.Entry);
        foreach (var entry in others) Moved(entry);
    }

    private void Moved(BalanceEntry? entry)
    {
        if (entry is null) return;
        entries.Add(entry);
        books.Moved(entry);
    }

    private void Note(MrrMovement? movement) => movements += movement?.AmountMinor ?? 0;

    private void Compare()
    {
        Same("lifecycle", model.Stage, subscription.Lifecycle);
        Same("end planned", model.EndPlanned, subscription.CancelAtPeriodEnd);
        Same("ended", model.EndedOn, subscription.EndedOn);
        Same("terms", (model.Has.Cadence, model.Has.Seats, model.Unit), (subscription.Anchor.Cadence, subscription.Quantity, subscription.UnitAmountMinor));
        Same("change planned", model.Planned?.Unit, subscription.PlannedUnitAmountMinor);
        Same("MRR", model.Mrr, subscription.MrrMinor);
        Same("movements", model.Mrr, movements);
        Same("balance", model.Balance, customer.BalanceMinor);
        Same("balance entries", model.Balance, entries.Sum(e => e.AmountMinor));
        CompareDays();
        CompareBreaks();
        CompareBills();
        books.MustAgree(customer, model, now);
    }

    private void CompareDays()
    {
        model.EveryDayIsAccountedFor();
        if (model.Stage == Lifecycle.Ended)
        {
            Same("next", (null, null), (subscription.NextBillingAt, Away?.NextStepAt));
            return;
        }

        Same("served until", model.ServedUntil, subscription.CurrentEnd);
        Same("next billing", model.Break is null ? Begins(model.ServedUntil) : null, subscription.NextBillingAt);
        Same("next step", Begins(model.BreakDueOn), Away?.NextStepAt);
        if (subscription.NextBillingAt is null && Away?.NextStepAt is null) throw new InvalidOperationException("It is forgotten.");
    }

    private void CompareBreaks()
    {
        Same("breaks", model.Breaks.Count, breaks.Count);
        foreach (var (mine, theirs) in model.Breaks.Zip(breaks))
        {
            Same("break", (mine.State, mine.From, mine.Return, mine.EndedOn), (theirs.State, theirs.StartsOn, theirs.ReturnOn, theirs.EndedOn));
            Same("banked", (mine.Banked, mine.Told), (theirs.BankedDays, theirs.AnnouncedOn));
        }

        foreach (var (mine, theirs) in model.Discounts.Zip(discounts)) Same("discount", mine.Used, theirs.PeriodsUsed);
    }

    private void CompareBills()
    {
        Same("bills", model.Bills.Count, invoices.Count);
        foreach (var (mine, theirs) in model.Bills.Zip(invoices))
        {
            Same("bill", (mine.Kind, mine.From, mine.To), (theirs.Kind, theirs.PeriodStart!.Value, theirs.PeriodEnd!.Value));
            Same("amounts", (mine.Total, mine.Notes, mine.Due), (theirs.TotalMinor, theirs.CreditNotesMinor, theirs.DueMinor));
        }

        var service = invoices.Where(i => i.Kind != InvoiceKind.Break).Sum(i => i.TotalMinor - i.CreditNotesMinor)
            - entries.Where(e => e.Reason == BalanceReason.Proration).Sum(e => e.AmountMinor);
        Same("worth of the days kept", model.WorthOfDaysKept, service);
        if (Math.Abs(model.Rounding) > model.Roundings) throw new InvalidOperationException($"{model.Rounding} cents lost in rounding.");
    }

    private Instant? Begins(LocalDate? day) => day is { } date ? model.Zone.AtStartOfDay(date).ToInstant() : null;

    private static Money Cents(long minor) => Given.Dollars(0) with { Minor = minor };

    private static void Same<T>(string what, T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
            throw new InvalidOperationException($"{what}: the model says {expected}, the rules say {actual}.");
    }
}
