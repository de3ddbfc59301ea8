using Billing.Client.Contract;
using Billing.Invoicing;
using Billing.Server.Customers;
using Billing.Server.Plans;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Infrastructure;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Slices;

/// <summary>Quotes and changes of plan through the house.</summary>
public sealed class ChangingTests(PostgresServer postgres)
{
    private static readonly Instant Start = Instant.FromUtc(2026, 4, 1, 10, 0);
    private static readonly PlanChange Up = new("business");

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task What_is_quoted_is_what_is_charged(string database)
    {
        await using var house = await OpenAsync(database);
        var random = new Random(20260401);
        for (var i = 0; i < 8; i++)
        {
            var subscription = await SubscribedAsync(house);
            house.Clock.Now += Duration.FromDays(random.Next(1, 3));
            await house.RunAsync();
            if (i % 3 == 0) await house.SendAsync(new GrantCredit(subscription.CustomerId, new(new(random.Next(1, 3000), "USD"))));

            var quote = await QuoteAsync(house, subscription, Up);
            var changed = await house.SendAsync(new ConfirmChange(subscription.Id, new(quote.Token)));
            var invoice = (await house.InvoicesAsync())[^1];

            Assert.Equal("business", changed.Plan);
            Assert.Equal((quote.Total.Value, quote.DueNow.Value), (invoice.TotalMinor, invoice.DueMinor));
            Assert.Equal(InvoiceKind.Change, invoice.Kind);
            Assert.Equal(quote.Lines.Select(l => l.Words), invoice.Lines.OrderBy(l => l.Position).Select(l => l.Description));
            await house.RunAsync();
            Assert.Equal(InvoiceStatus.Paid, (await house.InvoicesAsync())[^1].Status);
        }
    }

    [Fact]
    public async Task A_quote_is_stale_when_anything_it_rests_on_changed()
    {
        await using var house = await OpenAsync(Databases.Sqlite);
        var subscription = await SubscribedAsync(house);

        await StaleAfter(() => house.SendAsync(new GrantCredit(subscription.CustomerId, new(new(500, "USD")))));
        await StaleAfter(() => house.SendAsync(new SetPrice("business", new(new(10_900, "USD"), new("month")))));
        await StaleAfter(() => house.SendAsync(new CancelSubscription(subscription.Id, new("period_end"))));
        await house.SendAsync(new WithdrawCancel(subscription.Id));
        await StaleAfter(() => Later(Duration.FromMinutes(15)));
        house.Clock.Now = Instant.FromUtc(2026, 4, 17, 23, 59);
        await StaleAfter(() => Later(Duration.FromMinutes(2)));
        await StaleAfter(async () => await house.SendAsync(new ConfirmChange(subscription.Id, new((await QuoteAsync(house, subscription, Up)).Token))));

        Assert.Equal("quote_unreadable", (await Assert.ThrowsAsync<Refused>(
            () => house.SendAsync(new ConfirmChange(subscription.Id, new("abc"))))).Code);

        async Task StaleAfter(Func<Task> what)
        {
            var quote = await QuoteAsync(house, subscription, Up);
            await what();
            var refused = await Assert.ThrowsAsync<Refused>(() => house.SendAsync(new ConfirmChange(subscription.Id, new(quote.Token))));
            Assert.Equal("quote_stale", refused.Code);
        }

        Task Later(Duration by)
        {
            house.Clock.Now += by;
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Twenty_confirms_at_once_make_one_change_one_invoice_and_one_capture()
    {
        await using var house = await OpenAsync(Databases.Postgres);
        var subscription = await SubscribedAsync(house);
        for (var round = 1; round <= 16; round++)
        {
            house.Clock.Now += Duration.FromDays(1);
            // Up and down in turn: a charge and an invoice in one round, credit notes in the next.
            var quote = await QuoteAsync(house, subscription, round % 2 == 1 ? Up : new("small", When: "now"));

            var done = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Tried(() => house.SendAsync(new ConfirmChange(subscription.Id, new(quote.Token))))));
            await house.RunAsync();

            Assert.Equal(1, done.Count(ok => ok));
            var changes = (await house.InvoicesAsync()).Where(i => i.Kind == InvoiceKind.Change).ToList();
            Assert.Equal(Enumerable.Range(1, round), changes.Select(i => i.ChangeNumber).Order());
            Assert.All(changes, i => Assert.Equal(InvoiceStatus.Paid, i.Status));
            Assert.Equal(round, await house.ReadAsync(db => db.History.CountAsync(h => h.Type == nameof(TermsChanged), TestHouse.Cancellation)));
        }

        // Every capture is of an invoice of its own, and what nineteen losers took back is nowhere.
        var captures = house.Gateway.Ledger.AllCaptures();
        Assert.Equal(captures.Count, captures.Select(c => c.InvoiceId).Distinct().Count());
        Assert.Equal(
            (await house.InvoicesAsync()).Sum(i => i.PaidMinor), captures.Sum(c => c.Amount.Minor));
        Assert.Equal(8, await house.ReadAsync(db => db.CreditNotes.Select(n => n.IssuedOn).Distinct().CountAsync(TestHouse.Cancellation)));
        await house.BalancesAreToldAsync();
    }

    [Fact]
    public async Task Confirm_cancel_and_renew_at_one_instant_never_charge_a_period_twice()
    {
        await using var house = await OpenAsync(Databases.Postgres);
        for (var round = 0; round < 4; round++)
        {
            var subscription = await SubscribedAsync(house);
            var ends = NodaTime.Text.LocalDatePattern.Iso.Parse(subscription.CurrentEnd).Value;
            house.Clock.Now = ends.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant() - Duration.FromMinutes(5);
            var quote = await QuoteAsync(house, subscription, Up);
            house.Clock.Now += Duration.FromMinutes(round % 2 == 0 ? 1 : 5);

            await Task.WhenAll(
                Tried(() => house.SendAsync(new ConfirmChange(subscription.Id, new(quote.Token)))),
                Tried(() => house.SendAsync(new CancelSubscription(subscription.Id, new("now")))),
                Tried(() => house.RunAsync()));
            await house.RunAsync();

            var mine = (await house.InvoicesAsync()).Where(i => i.SubscriptionId == new SubscriptionId(subscription.Id)).ToList();
            Assert.Equal(mine.Count, mine.Select(i => (i.PeriodStart, i.Kind)).Distinct().Count());
            Assert.InRange(mine.Count(i => i.Kind == InvoiceKind.Change), 0, 1);
            var attempts = await house.ReadAsync(db => db.PaymentAttempts.CountAsync(a => mine.Select(i => i.Id).Contains(a.InvoiceId), TestHouse.Cancellation));
            Assert.InRange(attempts, 1, mine.Count);
        }
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_change_down_waits_is_seen_is_undone_and_is_billed(string database)
    {
        await using var house = await OpenAsync(database);
        var subscription = await SubscribedAsync(house);
        var down = new PlanChange("small");

        var planned = await ConfirmAsync(house, subscription, down);
        Assert.Equal(("pro", "change", "2026-05-01", 1900L), (planned.Plan, planned.Planned!.What, planned.Planned.On, planned.Planned.UnitAmount!.Value));
        Assert.Null((await house.SendAsync(new WithdrawChange(subscription.Id))).Planned);
        await ConfirmAsync(house, subscription, down);

        house.Clock.Now = Instant.FromUtc(2026, 5, 1, 10, 0);
        await house.RunAsync();
        var last = (await house.InvoicesAsync())[^1];
        Assert.Equal((1900L, "Small", InvoiceStatus.Paid), (last.TotalMinor, last.Lines[0].Description, last.Status));
        Assert.Equal(3, await house.ReadAsync(db => db.History.CountAsync(h => h.Type.StartsWith("Change"), TestHouse.Cancellation)));
    }

    [Fact]
    public async Task Paid_time_given_up_becomes_credit_by_a_numbered_credit_note_and_a_month_becomes_a_year()
    {
        await using var house = await OpenAsync(Databases.Sqlite);
        var subscription = await SubscribedAsync(house);
        house.Clock.Now = Instant.FromUtc(2026, 4, 16, 10, 0);

        await ConfirmAsync(house, subscription, new("small", When: "now"));
        var note = await house.ReadAsync(db => db.CreditNotes.SingleAsync(TestHouse.Cancellation));
        Assert.Equal((1500L, "CN-000001"), (note.ToBalanceMinor, note.Number));

        var quote = await QuoteAsync(house, subscription, new("business", Cadence: new("year"), When: "now"));
        Assert.Equal(99_000 - 950 - 1500, quote.DueNow.Value);
        var yearly = await house.SendAsync(new ConfirmChange(subscription.Id, new(quote.Token)));
        Assert.Equal(("2026-04-16", "2027-04-16", "year"), (yearly.CurrentStart, yearly.CurrentEnd, yearly.Cadence.Unit));
        Assert.Equal("currency_mismatch", (await Assert.ThrowsAsync<Refused>(() => QuoteAsync(house, subscription, new(Currency: "EUR")))).Code);
    }

    [Fact]
    public async Task A_change_is_quoted_confirmed_and_withdrawn_over_HTTP()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Start);
        await house.Client.CreatePlanAsync(new("pro", "Pro", "per_seat"));
        await house.Client.SetPriceAsync("pro", new(new(1000, "USD"), new("month")));
        var customer = await house.Client.AddCustomerAsync(new("USD", "UTC"));
        var subscription = await house.Client.StartSubscriptionAsync(customer.Id, new("pro", new("month"), 3));
        await house.RunAsync();

        var up = await house.Client.QuoteChangeAsync(subscription.Id, new(Quantity: 5));
        Assert.Equal(5, (await house.Client.ConfirmChangeAsync(subscription.Id, up.Token)).Quantity);
        var down = await house.Client.QuoteChangeAsync(subscription.Id, new(Quantity: 4));
        Assert.Equal(4, (await house.Client.ConfirmChangeAsync(subscription.Id, down.Token)).Planned!.Quantity);
        Assert.Null((await house.Client.WithdrawChangeAsync(subscription.Id)).Planned);
    }

    private static Task<QuoteView> QuoteAsync(TestHouse house, SubscriptionView subscription, PlanChange change) =>
        house.SendAsync(new QuoteChange(subscription.Id, change));

    private static async Task<SubscriptionView> ConfirmAsync(TestHouse house, SubscriptionView subscription, PlanChange change) =>
        await house.SendAsync(new ConfirmChange(subscription.Id, new((await QuoteAsync(house, subscription, change)).Token)));

    private static async Task<bool> Tried(Func<Task> what)
    {
        try
        {
            await what();
            return true;
        }
        catch (Exception e) when (e is Refused or DbUpdateException)
        {
            return false;
        }
    }

    private static async Task<SubscriptionView> SubscribedAsync(TestHouse house)
    {
        var subscription = await house.SubscribeAsync();
        await house.RunAsync();
        return await house.ReadAsync(db => db.SubscriptionViewAsync(subscription.Id, TestHouse.Cancellation));
    }

    private async Task<TestHouse> OpenAsync(string database)
    {
        var house = await TestHouse.OnAsync(database, postgres, Start);
        await house.SellProAsync();
        await house.SendAsync(new CreatePlan(new NewPlan("business", "Business")));
        await house.SendAsync(new SetPrice("business", new(new(9900, "USD"), new("month"))));
        await house.SendAsync(new SetPrice("business", new(new(99_000, "USD"), new("year"))));
        await house.SendAsync(new CreatePlan(new NewPlan("small", "Small")));
        await house.SendAsync(new SetPrice("small", new(new(1900, "USD"), new("month"))));
        return house;
    }
}
