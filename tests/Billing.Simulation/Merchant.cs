using Billing.Server.Cards;
using Billing.Server.Customers;
using Billing.Server.Plans;
using Billing.Server.Subscriptions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Simulation;

/// <summary>A merchant whose customers come within the first month; from then on one world is lived twice.</summary>
internal static class Merchant
{
    public const int DaysOfStarting = 28;

    public static readonly LocalDate Opened = new(2026, 1, 1);

    /// <summary>The hour of every day's run, in UTC: day, and past nine in the morning, wherever the customers live.</summary>
    private static readonly LocalTime Hour = new(14, 5);

    private static readonly (string Plan, long Price)[] Sold = [("basic", 1_500), ("plus", 3_900), ("pro", 9_900)];

    public static Instant RunOn(LocalDate day) => (day + Hour).InUtc().ToInstant();

    /// <summary>Lets everybody come, on their days, by the product's own commands.</summary>
    public static async Task<IReadOnlyList<Person>> OpenAsync(House house, int seed, int customers, int months)
    {
        foreach (var (plan, price) in Sold)
        {
            await house.SendAsync(new CreatePlan(new(plan, plan, "flat")));
            await house.SendAsync(new SetPrice(plan, new(new(price, "USD"), new("month"))));
        }

        var people = Enumerable.Range(1, customers).Select(n => new Person(seed, n, Opened, months)).ToList();
        var comingOn = people.ToLookup(p => p.StartsOn);
        for (var day = Opened; day < Opened.PlusDays(DaysOfStarting); day = day.PlusDays(1))
        {
            house.Now = RunOn(day);
            foreach (var person in comingOn[day]) await ComeAsync(house, person);
            await house.RunAsync();
        }

        return people;
    }

    /// <summary>Puts in another card; its bank has its own bad days ahead, the same as the first one's.</summary>
    public static async Task PutInAsync(House house, Person person, string card, LocalDate today)
    {
        await house.SendAsync(new AddCard(person.Customer, new(card)));
        await AilAsync(house, person, person.Troubles.Where(t => t.From > today));
    }

    private static async Task ComeAsync(House house, Person person)
    {
        var customer = await house.SendAsync(new AddCustomer(new(
            "USD", person.Zone, $"sim-{person.Number}", $"Customer {person.Number}", $"customer-{person.Number}@example.com", person.Country, "en")));
        person.Customer = customer.Id;
        await house.SendAsync(new AddCard(customer.Id, new(person.FirstCard)));
        await AilAsync(house, person, person.Ailments);
        person.Subscription = (await house.SendAsync(new StartSubscription(customer.Id, new(person.Plan, new("month"))))).Id;
    }

    private static async Task AilAsync(House house, Person person, IEnumerable<Trouble> troubles)
    {
        await using var db = house.Data.Open();
        var id = new CustomerId(person.Customer);
        var token = await db.Customers.Where(c => c.Id == id)
            .Join(db.Cards, c => c.DefaultCardId, c => c.Id, (_, card) => card.GatewayToken).SingleAsync();
        foreach (var trouble in troubles) house.Gateway.Ail(token, trouble.From, trouble.Through, trouble.Code);
    }
}
