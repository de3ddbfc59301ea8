using Billing.Client.Contract;
using Billing.Server.BillingRun;
using Billing.Server.Http;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using static Billing.Server.Tests.Slices.SellingTests;

namespace Billing.Server.Tests.Slices;

/// <summary>Runs, set-aside items, the sandbox's clock and the MRR report over HTTP.</summary>
public sealed class RunningTests(PostgresServer postgres)
{
    private static readonly Instant Now = Instant.FromUtc(2026, 1, 31, 10, 0);

    [Fact(Timeout = 600_000)]
    public async Task A_run_is_started_followed_and_listed()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var customer = await SoldAsync(house, "pm_card_visa");
        await house.Client.StartSubscriptionAsync(customer, new("pro", new("month")));

        var run = await house.Client.StartRunAsync();
        while (run.State == "running") run = await house.Client.GetRunAsync(run.Id, ApiHouse.Cancellation);

        Assert.Equal(("finished", "key:test"), (run.State, run.StartedBy));
        Assert.Equal(
            [
                "notices in", "resolve", "announce price moves", "breaks", "renew", "expired cards", "card news", "collect", "refund", "dunning",
                "look back", "reconcile", "close the day", "notices", "deliver", "publish", "webhooks",
            ],
            run.Passes!.Select(p => p.Name));
        Assert.Equal((1, 0, 0), run.Passes![4] is var renew ? (renew.Done, renew.ToGo, renew.SetAside) : default);
        Assert.Equal([run.Id], await house.Client.ListRunsAsync().Select(r => r.Id).ToListAsync(ApiHouse.Cancellation));
        Assert.Equal("paid", (await house.Client.ListInvoicesAsync(customer).SingleAsync(ApiHouse.Cancellation)).Status);
    }

    [Fact]
    public async Task A_second_run_beside_the_first_is_refused_and_may_be_asked_for_again()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        await house.Get<RunLeases>().TakeAsync(Guid.NewGuid(), ApiHouse.Cancellation);
        Assert.Equal((409, "run_in_progress"), await StatusAndCode(house.Client.StartRunAsync(new("k1"))));

        house.Clock.Now += RunLease.Time + Duration.FromSeconds(1);
        Assert.NotEqual(Guid.Empty, (await house.Client.StartRunAsync(new("k1"))).Id);
    }

    [Fact]
    public async Task What_was_set_aside_is_shown_and_tried_again_when_asked()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var customer = await SoldAsync(house);
        var subscription = await house.Client.StartSubscriptionAsync(customer, new("pro", new("month")));
        // Renewing fails for a reason that a person mends: the series of invoice numbers is gone.
        var series = await house.ReadAsync(db => db.NumberSeries.AsNoTracking().SingleAsync(s => s.Prefix == "INV", ApiHouse.Cancellation));
        await house.ReadAsync(db => db.NumberSeries.Where(s => s.Prefix == "INV").ExecuteDeleteAsync(ApiHouse.Cancellation));
        await house.RunAsync();
        var item = await house.Client.ListSetAsideAsync().SingleAsync(ApiHouse.Cancellation);
        Assert.Equal(("renew", subscription.Id, 1), (item.Pass, item.SubjectId, item.Failures));

        await house.ReadAsync(async db =>
        {
            db.Add(series);
            return await db.SaveChangesAsync(ApiHouse.Cancellation);
        });
        await house.RunAsync();
        Assert.Empty(await house.Client.ListInvoicesAsync(customer).ToListAsync(ApiHouse.Cancellation));

        Assert.Equal(1, (await house.Client.RetrySetAsideAsync("renew", subscription.Id)).Items);
        Assert.Equal(1, (await house.Client.RetryAllSetAsideAsync()).Items);
        Assert.Equal((404, "not_found"), await StatusAndCode(house.Client.RetrySetAsideAsync("collect", subscription.Id)));
        await house.RunAsync();
        Assert.Single(await house.Client.ListInvoicesAsync(customer).ToListAsync(ApiHouse.Cancellation));
        Assert.Empty(await house.Client.ListSetAsideAsync().ToListAsync(ApiHouse.Cancellation));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_year_is_lived_through_in_one_call_and_the_books_agree(bool onPostgres)
    {
        await using var house = onPostgres ? await ApiHouse.OnPostgresAsync(postgres, Now) : await ApiHouse.OnSqliteAsync(Now);
        var customer = await SoldAsync(house, "pm_card_visa");
        await house.Client.StartSubscriptionAsync(customer, new("pro", new("month")));
        var clock = await house.Client.AdvanceClockAsync(new(To: "2027-01-30T12:00:00Z"), new("year"));
        Assert.Equal(clock, await house.Client.AdvanceClockAsync(new(To: "2027-01-30T12:00:00Z"), new("year")));
        Assert.Equal("2027-01-30T12:00:00Z", clock.Now);
        Assert.InRange(clock.Runs!.Value, 12, 40);

        var invoices = await house.Client.ListInvoicesAsync(customer).ToListAsync(ApiHouse.Cancellation);
        Assert.Equal(12, invoices.Count);
        Assert.All(invoices, i => Assert.Equal(("paid", i.PeriodStart), (i.Status, i.IssuedOn)));
        Assert.Equal(
            ["2026-12-31", "2026-11-30", "2026-10-31", "2026-09-30"], invoices.Take(4).Select(i => i.PeriodStart));
        Assert.Equal(new Money(12 * 4900, Currency.Of("USD")), house.Gateway.Ledger.TotalOf(Currency.Of("USD")));

        await house.Client.CancelSubscriptionAsync((await house.Client.ListSubscriptionsAsync(customer).SingleAsync(ApiHouse.Cancellation)).Id, new("now"));
        var report = await house.Client.ReadMrrAsync(new(2025, 12, 15), new(2027, 1, 31));
        var usd = Assert.Single(report.Currencies);
        Assert.Equal(14, usd.Rows.Count);
        Assert.Equal(("2025-12-15", "2025-12-31", 0L, 0L), usd.Rows[0] is var dec ? (dec.Start, dec.End, dec.Opening, dec.Closing) : default);
        Assert.Equal((0, 4900, 4900), usd.Rows[1] is var jan ? (jan.Opening, jan.New, jan.Closing) : default);
        // The last movement is not in any run's totals yet; it is in the report all the same.
        Assert.Equal((4900, -4900, 0), usd.Rows[^1] is var end ? (end.Opening, end.VoluntaryChurn, end.Closing) : default);
        Assert.All(usd.Rows, r => Assert.Equal(
            r.Closing, r.Opening + r.New + r.Expansion + r.Contraction + r.VoluntaryChurn + r.InvoluntaryChurn + r.Reactivation));
        Assert.All(usd.Rows.Zip(usd.Rows.Skip(1)), pair => Assert.Equal(pair.First.Closing, pair.Second.Opening));
        Assert.Equal(new MrrCheckView(0, 0, 0), usd.Check);
        var days = Assert.Single((await house.Client.ReadMrrAsync(new(2026, 1, 30), new(2026, 2, 1), "day")).Currencies).Rows;
        Assert.Equal([0, 4900, 4900], days.Select(d => d.Closing));
    }

    [Fact]
    public async Task A_difference_between_books_and_subscriptions_shows()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var customer = await SoldAsync(house);
        await house.Client.StartSubscriptionAsync(customer, new("pro", new("month")));
        await house.RunAsync();
        await house.ReadAsync(db => db.Subscriptions.ExecuteUpdateAsync(s => s.SetProperty(x => x.MrrMinor, 5000), ApiHouse.Cancellation));

        var report = await house.Client.ReadMrrAsync(new(2026, 1, 1), new(2026, 1, 31));
        Assert.Equal(new MrrCheckView(5000, 4900, 100), report.Currencies[0].Check);
    }

    [Fact]
    public async Task The_clock_never_goes_back_nor_further_than_a_year_or_so()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        Assert.Equal(("2026-01-31T10:00:00Z", 0), await house.Client.GetClockAsync() is var clock ? (clock.Now, clock.AheadSeconds) : default);
        Assert.Equal((422, "clock_never_goes_back"), await StatusAndCode(house.Client.AdvanceClockAsync(new(To: "2026-01-31T10:00:00Z"))));
        Assert.Equal((422, "too_far"), await StatusAndCode(house.Client.AdvanceClockAsync(new(Days: 401))));
        Assert.Equal((422, "bad_instant"), await StatusAndCode(house.Client.AdvanceClockAsync(new(To: "tomorrow"))));
        Assert.Equal((422, "one_of_two"), await StatusAndCode(house.Client.AdvanceClockAsync(new())));
        Assert.Equal("2026-02-02T10:00:00Z", (await house.Client.AdvanceClockAsync(new(Days: 2))).Now);
        await house.RestartAsync();
        Assert.Equal("2026-02-02T10:00:00Z", (await house.Client.GetClockAsync()).Now);
    }

    [Fact]
    public async Task A_portal_link_is_short_lived_for_one_customer_and_kept_as_a_hash()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var customer = await house.Client.AddCustomerAsync(new("USD", "UTC"));
        var link = await house.Client.MakePortalLinkAsync(customer.Id);

        var address = $"{house.Address}{SignInLink.Path.TrimStart('/')}";
        Assert.StartsWith(address, link.Url, StringComparison.Ordinal);
        Assert.Equal("2026-01-31T10:15:00Z", link.ExpiresAt);
        var kept = await house.ReadAsync(db => db.SignInLinks.SingleAsync(ApiHouse.Cancellation));
        Assert.Equal(Secrets.Hash(link.Url[address.Length..]), kept.TokenHash);
        Assert.Equal(new CustomerId(customer.Id), kept.CustomerId);
        Assert.Equal((404, "not_found"), await StatusAndCode(house.Client.MakePortalLinkAsync(Guid.NewGuid())));
    }
}
