using Billing.Client;
using Billing.Client.Contract;
using Billing.Notices;
using Billing.Payments;
using Billing.Retention;
using Billing.Server.Payments.Inbox;
using Billing.Server.Retention;
using Billing.Server.Tests.Infrastructure;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Slices;

/// <summary>Payments that failed, as the main app and support see and change them over the API.</summary>
public sealed class DunningSliceTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 5, 4, 10, 0);

    [Fact]
    public async Task A_case_is_read_with_its_next_step_and_why_and_paid_with_another_card()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var customer = await DeclinedAsync(house, "sandbox_declines_insufficient_funds");
        var dunning = await house.Client.GetDunningAsync(customer);
        Assert.Equal(
            ("open", "soft", "insufficient_funds", "retry", "2026-05-07T09:00:00Z", "Tried again 3 days after the last step, on a morning."),
            (dunning.Case!.State, dunning.Case.Ladder, dunning.Case.Code, dunning.Case.NextStep, dunning.Case.NextAt, dunning.Case.NextWhy));
        Assert.Equal((4_900L, 0L), (dunning.Case.Failed.Value, dunning.Case.Recovered.Value));
        Assert.Contains((await house.Client.GetOutlookAsync(customer)).Entries, e => e is { Kind: "asks", On: "2026-05-11" });
        Assert.Contains((await house.Client.GetOutlookAsync(customer)).Entries, e => e is { Kind: "parks" });

        var other = await house.Client.AddCardAsync(customer, new NewCard("pm_card_mastercard", MakeDefault: false));
        var payment = Assert.Single(await house.Client.PayOpenAsync(customer, new PayNow(other.Id)));
        Assert.Equal("succeeded", payment.State);
        Assert.Null((await house.Client.GetDunningAsync(customer)).Case);
        var closed = await house.Client.ListDunningCasesAsync("recovered").SingleAsync(ApiHouse.Cancellation);
        Assert.Equal(("new_card", 4_900L), (closed.Route, closed.Recovered.Value));

        var refused = await Assert.ThrowsAsync<BillingProblem>(() => house.Client.PayOpenAsync(customer));
        Assert.Equal("nothing_open", refused.Problem.Code);
    }

    [Fact]
    public async Task Customers_choose_a_day_and_support_gives_time_writes_forgives_stops_and_exempts()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var customer = await DeclinedAsync(house, "sandbox_declines_insufficient_funds");
        Assert.Equal("2026-05-14T09:00:00Z", (await house.Client.ChooseDayToPayAsync(customer, new("2026-05-14"))).Case!.NextAt);
        Assert.Equal("day_out_of_range", await CodeAsync(house.Client.ChooseDayToPayAsync(customer, new("2026-06-14"))));
        Assert.Null((await house.Client.WithdrawDayToPayAsync(customer)).Case!.PromisedOn);
        Assert.Equal("no_day_chosen", await CodeAsync(house.Client.WithdrawDayToPayAsync(customer)));
        Assert.Equal("2026-05-30", (await house.Client.ExtendGraceAsync(customer, new("2026-05-30", "Travelling."))).Case!.GraceUntil);
        Assert.Equal("open", (await house.Client.WritePersonallyAsync(customer, new("I know her."))).Case!.State);
        Assert.True((await house.Client.ExemptCustomerAsync(customer, new(true, "A friend."))).Exempt);
        Assert.False((await house.Client.ExemptCustomerAsync(customer, new(false, "Not any more."))).Exempt);
        Assert.Null((await house.Client.ForgiveOpenAsync(customer, new("A kindness."))).Case);
        Assert.Equal("case_closed", await CodeAsync(house.Client.StopAskingAsync(customer, new("Again."))));
        Assert.Equal("validation_failed", await CodeAsync(house.Client.StopAskingAsync(customer, new(""))));

        var second = await DeclinedAsync(house, "sandbox_declines_lost_card", "b");
        Assert.Null((await house.Client.StopAskingAsync(second, new("Not worth it."))).Case);
        Assert.Equal(2, await house.Client.ListDunningCasesAsync().CountAsync(ApiHouse.Cancellation));
        Assert.Equal(customer, (await house.Client.ListDunningCasesAsync("forgiven").SingleAsync(ApiHouse.Cancellation)).CustomerId);
        Assert.Equal("bad_parameter", await CodeAsync(house.Client.ListDunningCasesAsync("asleep").CountAsync(ApiHouse.Cancellation).AsTask()));
    }

    [Fact]
    public async Task A_policy_that_can_be_used_is_published_and_an_open_case_keeps_its_own()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var customer = await DeclinedAsync(house, "sandbox_declines_insufficient_funds");
        var shipped = Assert.Single(await house.Client.ListDunningPoliciesAsync());
        Assert.Equal((1, "run"), (shipped.Version, shipped.PublishedBy));

        Assert.Equal("policy_not_usable", await CodeAsync(house.Client.PublishDunningPolicyAsync(new("{}"))));
        var later = shipped.Policy.Replace("\"after\": 3, \"within\": 2", "\"after\": 6, \"within\": 0", StringComparison.Ordinal);
        Assert.Equal((2, "key:test"), await house.Client.PublishDunningPolicyAsync(new(later)) is var two ? (two.Version, two.PublishedBy) : default);

        var second = await DeclinedAsync(house, "sandbox_declines_insufficient_funds", "b");
        Assert.Equal((1, 2), ((await house.Client.GetDunningAsync(customer)).Case!.PolicyVersion, (await house.Client.GetDunningAsync(second)).Case!.PolicyVersion));
        Assert.Equal("2026-05-10T09:00:00Z", (await house.Client.GetDunningAsync(second)).Case!.NextAt);
    }

    [Fact]
    public async Task A_dispute_or_a_hard_word_while_money_is_asked_for_is_a_complaint()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var (first, second) = (await DeclinedAsync(house, "sandbox_declines_insufficient_funds"), await DeclinedAsync(house, "sandbox_declines_lost_card", "b"));
        async Task<int> ComplaintsAsync() => (await RecoveryAsync(house)).Complaints;
        Assert.Equal(0, await ComplaintsAsync());

        // Easy enough, and of another customer: none.
        await SayAsync(house, second, CustomerAct.Paid, 3);
        Assert.Equal(0, await ComplaintsAsync());
        await SayAsync(house, second, CustomerAct.CardAdded, 2);
        await SayAsync(house, second, CustomerAct.Paid, 1);
        Assert.Equal(1, await ComplaintsAsync());

        house.Clock.Now = Instant.FromUtc(2026, 5, 20, 10, 0);
        await house.Client.AddCardAsync(first, new NewCard("pm_card_visa"));
        await house.RunAsync();
        house.Clock.Now = Instant.FromUtc(2026, 6, 10, 10, 0);
        await SayAsync(house, first, CustomerAct.Paid, 2);
        Assert.Equal(2, await ComplaintsAsync());
    }

    [Fact]
    public async Task A_bank_that_asks_for_the_money_back_counts_until_thirty_days_after_the_end()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var customer = await DeclinedAsync(house, "sandbox_declines_insufficient_funds");
        house.Clock.Now = Instant.FromUtc(2026, 5, 20, 10, 0);
        await house.Client.AddCardAsync(customer, new NewCard("pm_card_visa"));
        await house.RunAsync();
        Assert.Equal((1, 0), await RecoveryAsync(house) is var paid ? (paid.RecoveredCases, paid.Complaints) : default);

        var payment = await house.ReadAsync(db => db.PaymentAttempts.SingleAsync(a => a.CustomerId == new CustomerId(customer) && a.State == AttemptState.Succeeded, ApiHouse.Cancellation));
        house.Clock.Now = Instant.FromUtc(2026, 6, 10, 10, 0);
        await house.Get<FollowGateway>().DisputeAsync(house.Gateway.OpenDispute(payment.GatewayReference!), house.Clock.Now, ApiHouse.Cancellation);
        Assert.Equal(1, (await RecoveryAsync(house)).Complaints);

        // The same on the 20th comes too late to be about the asking.
        await house.ReadAsync(db => db.Disputes.ExecuteUpdateAsync(set => set.SetProperty(d => d.OpenedAt, Instant.FromUtc(2026, 6, 20, 10, 0)), ApiHouse.Cancellation));
        Assert.Equal(0, (await RecoveryAsync(house)).Complaints);
    }

    [Fact]
    public async Task What_ends_on_the_spot_is_shown_in_the_outlook_and_done_in_one_run()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var shipped = await File.ReadAllTextAsync(Repository.At("src", "Billing.Server", "Dunning", "dunning.json"), ApiHouse.Cancellation);
        await house.Client.PublishDunningPolicyAsync(new(shipped.Replace("\"endAfterMonths\": 6", "\"endAfterMonths\": 0", StringComparison.Ordinal)));
        var customer = await DeclinedAsync(house, "sandbox_declines_lost_card");
        var ahead = (await house.Client.GetOutlookAsync(customer)).Entries.Where(e => e.Kind is "parks" or "ends_parked").ToList();
        Assert.Equal([("parks", "2026-05-28"), ("ends_parked", "2026-05-28")], ahead.Select(e => (e.Kind, e.On)));

        for (; house.Clock.Now < Instant.FromUtc(2026, 5, 28, 11, 0); house.Clock.Now += Duration.FromDays(1)) await house.RunAsync();
        Assert.Equal("ended", (await house.Client.ListSubscriptionsAsync(customer).SingleAsync(ApiHouse.Cancellation)).Lifecycle);
        Assert.Equal("ended", (await house.Client.ListDunningCasesAsync().SingleAsync(ApiHouse.Cancellation)).State);
        Assert.Equal(
            [NoticeKind.PaymentNeutral, NoticeKind.LastCall, NoticeKind.Ended],
            await house.ReadAsync(db => db.Notices.Where(n => n.State == NoticeState.Sent && n.Kind != NoticeKind.CardAdded)
                .OrderBy(n => n.DoneAt).Select(n => n.Kind).ToListAsync(ApiHouse.Cancellation)));
    }

    [Fact]
    public async Task Watches_quiet_times_and_recovery_are_shown_with_their_figures()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var customer = await DeclinedAsync(house, "sandbox_declines_expired_card");
        var watch = await house.Client.ListCardWatchesAsync("quiet").SingleAsync(ApiHouse.Cancellation);
        Assert.Equal((customer, 14, "default", "2026-05-18"), (watch.CustomerId, watch.QuietDays, watch.QuietFrom, watch.QuietUntil));
        Assert.Single((await house.Client.GetDunningAsync(customer)).Watches);

        await house.Client.AddCardAsync(customer, new NewCard("pm_card_visa"));
        await house.RunAsync();
        Assert.Equal("card_put_in", (await house.Client.ListCardWatchesAsync().SingleAsync(ApiHouse.Cancellation)).Evidence);
        var times = await house.Client.ListQuietTimesAsync();
        Assert.Equal([(null, 1), ("visa", 0)], times.Select(t => (t.Brand, t.Brand is null ? t.Cards : 0)));

        await DeclinedAsync(house, "sandbox_declines_lost_card", "b");
        var cohort = Assert.Single((await house.Client.ReadRecoveryAsync(new(2026, 5, 1), new(2026, 5, 31))).Cohorts);
        Assert.Equal(("2026-05", "USD", false, 2, 1), (cohort.Month, cohort.Currency, cohort.Mature, cohort.Cases, cohort.RecoveredCases));
        Assert.Equal((5_000, 5_000, 1, 1, 0), (cohort.RateByCount, cohort.RateByAmount, cohort.HealedWithoutContact, cohort.StillOpen, cohort.MedianDays));
        Assert.Equal(("new_card", 1, 4_900L), Assert.Single(cohort.Routes) is var route ? (route.Route, route.Cases, route.Recovered.Value) : default);
        Assert.Empty((await house.Client.ReadRecoveryAsync(new(2026, 6, 1), new(2026, 6, 30))).Cohorts);
    }

    private static async Task<RecoveryCohortView> RecoveryAsync(ApiHouse house) =>
        Assert.Single((await house.Client.ReadRecoveryAsync(new(2026, 5, 1), new(2026, 5, 31))).Cohorts);

    private static async Task SayAsync(ApiHouse house, Guid customer, CustomerAct act, int ease)
    {
        await using var scope = house.Get<IServiceScopeFactory>().CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new GiveFeedback(Guid.NewGuid(), customer, act, ease, null), ApiHouse.Cancellation);
    }

    private static async Task<Guid> DeclinedAsync(ApiHouse house, string card, string name = "a")
    {
        if (name == "a")
        {
            await house.Client.CreatePlanAsync(new("pro", "Pro"));
            await house.Client.SetPriceAsync("pro", new(new(4_900, "USD"), new("month")));
        }

        var customer = (await house.Client.AddCustomerAsync(new("USD", "UTC", ExternalId: name, Email: $"{name}@example.com"))).Id;
        await house.Client.AddCardAsync(customer, new NewCard(card));
        await house.Client.StartSubscriptionAsync(customer, new("pro", new("month")));
        await house.RunAsync();
        return customer;
    }

    private static async Task<string> CodeAsync(Task refused) => (await Assert.ThrowsAsync<BillingProblem>(() => refused)).Problem.Code;
}
