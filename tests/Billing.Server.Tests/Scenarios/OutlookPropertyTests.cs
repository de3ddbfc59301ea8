using Billing.Client.Contract;
using Billing.Invoicing;
using Billing.Server.Cards;
using Billing.Server.Customers;
using Billing.Server.Http;
using Billing.Server.Invoicing;
using Billing.Server.Payments;
using Billing.Server.Plans;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Infrastructure;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Scenarios;

/// <summary>Whatever the run does by itself was in every outlook taken since somebody last did something; random lives, fixed seeds.</summary>
public sealed class OutlookPropertyTests(PostgresServer postgres)
{
    private const int Days = 200, PricesRiseOn = 80;
    private static readonly Instant Start = Instant.FromUtc(2026, 1, 29, 10, 0);
    private static readonly string[] Plans = ["basic", "pro", "team"];
    private static readonly CadenceView[] Cadences = [new("month"), new("month"), new("month", 3), new("week", 2)];

    [Theory, InlineData(1), InlineData(3)]
    public async Task Four_lives_on_SQLite_go_as_foretold(int seed)
    {
        // The gateway's book outlives the house, which is stopped and opened again on some days.
        var book = Path.GetTempFileName();
        await using (var house = await TestHouse.OnSqliteAsync(Start, new() { Sandbox = $"Data Source={book};Pooling=False" }))
            await LiveAsync(house, seed, 4);
        File.Delete(book);
    }

    [Fact]
    public async Task Three_lives_on_PostgreSQL_go_as_foretold()
    {
        var book = Path.GetTempFileName();
        await using (var house = await TestHouse.OnPostgresAsync(postgres, Start, new() { Sandbox = $"Data Source={book};Pooling=False" }))
            await LiveAsync(house, 4, 3);
        File.Delete(book);
    }

    private static async Task LiveAsync(TestHouse house, int seed, int customers)
    {
        var random = new Random(seed);
        foreach (var (plan, price) in Plans.Zip([900L, 4_900, 12_000]))
        {
            await house.SendAsync(new CreatePlan(new(plan, plan, "per_seat")));
            foreach (var cadence in Cadences.Distinct())
                await house.SendAsync(new SetPrice(plan, new(new(price * (cadence.Unit == "week" ? 1 : 2 * cadence.Count) / 2, "USD"), cadence)));
            await house.SendAsync(new AllowBreaks(plan, new(new(price / 10, "USD"), 14, 120, 12)));
        }

        var lives = new List<Person>();
        for (var i = 0; i < customers; i++) lives.Add(await Person.AddAsync(house, random, $"Seed {seed}, customer {i}:"));

        var (risen, stops) = (false, new Random(seed));
        while (house.Clock.Now < Start + Duration.FromDays(Days))
        {
            var acted = false;
            if (stops.Next(20) == 0) await house.RestartAsync();
            foreach (var life in lives.Where(_ => random.Next(10) == 0)) acted |= await life.ActAsync();
            if (!risen && house.Clock.Now > Start + Duration.FromDays(PricesRiseOn))
            {
                acted = risen = true;
                await house.SendAsync(new SetPrice("pro", new(new(5_500, "USD"), new("month"))));
                await house.SendAsync(new SchedulePriceMove("pro", new("USD", new("month"), house.Clock.Now.InUtc().Date.PlusDays(35).Iso())));
                lives.ForEach(l => l.Told("The merchant raises a price."));
            }

            if (acted) await StepAsync(house, lives, Duration.FromMinutes(random.Next(1, 30)));
            await StepAsync(house, lives, Next(random));
        }

        await house.MustAgreeAsync();
        Assert.True(lives.Sum(l => l.Foretold.Compared) > 60 * customers, $"Seed {seed}: too little happened to say anything.");
    }

    /// <summary>Mostly a day; now and then some hours, or up to twelve days in which we were down.</summary>
    private static Duration Next(Random random) => random.Next(10) switch
    {
        < 7 => Duration.FromDays(1),
        7 => Duration.FromHours(random.Next(2, 20)),
        _ => Duration.FromDays(random.Next(2, 13)),
    };

    private static async Task StepAsync(TestHouse house, List<Person> lives, Duration step)
    {
        var before = house.Clock.Now;
        house.Clock.Now += step;
        Assert.Empty((await house.RunAsync()).Error ?? "");
        foreach (var life in lives)
        {
            await life.Foretold.CompareAsync(before);
            await life.Foretold.AskAsync();
        }
    }

    /// <summary>A customer who does this and that; what the house refuses is not done.</summary>
    private sealed class Person
    {
        private static readonly string[] Cards =
        [
            "pm_card_visa", "pm_card_visa", "pm_card_chargeCustomerFail", "sandbox_declines_insufficient_funds_2_times",
            "sandbox_succeeds_then_expired_card_after_2",
        ];

        private readonly TestHouse house;
        private readonly Random random;
        private readonly List<string> story;
        private readonly Guid id;

        private Person(TestHouse house, Random random, Guid id, string name)
        {
            (this.house, this.random, this.id, story) = (house, random, id, [name]);
            Foretold = new(house, new(id), story);
        }

        public Foretold Foretold { get; }

        public static async Task<Person> AddAsync(TestHouse house, Random random, string name)
        {
            var zone = new[] { "UTC", "Asia/Dhaka", "America/New_York" }[random.Next(3)];
            var person = new Person(house, random, (await house.AddCustomerAsync(zone: zone)).Id, $"{name} {zone}");
            await person.DoAsync(new AddCard(person.id, new("pm_card_visa")));
            await person.StartAsync();
            await person.Foretold.AskAsync();
            return person;
        }

        /// <summary>What somebody else did to them.</summary>
        public void Told(string what)
        {
            story.Add($"{house.Clock.Now} {what}");
            Foretold.Forget();
        }

        /// <summary>Does something, or tries to.</summary>
        public async Task<bool> ActAsync()
        {
            var subscriptions = await house.ReadAsync(db => db.Subscriptions.Where(s => s.CustomerId == new CustomerId(id))
                .Select(s => s.Id).ToListAsync(TestHouse.Cancellation));
            var it = subscriptions[random.Next(subscriptions.Count)].Value;
            var done = random.Next(18) switch
            {
                0 => subscriptions.Count < 2 && await StartAsync(),
                1 or 2 => await ChangeAsync(it),
                3 => await DoAsync(new WithdrawChange(it)),
                4 or 5 or 6 => await DoAsync(new TakeBreak(it, new(DayIn(14, 100), random.Next(2) == 0 ? "now" : "period_end"))),
                7 => await DoAsync(new ExtendBreak(it, new(DayIn(5, 110)))),
                8 => await DoAsync(new ReturnFromBreak(it)),
                9 => await DoAsync(new WithdrawBreak(it)),
                10 => await DoAsync(new CancelSubscription(it, new(random.Next(3) == 0 ? "now" : "period_end"))),
                11 => await DoAsync(new WithdrawCancel(it)),
                12 or 13 => await DoAsync(new ComeBack(it)),
                14 => await DoAsync(new GrantCredit(id, new(new(random.Next(1, 9_000), "USD")))),
                15 or 16 => await DoAsync(new AddCard(id, new(Cards[random.Next(Cards.Length)]))),
                _ => await SettleAsync(),
            };
            if (done) await Foretold.AskAsync();
            return done;
        }

        private Task<bool> StartAsync() => DoAsync(new StartSubscription(id, new(
            Plans[random.Next(Plans.Length)], Cadences[random.Next(Cadences.Length)], random.Next(1, 4), random.Next(3) == 0 ? 10 : 0)));

        private async Task<bool> ChangeAsync(Guid subscription)
        {
            QuoteView? quote = null;
            var wanted = new PlanChange(Plans[random.Next(Plans.Length)], random.Next(1, 5));
            return await TryAsync($"quotes {wanted}", async () => quote = await house.SendAsync(new QuoteChange(subscription, wanted)))
                && await DoAsync(new ConfirmChange(subscription, new(quote!.Token)));
        }

        /// <summary>Pays what is open, or is forgiven a part of it.</summary>
        private async Task<bool> SettleAsync()
        {
            var open = await house.ReadAsync(db => db.Invoices.FirstOrDefaultAsync(
                i => i.CustomerId == new CustomerId(id) && i.Status == InvoiceStatus.Open, TestHouse.Cancellation));
            if (open is null) return false;
            return random.Next(2) == 0
                ? await DoAsync(new PayInvoice(open.Id.Value))
                : await DoAsync(new CreditInvoice(open.Id.Value, new(new(random.Next(1, 500), "USD"), "Sorry")));
        }

        private string DayIn(int least, int most) => house.Clock.Now.InUtc().Date.PlusDays(random.Next(least, most)).Iso();

        private Task<bool> DoAsync<T>(IRequest<T> request) => TryAsync(request.ToString()!, () => house.SendAsync(request));

        private async Task<bool> TryAsync(string what, Func<Task> act)
        {
            try
            {
                await act();
            }
            catch (Refused)
            {
                return false;
            }

            Told(what);
            return true;
        }
    }
}
