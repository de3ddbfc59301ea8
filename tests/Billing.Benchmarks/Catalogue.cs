using Billing.Periods;
using Billing.Plans;
using Billing.Server.Persistence;
using NodaTime;

namespace Billing.Benchmarks;

/// <summary>What the benchmark's merchant sells: four plans in six currencies, monthly, weekly and yearly; three discounts.</summary>
internal sealed class Catalogue
{
    // Dinars whose parts end in a nought: the floor carries nothing forward.
    private static readonly (string Code, long Minor)[] Currencies =
        [("USD", 2900), ("EUR", 2700), ("GBP", 2500), ("BDT", 190_000), ("JPY", 4200), ("KWD", 8000)];

    public Catalogue(Instant now)
    {
        Plans =
        [
            Plan.Create(new(NewId.At(now)), "basic", "Basic", PlanPricing.Flat, 0, now),
            Plan.Create(new(NewId.At(now)), "plus", "Plus", PlanPricing.Flat, 0, now),
            Plan.Create(new(NewId.At(now)), "team", "Team", PlanPricing.PerSeat, 14, now),
            Plan.Create(new(NewId.At(now)), "business", "Business, with support by telephone", PlanPricing.PerSeat, 14, now),
        ];
        Prices = [.. from plan in Plans.Select((p, i) => (Plan: p, Factor: i + 1))
            from currency in Currencies
            from cadence in new[] { Cadence.Monthly, Cadence.Yearly, new(CadenceUnit.Week, 1) }
            let times = cadence.Unit switch { CadenceUnit.Year => 10, CadenceUnit.Month => 1, _ => 0.25m }
            let unit = new Money((long)(currency.Minor * plan.Factor * times), Currency.Of(currency.Code))
            select plan.Plan.SetPrice(new(NewId.At(now)), unit, cadence, null, now)];
        Discounts =
        [
            Discount.Percent(new(NewId.At(now)), "friends", "Friends of the house", 1500, null, now),
            Discount.Percent(new(NewId.At(now)), "welcome", "Welcome", 2000, 2, now),
            Discount.Percent(new(NewId.At(now)), "third", "A third off, for a while", 3333, 6, now),
        ];
        priceOf = Prices.ToDictionary(p => (p.PlanId, p.Currency, p.Cadence));
    }

    private readonly Dictionary<(PlanId, Currency, Cadence), Price> priceOf;

    public IReadOnlyList<Plan> Plans { get; }

    public IReadOnlyList<Price> Prices { get; }

    public IReadOnlyList<Discount> Discounts { get; }

    public Price PriceOf(Plan plan, Currency currency, Cadence cadence) => priceOf[(plan.Id, currency, cadence)];
}
