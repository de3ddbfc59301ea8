using Billing.Server.Cards;
using Billing.Server.Customers;
using Billing.Server.Invoicing;
using Billing.Server.Pages.Office;
using Billing.Server.Pages.Office.Audit;
using Billing.Server.Pages.Office.Breaks;
using Billing.Server.Pages.Office.Customers;
using Billing.Server.Pages.Office.Invoices;
using Billing.Server.Pages.Office.Payments;
using Billing.Server.Pages.Office.Plans;
using Billing.Server.Pages.Office.Runs;
using Billing.Server.Staff;
using Billing.Server.Tests.Browser;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Office;

/// <summary>Finding a customer by whatever one has at hand; and every list of the office, on every database.</summary>
public sealed class SearchTests(PostgresServer postgres)
{
    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_customer_is_found_by_name_mail_number_invoice_or_card_in_any_case_and_by_nothing_else(string database)
    {
        await using var house = await TestHouse.OnAsync(database, postgres, PageHouse.Now);
        var olivia = (await house.SendAsync(new AddCustomer(new("USD", "UTC", "A-77", "  Olivia   Maria HART ", "Olivia.Hart@Example.com")))).Id;
        var rahima = (await house.SendAsync(new AddCustomer(new("BDT", "Asia/Dhaka", "b-77", "রহিমা খাতুন")))).Id;
        await house.SendAsync(new AddCustomer(new("USD", "UTC", "77", "Oliver Smith", "oliver@example.com")));
        await house.SendAsync(new AddCard(olivia, new("pm_card_visa")));
        var invoice = await house.SendAsync(new IssueInvoice((await house.SendAsync(new DraftInvoice(rahima, new([new("Setup", new(10_000, "BDT"))])))).Id));
        var note = await house.SendAsync(new CreditInvoice(invoice.Id, new(new(100, "BDT"), "Thanks")));

        foreach (var text in new[] { "olivia", " OLIVIA  maria", "hart", "Olivia.H", "A-77", "4242", "৪২৪২", olivia.ToString() }) await MustBeAsync(text, olivia);
        foreach (var text in new[] { "রহিমা", "খাতুন", "b-77", invoice.Number!, invoice.Number!.ToLowerInvariant(), note.Number }) await MustBeAsync(text, rahima);
        foreach (var text in new[] { "maria", "livia", "a-77", "INV-", "42", "%", "_", "x" }) Assert.Empty(await FindAsync(text));
        Assert.Equal(2, (await FindAsync("oliv")).Count);

        await house.SendAsync(new ChangeCustomer(olivia, new("UTC", "A-77", "Olivia Reed", "olivia@example.com")));
        Assert.Empty(await FindAsync("hart"));
        await MustBeAsync("reed", olivia);

        async Task MustBeAsync(string text, Guid wanted) => Assert.Equal((text, wanted), (text, Assert.Single(await FindAsync(text))));

        Task<List<Guid>> FindAsync(string text) =>
            house.ReadAsync(async db => (await CustomersPage.ReadAsync(db, text, null, TestHouse.Cancellation)).Rows.Select(r => r.Customer.Id.Value).ToList());
    }

    [Theory]
    [InlineData("olivia")]
    [InlineData("4242")]
    [InlineData("6f9619ff-8b86-d011-b42d-00c04fc964ff")]
    public async Task Looking_for_somebody_reads_no_table_from_end_to_end(string text)
    {
        await using var house = await TestHouse.OnSqliteAsync(PageHouse.Now);
        await using var db = house.Database.Open();
        await db.Database.OpenConnectionAsync(TestHouse.Cancellation);
        await using var command = db.Found(text).OrderByDescending(c => c.Id).Take(26).CreateDbCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;

        List<string> steps = [];
        await using var rows = await command.ExecuteReaderAsync(TestHouse.Cancellation);
        while (await rows.ReadAsync(TestHouse.Cancellation)) steps.Add(rows.GetString(3));

        Assert.Contains(steps, s => s.Contains("ix_customers_name_key", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(steps, s => s.StartsWith("SCAN", StringComparison.Ordinal) && new[] { "customers", "invoices", "cards", "credit_notes" }.Any(t => s.Contains(t, StringComparison.Ordinal)) && !s.Contains("USING INDEX", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Every_list_of_the_office_is_read_on_every_database(string database)
    {
        await using var house = await TestHouse.OnAsync(database, postgres, PageHouse.Now);
        var stop = TestHouse.Cancellation;
        var customer = (await house.SendAsync(new AddCustomer(new("USD", "UTC", Name: "Olivia Hart")))).Id;
        for (var i = 0; i < 3; i++)
        {
            await house.SendAsync(new IssueInvoice((await house.SendAsync(new DraftInvoice(customer, new([new("Setup", new(10_000, "USD"))])))).Id));
            house.Clock.Now += Duration.FromDays(40);
        }

        await house.RunAsync();
        var desk = new Desk("mina", StaffRole.Admin, Tongue.Bengali, DateTimeZone.Utc, house.Clock.Now);
        await using var db = house.Database.Open();

        var open = Assert.Single((await OfficePage.ReadAsync(db, null, desk, stop)).Open);
        Assert.Equal([0, 10_000, 10_000, 10_000], open.Minor);
        for (var age = 0; age < 4; age++)
        {
            var found = await InvoicesPage.ReadAsync(db, InvoiceWish.Of("open", age, customer), null, desk.Today, stop);
            Assert.Equal((age, age == 0 ? 0 : 1), (age, found.Rows.Count));
        }

        Assert.Equal(3, (await InvoicesPage.ReadAsync(db, InvoiceWish.Of(null, null, null), null, desk.Today, stop)).Rows.Count);
        Assert.Empty((await PaymentsPage.ReadAsync(db, "succeeded", customer, null, stop)).Rows);
        Assert.Empty((await BreaksPage.ReadAsync(db, 1, stop)).Rows);
        Assert.Empty((await PlansPage.ReadAsync(db, stop)).Rows);
        Assert.Single((await RunsPage.ReadAsync(db, stop)).Runs);
        Assert.Empty((await AuditPage.ReadAsync(db, desk.Today, "staff:mina", desk, stop)).Lines);
        var file = await CustomerFile.ReadAsync(db, house.Gateway, customer, null, house.Clock.Now, stop);
        Assert.Equal(4, file.Timeline.Happenings.Count);
        Assert.Equal(3, (await InvoiceFile.ReadAsync(db, file.Invoices[0].Id.Value, stop)).Invoice.Lines.Count + 2);
    }
}
