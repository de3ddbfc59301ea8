using Billing.Notices;
using Billing.Server.Customers;
using Billing.Server.Notices;
using Billing.Server.Plans;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Faults;
using Billing.Server.Tests.Infrastructure;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Notices;

/// <summary>Notices on their way from what happened to a mail server.</summary>
public sealed class NoticeTests(PostgresServer postgres)
{
    /// <summary>A Wednesday.</summary>
    private static readonly Instant Noon = Instant.FromUtc(2026, 6, 3, 12, 0);

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_receipt_is_sent_after_the_money_arrived_and_only_then(string database)
    {
        await using var office = new PostOffice();
        await using var house = await TestHouse.OnAsync(database, postgres, Noon);
        await house.SellProAsync();
        await house.SubscribeByMailAsync(locale: "bn");
        await house.SubscribeByMailAsync(card: "pm_card_chargeCustomerFail", email: "zoe@example.com");
        await house.PostAsync(office);
        Assert.DoesNotContain(office.Taken, m => m.TextBody!.Contains("49", StringComparison.Ordinal));

        await house.BillAsync();
        for (var i = 0; i < 3; i++) await house.PostAsync(office);

        var receipt = Assert.Single(office.Taken, m => m.TextBody!.Contains("INV-", StringComparison.Ordinal));
        Assert.Equal(("ধন্যবাদ: Pro-এর জন্য $৪৯.০০", "olivia@example.com"), (receipt.Subject, receipt.To.Mailboxes.Single().Address));
        Assert.Contains("৩ জুন, ২০২৬", receipt.TextBody, StringComparison.Ordinal);
        Assert.Contains("৩ জুন, ২০২৬", receipt.HtmlBody, StringComparison.Ordinal);
        Assert.Equal(3, office.Taken.Count);
        Assert.All(await house.FatesAsync(), fate => Assert.EndsWith(" Sent", fate, StringComparison.Ordinal));
        Assert.Equal(3, await house.ReadAsync(db => db.History.CountAsync(h => h.Type == nameof(NoticeSent), TestHouse.Cancellation)));
    }

    [Fact]
    public async Task Two_days_without_a_mail_server_delay_a_notice_and_send_it_once()
    {
        await using var office = new PostOffice { Answer = "451 busy" };
        await using var house = await TestHouse.OnSqliteAsync(Noon);
        await house.SellProAsync();
        var subscription = await house.SubscribeByMailAsync();
        house.Clock.Now += Duration.FromSeconds(1);
        await house.SendAsync(new CancelSubscription(subscription.Id, new("period_end")));

        for (var hour = 0; hour < 48; hour++) await house.PostAsync(office, Noon + Duration.FromHours(hour));
        Assert.Empty(office.Taken);
        office.Answer = "250 ok";
        for (var hour = 48; hour < 60; hour++) await house.PostAsync(office, Noon + Duration.FromHours(hour));

        Assert.Equal(["Pro ends, as you wished", "Your card is in place"], office.Taken.Select(m => m.Subject).Order(StringComparer.Ordinal));
        Assert.All(await house.FatesAsync(), fate => Assert.EndsWith(" Sent", fate, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_settled_while_the_post_is_late_is_not_said_any_more()
    {
        await using var office = new PostOffice { Answer = "451 busy" };
        await using var house = await TestHouse.OnSqliteAsync(Noon);
        await house.SellProAsync();
        var subscription = await house.SubscribeByMailAsync();
        await house.PostAsync(office);
        house.Clock.Now += Duration.FromMinutes(1);
        await house.SendAsync(new CancelSubscription(subscription.Id, new("period_end")));
        await house.PostAsync(office);
        house.Clock.Now += Duration.FromMinutes(1);
        await house.SendAsync(new WithdrawCancel(subscription.Id));

        office.Answer = "250 ok";
        for (var i = 1; i < 4; i++) await house.PostAsync(office, Noon + Duration.FromMinutes(10 * i));

        Assert.Equal(["Pro goes on", "Your card is in place"], office.Taken.Select(m => m.Subject).Order(StringComparer.Ordinal));
        Assert.Equal(["CardAdded Sent", "CancelPlanned Withdrawn", "CancelWithdrawn Sent"], await house.FatesAsync());
    }

    [Fact]
    public async Task A_notice_of_a_process_that_dies_is_said_once_more_as_the_same_mail_at_most()
    {
        await using var office = new PostOffice();
        var death = new SuddenDeath();
        await using var house = await TestHouse.OnSqliteAsync(Noon, new() { Interceptors = [death] });
        await house.SellProAsync();
        var customer = (await house.SubscribeByMailAsync()).CustomerId;
        await house.PostAsync(office);
        var twice = 0;
        for (var point = 1; ; point++)
        {
            // A month later, so that the budget is never in the way.
            house.Clock.Now += Duration.FromDays(31);
            var before = office.Taken.Count;
            await house.TellAsync(customer);
            death.StrikeAt(point);
            var killed = await Record.ExceptionAsync(() => house.PostAsync(office));
            death.Restart();
            for (var i = 0; i < 3; i++) await house.PostAsync(office, house.Clock.Now + Duration.FromMinutes(5));

            var copies = office.Taken.Skip(before).ToList();
            Assert.Single(copies.Select(m => m.MessageId).Distinct());
            Assert.InRange(copies.Count, 1, 2);
            twice += copies.Count - 1;
            Assert.All(await house.FatesAsync(), fate => Assert.EndsWith(" Sent", fate, StringComparison.Ordinal));
            if (killed is null) break;
        }

        // Only between the server's yes and our commit of it.
        Assert.InRange(twice, 1, 7);
    }

    [Fact]
    public async Task Many_runs_at_once_say_a_notice_once()
    {
        await using var office = new PostOffice();
        await using var house = await TestHouse.OnPostgresAsync(postgres, Noon);
        await house.SellProAsync();
        for (var i = 0; i < 8; i++) await house.SubscribeByMailAsync(email: $"{i}@example.com");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (var again = 0; again < 3; again++)
            {
                try
                {
                    await house.PostAsync(office);
                }
                catch (DbUpdateException)
                {
                    // The other had it first: the pass loop would go on with the next.
                }
            }
        }, TestHouse.Cancellation)));
        await house.PostAsync(office);

        Assert.Equal(8, office.Taken.Count);
        Assert.Equal(8, office.Taken.Select(m => m.To.ToString()).Distinct().Count());
    }

    [Theory]
    [InlineData("Pacific/Kiritimati")]
    [InlineData("Pacific/Niue")]
    [InlineData("Australia/Lord_Howe")]
    public async Task Nobody_is_written_to_at_night_wherever_they_are(string zone)
    {
        await using var office = new PostOffice();
        await using var house = await TestHouse.OnSqliteAsync(Noon);
        await house.SellProAsync();
        var customer = (await house.SubscribeByMailAsync(zone)).CustomerId;
        for (var hour = 0; hour < 48; hour++)
        {
            if (hour < 24 && hour % 6 == 1) await house.TellAsync(customer);
            await house.PostAsync(office, Noon + Duration.FromHours(hour));
        }

        Assert.Equal(5, office.Taken.Count);
        Assert.All(office.Taken, mail => Assert.InRange(Instant.FromDateTimeOffset(mail.Date).InZone(DateTimeZoneProviders.Tzdb[zone]).Hour, 8, 20));
    }

    [Fact]
    public async Task A_run_that_lasts_into_the_night_says_nothing_at_night()
    {
        await using var office = new PostOffice();
        await using var house = await TestHouse.OnSqliteAsync(Noon);
        await house.SellProAsync();
        await house.SubscribeByMailAsync();

        // The run began at noon; it is half past nine in the evening when it comes to the notices.
        var pass = house.PostPasses(office)[0];
        var due = await pass.NextDueAsync(Noon, TestHouse.Cancellation);
        house.Clock.Now = Instant.FromUtc(2026, 6, 3, 21, 30);
        await pass.DoAsync(due, Noon, TestHouse.Cancellation);
        await house.PostAsync(office);
        Assert.Empty(office.Taken);

        await house.PostAsync(office, Instant.FromUtc(2026, 6, 4, 8, 0));
        Assert.Single(office.Taken);
    }

    [Fact]
    public async Task A_letter_that_lay_into_the_night_goes_in_the_morning()
    {
        await using var office = new PostOffice();
        await using var house = await TestHouse.OnSqliteAsync(Noon);
        await house.SellProAsync();
        await house.SubscribeByMailAsync();
        var passes = house.PostPasses(office);
        await passes[0].DoAsync(await passes[0].NextDueAsync(Noon, TestHouse.Cancellation), Noon, TestHouse.Cancellation);

        // Written at noon, taken up by the post at half past nine in the evening.
        var due = await passes[1].NextDueAsync(Noon, TestHouse.Cancellation);
        Assert.NotEmpty(due);
        house.Clock.Now = Instant.FromUtc(2026, 6, 3, 21, 30);
        await passes[1].DoAsync(due, house.Clock.Now, TestHouse.Cancellation);
        await house.PostAsync(office);
        Assert.Empty(office.Taken);

        await house.PostAsync(office, Instant.FromUtc(2026, 6, 4, 8, 0));
        Assert.Single(office.Taken);
    }

    [Fact]
    public async Task The_budget_counts_everything_and_what_waits_goes_later()
    {
        await using var office = new PostOffice();
        await using var house = await TestHouse.OnSqliteAsync(Noon);
        await house.SellProAsync();
        var customer = (await house.SubscribeByMailAsync()).CustomerId;
        for (var day = 0; day < 20; day++)
        {
            await house.TellAsync(customer);
            await house.PostAsync(office, Noon + Duration.FromDays(day));
        }

        Assert.Equal(NoticePolicy.Default.BudgetFor(NoticeWeight.Answer), office.Taken.Count);
        await house.PostAsync(office, Noon + Duration.FromDays(30));
        Assert.Equal(NoticePolicy.Default.BudgetFor(NoticeWeight.Answer) + 2, office.Taken.Count);
        Assert.Contains(await house.FatesAsync(), fate => fate == "CardAdded Withdrawn");
    }

    [Fact]
    public async Task One_act_is_one_mail()
    {
        await using var office = new PostOffice();
        await using var house = await TestHouse.OnSqliteAsync(Noon);
        await house.SellProAsync();
        var subscription = await house.SubscribeByMailAsync();
        await house.BillAsync();
        await house.PostAsync(office);

        // Leaving at once ends it and gives paid days back: one mail says both.
        house.Clock.Now += Duration.FromDays(5);
        await house.SendAsync(new CancelSubscription(subscription.Id, new("now")));
        await house.PostAsync(office);

        var mail = office.Taken[^1];
        Assert.Equal("Pro has ended", mail.Subject);
        Assert.Contains("Your credit stays yours: $40.83", mail.TextBody, StringComparison.Ordinal);
        Assert.Equal(["Credited Withdrawn", "Ended Sent"], (await house.FatesAsync())[^2..].Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_return_from_the_beach_is_announced_by_mail_seven_days_before()
    {
        await using var office = new PostOffice();
        await using var house = await TestHouse.OnSqliteAsync(Noon);
        await house.SellProAsync();
        await house.SendAsync(new AllowBreaks(Merchant.Pro, new(new(500, "USD"), 14, 180, 2, 0, "read_only", "Everything")));
        var subscription = await house.SubscribeByMailAsync();
        await house.BillAsync();
        await house.SendAsync(new TakeBreak(subscription.Id, new("2026-07-10", "now")));
        for (var day = 0; day <= 30; day++)
        {
            house.Clock.Now = Noon + Duration.FromDays(day);
            await house.BillAsync();
            await house.PostAsync(office);
        }

        var told = Assert.Single(office.Taken, m => m.Subject == "Back from the beach on 10 July 2026");
        Assert.Equal(new(2026, 7, 3), Instant.FromDateTimeOffset(told.Date).InUtc().Date);
        Assert.Contains("We charge: $49.00", told.TextBody, StringComparison.Ordinal);
        Assert.Contains(office.Taken, m => m.Subject == "Enjoy the beach");
    }

    [Fact]
    public void What_is_imported_is_not_announced()
    {
        var fact = new SubscriptionEnded(new(Guid.NewGuid()), new(2026, 6, 1), new(Guid.NewGuid()), EndReason.Voluntary);
        Assert.NotNull(PlannedNotices.Of(HistoryEntry.Of(fact, Actors.Run, Noon), fact));
        Assert.Null(PlannedNotices.Of(HistoryEntry.Of(fact, Actors.Import, Noon), fact));
    }

    [Fact]
    public void Every_fact_that_is_told_is_read_from_the_history_as_it_was()
    {
        var attempt = new Billing.Payments.PaymentSucceeded(new(Guid.NewGuid()), new(2026, 6, 1), new(Guid.NewGuid()), new(Guid.NewGuid()), 4_900, "USD");
        var told = new ReturnAnnounced(
            new(Guid.NewGuid()), new(2026, 6, 1), new(Guid.NewGuid()), new(Guid.NewGuid()), new(2026, 6, 8), new(2026, 6, 9), 1, 2, "BDT", CardOnReturn.Expired);
        Assert.Equal(attempt, HistoryEntry.Of(attempt, "run", Noon).Read());
        Assert.Equal(told, HistoryEntry.Of(told, "run", Noon).Read());
    }
}
