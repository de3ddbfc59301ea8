using Billing.Customers;
using Billing.Metrics;
using Billing.Periods;
using Billing.Subscriptions;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Tests.Subscriptions;

/// <summary>Lives in which customers leave and come back, at once, at the end, late, and again.</summary>
public sealed class ComeBackProperties
{
    private enum Wish
    {
        Nothing,
        LeaveAtEnd,
        LeaveNow,
        ComeBack,
    }

    private static readonly Gen<Life> Lives =
        from start in Gen.Choose(0, 40)
        from cadence in Gen.Elements(Cadence.Monthly, Cadence.Yearly, new Cadence(CadenceUnit.Week, 2))
        from trial in Gen.Elements(0, 14)
        from percent in Gen.Elements(30, 100)
        from periods in Gen.Elements<int?>(null, 1, 3)
        from steps in Gen.ArrayOf(
            Gen.Choose(0, 70).Zip(Gen.Elements(Wish.Nothing, Wish.LeaveAtEnd, Wish.LeaveNow, Wish.ComeBack, Wish.ComeBack)), 12)
        select new Life(Given.Date("2026-01-31").PlusDays(start), cadence, trial, percent, periods, [.. steps.Select(s => new Step(s.Item1, s.Item2))]);

    [Fact]
    public void No_day_is_billed_twice_however_often_somebody_comes_back() => Always.Holds(Lives, life =>
    {
        var told = life.Live();
        var periods = told.Billed.Select(b => (b.Invoice.PeriodStart!.Value, b.Invoice.PeriodEnd!.Value)).ToList();
        Assert.All(periods.Zip(periods.Skip(1)), pair => Assert.True(pair.First.Item2 <= pair.Second.Item1));
        Assert.All(told.Ended.Zip(told.Back), pair => Assert.True(pair.First <= pair.Second.On));
        Assert.Equal(life.Start, told.Subscription.StartedOn);
        Assert.Equal(told.Back.LastOrDefault()?.On, told.Subscription.ReactivatedOn);
        Assert.Equal(Math.Min(told.Billed.Count, life.Periods ?? int.MaxValue), told.Discount.PeriodsUsed);
    });

    [Fact]
    public void Every_reactivation_follows_a_churn_and_every_churn_is_followed_by_nothing_else() => Always.Holds(Lives, life =>
    {
        var told = life.Live();
        var worth = 0L;
        MrrMovementKind? before = null;
        foreach (var movement in told.Movements)
        {
            Assert.Equal(before == MrrMovementKind.VoluntaryChurn, movement.Kind == MrrMovementKind.Reactivation);
            Assert.Equal(before is null, movement.Kind == MrrMovementKind.New);
            if (movement.Kind == MrrMovementKind.VoluntaryChurn) Assert.Equal(-worth, movement.AmountMinor);
            if (movement.Kind is MrrMovementKind.New or MrrMovementKind.Reactivation) Assert.Equal(0, worth);
            (before, worth) = (movement.Kind, worth + movement.AmountMinor);
        }

        Assert.Equal(worth, told.Subscription.MrrMinor);
    });

    private sealed record Step(int Days, Wish Wish);

    private sealed record Told(
        Subscription Subscription, SubscriptionDiscount Discount, List<Renewal.Billed> Billed, List<MrrMovement> Movements,
        List<LocalDate> Ended, List<CameBack> Back);

    private sealed record Life(LocalDate Start, Cadence Cadence, int Trial, int Percent, int? Periods, Step[] Steps)
    {
        public Told Live()
        {
            var customer = Given.Customer();
            var plan = Given.Plan();
            var (first, second) = (plan.Price(Given.Dollars(49), Cadence), plan.Price(Given.Dollars(59), Cadence));
            var now = Start.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant();
            var subscription = Subscription.Start(new(Given.Id()), customer, plan, first, new(TrialDays: Trial), now);
            var discounts = subscription.Give(Given.Percent(Percent, Periods));
            var told = new Told(subscription, discounts[0], [], [], [], []);

            foreach (var step in Steps)
            {
                CatchUp(told, customer, discounts, now);
                now += Duration.FromDays(step.Days);
                CatchUp(told, customer, discounts, now);
                Do(told, step.Wish, new(customer, plan, second, RestIsGivenBack: false, Given.Dollars(0), now), now);
            }

            CatchUp(told, customer, discounts, now);
            return told;
        }

        private static void Do(Told told, Wish wish, ComeBackFacts facts, Instant now)
        {
            var subscription = told.Subscription;
            switch (wish)
            {
                case Wish.LeaveAtEnd when subscription is { Lifecycle: not Lifecycle.Ended, CancelAtPeriodEnd: false }:
                    subscription.CancelAtEnd(now);
                    break;
                case Wish.LeaveNow when subscription.Lifecycle != Lifecycle.Ended:
                    Keep(told, subscription.CancelNow(EndReason.Voluntary, now));
                    break;
                case Wish.ComeBack when subscription.Lifecycle == Lifecycle.Ended:
                    var kept = subscription.CurrentEnd > subscription.Today(now)
                        || Period.DaysBetween(subscription.EndedOn!.Value, subscription.Today(now)) <= Subscription.DaysPriceIsKept;
                    var lost = subscription.HasChurned ? -told.Movements[^1].AmountMinor : 0;
                    var (fact, movement) = subscription.ComeBack(facts with { LostMrr = new(lost, subscription.Currency) });
                    told.Back.Add(fact);
                    if (movement is not null) told.Movements.Add(movement);
                    Assert.Equal(kept ? ComeBackPrice.Kept : ComeBackPrice.Todays, told.Back[^1].Price);
                    break;
                case Wish.Nothing or Wish.LeaveAtEnd or Wish.LeaveNow or Wish.ComeBack: break;
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
            else told.Ended.Add(told.Subscription.EndedOn!.Value);
            if (movement is not null) told.Movements.Add(movement);
        }
    }
}
