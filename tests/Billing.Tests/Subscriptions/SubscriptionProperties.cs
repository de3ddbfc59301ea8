using Billing.Customers;
using Billing.Metrics;
using Billing.Periods;
using Billing.Subscriptions;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Tests.Subscriptions;

/// <summary>Lives of random subscriptions: whatever their owners do, days are billed once and MRR adds up.</summary>
public sealed class SubscriptionProperties
{
    private static readonly LocalDate First = new(2027, 12, 1);

    private enum Wish
    {
        Nothing,
        CancelAtEnd,
        KeepGoing,
        CancelNow,
    }

    private static readonly Gen<Life> Lives =
        from start in Gen.Choose(0, 60)
        from cadence in Gen.Elements(
            Cadence.Monthly, Cadence.Yearly, new Cadence(CadenceUnit.Week, 2), new Cadence(CadenceUnit.Day, 10), new Cadence(CadenceUnit.Month, 3))
        from trial in Gen.Elements(0, 0, 7, 30)
        from zone in Gen.Elements("UTC", "Pacific/Kiritimati", "Pacific/Niue", "Asia/Kathmandu", "America/Sao_Paulo", "Australia/Lord_Howe")
        from price in Gen.Choose(0, 9_999)
        from percent in Gen.Choose(1, 100)
        from periods in Gen.Elements(1, 2, 3, 0)
        from steps in Gen.ArrayOf(
            from days in Gen.Choose(0, 70)
            from hours in Gen.Choose(0, 23)
            from wish in Gen.Elements(Wish.Nothing, Wish.Nothing, Wish.Nothing, Wish.CancelAtEnd, Wish.KeepGoing, Wish.CancelNow)
            select new Step(Duration.FromDays(days) + Duration.FromHours(hours), wish), 12)
        select new Life(First.PlusDays(start), cadence, trial, zone, price, percent, periods == 0 ? null : periods, steps);

    [Fact]
    public void Billed_periods_tile_the_time_line() => Always.Holds(Lives, life =>
    {
        var told = life.Live();
        var subscription = told.Subscription;

        var next = subscription.TrialEndsOn ?? subscription.StartedOn;
        foreach (var invoice in told.Billed.Select(b => b.Invoice))
        {
            Assert.Equal(next, invoice.PeriodStart);
            Assert.True(invoice.PeriodEnd > invoice.PeriodStart);
            next = invoice.PeriodEnd!.Value;
        }

        Assert.Equal(next, subscription.CurrentEnd);
        Assert.Equal(told.Billed.Count, subscription.NextPeriodIndex);
        Assert.Equal(subscription.Lifecycle == Lifecycle.Ended, subscription.NextBillingAt is null);
        if (subscription.NextBillingAt is { } due) Assert.True(due > told.Now, "Nothing that is due is left behind.");
    });

    [Fact]
    public void What_the_invoices_say_and_what_the_movements_add_up_to_is_the_same() => Always.Holds(Lives.ListOf(5), lives =>
    {
        var told = lives.Select(life => life.Live()).ToList();
        var movements = told.SelectMany(t => t.Movements).ToList();
        Assert.All(told, t => Assert.Equal(t.Movements.Sum(m => m.AmountMinor), t.Subscription.MrrMinor));

        var closing = 0L;
        for (var day = First; day < First.PlusYears(4); day = day.PlusMonths(1))
        {
            var opening = closing;
            var next = day.PlusMonths(1);
            closing = told.Sum(t => WorthOn(t, next.PlusDays(-1)));
            Assert.Equal(closing, opening + movements.Where(m => m.On >= day && m.On < next).Sum(m => m.AmountMinor));
        }
    });

    /// <summary>What a subscription is worth a month on a day, seen from its invoices and not from its movements.</summary>
    private static long WorthOn(Told told, LocalDate day)
    {
        if (told.Subscription.EndedOn <= day) return 0;
        var index = told.Billed.FindLastIndex(b => b.Invoice.PeriodStart <= day);
        if (index < 0) return 0;

        var price = told.Billed[index].Invoice.Lines[0].AmountMinor;
        var discounted = told.Life.Periods is not 1 && (told.Life.Periods is not { } most || index < most);
        var a = Given.Dollars(0) with { Minor = price };
        var net = discounted ? a - a.Part(told.Life.Percent, 100) : a;
        return told.Life.Cadence.MonthlyValueOf(net).Minor;
    }

    private sealed record Step(Duration Later, Wish Wish);

    private sealed record Told(
        Life Life, Subscription Subscription, List<Renewal.Billed> Billed, List<MrrMovement> Movements, Instant Now);

    private sealed record Life(
        LocalDate Start, Cadence Cadence, int Trial, string Zone, long Price, int Percent, int? Periods, Step[] Steps)
    {
        public Told Live()
        {
            var customer = Given.Customer(zone: Zone);
            var now = (Start + new LocalTime(13, 0)).InUtc().ToInstant();
            var subscription = Given.Subscription(
                customer, $"{Start:uuuu'-'MM'-'dd}T13:00", Given.Dollars(0) with { Minor = Price }, Cadence, new(TrialDays: Trial));
            var told = new Told(this, subscription, [], [], now);
            var discounts = subscription.Give(Given.Percent(Percent, Periods));

            foreach (var step in Steps)
            {
                now += step.Later;
                Do(told, step.Wish, now);
                CatchUp(told, customer, discounts, now);
            }

            return told with { Now = now };
        }

        private static void Do(Told told, Wish wish, Instant now)
        {
            try
            {
                switch (wish)
                {
                    case Wish.CancelAtEnd: told.Subscription.CancelAtEnd(now); break;
                    case Wish.KeepGoing: told.Subscription.KeepGoing(now); break;
                    case Wish.CancelNow: Keep(told, told.Subscription.CancelNow(EndReason.Voluntary, now)); break;
                    case Wish.Nothing: break;
                }
            }
            catch (Refused)
            {
                // Wishes come in any order; what is not possible is refused and changes nothing.
            }
        }

        private static void CatchUp(Told told, Customer customer, SubscriptionDiscount[] discounts, Instant now)
        {
            while (told.Subscription.NextBillingAt <= now) Keep(told, told.Subscription.Renew(customer, now, discounts));
        }

        private static void Keep(Told told, Renewal renewal)
        {
            var movement = renewal is Renewal.Billed billed ? billed.Movement : ((Renewal.Ended)renewal).Movement;
            if (renewal is Renewal.Billed b) told.Billed.Add(b);
            if (movement is not null) told.Movements.Add(movement);
        }
    }
}
