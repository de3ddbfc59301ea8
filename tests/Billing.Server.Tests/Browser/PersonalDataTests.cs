using System.Text.Json;
using Billing.Client.Contract;
using Billing.Server.Customers;
using Billing.Server.Invoicing;
using Billing.Server.Pages.Portal.Breaks;
using Billing.Server.Pages.Portal.Settings;
using Billing.Server.Persistence;
using Billing.Server.Plans;
using Billing.Server.Retention;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Browser;

/// <summary>What we hold about somebody: all of it, theirs alone, and nothing that opens a door.</summary>
public sealed class PersonalDataTests(PortalHouse portal, PostgresServer postgres) : IClassFixture<PortalHouse>
{
    /// <summary>What belongs to the merchant, the machine or everybody.</summary>
    private static readonly string[] Nobodys =
    [
        "AcquisitionCost", "ApiKey", "BreakTerms", "ClosedMonth", "CohortMonth", "DeliveryDay", "Discount", "IdempotentAnswer", "LedgerCheck",
        "LedgerDay", "MrrDay", "NumberSeries", "OfficeSession", "Plan", "Price", "PriceMove", "PublishedPolicy", "ReconciliationReport",
        "RunLease", "RunPass", "RunRecord", "SandboxClock", "SetAsideItem", "StaffMember", "WebhookEndpoint",
    ];

    private static CancellationToken Stop => ApiHouse.Cancellation;

    [Fact]
    public async Task What_we_hold_about_somebody_is_handed_out_whole_and_nobody_elses()
    {
        var house = portal.House;
        var (olivia, subscription) = await portal.SubscriberAsync();
        var (rahima, _) = await portal.SubscriberAsync("bn");
        await house.SendAsync(new GiveFeedback(NewId.At(PageHouse.Now), olivia, Billing.Retention.CustomerAct.Paid, 7, "Kind & quick"));
        await house.SendAsync(new GrantCredit(olivia, new(new(500, "USD"))));
        await house.SendAsync(new StartCancelSession(subscription, new("portal", "en")));
        await house.SendAsync(new TakeBreak(subscription, new("2026-12-24")));
        using var visitor = SignInTests.Visitor(house);
        await SignInTests.EnterAsync(visitor, await house.LinkAsync(olivia));

        using var answer = await visitor.GetAsync("/portal/data", Stop);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        using var data = JsonDocument.Parse(text);

        int Rows(string of) => data.RootElement.GetProperty(of).GetArrayLength();
        await using var db = house.Get<BillingDatabase>().Open();
        var mine = new CustomerId(olivia);
        Assert.Equal(await db.History.CountAsync(h => h.CustomerId == mine, Stop), Rows("historyEntry"));
        Assert.Equal(await db.Invoices.CountAsync(i => i.CustomerId == mine, Stop), Rows("invoice"));
        Assert.Equal((1, 1, 1, 1, 1), (Rows("customer"), Rows("subscription"), Rows("break"), Rows("card"), Rows("feedback")));
        Assert.True(Rows("invoiceLine") > 0 && Rows("paymentAttempt") > 0 && Rows("balanceEntry") > 0 && Rows("mrrMovement") > 0 && Rows("cancelSession") > 0);
        Assert.Contains("Kind & quick", data.RootElement.GetProperty("feedback")[0].GetProperty("words").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(rahima.ToString(), text, StringComparison.Ordinal);
        var card = await db.Cards.SingleAsync(c => c.CustomerId == mine, Stop);
        foreach (var secret in new[] { card.GatewayToken, card.Fingerprint }) Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task The_file_and_the_calendar_are_made_on_every_database(string database)
    {
        await using var house = await TestHouse.OnAsync(database, postgres, PageHouse.Now);
        await house.SendAsync(new CreatePlan(new("solo", "Solo")));
        await house.SendAsync(new SetPrice("solo", new(new(900, "USD"), new("month"))));
        await house.SendAsync(new AllowBreaks("solo", new(new(200, "USD"), 7, 180, 2, 0, "none", "Everything")));
        var (mine, other) = (await house.AddCustomerAsync(), await house.AddCustomerAsync());
        var subscription = await house.SendAsync(new StartSubscription(mine.Id, new("solo", new("month"))));
        await house.SendAsync(new StartSubscription(other.Id, new("solo", new("month"))));
        await house.RunAsync();
        Assert.True(await house.SendAsync(new GiveFeedback(NewId.At(PageHouse.Now), mine.Id, Billing.Retention.CustomerAct.Paid, 7, "বাহ")));

        await using var db = house.Database.Open();
        using var file = new MemoryStream();
        await PersonalData.WriteAsync(db, new(mine.Id), file, Stop);
        using var data = JsonDocument.Parse(file.ToArray());
        Assert.All(
            new[] { "customer", "feedback", "invoice", "invoiceLine", "subscription" },
            of => Assert.Equal(1, data.RootElement.GetProperty(of).GetArrayLength()));

        var page = await BreakPage.ReadAsync(db, house.Gateway, subscription.Id, new(Back: "2026-12-28"), house.Clock.Now, Stop);
        Assert.Equal((new LocalDate(2026, 12, 28), 226L), (page.Chosen, page.Preview!.Cost.Minor));
    }

    [Fact]
    public async Task Every_table_is_somebodys_and_handed_out_or_known_to_be_nobodys()
    {
        await using var db = portal.House.Get<BillingDatabase>().Open();
        var unknown = db.Model.GetEntityTypes()
            .Where(type => PersonalData.RowsFor(db, type, new(Guid.Empty), []) is null).Select(type => type.ClrType.Name)
            .Except(Nobodys, StringComparer.Ordinal).ToList();

        Assert.True(unknown.Count == 0, $"Does {string.Join(", ", unknown)} tell something about a person? Then a key must lead to the customer; if not, say so here.");
    }

    [Fact]
    public async Task A_credit_note_is_read_and_printed_from_its_invoice()
    {
        var house = portal.House;
        var (olivia, _) = await portal.SubscriberAsync();
        var invoice = await house.ReadAsync(db => db.Invoices.Where(i => i.CustomerId == new CustomerId(olivia)).Select(i => i.Id.Value).SingleAsync(Stop));
        await house.SendAsync(new CreditInvoice(invoice, new NewCreditNote(new(300, "USD"), "A kindness")));
        using var visitor = SignInTests.Visitor(house);
        await SignInTests.EnterAsync(visitor, await house.LinkAsync(olivia));
        var note = await house.ReadAsync(db => db.CreditNotes.Where(n => n.CustomerId == new CustomerId(olivia)).Select(n => n.Id).SingleAsync(Stop));

        Assert.Contains($"/portal/credit-notes/{note}", await visitor.GetStringAsync($"/portal/invoices/{invoice}", Stop), StringComparison.Ordinal);
        var page = await visitor.GetStringAsync($"/portal/credit-notes/{note}", Stop);
        Assert.Contains("A kindness", page, StringComparison.Ordinal);
        Assert.Contains("$3.00", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_answer_sent_twice_is_one_answer_and_eight_is_none()
    {
        var house = portal.House;
        var (olivia, _) = await portal.SubscriberAsync();
        var id = NewId.At(PageHouse.Now);

        Assert.True(await house.SendAsync(new GiveFeedback(id, olivia, Billing.Retention.CustomerAct.Paid, 7, null)));
        Assert.False(await house.SendAsync(new GiveFeedback(id, olivia, Billing.Retention.CustomerAct.Paid, 7, null)));
        await Assert.ThrowsAsync<Refused>(() => house.SendAsync(new GiveFeedback(NewId.At(PageHouse.Now), olivia, Billing.Retention.CustomerAct.Paid, 8, null)));
    }
}
