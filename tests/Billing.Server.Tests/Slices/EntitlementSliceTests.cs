using System.Net;
using Billing.Client;
using Billing.Client.Contract;
using Billing.Server.Customers;
using Billing.Server.Invoicing;
using Billing.Server.Plans;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Infrastructure;

namespace Billing.Server.Tests.Slices;

/// <summary>What the main app asks on every request of its own: what may this customer use.</summary>
public sealed class EntitlementSliceTests(PostgresServer postgres)
{
    private static readonly Instant Start = Instant.FromUtc(2026, 4, 1, 10, 0);
    private static readonly BreakTermsView Terms = new(new(0, "USD"), 14, 180, Access: "read_only");

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task The_answer_follows_the_life_of_a_customer_and_a_declined_payment_is_no_part_of_it(string database)
    {
        await using var house = await TestHouse.OnAsync(database, postgres, Start);
        await house.SellProAsync();
        await house.SendAsync(new AllowBreaks(Merchant.Pro, Terms));
        var nobody = (await house.AddCustomerAsync()).Id;
        var (id, customer) = await house.SubscribeAsync("sandbox_declines_insufficient_funds") is var s ? (s.Id, s.CustomerId) : default;

        Assert.Equal(("none", null), await AnswerAsync(nobody));
        Assert.Equal(("full active", "2026-04-02T00:00:00Z"), await AnswerAsync(customer));
        await house.RunAsync();
        Assert.Equal(("full active", "2026-05-01T00:00:00Z"), await AnswerAsync(customer));
        Assert.Equal(Billing.Invoicing.InvoiceStatus.Open, Assert.Single(await house.InvoicesAsync()).Status);
        house.Clock.Now += Duration.FromDays(29);
        await house.RunAsync();
        Assert.Equal(("full active", "2026-05-01T00:00:00Z"), await AnswerAsync(customer));

        await house.SendAsync(new TakeBreak(id, new("2026-06-01", "period_end")));
        Assert.Equal(("full active", "2026-05-01T00:00:00Z"), await AnswerAsync(customer));
        // The break begins on its day, and ends on its day, whether or not the run has been by.
        house.Clock.Now = Instant.FromUtc(2026, 5, 1, 0, 0);
        Assert.Equal(("read_only on_a_break", "2026-06-01T00:00:00Z"), await AnswerAsync(customer));
        await house.RunAsync();
        Assert.Equal(("read_only on_a_break", "2026-06-01T00:00:00Z"), await AnswerAsync(customer));
        house.Clock.Now = Instant.FromUtc(2026, 5, 25, 0, 0);
        await house.RunAsync();
        house.Clock.Now = Instant.FromUtc(2026, 6, 1, 0, 0);
        Assert.Equal("full active", (await AnswerAsync(customer)).Answer);
        await house.RunAsync();
        Assert.Equal(("full active", "2026-07-01T00:00:00Z"), await AnswerAsync(customer));

        await house.SendAsync(new CancelSubscription(id, new("period_end")));
        Assert.Equal(("full ending", "2026-07-01T00:00:00Z"), await AnswerAsync(customer));
        house.Clock.Now = Instant.FromUtc(2026, 7, 1, 0, 0);
        Assert.Equal(("none ended", null), await AnswerAsync(customer));
        await house.RunAsync();
        Assert.Equal(("none ended", null), await AnswerAsync(customer));

        async Task<(string Answer, string? Until)> AnswerAsync(Guid of)
        {
            var answer = await EntitlementAsync(house, of);
            var parts = answer.Subscriptions.SingleOrDefault();
            Assert.Equal(answer.Access, parts?.Access ?? "none");
            return (parts is null ? answer.Access : $"{answer.Access} {parts.Why}", answer.CertainUntil);
        }
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_long_history_costs_no_more_commands_than_a_short_one(string database)
    {
        var seen = new SeenCommands();
        await using var house = await TestHouse.OnAsync(database, postgres, Start, new() { Interceptors = [seen] });
        await house.SellProAsync();
        var customers = new[] { (await house.SubscribeAsync()).CustomerId, (await house.SubscribeAsync()).CustomerId };
        await house.RunAsync();
        for (var i = 0; i < 199; i++)
        {
            var draft = (await house.SendAsync(new DraftInvoice(customers[1], new([new("Setup", new(100, "USD"))])))).Id;
            await house.SendAsync(new IssueInvoice(draft));
        }

        Assert.Equal((1, 1), (await CommandsAsync(customers[0]), await CommandsAsync(customers[1])));
        Assert.Equal(200, (await house.InvoicesAsync()).Count(i => i.CustomerId.Value == customers[1]));

        async Task<int> CommandsAsync(Guid customer)
        {
            seen.Texts.Clear();
            Assert.Equal("full", (await EntitlementAsync(house, customer)).Access);
            return seen.Texts.Count;
        }
    }

    [Fact]
    public async Task Over_HTTP_it_is_cached_by_what_it_says()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Start);
        await house.Client.CreatePlanAsync(new(Merchant.Pro, "Pro"));
        await house.Client.SetPriceAsync(Merchant.Pro, new(new(Merchant.Price, "USD"), new("month")));
        var customer = (await house.Client.AddCustomerAsync(new("USD", "Asia/Dhaka"))).Id;
        await house.Client.AddCardAsync(customer, new("pm_card_chargeCustomerFail"));
        var id = (await house.Client.StartSubscriptionAsync(customer, new(Merchant.Pro, new("month")))).Id;
        await house.RunAsync();

        var first = await AskAsync(null);
        Assert.Equal((HttpStatusCode.OK, true, true), (first.Code, first.Private, first.Text.Contains("\"full\"", StringComparison.Ordinal)));
        Assert.Equal((HttpStatusCode.NotModified, ""), await AskAsync(first.Tag) is var same ? (same.Code, same.Text) : default);
        // Declined again in the night: the same answer, to the letter.
        house.Clock.Now += Duration.FromDays(4);
        await house.RunAsync();
        Assert.Equal((HttpStatusCode.NotModified, first.Tag), await AskAsync($"\"other\", {first.Tag}") is var still ? (still.Code, still.Tag) : default);

        await house.Client.CancelSubscriptionAsync(id, new("period_end"));
        var ending = await AskAsync(first.Tag);
        Assert.Equal((HttpStatusCode.OK, false), (ending.Code, ending.Tag == first.Tag));
        Assert.Equal("ending", Assert.Single((await house.Client.GetEntitlementAsync(customer)).Subscriptions).Why);
        house.Clock.Now = Instant.FromUtc(2026, 4, 30, 18, 0);
        Assert.Equal("none", (await house.Client.GetEntitlementAsync(customer)).Access);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(ending.Tag)).Code);

        var unknown = await Assert.ThrowsAsync<BillingProblem>(() => house.Client.GetEntitlementAsync(Guid.NewGuid()));
        Assert.Equal((404, "not_found"), (unknown.Status, unknown.Code));

        async Task<(HttpStatusCode Code, string Tag, bool Private, string Text)> AskAsync(string? tag)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"v1/customers/{customer}/entitlement");
            if (tag is not null) request.Headers.TryAddWithoutValidation("If-None-Match", tag);
            using var answer = await house.Http.SendAsync(request, ApiHouse.Cancellation);
            return (
                answer.StatusCode, answer.Headers.ETag!.ToString(), answer.Headers.CacheControl is { Private: true, NoCache: true },
                await answer.Content.ReadAsStringAsync(ApiHouse.Cancellation));
        }
    }

    private static Task<EntitlementView> EntitlementAsync(TestHouse house, Guid customer) =>
        house.ReadAsync(db => db.EntitlementAsync(customer, house.Clock.Now, TestHouse.Cancellation));
}
