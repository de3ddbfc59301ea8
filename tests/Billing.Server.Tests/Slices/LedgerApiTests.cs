using Billing.Client;
using Billing.Server.Tests.Infrastructure;

namespace Billing.Server.Tests.Slices;

/// <summary>The ledger over HTTP, by the typed client.</summary>
public sealed class LedgerApiTests
{
    [Fact]
    public async Task Finance_reads_the_books_and_closes_a_month()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Instant.FromUtc(2026, 4, 1, 10, 0));
        var client = house.Client;
        await client.CreatePlanAsync(new("pro", "Pro"));
        await client.SetPriceAsync("pro", new(new(4_900, "USD"), new("month")));
        var customer = (await client.AddCustomerAsync(new("USD", "UTC"))).Id;
        await client.AddCardAsync(customer, new("pm_card_visa"));
        await client.StartSubscriptionAsync(customer, new("pro", new("month")));
        await house.RunAsync();
        house.Clock.Now = Instant.FromUtc(2026, 5, 2, 10, 0);
        await house.RunAsync();

        Assert.Equal("1000", (await client.ListAccountsAsync(ApiHouse.Cancellation))[0].Number);
        var balance = Assert.Single((await client.ReadTrialBalanceAsync(new(2026, 4, 30))).Currencies);
        Assert.Equal(
            [("gateway_cash", 4_900L), ("receivables", 0), ("deferred_revenue", 0), ("plan_revenue", 4_900)],
            balance.Accounts.Select(a => (a.Account, a.Balance)));
        Assert.Empty((await client.ReadTrialBalanceAsync(new(2026, 4, 30), new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero))).Currencies);

        var statement = await client.ReadStatementAsync("deferred_revenue", "USD", new(2026, 4, 1), new(2026, 4, 30));
        Assert.Equal((0, 0, 31), (statement.Opening, statement.Closing, statement.Entries.Items.Count));
        var billed = statement.Entries.Items.Single(e => e.Rule == "invoice_issued");
        Assert.Equal(billed, Assert.Single(await client.ListLedgerEntriesAsync(documentId: billed.DocumentId).ToListAsync(ApiHouse.Cancellation)));
        Assert.Equal(4, await client.ListLedgerEntriesAsync(customerId: customer).CountAsync(ApiHouse.Cancellation));

        var deferred = await client.ReadDeferredAsync("2026-04", "2026-05");
        Assert.Equal("2026-05-01", deferred.DeliveredThrough);
        var dollars = Assert.Single(deferred.Currencies);
        Assert.Equal(new("2026-04", 0, 4_900, -4_900, 0, 0, 0), dollars.Months[0]);
        Assert.Equal((dollars.Balance, 0, 0), (dollars.Coming.Sum(m => m.Amount), dollars.Waiting, dollars.Late));
        Assert.All(await client.ReadLedgerChecksAsync(ApiHouse.Cancellation), c => Assert.Equal(0, c.Difference));

        Assert.Equal("2026-04", (await client.CloseMonthAsync("2026-04")).Month);
        Assert.Equal(["2026-04"], (await client.ListClosedMonthsAsync(ApiHouse.Cancellation)).Select(m => m.Month));
        Assert.Equal("month_closed", (await Assert.ThrowsAsync<BillingProblem>(() => client.CloseMonthAsync("2026-04"))).Code);
        Assert.Equal("bad_parameter", (await Assert.ThrowsAsync<BillingProblem>(() => client.CloseMonthAsync("April"))).Code);
        Assert.Equal("bad_parameter", (await Assert.ThrowsAsync<BillingProblem>(async () => await client.ListLedgerEntriesAsync().ToListAsync(ApiHouse.Cancellation))).Code);
    }
}
