using Billing.Client.Contract;
using Billing.Server.Plans;
using Billing.Server.Staff;

namespace Billing.Server.Demo;

/// <summary>What the demo merchant sells.</summary>
internal static class DemoCatalogue
{
    public static readonly CadenceView Monthly = new("month"), Quarterly = new("month", 3), Yearly = new("year");

    /// <summary>Plan, name, pricing, trial, and the monthly price in whole dollars.</summary>
    private static readonly (string Code, string Name, string Pricing, int TrialDays, int Dollars)[] Plans =
    [
        ("skiff", "Skiff", "flat", 0, 9), ("sloop", "Sloop", "flat", 14, 29),
        ("crew", "Crew", "per_seat", 14, 12), ("fleet", "Fleet", "per_seat", 30, 39),
    ];

    /// <summary>Minor units that stand for a dollar on the price list: round prices, not today's exchange rate.</summary>
    private static readonly (string Currency, long PerDollar)[] Currencies =
        [("USD", 100), ("EUR", 95), ("BDT", 10_000), ("JPY", 150), ("KWD", 300)];

    /// <summary>Three months for the price of 2.85, a year for the price of ten.</summary>
    private static readonly (CadenceView Cadence, long Percent)[] Cadences = [(Monthly, 100), (Quarterly, 285), (Yearly, 1_000)];

    public static IEnumerable<Order> Commands()
    {
        foreach (var plan in Plans)
        {
            yield return Orders.Of(new CreatePlan(new(plan.Code, plan.Name, plan.Pricing, plan.TrialDays)));
            foreach (var (currency, perDollar) in Currencies)
            {
                yield return Orders.Of(new AllowBreaks(plan.Code, new(
                    new(2 * perDollar, currency), ShortestDays: 7, LongestDays: 180, PerYear: 2, DaysBetween: 30, "read_only",
                    "Everything you made, and your price")));
                foreach (var (cadence, percent) in Cadences)
                    yield return Orders.Of(new SetPrice(plan.Code, new(new(plan.Dollars * perDollar * percent / 100, currency), cadence)));
            }
        }

        yield return Orders.Of(new InviteStaff("Mina", "mina@harbour.example", StaffRole.Finance));
        yield return Orders.Of(new InviteStaff("Arif", "arif@harbour.example", StaffRole.Support));
        yield return Orders.Of(new CreateDiscount(new("welcome", "Welcome offer", PercentBasisPoints: 2_000, Periods: 3)));
        yield return Orders.Of(new CreateDiscount(new("founders", "Founders' thanks", PercentBasisPoints: 1_000)));
        yield return Orders.Of(new CreateDiscount(new("first", "First period at half price", PercentBasisPoints: 5_000, Periods: 1)));
    }

    /// <summary>A price agreed with one customer: 15 percent below the list.</summary>
    public static Amount Negotiated(string plan, string currency, CadenceView cadence)
    {
        var list = Plans.Single(p => p.Code == plan).Dollars * Currencies.Single(c => c.Currency == currency).PerDollar
            * Cadences.Single(c => c.Cadence == cadence).Percent / 100;
        return new(list * 85 / 100, currency);
    }
}
