using Billing.Customers;
using Billing.Server.Plans;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Import;

/// <summary>An imported subscription, a discount given to it here, and a change in the period that was billed elsewhere.</summary>
public sealed class ImportedChangeTests(PostgresServer postgres)
{
    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_change_gives_back_what_was_paid_elsewhere_and_no_more(string database)
    {
        await using var bench = await ImportBench.OnAsync(database, postgres);
        await bench.ImportAsync(ImportBench.Header, "c-1,pro,USD,4900,month,2026-01-15,");
        var house = bench.House;
        await house.SendAsync(new CreatePlan(new("small", "Small")));
        await house.SendAsync(new SetPrice("small", new(new(1900, "USD"), new("month"))));
        await house.SendAsync(new CreateDiscount(new("loyal", "Loyal", PercentBasisPoints: 2000)));
        var imported = (await bench.OnlySubscriptionAsync()).Id.Value;
        await house.SendAsync(new GiveDiscount(imported, new("loyal")));

        var quote = await house.SendAsync(new QuoteChange(imported, new("small", When: "now")));
        await house.SendAsync(new ConfirmChange(imported, new(quote.Token)));

        var entry = await house.ReadAsync(db => db.BalanceEntries.SingleAsync(TestHouse.Cancellation));
        Assert.Equal((BalanceReason.Proration, 2213 - 858L, quote.ToBalance.Value), (entry.Reason, entry.AmountMinor, entry.AmountMinor));
        await house.BalancesAreToldAsync();
        house.Clock.Now = Instant.FromUtc(2026, 11, 15, 10, 0);
        await house.RunAsync();
        Assert.Equal((1520L, 1355L), ((await house.InvoicesAsync())[^1].TotalMinor, (await house.InvoicesAsync())[^1].BalanceAppliedMinor));
    }
}
