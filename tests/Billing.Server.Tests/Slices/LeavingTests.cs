using Billing.Client.Contract;
using Billing.Retention;
using Billing.Server.Cards;
using Billing.Server.Customers;
using Billing.Server.Http;
using Billing.Server.Plans;
using Billing.Server.Retention;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Slices;

/// <summary>Leaving with a session around it, through the house.</summary>
public sealed class LeavingTests(PostgresServer postgres)
{
    private static readonly Instant Start = Instant.FromUtc(2026, 4, 1, 10, 0);

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Leaving_takes_two_calls_and_needs_no_reason(string database)
    {
        await using var house = await OpenAsync(database);
        var subscription = await house.SubscribeAsync();
        await house.RunAsync();
        house.Clock.Now = Instant.FromUtc(2026, 4, 17, 10, 0);

        var session = await house.SendAsync(new StartCancelSession(subscription.Id, new(Language: "bn")));
        Assert.Equal(["period_end 2026-05-01 0 0 0", "now 2026-04-17 2287 0 0"], session.WaysToLeave!.Select(Way));
        Assert.Equal("দাম বেশি মনে হচ্ছে", session.Reasons!.Single(r => r.Code == "too_expensive").Label);
        var left = await house.SendAsync(new CloseCancelSession(session.Id, new("now")));

        Assert.Equal(("left_now", "2026-04-17", "2026-04-17T10:00:00Z", null), (left.Outcome, left.EndsOn, left.ConfirmedAt, left.Reason));
        Assert.Contains("২২.৮৭", left.Words, StringComparison.Ordinal);
        Assert.Equal(2287, (await house.ReadAsync(db => db.Customers.SingleAsync(TestHouse.Cancellation))).BalanceMinor);
        Assert.Equal("session_closed", await RefusalAsync(() => house.SendAsync(new CloseCancelSession(session.Id, new(Stay: true)))));
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_smaller_plan_that_was_offered_and_taken_waits_for_the_period_to_end(string database)
    {
        await using var house = await OpenAsync(database);
        var subscription = await house.SubscribeAsync();
        await house.RunAsync();

        var asked = await AskAsync(house, subscription, "too_expensive", "Rather much");
        Assert.Equal(("smaller_plan", "Small", 1900L, 3000L), (asked.Offer!.Kind, asked.Offer.Plan, asked.Offer.Price!.Value, asked.Offer.Saving!.Value));
        Assert.Equal(2, asked.WaysToLeave!.Count);
        var taken = await house.SendAsync(new CloseCancelSession(asked.Id, new(TakeOffer: true)));

        Assert.Equal(("took_offer", null), (taken.Outcome, taken.ConfirmedAt));
        var view = await house.ReadAsync(db => db.SubscriptionViewAsync(subscription.Id, TestHouse.Cancellation));
        Assert.Equal(("change", "2026-05-01", 1900L), (view.Planned!.What, view.Planned.On, view.Planned.UnitAmount!.Value));
        Assert.Equal(["ChangePlanned", "SaveOfferShown", "SaveOfferTaken"], await HistoryAsync(house, "Change", "SaveOffer"));
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_discount_that_was_offered_and_taken_is_made_and_given_once_a_year(string database)
    {
        await using var house = await OpenAsync(database);
        var subscription = await SmallAsync(house);
        house.Clock.Now = Instant.FromUtc(2026, 5, 2, 10, 0);
        await house.RunAsync();
        await house.SendAsync(new CancelSubscription(subscription.Id, new("period_end")));

        var asked = await AskAsync(house, subscription, "too_expensive");
        Assert.Equal(("discount", 2000, 3), (asked.Offer!.Kind, asked.Offer.PercentBasisPoints, asked.Offer.Periods));
        await house.SendAsync(new CloseCancelSession(asked.Id, new(TakeOffer: true)));
        Assert.False((await house.ReadAsync(db => db.SubscriptionViewAsync(subscription.Id, TestHouse.Cancellation))).CancelAtPeriodEnd);
        house.Clock.Now = Instant.FromUtc(2026, 6, 1, 10, 0);
        await house.RunAsync();
        Assert.Equal(1520, (await house.InvoicesAsync())[^1].TotalMinor);

        Assert.Null((await AskAsync(house, subscription, "too_expensive")).Offer);
        // Another customer gets the same discount; it is made only once.
        var other = await SmallAsync(house);
        house.Clock.Now = Instant.FromUtc(2026, 7, 2, 10, 0);
        await house.SendAsync(new CloseCancelSession((await AskAsync(house, other, "too_expensive")).Id, new(TakeOffer: true)));
        Assert.Equal("stay-2000-3", Assert.Single(await house.ReadAsync(db => db.Discounts.ToListAsync(TestHouse.Cancellation))).Code);
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_payment_day_that_was_chosen_is_kept_by_the_run(string database)
    {
        await using var house = await OpenAsync(database);
        var subscription = await house.SubscribeAsync("sandbox_declines_insufficient_funds");
        await house.RunAsync();
        var asked = await AskAsync(house, subscription, "cannot_pay_now");
        Assert.Equal(("later_payment_day", "2026-04-15"), (asked.Offer!.Kind, asked.Offer.LatestDay));

        Assert.Equal("payment_day_missing", await RefusalAsync(() => house.SendAsync(new CloseCancelSession(asked.Id, new(TakeOffer: true)))));
        Assert.Equal("day_out_of_range", await RefusalAsync(() => house.SendAsync(new CloseCancelSession(asked.Id, new(TakeOffer: true, PaymentDay: "2026-04-16")))));
        await house.SendAsync(new CloseCancelSession(asked.Id, new(TakeOffer: true, PaymentDay: "2026-04-12")));

        for (var day = 2; day <= 12; day++)
        {
            house.Clock.Now = Instant.FromUtc(2026, 4, day, 10, 0);
            await house.RunAsync();
        }

        Assert.Equal(
            [new LocalDate(2026, 4, 1), new LocalDate(2026, 4, 12)],
            (await house.ReadAsync(db => db.PaymentAttempts.OrderBy(a => a.StartedAt).Select(a => a.StartedAt).ToListAsync(TestHouse.Cancellation))).Select(i => i.InUtc().Date));
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Who_asks_for_a_person_is_found_by_the_office(string database)
    {
        await using var house = await OpenAsync(database);
        var subscription = await house.SubscribeAsync();
        var asked = await AskAsync(house, subscription, "missing_or_broken", "The export is empty");
        Assert.Equal("talk", asked.Offer!.Kind);
        await house.SendAsync(new CloseCancelSession(asked.Id, new(TakeOffer: true)));
        await AskAsync(house, subscription, "other");

        await using var db = house.Database.Open();
        var waiting = Assert.Single((await db.CancelSessionPageAsync(null, true, new(), TestHouse.Cancellation)).Items);
        Assert.Equal((asked.Id, "The export is empty"), (waiting.Id, waiting.Text));
        Assert.Equal(2, (await db.CancelSessionPageAsync(subscription.CustomerId, false, new(), TestHouse.Cancellation)).Items.Count);
        Assert.Equal(waiting, await db.CancelSessionViewAsync(asked.Id, TestHouse.Cancellation));
        Assert.Equal(["PersonAskedFor"], await HistoryAsync(house, "Person"));
    }

    [Fact]
    public async Task Nothing_is_offered_to_who_did_not_know_or_whose_bank_says_stop()
    {
        await using var house = await OpenAsync(Databases.Sqlite);
        var subscription = await house.SubscribeAsync();
        await house.RunAsync();
        Assert.Null((await AskAsync(house, subscription, LeavingReason.DidNotKnow)).Offer);

        var stopped = await house.SubscribeAsync("sandbox_declines_revocation_of_authorization");
        await house.RunAsync();
        Assert.Null((await AskAsync(house, stopped, "too_expensive")).Offer);
    }

    [Fact]
    public async Task An_offer_that_no_longer_holds_is_not_given_and_leaving_still_works()
    {
        await using var house = await OpenAsync(Databases.Sqlite);
        var subscription = await house.SubscribeAsync();
        await house.RunAsync();
        var asked = await AskAsync(house, subscription, "too_expensive");
        await house.SendAsync(new RetirePlan("small"));

        Assert.Equal("offer_expired", await RefusalAsync(() => house.SendAsync(new CloseCancelSession(asked.Id, new(TakeOffer: true)))));
        Assert.Equal("left_at_period_end", (await house.SendAsync(new CloseCancelSession(asked.Id, new("period_end")))).Outcome);
        Assert.Equal("reason_given", await RefusalAsync(async () =>
        {
            var next = await AskAsync(house, subscription, "other");
            await house.SendAsync(new GiveLeavingReason(next.Id, new("other")));
        }));
    }

    [Fact]
    public async Task Two_sessions_of_one_customer_at_once_show_an_offer_once()
    {
        await using var house = await OpenAsync(Databases.Postgres);
        for (var round = 0; round < 5; round++)
        {
            var customer = (await house.AddCustomerAsync()).Id;
            List<Guid> sessions = [];
            foreach (var plan in new[] { "pro", "middle" })
            {
                var subscription = await house.SendAsync(new StartSubscription(customer, new(plan, new("month"))));
                sessions.Add((await house.SendAsync(new StartCancelSession(subscription.Id, new()))).Id);
            }

            var answers = await Task.WhenAll(sessions.Select(async id =>
            {
                try
                {
                    return (await house.SendAsync(new GiveLeavingReason(id, new("too_expensive")))).Offer?.Kind;
                }
                catch (DbUpdateConcurrencyException)
                {
                    return null;
                }
            }));

            Assert.Single(answers, kind => kind == "smaller_plan");
        }
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task The_run_looks_back_on_sessions_and_gives_up_those_left_open(string database)
    {
        await using var house = await OpenAsync(database);
        var (leaver, stayer, dreamer) = (await house.SubscribeAsync(), await house.SubscribeAsync(), await house.SubscribeAsync());
        await house.RunAsync();
        foreach (var subscription in new[] { leaver, stayer, dreamer }) await house.SendAsync(new StartCancelSession(subscription.Id, new()));
        var sessions = await house.ReadAsync(db => db.CancelSessions.AsNoTracking().ToDictionaryAsync(s => s.SubscriptionId.Value, TestHouse.Cancellation));
        await house.SendAsync(new CloseCancelSession(sessions[leaver.Id].Id.Value, new("period_end")));
        await house.SendAsync(new CloseCancelSession(sessions[stayer.Id].Id.Value, new(Stay: true)));

        house.Clock.Now = Instant.FromUtc(2026, 5, 10, 10, 0);
        await house.RunAsync();
        Assert.Equal(["Abandoned  ", "LeftAtPeriodEnd Gone ", "Stayed StillHere "], await LinesAsync());

        await house.SendAsync(new CancelSubscription(stayer.Id, new("now")));
        house.Clock.Now = Instant.FromUtc(2026, 9, 1, 10, 0);
        await house.RunAsync();
        await house.RunAsync();
        Assert.Equal(["Abandoned StillHere StillHere", "LeftAtPeriodEnd Gone Gone", "Stayed StillHere Gone"], await LinesAsync());

        async Task<IEnumerable<string>> LinesAsync() =>
            (await house.ReadAsync(db => db.CancelSessions.AsNoTracking().ToListAsync(TestHouse.Cancellation)))
                .Select(s => $"{s.Outcome} {s.After30} {s.After90}").Order(StringComparer.Ordinal);
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Leaving_without_signing_in_works_on_every_database(string database)
    {
        await using var house = await OpenAsync(database);
        var customer = await house.SendAsync(new AddCustomer(new("USD", "Europe/Berlin", ExternalId: "C-7", Email: "Greta@example.de", Country: "DE", Locale: "bn")));
        foreach (var plan in new[] { "pro", "small" }) await house.SendAsync(new StartSubscription(customer.Id, new(plan, new("month"))));
        await house.RunAsync();
        Task<bool> AskAsync(string email) => house.SendAsync(new AskToLeave(email, "C-7", new(false, null, null), "https://billing.example.com"));

        Assert.False(await AskAsync("greta@example.com"));
        Assert.True(await AskAsync("greta@EXAMPLE.de"));
        Assert.False(await AskAsync("greta@example.de"));
        var letter = await house.ReadAsync(db => db.Letters.SingleAsync(TestHouse.Cancellation));
        var tokens = letter.Text.Split('\n').Where(l => l.Contains("token=", StringComparison.Ordinal)).Select(l => l.Trim().Split('=')[1]).ToList();
        Assert.Equal(2, tokens.Count);

        Assert.NotNull(await house.ReadAsync(db => db.SessionBehindAsync(tokens[0], house.Clock.Now, TestHouse.Cancellation)));
        var left = await house.SendAsync(new ConfirmLeave(tokens[0]));
        Assert.Equal(("Pro", new LocalDate(2026, 5, 1), "bn"), (left!.Plan, left.End, left.Language));
        Assert.Null(await house.SendAsync(new ConfirmLeave(tokens[0])));
        Assert.Equal(1, await house.ReadAsync(db => db.Subscriptions.CountAsync(s => s.CancelAtPeriodEnd, TestHouse.Cancellation)));
        Assert.Equal(2, await house.ReadAsync(db => db.Letters.CountAsync(TestHouse.Cancellation)));
    }

    [Fact]
    public async Task A_break_begun_elsewhere_closes_its_session()
    {
        await using var house = await OpenAsync(Databases.Sqlite);
        var subscription = await house.SubscribeAsync();
        var asked = await AskAsync(house, subscription, "other");
        await using var db = house.Database.Open();
        var (found, _) = await db.SubscriptionAsync(subscription.Id, TestHouse.Cancellation);

        // No break was offered in this one.
        Assert.Equal("no_offer", await RefusalAsync(() => db.CloseByBreakAsync(asked.Id, found, new Door(house.Clock), TestHouse.Cancellation)));
    }

    [Fact]
    public async Task A_session_goes_over_HTTP_from_start_to_evidence()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Start);
        var customer = await SellingTests.SoldAsync(house, "pm_card_visa");
        var subscription = await house.Client.StartSubscriptionAsync(customer, new("pro", new("month")));
        await house.RunAsync();

        var session = await house.Client.StartCancelSessionAsync(subscription.Id, new("portal"));
        await house.Client.GiveLeavingReasonAsync(session.Id, new("other", "Just so"));
        var left = await house.Client.CloseCancelSessionAsync(session.Id, new("period_end"));

        Assert.Equal(("portal", "en", "Just so", "left_at_period_end"), (left.Channel, left.Language, left.Text, left.Outcome));
        Assert.StartsWith("At the end of the period: 30 April 2026 is your last day", left.Words, StringComparison.Ordinal);
        Assert.Equal(left, await house.Client.GetCancelSessionAsync(session.Id));
        Assert.Equal([left], await house.Client.ListCancelSessionsAsync(customer).ToListAsync(ApiHouse.Cancellation));
        Assert.Empty(await house.Client.ListCancelSessionsAsync(askedForAPerson: true).ToListAsync(ApiHouse.Cancellation));
        Assert.True((await house.Client.GetSubscriptionAsync(subscription.Id)).CancelAtPeriodEnd);
    }

    private static string Way(WayToLeaveView way) => $"{way.Leave} {way.EndsOn} {way.Refund.Value} {way.OffDue.Value} {way.StillDue.Value}";

    private static async Task<string> RefusalAsync(Func<Task> act) => (await Assert.ThrowsAsync<Refused>(act)).Code;

    private static async Task<CancelSessionView> AskAsync(TestHouse house, SubscriptionView subscription, string reason, string? text = null)
    {
        var session = await house.SendAsync(new StartCancelSession(subscription.Id, new()));
        return await house.SendAsync(new GiveLeavingReason(session.Id, new(reason, text)));
    }

    private static async Task<IEnumerable<string>> HistoryAsync(TestHouse house, params string[] beginnings) =>
        (await house.ReadAsync(db => db.History.Select(h => h.Type).ToListAsync(TestHouse.Cancellation)))
            .Where(type => beginnings.Any(b => type.StartsWith(b, StringComparison.Ordinal))).Order(StringComparer.Ordinal);

    private static async Task<SubscriptionView> SmallAsync(TestHouse house)
    {
        var customer = (await house.AddCustomerAsync()).Id;
        await house.SendAsync(new AddCard(customer, new("pm_card_visa")));
        return await house.SendAsync(new StartSubscription(customer, new("small", new("month"))));
    }

    private async Task<TestHouse> OpenAsync(string database)
    {
        var house = await TestHouse.OnAsync(database, postgres, Start);
        await house.SellProAsync();
        foreach (var (plan, price) in new[] { ("small", 1900), ("middle", 4900) })
        {
            await house.SendAsync(new CreatePlan(new NewPlan(plan, plan == "small" ? "Small" : "Middle")));
            await house.SendAsync(new SetPrice(plan, new(new(price, "USD"), new("month"))));
        }

        return house;
    }
}
