using System.Text.Json;
using Billing.Client.Contract;
using Billing.Invoicing;
using Billing.Server.BillingRun;
using Billing.Server.Cards;
using Billing.Server.Customers;
using Billing.Server.Http;
using Billing.Server.Plans;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Infrastructure;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Slices;

/// <summary>On the Beach through the house: terms, preview, going, staying longer, coming back, taking it back.</summary>
public sealed class TakingBreaksTests(PostgresServer postgres)
{
    private static readonly Instant Start = Instant.FromUtc(2026, 4, 1, 10, 0);
    private static readonly BreakTermsView Terms = new(new(500, "USD"), 14, 180, 12, 0, "read_only", "Everything");

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Terms_are_set_changed_and_read_by_currency(string database)
    {
        await using var house = await TestHouse.OnAsync(database, postgres, Start);
        await house.SellProAsync();
        Assert.Empty(await TermsAsync());
        var taka = Terms with { Fee = new(20_000, "BDT"), Access = "none" };
        Assert.Equal(Terms, await house.SendAsync(new AllowBreaks(Merchant.Pro, Terms)));
        await house.SendAsync(new AllowBreaks(Merchant.Pro, taka));

        var dearer = Terms with { Fee = new(700, "USD"), LongestDays = 90 };
        await house.SendAsync(new AllowBreaks(Merchant.Pro, dearer));

        Assert.Equal([taka, dearer], await TermsAsync());

        Task<IReadOnlyList<BreakTermsView>> TermsAsync() => house.ReadAsync(db => db.BreakTermsAsync(Merchant.Pro, TestHouse.Cancellation));
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_break_is_asked_for_extended_come_back_from_taken_back_and_listed(string database)
    {
        await using var house = await TestHouse.OnAsync(database, postgres, Start);
        var id = await OpenAsync(house);
        await LiveAsync(house, 9);

        var gone = await house.SendAsync(new TakeBreak(id, new("2026-05-10", AskedHow: "leaving", Reason: "A baby", Fee: Terms.Fee)));
        Assert.Equal(
            ("away", "leaving", "A baby", "2026-04-10", "2026-05-10", 21, "2026-05-31"),
            (gone.State, gone.AskedHow, gone.Reason, gone.StartsOn, gone.ReturnOn, gone.BankedDays, gone.NextBillingOn));

        await LiveAsync(house, 5);
        var before = (await house.ReadAsync(db => db.SubscriptionViewAsync(id, TestHouse.Cancellation))).Version;
        var longer = await house.SendAsync(new ExtendBreak(id, new("2026-06-10")));
        // Whoever decided on the state before, as the run may at this moment, is refused.
        Assert.Equal(before + 1, (await house.ReadAsync(db => db.SubscriptionViewAsync(id, TestHouse.Cancellation))).Version);
        Assert.Equal(("2026-05-10", "2026-06-10", 1), (longer.FirstReturnOn, longer.ReturnOn, longer.Extensions));
        Assert.Equal("return_not_later", await RefusalAsync(house, new ExtendBreak(id, new("2026-06-10"))));

        await LiveAsync(house, 15);
        var back = await house.SendAsync(new ReturnFromBreak(id));
        Assert.Equal(("returned", "2026-04-30", 21), (back.State, back.EndedOn, back.BankedDays));
        Assert.Equal("not_on_a_break", await RefusalAsync(house, new ReturnFromBreak(id)));

        var planned = await house.SendAsync(new TakeBreak(id, new("2026-06-20", "period_end")));
        Assert.Equal(("planned", "2026-05-21", null), (planned.State, planned.StartsOn, planned.NextBillingOn));
        Assert.Equal("break_planned", await RefusalAsync(house, new TakeBreak(id, new("2026-06-20"))));
        Assert.Equal("withdrawn", (await house.SendAsync(new WithdrawBreak(id))).State);
        Assert.Equal("no_break_planned", await RefusalAsync(house, new WithdrawBreak(id)));

        var listed = await house.ReadAsync(db => db.BreakPageAsync(id, new PageQuery(), TestHouse.Cancellation));
        Assert.Equal([(planned.Id, "withdrawn"), (gone.Id, "returned")], listed.Items.Select(b => (b.Id, b.State)));
        await LiveAsync(house, 40);
        await house.MustAgreeAsync();
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task What_a_preview_shows_is_what_is_done_and_what_then_happens(string database)
    {
        var seen = new SeenCommands();
        await using var house = await TestHouse.OnAsync(database, postgres, Start, new() { Interceptors = [seen] });
        await house.SellProAsync();
        await house.SetPriceAsync(9_900, "month", 3);
        await house.SetPriceAsync(1_300, "week", 2);
        await house.SendAsync(new AllowBreaks(Merchant.Pro, Terms));
        await house.SendAsync(new CreateDiscount(new("tenth", "A tenth off", PercentBasisPoints: 1_000, Periods: 3)));
        var random = new Random(20_260_401);
        var people = await StartAsync(house, random);
        house.Clock.Now += Duration.FromDays(3);
        await house.RunAsync();

        List<(Guid Customer, IReadOnlyList<string> Shown)> shown = [];
        foreach (var (customer, subscription) in people)
        {
            var when = random.Next(2) == 0 ? "now" : "period_end";
            var back = Start.InUtc().Date.PlusDays((when == "now" ? 4 : 95) + random.Next(14, 46)).Iso();
            NewBreak wish = new(back, when, Fee: Terms.Fee);
            seen.Texts.Clear();
            var preview = await house.SendAsync(new PreviewBreak(subscription, wish));
            Assert.All(seen.Texts, text => Assert.StartsWith("SELECT", text, StringComparison.Ordinal));

            var taken = await house.SendAsync(new TakeBreak(subscription, wish));

            Assert.Equal(preview.Break with { Id = taken.Id }, taken);
            var off = await house.ReadAsync(db => db.CreditNotes
                .Where(n => n.CustomerId == new CustomerId(customer)).SumAsync(n => n.AmountMinor, TestHouse.Cancellation));
            Assert.Equal(preview.OffUnpaid, new(off, "USD"));
            shown.Add((customer, [.. preview.Outlook.Select(Shown).Order(StringComparer.Ordinal)]));
        }

        Assert.Contains(shown, s => s.Shown.Any(line => line.StartsWith("goes_away", StringComparison.Ordinal)));
        Assert.Contains(shown, s => s.Shown.Any(line => line.StartsWith("charges_away", StringComparison.Ordinal)));
        var asked = house.Clock.Now;
        while (await house.ReadAsync(db => db.Subscriptions.AnyAsync(
            s => s.Lifecycle == Lifecycle.Paused || s.BreakStartsOn != null || s.Restarts == 0 || s.NextPeriodIndex == 0, TestHouse.Cancellation)))
        {
            house.Clock.Now = (await house.ReadAsync(db => db.NextDueAsync(TestHouse.Cancellation)))!.Value;
            await house.RunAsync();
        }

        foreach (var (customer, lines) in shown)
        {
            var done = string.Join('\n', await DoneAsync(house, new(customer), asked));
            Assert.True(done == string.Join('\n', lines), $"Shown:\n{string.Join('\n', lines)}\nDone:\n{done}");
        }

        await house.MustAgreeAsync();
    }

    [Fact]
    public async Task A_fee_that_is_not_the_one_shown_is_refused()
    {
        await using var house = await TestHouse.OnSqliteAsync(Start);
        var id = await OpenAsync(house);
        NewBreak wish = new("2026-05-10", Fee: Terms.Fee);
        await house.SendAsync(new PreviewBreak(id, wish));
        await house.SendAsync(new AllowBreaks(Merchant.Pro, Terms with { Fee = new(501, "USD") }));

        Assert.Equal("quote_stale", await RefusalAsync(house, new TakeBreak(id, wish)));
        Assert.Equal("quote_stale", await RefusalAsync(house, new PreviewBreak(id, wish)));
        Assert.Empty((await house.ReadAsync(db => db.BreakPageAsync(id, new PageQuery(), TestHouse.Cancellation))).Items);
        Assert.Equal(501, (await house.SendAsync(new TakeBreak(id, wish with { Fee = new(501, "USD") }))).Fee.Value);
    }

    [Fact]
    public async Task A_preview_knows_that_another_subscription_uses_the_same_credit_first()
    {
        await using var house = await TestHouse.OnSqliteAsync(Start);
        var id = await OpenAsync(house);
        var customer = (await house.ReadAsync(db => db.SubscriptionViewAsync(id, TestHouse.Cancellation))).CustomerId;
        await house.SendAsync(new CreatePlan(new("extra", "Extra")));
        await house.SendAsync(new SetPrice("extra", new(new(900, "USD"), new("month"))));
        await LiveAsync(house, 7);
        await house.SendAsync(new StartSubscription(customer, new("extra", new("month"))));
        await LiveAsync(house, 2);
        await house.SendAsync(new GrantCredit(customer, new(new(1_500, "USD"))));

        // On 10 April 5.00 for a month away; on 8 May 9.00 for the other one; so on 10 May 1.00 is left for 15 of 31 days, 2.42.
        var preview = await house.SendAsync(new PreviewBreak(id, new("2026-05-25")));
        Assert.Equal((242L, 142L), preview.Outlook.First(e => e.Kind == "charges_away") is var fee ? (fee.Total!.Value, fee.Due!.Value) : default);

        await house.SendAsync(new TakeBreak(id, new("2026-05-25")));
        await LiveAsync(house, 31);
        var charged = (await house.InvoicesAsync()).Last(i => i.Kind == InvoiceKind.Break);
        Assert.Equal((242L, 142L), (charged.TotalMinor, AtFirst(charged)));
    }

    /// <summary>Fifteen customers: several cadences, zones, cards, some with credit or a discount.</summary>
    private static async Task<List<(Guid Customer, Guid Subscription)>> StartAsync(TestHouse house, Random random)
    {
        CadenceView[] cadences = [new("month"), new("month", 3), new("week", 2)];
        string?[] cards = ["pm_card_visa", "pm_card_visa", "pm_card_chargeCustomerFail", null];
        string[] zones = ["UTC", "Asia/Dhaka", "America/New_York"];
        List<(Guid, Guid)> people = [];
        for (var i = 0; i < 15; i++)
        {
            var customer = (await house.AddCustomerAsync(zone: zones[random.Next(zones.Length)])).Id;
            if (cards[random.Next(cards.Length)] is { } card) await house.SendAsync(new AddCard(customer, new(card)));
            NewSubscription wanted = new(
                Merchant.Pro, cadences[random.Next(cadences.Length)], Discounts: random.Next(3) == 0 ? ["tenth"] : null);
            people.Add((customer, (await house.SendAsync(new StartSubscription(customer, wanted))).Id));
            if (random.Next(3) > 0) continue;
            await house.RunAsync();
            await house.SendAsync(new GrantCredit(customer, new(new(random.Next(1, 8_000), "USD"))));
        }

        await house.RunAsync();
        return people;
    }

    private static string Shown(OutlookEntryView entry) => entry.Kind switch
    {
        "bills" or "charges_away" => $"{entry.Kind} {entry.On} to {entry.To}: {entry.Total!.Value}, {entry.Due!.Value} due",
        "goes_away" => $"goes_away {entry.On}, back {entry.To}",
        "reminds" => $"reminds {entry.On}: {entry.Total!.Value} on {entry.NextBillingOn}",
        "returns" => $"returns {entry.On}, billed {entry.NextBillingOn}",
        "collects" => $"collects {entry.At}: {entry.Due!.Value}",
        var other => throw new InvalidOperationException(other),
    };

    /// <summary>What the run did since, up to the first period billed, in the words of <see cref="Shown"/>.</summary>
    private static async Task<IEnumerable<string>> DoneAsync(TestHouse house, CustomerId customer, Instant asked)
    {
        var invoices = (await house.InvoicesAsync()).Where(i => i.CustomerId == customer && i.IssuedAt >= asked).ToList();
        var last = invoices.First(i => i.Kind == InvoiceKind.Period);
        var history = await house.ReadAsync(db => db.History.Where(h => h.CustomerId == customer).ToListAsync(TestHouse.Cancellation));
        var fees = invoices.Where(i => i.IssuedAt == asked).Select(i => i.Id).ToList();
        var tried = await house.ReadAsync(db => db.PaymentAttempts
            .Where(a => fees.Contains(a.InvoiceId) && a.StartedAt == asked).ToListAsync(TestHouse.Cancellation));
        return invoices.Where(i => i.IssuedAt > asked && (i.Id == last.Id || i.IssuedAt < last.IssuedAt)).Select(Billed)
            .Concat(tried.Select(a => $"collects {asked.Iso()}: {a.AmountMinor}"))
            .Concat(history.Where(h => h.At > asked && h.At <= last.IssuedAt).Select(Told).OfType<string>())
            .Order(StringComparer.Ordinal);

        static string Billed(Invoice i) =>
            $"{(i.Kind == InvoiceKind.Break ? "charges_away" : "bills")} {i.PeriodStart!.Value.Iso()} to {i.PeriodEnd!.Value.Iso()}: "
            + $"{i.TotalMinor}, {AtFirst(i)} due";
    }

    /// <summary>What was left for the card when it was issued.</summary>
    private static long AtFirst(Invoice invoice) => invoice.TotalMinor - invoice.BalanceAppliedMinor - invoice.CarriedForwardMinor;

    private static string? Told(HistoryEntry entry)
    {
        var data = JsonDocument.Parse(entry.Data).RootElement;
        return entry.Type switch
        {
            nameof(WentToBeach) => $"goes_away {entry.On.Iso()}, back {data.GetProperty("returnOn")}",
            nameof(ReturnAnnounced) => $"reminds {entry.On.Iso()}: {data.GetProperty("totalMinor")} on {data.GetProperty("nextBillingOn")}",
            nameof(CameBackFromBeach) => $"returns {entry.On.Iso()}, billed {data.GetProperty("nextBillingOn")}",
            _ => null,
        };
    }

    private static async Task<Guid> OpenAsync(TestHouse house)
    {
        await house.SellProAsync();
        await house.SendAsync(new AllowBreaks(Merchant.Pro, Terms));
        var id = (await house.SubscribeAsync()).Id;
        await house.RunAsync();
        return id;
    }

    private static async Task LiveAsync(TestHouse house, int days)
    {
        for (var day = 0; day < days; day++)
        {
            house.Clock.Now += Duration.FromDays(1);
            await house.RunAsync();
        }
    }

    private static async Task<string> RefusalAsync<T>(TestHouse house, MediatR.IRequest<T> request) =>
        (await Assert.ThrowsAsync<Refused>(() => house.SendAsync(request))).Code;
}
