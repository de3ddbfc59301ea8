using Billing.Client.Contract;
using Billing.Server.Cards;
using Billing.Server.Customers;
using Billing.Server.Invoicing;
using Billing.Server.Plans;
using Billing.Server.Staff;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Browser;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Office;

/// <summary>Every page of the office: as many questions to the database for many rows as for few.</summary>
public sealed class OfficePagesTests
{
    [Fact]
    public async Task A_page_with_many_rows_asks_the_database_no_more_often_than_one_with_few()
    {
        var seen = new SeenCommands();
        await using var house = await PageHouse.FurnishAsync(await ApiHouse.SeenOnSqliteAsync(PageHouse.Now, seen));
        await house.SendAsync(new AllowBreaks("crew", new(new(200, "USD"), 7, 180)));
        using var visitor = await house.SignedInAsync(await house.InviteAsync("mina", StaffRole.Admin));
        await AddAsync(house, 2);
        var few = await CountAsync();
        await AddAsync(house, 12);
        var many = await CountAsync();

        Assert.Equal(few, many);
        Assert.All(many, page => Assert.InRange(page.Commands, 1, 25));

        async Task<List<(string Path, int Commands)>> CountAsync()
        {
            var customer = await house.ReadAsync(db => db.Customers.OrderByDescending(c => c.Id).Select(c => c.Id).FirstAsync(ApiHouse.Cancellation));
            var invoice = await house.ReadAsync(db => db.Invoices.OrderByDescending(i => i.Id).Select(i => i.Id).FirstAsync(ApiHouse.Cancellation));
            List<(string, int)> counts = [];
            foreach (var (name, path) in Pages(customer.ToString(), invoice.ToString()))
            {
                seen.Texts.Clear();
                using var answer = await visitor.GetAsync(path, ApiHouse.Cancellation);
                Assert.True(answer.IsSuccessStatusCode, path);
                counts.Add((name, seen.Texts.Count));
            }

            return counts;
        }
    }

    internal static IEnumerable<(string Name, string Path)> Pages(string customer, string invoice) =>
    [
        ("overview", "/office"), ("customers", "/office/customers"), ("customers-found", "/office/customers?q=person"),
        ("customer", $"/office/customers/{customer}"), ("act", $"/office/customers/{customer}/acts/credit"), ("invoices", "/office/invoices?status=paid"),
        ("invoice", $"/office/invoices/{invoice}"), ("payments", "/office/payments"), ("failed-payments", "/office/dunning"), ("policies", "/office/dunning/policies"), ("breaks", "/office/breaks"), ("plans", "/office/plans"),
        ("plan", "/office/plans/crew"), ("plan-price", "/office/plans/crew/price"), ("leaving-policy", "/office/plans/leaving"), ("messages", "/office/notices"), ("every-message", "/office/messages"), ("alarms", "/office/alarms"),
        ("gateway", "/office/gateway"), ("books", "/office/books"), ("reports", "/office/reports"),
        ("moved", "/office/reports/moved?currency=USD&month=2026-11&kind=to_beach"), ("runs", "/office/runs"),
        ("audit", "/office/audit"), ("staff", "/office/staff"), ("settings", "/office/settings"),
    ];

    /// <summary>Customers with everything a list shows: a card, a plan, a paid invoice, a break, an act of somebody's.</summary>
    private static async Task AddAsync(ApiHouse house, int customers)
    {
        for (var i = 0; i < customers; i++)
        {
            var id = (await house.SendAsync(new AddCustomer(new NewCustomer("USD", "UTC", Name: $"Person {i}")))).Id;
            await house.SendAsync(new AddCard(id, new("pm_card_visa")));
            var subscription = (await house.SendAsync(new StartSubscription(id, new("crew", new("month"), 2)))).Id;
            await house.RunAsync();
            await house.SendAsync(new TakeBreak(subscription, new("2027-02-01")));
            await house.SendAsync(new IssueInvoice((await house.SendAsync(new DraftInvoice(id, new([new("Setup", new(10_000, "USD"))])))).Id));
        }
    }
}
