using Billing.Customers;
using Billing.Invoicing;
using Billing.Payments;
using Billing.Server.BillingRun;
using Billing.Server.Payments;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Faults;

/// <summary>The answer to a charge was lost: nobody knows, and nobody guesses.</summary>
public sealed class UnknownOutcomeTests(PostgresServer postgres)
{
    private static readonly Instant FirstOfMay = Instant.FromUtc(2026, 5, 1, 9, 0);

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task What_nobody_knows_is_asked_before_anything_is_charged_again(string database)
    {
        await using var house = await OpenAsync(database);
        house.Gateway.Faults.LoseAfterCapture(1);
        await house.RunAsync();
        Assert.Equal((AttemptState.Unknown, InvoiceStatus.Open), await StateAsync(house));

        await house.RunAsync();
        var byAPerson = await house.Get<PaymentDesk>().BeginAsync(
            [(await InvoiceAsync(house)).Id], AttemptTrigger.Manual, house.Clock.Now, TestHouse.Cancellation);
        Assert.Empty(byAPerson);
        Assert.Equal(1, house.Gateway.Ledger.ChargeCalls());

        house.Clock.Now += Duration.FromMinutes(3);
        await house.RunAsync();
        Assert.Equal((AttemptState.Succeeded, InvoiceStatus.Paid), await StateAsync(house));
        Assert.Equal((1, Merchant.Price), (house.Gateway.Ledger.AllCaptures().Count, house.Gateway.Ledger.AllCaptures()[0].Amount.Minor));
        await house.MustAgreeAsync();
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task What_never_arrived_is_sent_again_under_the_same_key(string database)
    {
        await using var house = await OpenAsync(database);
        house.Gateway.Faults.LoseBeforeCapture(1);
        await house.RunAsync();
        Assert.Empty(house.Gateway.Ledger.AllCaptures());

        house.Clock.Now += Duration.FromMinutes(3);
        await house.RunAsync();

        Assert.Equal((AttemptState.Succeeded, InvoiceStatus.Paid), await StateAsync(house));
        Assert.Equal((1, 2), (house.Gateway.Ledger.AllCaptures().Count, house.Gateway.Ledger.ChargeCalls()));
        Assert.Equal(1, await house.ReadAsync(db => db.PaymentAttempts.CountAsync(TestHouse.Cancellation)));
        await house.MustAgreeAsync();
    }

    [Theory]
    [InlineData("sandbox_timeout_captured", InvoiceStatus.Paid, 1)]
    [InlineData("sandbox_timeout_declined", InvoiceStatus.Open, 0)]
    public async Task A_card_whose_answers_are_always_lost_is_understood_all_the_same(string card, InvoiceStatus expected, int captures)
    {
        await using var house = await OpenAsync(Databases.Sqlite, card);
        await house.RunAsync();
        house.Clock.Now += Duration.FromMinutes(3);

        await house.RunAsync();

        Assert.Equal((expected, captures), ((await InvoiceAsync(house)).Status, house.Gateway.Ledger.AllCaptures().Count));
        await house.NothingIsLeftUnknownAsync();
        await house.MustAgreeAsync();
    }

    [Fact]
    public async Task Older_than_the_keys_life_it_is_looked_up_and_never_replayed()
    {
        await using var house = await OpenAsync(Databases.Sqlite, "sandbox_timeout_captured");
        await house.RunAsync();
        house.Clock.Now += Duration.FromHours(30);

        await house.RunAsync();

        // A replay beyond the key's life would have been a second capture: the sandbox does not forgive it.
        Assert.Equal((1, 1), (house.Gateway.Ledger.AllCaptures().Count, house.Gateway.Ledger.ChargeCalls()));
        Assert.Equal((AttemptState.Succeeded, InvoiceStatus.Paid), await StateAsync(house));
    }

    [Fact]
    public async Task Older_than_the_keys_life_and_never_heard_of_it_is_tried_anew_as_another_attempt()
    {
        await using var house = await OpenAsync(Databases.Sqlite);
        house.Gateway.Faults.LoseBeforeCapture(1);
        await house.RunAsync();
        house.Clock.Now += Duration.FromHours(30);

        await house.RunAsync();

        var attempts = await house.ReadAsync(db => db.PaymentAttempts.OrderBy(a => a.StartedAt).ToListAsync(TestHouse.Cancellation));
        Assert.Equal([AttemptState.Failed, AttemptState.Succeeded], attempts.Select(a => a.State));
        Assert.Single(house.Gateway.Ledger.AllCaptures());
        await house.MustAgreeAsync();
    }

    [Theory]
    [InlineData(3)]
    [InlineData(30 * 60)]
    public async Task What_was_voided_meanwhile_is_not_charged_by_asking_again(int minutesLater)
    {
        await using var house = await OpenAsync(Databases.Sqlite);
        house.Gateway.Faults.LoseBeforeCapture(1);
        await house.RunAsync();
        await VoidAsync(house);

        house.Clock.Now += Duration.FromMinutes(minutesLater);
        await house.RunAsync();

        Assert.Empty(house.Gateway.Ledger.AllCaptures());
        Assert.Equal(InvoiceStatus.Void, (await InvoiceAsync(house)).Status);
    }

    [Fact]
    public async Task What_was_voided_meanwhile_and_captured_all_the_same_is_the_customers_credit()
    {
        await using var house = await OpenAsync(Databases.Sqlite);
        house.Gateway.Faults.LoseAfterCapture(1);
        await house.RunAsync();
        await VoidAsync(house);

        house.Clock.Now += Duration.FromMinutes(3);
        await house.RunAsync();

        var customer = await house.ReadAsync(db => db.Customers.SingleAsync(TestHouse.Cancellation));
        var entry = await house.ReadAsync(db => db.BalanceEntries.SingleAsync(TestHouse.Cancellation));
        Assert.Equal((Merchant.Price, BalanceReason.Overpayment), (customer.BalanceMinor, entry.Reason));
        await house.BalancesAreToldAsync();
        Assert.Equal(InvoiceStatus.Void, (await InvoiceAsync(house)).Status);
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_plan_that_meets_a_persons_attempt_is_not_lost_when_that_fails(string database)
    {
        await using var house = await OpenAsync(database, "sandbox_declines_insufficient_funds_1_times");
        await house.Get<PassLoop>().RunAsync(
            house.Get<RenewDueSubscriptions>(), new RunPass(), FirstOfMay, (_, _) => Task.CompletedTask, TestHouse.Cancellation);
        var desk = house.Get<PaymentDesk>();
        var begun = await desk.BeginAsync([(await InvoiceAsync(house)).Id], AttemptTrigger.Manual, FirstOfMay, TestHouse.Cancellation);

        await house.RunAsync();
        await desk.AskAndSettleAsync(begun, house.Clock, TestHouse.Cancellation);
        Assert.Equal(FirstOfMay + Duration.FromHours(1), (await InvoiceAsync(house)).NextAttemptAt);

        house.Clock.Now += Duration.FromHours(1);
        await house.RunAsync();
        Assert.Equal(InvoiceStatus.Paid, (await InvoiceAsync(house)).Status);
        await house.MustAgreeAsync();
    }

    // The command refuses this while an attempt is under way; what is tested here is the last line behind it.
    private static async Task VoidAsync(TestHouse house)
    {
        await using var db = house.Database.Open();
        var invoice = await db.Invoices.SingleAsync(TestHouse.Cancellation);
        invoice.VoidBy(await db.Customers.SingleAsync(TestHouse.Cancellation), house.Clock.Now);
        await db.SaveChangesAsync(TestHouse.Cancellation);
    }

    private static async Task<Invoice> InvoiceAsync(TestHouse house) => Assert.Single(await house.InvoicesAsync());

    private static async Task<(AttemptState, InvoiceStatus)> StateAsync(TestHouse house) => (
        await house.ReadAsync(db => db.PaymentAttempts.Select(a => a.State).SingleAsync(TestHouse.Cancellation)), (await InvoiceAsync(house)).Status);

    private async Task<TestHouse> OpenAsync(string database, string card = "pm_card_visa")
    {
        var house = await TestHouse.OnAsync(database, postgres, FirstOfMay);
        await house.SellProAsync();
        await house.SubscribeAsync(card);
        return house;
    }
}
