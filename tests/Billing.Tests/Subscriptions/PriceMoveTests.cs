using Billing.Customers;
using Billing.Metrics;
using Billing.Periods;
using Billing.Plans;
using Billing.Subscriptions;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Tests.Subscriptions;

/// <summary>Existing customers move to a new price when they were told 30 days before, and who leaves before never pays it.</summary>
public sealed class PriceMoveTests
{
    private static readonly Gen<Story> Stories =
        from start in Gen.Choose(0, 400)
        from cadence in Gen.Elements(
            Cadence.Monthly, Cadence.Yearly, new Cadence(CadenceUnit.Week, 2), new Cadence(CadenceUnit.Day, 10), new Cadence(CadenceUnit.Month, 3))
        from trial in Gen.Elements(0, 0, 7, 45)
        from zone in Gen.Elements("UTC", "Pacific/Kiritimati", "Pacific/Niue", "Asia/Kathmandu", "America/Sao_Paulo")
        from old in Gen.Choose(1, 9_999)
        from next in Gen.Choose(1, 9_999)
        from made in Gen.Choose(1, 300)
        from ahead in Gen.Choose(PriceMove.NoticeDays, 120)
        from steps in Gen.ArrayOf(
            from hours in Gen.OneOf(Gen.Choose(1, 72), Gen.Choose(100, 1500))
            from wish in Gen.Frequency((16, Gen.Constant(Wish.Nothing)), (1, Gen.Constant(Wish.CancelAtEnd)), (3, Gen.Constant(Wish.KeepGoing)))
            select (Duration.FromHours(hours), wish), 30)
        select new Story(Given.Date("2026-01-05").PlusDays(start), cadence, trial, zone, old, next, made, ahead, steps);

    private readonly Customer customer = Given.Customer();
    private readonly Plan plan = Given.Plan(PlanPricing.PerSeat);

    private enum Wish
    {
        Nothing,
        CancelAtEnd,
        KeepGoing,
    }

    [Fact]
    public void A_price_move_is_announced_at_least_30_days_before()
    {
        var (old, dear) = Prices(49, 59);
        Assert.Equal(("notice_too_short", "from"), Refusal(() => Move(dear, "2026-03-30", on: "2026-03-01")));
        Assert.Equal(("notice_too_long", "from"), Refusal(() => Move(dear, "2028-03-01", on: "2026-03-01")));
        Assert.Equal(("no_older_price", "cadence"), Refusal(() => Move(old, "2026-04-01", on: "2026-03-01")));
        var subscription = Begun("2026-01-15", old);

        var told = subscription.Announce(Move(dear, "2026-03-31", on: "2026-03-01"), Given.At("2026-03-01"));

        Assert.Equal((Given.Date("2026-03-01"), Given.Date("2026-03-31"), Given.Date("2026-04-15")), (told.On, told.From, told.LeaveBefore));
        Assert.Equal((4900L, 5900L), (told.OldUnitAmountMinor, told.NewUnitAmountMinor));
        Assert.Equal([49, 49, 49, 59, 59], Bills(subscription, 5));

        var dayBefore = Begun("2026-01-30", old);
        dayBefore.Announce(Move(dear, "2026-03-31", on: "2026-03-01"), Given.At("2026-03-01"));
        Assert.Equal([(49, "2026-01-30"), (49, "2026-02-28"), (49, "2026-03-30"), (59, "2026-04-30")],
            Enumerable.Range(0, 4).Select(_ => (Bills(dayBefore, 1).Single(), $"{dayBefore.CurrentStart:uuuu'-'MM'-'dd}")));
    }

    [Fact]
    public void Who_is_told_late_moves_late()
    {
        var (old, dear) = Prices(49, 59);
        var subscription = Begun("2026-01-01", old);

        var told = subscription.Announce(Move(dear, "2026-04-01", on: "2026-03-01"), Given.At("2026-03-21"));

        Assert.Equal((Given.Date("2026-04-20"), Given.Date("2026-05-01")), (told.From, told.LeaveBefore));
        Assert.Equal([49, 49, 49, 49, 59], Bills(subscription, 5));
    }

    [Fact]
    public void A_price_move_announced_at_night_counts_from_the_morning()
    {
        var (old, dear) = Prices(49, 59);
        var move = Move(dear, "2026-04-01", on: "2026-03-01");

        Assert.Equal(Given.Date("2026-04-01"), Begun("2026-01-01", old).Announce(move, Given.At("2026-03-02T20:59")).From);
        Assert.Equal(Given.Date("2026-04-02"), Begun("2026-01-01", old).Announce(move, Given.At("2026-03-02T22:00")).From);
    }

    [Fact]
    public void The_day_of_a_move_is_counted_where_the_customer_lives()
    {
        var (old, dear) = Prices(49, 59);
        var there = Given.Customer(zone: "Pacific/Kiritimati");
        var subscription = Subscription.Start(new(Given.Id()), there, plan, old, new(), Given.At("2026-01-01"));

        var told = subscription.Announce(Move(dear, "2026-03-31", on: "2026-03-01"), Given.At("2026-03-01T11:00"));

        Assert.Equal((Given.Date("2026-03-02"), Given.Date("2026-04-01")), (told.On, told.From));
    }

    [Fact]
    public void A_period_under_way_is_billed_at_the_old_price_and_moves_with_the_next()
    {
        var (old, dear) = Prices(490, 590, Cadence.Yearly);
        var subscription = Begun("2025-10-10", old);
        subscription.Announce(Move(dear, "2026-04-01", on: "2026-03-01"), Given.At("2026-03-01"));
        Assert.Equal(Given.Date("2026-10-10"), subscription.MoveAhead!.FirstBilledOn);
        Assert.Equal([490], Bills(subscription, 1));

        var billed = subscription.Bill(customer);

        Assert.Equal((Given.Date("2026-10-10"), Given.Dollars(590)), (billed.Invoice.PeriodStart, billed.Invoice.Total));
        Assert.Equal((dear.Id, 49_000L, 59_000L), (billed.Moved!.PriceId, billed.Moved.OldUnitAmountMinor, billed.Moved.NewUnitAmountMinor));
        Assert.Equal((MrrMovementKind.Expansion, 834L), (billed.Movement!.Kind, billed.Movement.AmountMinor));
        Assert.Equal((dear.Id, null, null, null), (subscription.PriceId, subscription.MovesToPriceId, subscription.MovesToUnitAmountMinor, subscription.MovesOn));
        Assert.Null(subscription.Bill(customer).Moved);
    }

    [Fact]
    public void A_trial_that_ends_after_the_move_begins_at_the_new_price()
    {
        var (old, dear) = Prices(49, 59);
        var subscription = Subscription.Start(new(Given.Id()), customer, plan, old, new(TrialDays: 60), Given.At("2026-03-01"));

        subscription.Announce(Move(dear, "2026-04-01", on: "2026-03-01"), Given.At("2026-03-01"));

        Assert.Equal(Given.Date("2026-04-30"), subscription.MoveAhead!.FirstBilledOn);
        Assert.Equal([59], Bills(subscription, 1));
    }

    [Fact]
    public void A_lower_price_moves_the_same_way()
    {
        var (old, cheap) = Prices(49, 39);
        var subscription = Begun("2026-03-01", old);
        Assert.Equal([49], Bills(subscription, 1));
        subscription.Announce(Move(cheap, "2026-04-01", on: "2026-03-01"), Given.At("2026-03-01"));

        var billed = subscription.Bill(customer);

        Assert.Equal(Given.Dollars(39), billed.Invoice.Total);
        Assert.Equal((MrrMovementKind.Contraction, -1000L), (billed.Movement!.Kind, billed.Movement.AmountMinor));
    }

    [Fact]
    public void Whoever_leaves_before_never_pays_the_new_price()
    {
        var (old, dear) = Prices(49, 59);
        var subscription = Begun("2026-03-01", old);
        Assert.Equal([49], Bills(subscription, 1));
        subscription.Announce(Move(dear, "2026-04-01", on: "2026-03-01"), Given.At("2026-03-01"));

        subscription.CancelAtEnd(Given.At("2026-03-31"));
        Assert.Null(subscription.MoveAhead);
        var ended = Assert.IsType<Renewal.Ended>(subscription.Renew(customer, Given.At("2026-04-01")));

        Assert.Equal((Given.Date("2026-04-01"), -4900L), (Assert.Single(ended.Facts).On, ended.Movement!.AmountMinor));
        Assert.Equal((null, null), (subscription.MovesToPriceId, subscription.MovesOn));
    }

    [Fact]
    public void Whoever_stays_after_all_moves_on_the_day_that_was_announced()
    {
        var (old, dear) = Prices(49, 59);
        var subscription = Begun("2026-03-01", old);
        subscription.Announce(Move(dear, "2026-04-01", on: "2026-03-01"), Given.At("2026-03-01"));
        subscription.CancelAtEnd(Given.At("2026-03-10"));
        subscription.KeepGoing(Given.At("2026-03-20"));

        Assert.Equal([49, 59], Bills(subscription, 2));
    }

    [Fact]
    public void Another_plan_or_cadence_ends_an_announced_move_and_other_seats_keep_it()
    {
        var (old, dear) = Prices(10, 12);
        var other = Given.Plan();
        var now = Told("2026-03-01", old, dear);
        Change(now, new(other, other.Price(Given.Dollars(99)), 1, ChangeWhen.Now), "2026-03-05");
        Assert.Equal((null, null, null), (now.MovesToPriceId, now.MovesToUnitAmountMinor, now.MovesOn));

        var later = Told("2026-03-01", old, dear);
        Change(later, new(plan, plan.Price(Given.Dollars(100), Cadence.Yearly), 1, ChangeWhen.PeriodEnd), "2026-03-05");
        Assert.Null(later.MoveAhead);
        Assert.Equal(Given.Dollars(100), later.ChargeFor("Pro", []).Total);
        Assert.Equal([100], Bills(later, 1));
        Assert.Null(later.MovesOn);

        var withdrawn = Told("2026-03-01", old, dear);
        Change(withdrawn, new(plan, plan.Price(Given.Dollars(100), Cadence.Yearly), 1, ChangeWhen.PeriodEnd), "2026-03-05");
        withdrawn.KeepTerms(Given.At("2026-03-06"));
        Assert.Equal([12], Bills(withdrawn, 1));

        var up = Told("2026-03-01", old, dear);
        Change(up, new(plan, old, 3), "2026-03-05");
        Assert.Equal([36], Bills(up, 1));

        var planned = Told("2026-03-01", old, dear);
        Change(planned, new(plan, old, 4, ChangeWhen.PeriodEnd), "2026-03-05");
        Assert.Equal(new(Given.Date("2026-04-01"), Given.Dollars(40), Given.Dollars(48)), planned.MoveAhead);
        Assert.Equal(Given.Dollars(48), planned.ChargeFor("Pro", []).Total);
        Assert.Equal([48], Bills(planned, 1));
    }

    [Fact]
    public void Quotes_and_the_page_show_the_announced_price()
    {
        var (old, dear) = Prices(10, 12);
        var subscription = Begun("2026-03-01", old);
        Assert.Equal([10], Bills(subscription, 1));
        subscription.Announce(Move(dear, "2026-04-15", on: "2026-03-01"), Given.At("2026-03-01"));

        var quote = subscription.QuoteChange(new(plan, old, 2), new(customer, "Pro", [], [], Given.Minimum, Given.At("2026-03-16")));

        Assert.Equal([("2026-04-01", 2000L), ("2026-05-01", 2400L), ("2026-06-01", 2400L)],
            quote.NextCharges.Select(c => ($"{c.On:uuuu'-'MM'-'dd}", c.Total.Minor)));
        // Today's part is at the price of today: 16 of 31 days of one seat more.
        Assert.Equal(Given.Dollars(5.16m), quote.Total);

        Assert.Equal([10], Bills(subscription, 1));
        var step = Outlook.Of(
            new(customer, [new(subscription, "Pro", "Pro", [])], [], null, Given.Minimum, Given.At("2026-04-15"))).OfType<OutlookEntry.Bills>().First();
        Assert.Equal(Given.Dollars(12), step.Charge.Total);
    }

    [Fact]
    public void A_price_move_is_taken_back_while_nobody_pays_the_new_price()
    {
        var (old, dear) = Prices(49, 59);
        var move = Move(dear, "2026-04-01", on: "2026-03-01");
        var subscription = Begun("2026-03-01", old);
        subscription.Announce(move, Given.At("2026-03-01"));

        move.Withdraw(Given.At("2026-03-20"));
        var fact = subscription.TakeMoveBack(Given.At("2026-03-20"));

        Assert.Equal((dear.Id, Given.Date("2026-03-20")), (fact.PriceId, fact.On));
        Assert.Equal([49, 49, 49], Bills(subscription, 3));
        Assert.Equal("price_move_withdrawn", Refusal(() => move.Withdraw(Given.At("2026-03-21"))).Code);
        Assert.Throws<InvalidOperationException>(() => subscription.TakeMoveBack(Given.At("2026-03-21")));
    }

    [Fact]
    public void Nobody_who_is_not_concerned_is_told()
    {
        var (old, dear) = Prices(49, 59);
        var move = Move(dear, "2026-04-01", on: "2026-03-01");

        NotTold(Subscription.Start(new(Given.Id()), customer, plan, old, new(NegotiatedUnit: Given.Dollars(40)), Given.At("2026-01-01")));
        NotTold(Begun("2026-01-01", dear));
        NotTold(Given.Subscription(customer, "2026-01-01", Given.Dollars(1)));
        NotTold(Begun("2026-01-01", plan.Price(Given.Dollars(1), Cadence.Yearly)));
        NotTold(Told("2026-01-01", old, dear));
        var leaving = Begun("2026-01-01", old);
        leaving.CancelAtEnd(Given.At("2026-01-02"));
        NotTold(leaving);
        var gone = Begun("2026-01-01", old);
        gone.CancelNow(EndReason.Voluntary, Given.At("2026-01-02"));
        NotTold(gone);

        void NotTold(Subscription subscription) =>
            Assert.Throws<InvalidOperationException>(() => subscription.Announce(move, Given.At("2026-03-01")));
    }

    [Fact]
    public void No_period_costs_the_new_price_before_30_days_of_notice() => Always.Holds(Stories, story => story.Live());

    private (Price Old, Price New) Prices(decimal old, decimal next, Cadence? cadence = null)
    {
        var first = plan.Price(Given.Dollars(old), cadence);
        return (first, plan.Price(Given.Dollars(next), cadence, after: first));
    }

    private static PriceMove Move(Price to, string from, string on) =>
        PriceMove.To(new(Given.Id()), to, Given.Date(from), Given.Date(on), Given.At(on));

    private Subscription Begun(string on, Price price) => Subscription.Start(new(Given.Id()), customer, plan, price, new(), Given.At(on));

    /// <summary>Billed for its first month, and told that the price moves a month after its start.</summary>
    private Subscription Told(string on, Price old, Price next)
    {
        var subscription = Begun(on, old);
        subscription.Bill(customer);
        subscription.Announce(Move(next, $"{Given.Date(on).PlusMonths(1):uuuu'-'MM'-'dd}", on), Given.At(on));
        return subscription;
    }

    private void Change(Subscription subscription, ChangeTerms terms, string on) => subscription.Change(
        terms, new(customer, "Pro", [], [], Given.Minimum, Given.At(on)), new(Given.Id()), () => new(Given.Id()));

    private IEnumerable<int> Bills(Subscription subscription, int periods) =>
        [.. Enumerable.Range(0, periods).Select(_ => (int)(subscription.Bill(customer).Invoice.TotalMinor / 100))];

    private static (string Code, string? Field) Refusal(Action refused) =>
        Assert.Throws<Refused>(refused) is var refusal ? (refusal.Code, refusal.Field) : default;

    private sealed record Story(
        LocalDate Start, Cadence Cadence, int Trial, string Zone, long Old, long Next, int Made, int Ahead, (Duration Later, Wish Wish)[] Steps)
    {
        public void Live()
        {
            var customer = Given.Customer(zone: Zone);
            var plan = Given.Plan();
            var old = plan.Price(new(Old, customer.Currency), Cadence);
            var next = plan.Price(new(Next, customer.Currency), Cadence, after: old);
            var now = (Start + new LocalTime(13, 0)).InUtc().ToInstant();
            var subscription = Subscription.Start(new(Given.Id()), customer, plan, old, new(TrialDays: Trial), now);
            var made = now + Duration.FromDays(Made);
            var today = made.InUtc().Date;
            var move = PriceMove.To(new(Given.Id()), next, today.PlusDays(Ahead), today, made);
            PriceMoveAnnounced? told = null;

            foreach (var (later, wish) in Steps)
            {
                now += later;
                Try(subscription, wish, now);
                // As the run does it: tell, then bill whatever began meanwhile, oldest first.
                if (told is null && now >= made && subscription is { CancelAtPeriodEnd: false, Lifecycle: not Lifecycle.Ended })
                    told = subscription.Announce(move, now);
                while (subscription.NextBillingAt <= now) Bill(subscription, customer, now, told);
            }
        }

        private void Bill(Subscription subscription, Customer customer, Instant now, PriceMoveAnnounced? told)
        {
            var said = subscription.ChargeFor("Pro", []).Total;
            var promised = subscription.MoveAhead?.FirstBilledOn;
            if (subscription.Renew(customer, now) is not Renewal.Billed { Invoice: { } invoice } billed) return;

            var start = invoice.PeriodStart!.Value;
            var moved = told is not null && start >= told.From;
            Assert.Equal(moved ? Next : Old, invoice.TotalMinor);
            Assert.Equal(said, invoice.Total);
            Assert.Equal(billed.Moved is not null, promised == start);
            if (!moved) return;
            Assert.True(start >= told!.On.PlusDays(30) && start >= told.LeaveBefore, $"{start} costs the new price; told {told.On}.");
        }

        private static void Try(Subscription subscription, Wish wish, Instant now)
        {
            try
            {
                switch (wish)
                {
                    case Wish.CancelAtEnd: subscription.CancelAtEnd(now); break;
                    case Wish.KeepGoing: subscription.KeepGoing(now); break;
                    case Wish.Nothing: break;
                }
            }
            catch (Refused)
            {
                // Wishes come in any order; what is not possible is refused and changes nothing.
            }
        }
    }
}
