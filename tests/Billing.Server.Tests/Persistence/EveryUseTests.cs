using Billing.Client.Contract;
using Billing.Server.BillingRun;
using Billing.Server.Cards;
using Billing.Server.Customers;
using Billing.Server.Http;
using Billing.Server.Invoicing;
using Billing.Server.Pages.Office;
using Billing.Server.Pages.Portal;
using Billing.Server.Pages.SignIn;
using Billing.Server.Payments;
using Billing.Server.Payments.Disputes;
using Billing.Server.Payments.Inbox;
using Billing.Server.Plans;
using Billing.Server.Reports;
using Billing.Server.Staff;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Persistence;

/// <summary>A merchant's spring, told once and lived on every database: whatever the house can be asked, it is asked here.</summary>
public sealed class EveryUseTests(PostgresServer postgres)
{
    private static readonly CadenceView Monthly = new("month");

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_spring_of_selling_billing_and_correcting(string database)
    {
        await using var house = await TestHouse.OnAsync(database, postgres, Instant.FromUtc(2026, 3, 1, 9, 0));
        await SellAsync(house);
        var rahim = await CustomerAsync(house, "Asia/Dhaka", "pm_card_visa");
        var zoe = await CustomerAsync(house, "America/New_York", "pm_card_chargeCustomerFail");
        var ines = await CustomerAsync(house, "Europe/Lisbon", "sandbox_timeout_captured");
        var team = await SubscribeAsync(house, rahim, "team", ["welcome"]);
        foreach (var customer in new[] { zoe, ines }) await SubscribeAsync(house, customer, "solo", []);

        // 1 March: everyone is billed; one pays, one is declined, one's answer is lost and asked for again.
        await house.RunAsync();
        house.Clock.Now += Duration.FromMinutes(10);
        await house.RunAsync();
        Assert.Equal(["Open", "Paid", "Paid"], (await house.InvoicesAsync()).Select(i => $"{i.Status}").Order(StringComparer.Ordinal));

        // Zoe's bank stays firm until she brings another card, which pays what is open.
        var open = Assert.Single(await house.InvoicesAsync(), i => i.CustomerId.Value == zoe);
        await house.SendAsync(new AddCard(zoe, new("pm_card_mastercard")));
        Assert.Equal("succeeded", (await house.SendAsync(new PayInvoice(open.Id.Value))).State);
        await Assert.ThrowsAsync<Refused>(() => house.SendAsync(new PayInvoice(open.Id.Value)));
        await CorrectAsync(house, zoe, open.Id.Value);

        // April: one gets a discount, one leaves at the end, one stays after all.
        await house.SendAsync(new GiveDiscount(team, new("loyal")));
        await house.SendAsync(new CancelSubscription(team, new("period_end")));
        await house.SendAsync(new WithdrawCancel(team));
        house.Clock.Now = Instant.FromUtc(2026, 4, 2, 9, 0);
        await house.RunAsync();
        await house.SendAsync(new CancelSubscription(team, new("now")));
        await house.RunAsync();

        await LookAroundAsync(house, rahim, team);
        var report = await house.SendAsync(new ReadMrr(new(2026, 3, 1), new(2026, 4, 30), MrrBy.Month));
        Assert.Equal(0, Assert.Single(report.Currencies).Check.Difference);
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Keys_are_made_rotated_and_revoked_and_a_link_opens_once(string database)
    {
        await using var house = await TestHouse.OnAsync(database, postgres, Instant.FromUtc(2026, 3, 1, 9, 0));
        var key = await house.SendAsync(new CreateApiKey(new("app", ["read", "write"])));
        var successor = await house.SendAsync(new RotateApiKey(key.Key.Id, new()));
        await house.SendAsync(new RevokeApiKey(successor.Key.Id));
        Assert.Equal(2, await house.ReadAsync(db => db.ApiKeys.CountAsync(k => k.ExpiresAt != null, TestHouse.Cancellation)));

        var customer = (await house.AddCustomerAsync()).Id;
        var link = await house.SendAsync(new MakePortalLink(customer, "https://localhost"));
        var token = link.Url[(link.Url.IndexOf("token=", StringComparison.Ordinal) + 6)..];
        var now = house.Get<BillingClock>().WallNow;
        Assert.True(await house.ReadAsync(db => SignInLinks.OpensAsync(db, SignInDoor.Portal, token, now, TestHouse.Cancellation)));
        Assert.NotNull(await house.ReadAsync(db => SignInLinks.UseAsync(db, SignInDoor.Portal, token, now, TestHouse.Cancellation)));
        Assert.Null(await house.ReadAsync(db => SignInLinks.UseAsync(db, SignInDoor.Portal, token, now, TestHouse.Cancellation)));
        Assert.False(await house.ReadAsync(db => SignInLinks.OpensAsync(db, SignInDoor.Portal, token, now, TestHouse.Cancellation)));
    }

    [Fact]
    public async Task An_operators_run_says_that_nothing_was_set_aside()
    {
        await using var house = await TestHouse.OnSqliteAsync(Instant.FromUtc(2026, 3, 1, 9, 0));
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Configuration["Billing:Database:ConnectionString"] = house.Database.ConnectionString;
        builder.Configuration["Billing:Sandbox:ConnectionString"] = $"Data Source={Guid.NewGuid():N};Mode=Memory;Cache=Shared";
        builder.Services.AddBilling(builder.Configuration);

        Assert.Equal(0, await RunCommand.RunAsync(builder, ["run"]));
    }

    private static async Task SellAsync(TestHouse house)
    {
        await house.SendAsync(new CreatePlan(new("team", "Team", "per_seat")));
        await house.SendAsync(new CreatePlan(new("solo", "Solo")));
        await house.SendAsync(new CreatePlan(new("old", "Old")));
        foreach (var plan in new[] { "team", "solo" }) await house.SendAsync(new SetPrice(plan, new(new(4900, "USD"), Monthly)));
        await house.SendAsync(new SetPrice("solo", new(new(2900, "USD"), Monthly)));
        await house.SendAsync(new RetirePlan("old"));
        await house.SendAsync(new CreateDiscount(new("welcome", "Welcome", PercentBasisPoints: 2000, Periods: 3)));
        await house.SendAsync(new CreateDiscount(new("loyal", "Loyal", Amount: new(500, "USD"))));
    }

    private static async Task<Guid> CustomerAsync(TestHouse house, string zone, string card)
    {
        var customer = await house.SendAsync(new AddCustomer(new("USD", zone, ExternalId: zone, Name: "রহিম")));
        await house.SendAsync(new ChangeCustomer(customer.Id, new(zone, zone + "/2", "রহিমা", "a@example.com", "BD", "bn")));
        var first = await house.SendAsync(new AddCard(customer.Id, new("pm_card_visa_debit")));
        await house.SendAsync(new AddCard(customer.Id, new(card)));
        if (card == "pm_card_visa") await house.SendAsync(new MakeCardDefault(customer.Id, first.Id));
        return customer.Id;
    }

    private static async Task<Guid> SubscribeAsync(TestHouse house, Guid customer, string plan, IReadOnlyList<string> discounts) =>
        (await house.SendAsync(new StartSubscription(customer, new(plan, Monthly, Quantity: plan == "team" ? 3 : 1, Discounts: discounts)))).Id;

    /// <summary>What the merchant writes by hand, and takes back.</summary>
    private static async Task CorrectAsync(TestHouse house, Guid customer, Guid paid)
    {
        await house.SendAsync(new CreditInvoice(paid, new(new(100, "USD"), "A kindness")));
        await house.SendAsync(new GrantCredit(customer, new(new(250, "USD"))));
        async Task<Guid> IssueAsync()
        {
            var draft = await house.SendAsync(new DraftInvoice(customer, new([new("Setup", new(9000, "USD"))])));
            await house.SendAsync(new AddInvoiceItem(draft.Id, new("Travel", new(1000, "USD"), 2)));
            await house.SendAsync(new IssueInvoice(draft.Id));
            return draft.Id;
        }

        await house.SendAsync(new VoidInvoice(await IssueAsync()));
        await house.SendAsync(new WriteOffInvoice(await IssueAsync()));
    }

    /// <summary>Every list and page, with every filter.</summary>
    private static async Task LookAroundAsync(TestHouse house, Guid customer, Guid subscription)
    {
        var stop = TestHouse.Cancellation;
        var page = new PageQuery(Limit: 1);
        await using var db = house.Database.Open();
        var invoices = await db.InvoicePageAsync(customer, "paid", page, stop);
        var invoice = Assert.Single(invoices.Items).Id;
        Assert.NotEqual(invoice, Assert.Single((await db.InvoicePageAsync(customer, null, new(invoices.Next, 1), stop)).Items).Id);
        Assert.Equal(invoice, (await db.InvoiceViewAsync(invoice, stop)).Id);
        Assert.Single((await db.CreditNotePageAsync(invoice, page, stop)).Items);

        var payment = Assert.Single((await db.PaymentPageAsync(customer, invoice, page, stop)).Items);
        Assert.Equal(payment.Id, (await db.PaymentViewAsync(PaymentAttemptId.From(payment.Id), stop)).Id);
        Assert.Single((await db.CustomerPageAsync("Asia/Dhaka/2", page, stop)).Items);
        Assert.Equal(customer, (await db.CustomerViewAsync(customer, stop)).Id);
        Assert.NotEmpty((await db.HistoryPageAsync(customer, page, stop)).Items);
        Assert.NotEmpty((await db.CardPageAsync(customer, page, stop)).Items);
        Assert.Equal("ended", (await db.SubscriptionViewAsync(subscription, stop)).Lifecycle);
        Assert.Single((await db.SubscriptionPageAsync(customer, page, stop)).Items);
        Assert.Single((await db.PlanPageAsync(page, stop)).Items);
        Assert.Equal("Team", (await db.PlanViewAsync("team", stop)).Name);
        Assert.Single((await db.PricePageAsync("solo", page, stop)).Items);
        Assert.Single((await db.DiscountPageAsync(page, stop)).Items);
        Assert.Empty((await db.SetAsidePageAsync(page, stop)).Items);
        Assert.Equal(0, (await house.SendAsync(new RetrySetAside("renew", null))).Items);
        var run = Assert.Single((await db.RunPageAsync(page, stop)).Items);
        Assert.NotEmpty((await db.RunViewAsync(run.Id, stop)).Passes!);

        Assert.Empty((await db.InboxPageAsync("dead", page, stop)).Items);
        Assert.Empty((await db.InboxPageAsync(null, page, stop)).Items);
        Assert.Empty((await db.DisputePageAsync(null, page, stop)).Items);
        Assert.NotNull(await Billing.Server.Pages.Office.Gateway.GatewayPage.ReadAsync(db, null, null, stop));
        Assert.NotNull(await CustomerPage.ReadAsync(db, house.Gateway, CustomerId.From(customer), house.Clock.Now, stop));
        Assert.Single((await InvoicePage.ReadAsync(db, CustomerId.From(customer), InvoiceId.From(invoice), stop))!.Payments);
        Assert.NotNull((await OfficePage.ReadAsync(db, "USD", new("mina", StaffRole.Admin, Tongue.English, DateTimeZone.Utc, house.Clock.Now), stop)).LastRun);
    }
}
