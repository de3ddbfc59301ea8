using Billing.Customers;
using Billing.Metrics;
using Billing.Periods;

namespace Billing.Tests.Metrics;

public sealed class MrrTests
{
    private readonly Customer customer = Given.Customer();

    [Fact]
    public void MRR_is_net_of_recurring_discounts()
    {
        var subscription = Given.Subscription(customer, "2026-01-01", Given.Dollars(100));
        var discounts = subscription.Give(Given.Percent(20));

        var movement = subscription.Bill(customer, discounts).Movement!;

        Assert.Equal((MrrMovementKind.New, 8000L), (movement.Kind, movement.AmountMinor));
    }

    [Fact]
    public void A_discount_for_one_period_does_not_count_in_MRR()
    {
        var subscription = Given.Subscription(customer, "2026-01-01", Given.Dollars(100));
        var discounts = subscription.Give(Given.Percent(50, 1), Given.Percent(10));

        var first = subscription.Bill(customer, discounts);
        var second = subscription.Bill(customer, discounts);

        Assert.Equal((4500L, 9000L), (first.Invoice.TotalMinor, first.Movement!.AmountMinor));
        Assert.Equal((9000L, null), (second.Invoice.TotalMinor, second.Movement));
    }

    [Fact]
    public void A_discounts_end_is_expansion()
    {
        var subscription = Given.Subscription(customer, "2026-01-01", Given.Dollars(100));
        var discounts = subscription.Give(Given.Percent(20, 3));

        var movements = Enumerable.Range(0, 5).Select(_ => subscription.Bill(customer, discounts).Movement).ToList();

        Assert.Equal([8000, null, null, 2000, null], movements.Select(m => m?.AmountMinor));
        Assert.Equal((MrrMovementKind.Expansion, Given.Date("2026-04-01")), (movements[3]!.Kind, movements[3]!.On));
    }

    [Theory]
    [InlineData(CadenceUnit.Year, 1, 4083)]
    [InlineData(CadenceUnit.Month, 3, 16333)]
    [InlineData(CadenceUnit.Week, 1, 212917)]
    [InlineData(CadenceUnit.Day, 1, 1490417)]
    public void Yearly_weekly_and_daily_prices_count_by_their_month(CadenceUnit unit, int count, long expected)
    {
        // 490.00 a year is 40.83 a month; a year has 365 days, a month a twelfth of it.
        var subscription = Given.Subscription(customer, "2026-01-01", Given.Dollars(490), new Cadence(unit, count));

        Assert.Equal(expected, subscription.Bill(customer).Movement!.AmountMinor);
    }

    [Fact]
    public void What_is_free_moves_no_MRR_until_it_is_paid_for()
    {
        var subscription = Given.Subscription(customer, "2026-01-01", Given.Dollars(100));
        var discounts = subscription.Give(Given.Percent(100, 2));

        var movements = Enumerable.Range(0, 3).Select(_ => subscription.Bill(customer, discounts).Movement).ToList();

        Assert.Equal([null, null, (MrrMovementKind.New, 10000L)], movements.Select(m => m is null ? ((MrrMovementKind, long)?)null : (m.Kind, m.AmountMinor)));
    }

    [Fact]
    public void Opening_and_movements_make_closing_every_day()
    {
        var subscription = Given.Subscription(customer, "2026-03-01", Given.Dollars(100));
        var discounts = subscription.Give(Given.Percent(20, 2));
        var other = Given.Subscription(customer, "2026-05-01", Given.Dollars(49));
        MrrMovement?[] movements =
        [
            .. Enumerable.Range(0, 3).Select(_ => subscription.Bill(customer, discounts).Movement), other.Bill(customer).Movement,
        ];

        long Sum(Func<MrrMovement, bool> when) => movements.OfType<MrrMovement>().Where(when).Sum(m => m.AmountMinor);
        var day = Given.Date("2026-05-01");
        Assert.Equal((8000L, 6900L, 14900L), (Sum(m => m.On < day), Sum(m => m.On == day), Sum(_ => true)));
        Assert.Equal(14900, subscription.MrrMinor + other.MrrMinor);
    }
}
