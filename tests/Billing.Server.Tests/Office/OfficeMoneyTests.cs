using System.Net;
using Billing.Payments;
using Billing.Server.Alarms;
using Billing.Server.BillingRun;
using Billing.Server.Cards;
using Billing.Server.Customers;
using Billing.Server.Payments.Inbox;
using Billing.Server.Persistence;
using Billing.Server.Staff;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Browser;
using Billing.Server.Tests.Infrastructure;
using Billing.Server.Tests.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Office;

/// <summary>Money that failed, came past the gateway or goes back; and what the gateway told.</summary>
public sealed class OfficeMoneyTests
{
    [Fact]
    public async Task Somebody_whose_payment_failed_is_on_the_board_and_a_person_steps_in()
    {
        await using var house = await PageHouse.OpenAsync();
        var (zoe, second) = (await FailingAsync(house, "Zoë Almeida"), await FailingAsync(house, "Noor Jahan"));
        using var mina = await house.SignedInAsync(await house.InviteAsync("mina", StaffRole.Finance));

        var board = ActTests.Plain(await (await mina.GetAsync("/office/dunning", ApiHouse.Cancellation)).TextAsync());
        Assert.Contains("Zoë Almeida since 24 Nov 2026 not now (insufficient_funds)", board, StringComparison.Ordinal);
        Assert.Contains("try the card", board, StringComparison.Ordinal);

        await mina.DoAsync($"/office/customers/{zoe}/acts/grace", ("until", "2026-12-10"), ("why", "Wages come late"));
        await mina.DoAsync($"/office/customers/{zoe}/acts/personal", ("why", "We spoke on the phone"));
        await mina.DoAsync($"/office/customers/{zoe}/acts/exempt", ("why", "A partner"));
        await mina.DoAsync($"/office/customers/{zoe}/acts/include", ("why", "No longer a partner"));
        await mina.DoAsync($"/office/customers/{zoe}/acts/stop-asking", ("why", "Not worth it"));
        await mina.DoAsync($"/office/customers/{second}/acts/forgive", ("why", "A kindness"));

        var file = ActTests.Plain(await (await mina.GetAsync($"/office/customers/{zoe}", ApiHouse.Cancellation)).TextAsync());
        Assert.Contains("Was given time until 10 December 2026: “Wages come late”.", file, StringComparison.Ordinal);
        Assert.Contains("Nobody has to be asked for anything.", ActTests.Plain(await mina.GetStringAsync("/office/dunning", ApiHouse.Cancellation)), StringComparison.Ordinal);
        Assert.Contains("Zoë Almeida", await (await mina.GetAsync("/office/dunning?state=stopped", ApiHouse.Cancellation)).TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_is_compared_with_the_newest_before_it_is_published()
    {
        await using var house = await PageHouse.OpenAsync();
        using var mina = await house.SignedInAsync(await house.InviteAsync("mina", StaffRole.Finance));
        const string Path = "/office/dunning/policies";
        await mina.GetStringAsync(Path, ApiHouse.Cancellation);
        var first = await house.ReadAsync(db => db.DunningPolicies.Select(p => p.Data).SingleAsync(ApiHouse.Cancellation));

        using var wrong = await mina.SendFormAsync(Path, Path, ("policy", "{ }"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        var draft = System.Text.RegularExpressions.Regex.Replace(first, "\"mostRetries\": *\\d+", "\"mostRetries\": 5", System.Text.RegularExpressions.RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));
        Assert.NotEqual(first, draft);
        using var compared = await mina.SendFormAsync(Path, Path, ("policy", draft));
        Assert.Contains("Most retries of an invoice", await compared.TextAsync(), StringComparison.Ordinal);
        Assert.Single(await house.ReadAsync(db => db.DunningPolicies.ToListAsync(ApiHouse.Cancellation)));

        var html = await compared.Content.ReadAsStringAsync(ApiHouse.Cancellation);
        for (var press = 0; press < 2; press++) await mina.SendAgainAsync(html, Path, ("step", "do"));
        Assert.Equal(2, await house.ReadAsync(db => db.DunningPolicies.MaxAsync(p => p.Number, ApiHouse.Cancellation)));
    }

    [Fact]
    public async Task An_alarm_is_on_the_overview_until_somebody_has_seen_to_it()
    {
        await using var house = await PageHouse.OpenAsync();
        var olivia = await house.OliviaAsync();
        await using (var db = house.Get<BillingDatabase>().Open())
        {
            await db.AlarmAsync(AlarmKind.OutcomeUnknown, Guid.NewGuid(), new CustomerId(olivia), "Nobody knows what became of it.", PageHouse.Now, ApiHouse.Cancellation);
            await db.SaveChangesAsync(ApiHouse.Cancellation);
        }

        using var mina = await house.SignedInAsync(await house.InviteAsync("mina", StaffRole.Finance));
        Assert.Contains("1 alarm nobody has seen to", ActTests.Plain(await mina.GetStringAsync("/office", ApiHouse.Cancellation)), StringComparison.Ordinal);
        var alarm = await house.ReadAsync(db => db.Alarms.SingleAsync(ApiHouse.Cancellation));
        await mina.SendFormAsync("/office/alarms", $"/office/alarms/{alarm.Id}/close");

        Assert.DoesNotContain("nobody has seen to", await mina.GetStringAsync("/office", ApiHouse.Cancellation), StringComparison.Ordinal);
        Assert.Contains("mina", await mina.GetStringAsync("/office/alarms?closed=yes", ApiHouse.Cancellation), StringComparison.Ordinal);
        Assert.Equal("CloseAlarm", await house.ReadAsync(db => db.HouseActs.Where(a => a.Actor == "staff:mina").Select(a => a.What).SingleAsync(ApiHouse.Cancellation)));
    }

    [Fact]
    public async Task What_the_gateway_told_is_worked_through_again_and_the_books_are_compared()
    {
        await using var house = await PageHouse.OpenAsync();
        Guid id;
        await using (var db = house.Get<BillingDatabase>().Open())
        {
            var dead = SampleRows.Of<InboxNotice>(db, 2, ("State", InboxState.Dead), ("CustomerId", null), ("NextTryAt", null));
            db.Inbox.Add(dead);
            await db.SaveChangesAsync(ApiHouse.Cancellation);
            id = dead.Id;
        }

        using var mina = await house.SignedInAsync(await house.InviteAsync("mina", StaffRole.Finance));
        var replay = $"/office/gateway/notices/{id}/replay";
        Assert.Contains($"href=\"{replay}\"", await mina.GetStringAsync("/office/gateway?state=dead", ApiHouse.Cancellation), StringComparison.Ordinal);
        Assert.Contains("not done twice", await mina.GetStringAsync(replay, ApiHouse.Cancellation), StringComparison.Ordinal);
        Assert.Equal(InboxState.Dead, await house.ReadAsync(db => db.Inbox.Select(n => n.State).SingleAsync(ApiHouse.Cancellation)));
        await mina.SendFormAsync(replay, replay);
        await mina.SendFormAsync("/office/gateway", "/office/gateway/compare");

        Assert.Equal(InboxState.Waiting, await house.ReadAsync(db => db.Inbox.Select(n => n.State).SingleAsync(ApiHouse.Cancellation)));
        Assert.Single(await house.ReadAsync(db => db.Reconciliations.ToListAsync(ApiHouse.Cancellation)));
        Assert.Equal(
            ["ReconcileSoon", "ReplayNotice"],
            await house.ReadAsync(db => db.HouseActs.Where(a => a.Actor == "staff:mina").Select(a => a.What).Order().ToListAsync(ApiHouse.Cancellation)));
    }

    [Fact]
    public async Task Money_that_came_past_the_gateway_is_written_down_and_money_goes_back_once()
    {
        await using var house = await PageHouse.OpenAsync();
        var olivia = await house.OliviaAsync();
        var zoe = await FailingAsync(house, "Zoë Almeida");
        using var mina = await house.SignedInAsync(await house.InviteAsync("mina", StaffRole.Finance));
        var open = await house.ReadAsync(db => db.Invoices.Where(i => i.CustomerId == new CustomerId(zoe)).Select(i => i.Id).SingleAsync(ApiHouse.Cancellation));

        await mina.DoAsync($"/office/customers/{zoe}/acts/received?on={open}", ("by", "bank_transfer"), ("amount", "36.00"), ("reference", "TX-1"), ("receivedOn", "2026-11-24"));
        Assert.Equal(0, await house.ReadAsync(db => db.Invoices.Where(i => i.Id == open).Select(i => i.DueMinor).SingleAsync(ApiHouse.Cancellation)));

        var payment = await house.ReadAsync(db => db.PaymentAttempts.Where(a => a.State == AttemptState.Succeeded).Select(a => a.Id).SingleAsync(ApiHouse.Cancellation));
        var path = $"/office/payments/{payment}/refund";
        using var tooMuch = await mina.SendFormAsync(path, path, ("amount", "100"), ("from", "note"), ("why", "Too much"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tooMuch.StatusCode);
        using var shown = await mina.SendFormAsync(path, path, ("amount", "6.40"), ("from", "note"), ("why", "One seat too many"));
        Assert.Contains("$6.40 goes back to the card it came from", await shown.TextAsync(), StringComparison.Ordinal);
        var html = await shown.Content.ReadAsStringAsync(ApiHouse.Cancellation);
        for (var press = 0; press < 2; press++) await mina.SendAgainAsync(html, path, ("step", "do"));
        Assert.Equal(640, Assert.Single(await house.ReadAsync(db => db.Refunds.ToListAsync(ApiHouse.Cancellation))).AmountMinor);

        // More than there is of credit: refused, and the form may be sent again.
        using var again = await mina.SendFormAsync(path, path, ("amount", "70"), ("from", "credit"), ("why", "Paid out"));
        using var refused = await mina.SendAgainAsync(await again.Content.ReadAsStringAsync(ApiHouse.Cancellation), path, ("step", "do"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal(1, await house.ReadAsync(db => db.HouseActs.CountAsync(a => a.What == "RefundPayment", ApiHouse.Cancellation)));
        Assert.Contains("One seat too many", await (await mina.GetAsync($"/office/customers/{olivia}", ApiHouse.Cancellation)).TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_payment_nobody_knows_of_finance_says_what_became_and_billing_goes_on_after_a_lost_dispute()
    {
        await using var house = await PageHouse.OpenAsync();
        var noor = await PayingAsync(house, "pm_card_visa");
        var payment = await house.ReadAsync(db => db.PaymentAttempts.SingleAsync(a => a.CustomerId == new CustomerId(noor), ApiHouse.Cancellation));
        house.Gateway.DecideDispute(house.Gateway.OpenDispute(payment.GatewayReference!), DisputeState.Lost);
        await DeliverAsync(house);
        var dispute = await house.ReadAsync(db => db.Disputes.SingleAsync(ApiHouse.Cancellation));
        var zoe = await PayingAsync(house, "sandbox_timeout_captured");
        var unknown = await house.ReadAsync(db => db.PaymentAttempts.SingleAsync(a => a.CustomerId == new CustomerId(zoe), ApiHouse.Cancellation));
        Assert.Equal(AttemptState.Unknown, unknown.State);
        await house.ReadAsync(db => db.PaymentAttempts.Where(a => a.Id == unknown.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.AskedInVain, PaymentAttempt.PersonAfter), ApiHouse.Cancellation));
        using var mina = await house.SignedInAsync(await house.InviteAsync("mina", StaffRole.Finance));

        var answer = $"/office/customers/{zoe}/acts/answer?on={unknown.Id}";
        using var unsaid = await mina.SendFormAsync(answer, answer, ("captured", ""), ("why", "Looked"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unsaid.StatusCode);
        using var elsewhere = await mina.GetAsync($"/office/customers/{noor}/acts/answer?on={unknown.Id}", ApiHouse.Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
        await mina.DoAsync(answer, ("captured", "yes"), ("gatewayReference", "pay_1"), ("why", "It is in their books"));
        await mina.DoAsync($"/office/customers/{noor}/acts/release?on={dispute.Id}", ("why", "They paid by transfer"));

        Assert.Equal(AttemptState.Succeeded, await house.ReadAsync(db => db.PaymentAttempts.Where(a => a.Id == unknown.Id).Select(a => a.State).SingleAsync(ApiHouse.Cancellation)));
        Assert.False(await house.ReadAsync(db => db.Disputes.Select(d => d.Holds).SingleAsync(ApiHouse.Cancellation)));
    }

    private static async Task<Guid> PayingAsync(ApiHouse house, string card)
    {
        var id = (await house.SendAsync(new AddCustomer(new("USD", "Europe/Lisbon")))).Id;
        await house.SendAsync(new AddCard(id, new(card)));
        await house.SendAsync(new StartSubscription(id, new("crew", new("month"), 3)));
        await house.RunAsync();
        return id;
    }

    private static async Task DeliverAsync(ApiHouse house)
    {
        await house.Gateway.DeliverNoticesAsync(
            async (body, signature, stop) =>
            {
                await house.Get<NoticeInbox>().TakeAsync(body, signature, stop);
                return true;
            },
            house.Get<BillingClock>().WallNow, ApiHouse.Cancellation);
        var (pass, now) = (house.Get<TakeInNotices>(), house.Get<BillingClock>().GetCurrentInstant());
        while (await pass.NextDueAsync(now, ApiHouse.Cancellation) is { Count: > 0 } ids) await pass.DoAsync(ids, now, ApiHouse.Cancellation);
    }

    /// <summary>Three seats, on a card whose bank says no for now.</summary>
    private static async Task<Guid> FailingAsync(ApiHouse house, string name)
    {
        var id = (await house.SendAsync(new AddCustomer(new("USD", "Europe/Lisbon", Name: name, Email: "somebody@example.com")))).Id;
        await house.SendAsync(new AddCard(id, new("sandbox_declines_insufficient_funds")));
        await house.SendAsync(new StartSubscription(id, new("crew", new("month"), 3)));
        await house.RunAsync();
        return id;
    }
}
