using Billing.Customers;
using Billing.Invoicing;
using Billing.Payments;

namespace Billing.Tests.Payments;

public sealed class CollectionTests
{
    private const string Insufficient = "insufficient_funds", Machine = "processing_error", Lost = "lost_card";
    private readonly Customer customer = Given.Customer();

    [Fact]
    public void A_declined_card_is_tried_again_on_the_mornings_3_7_and_14_days_after()
    {
        string[] declines = [];
        var now = Given.At("2026-05-01");

        List<string?> mornings = [];
        while (Next(declines = [.. declines, Insufficient], now) is { } next)
        {
            mornings.Add(next.ToString("uuuu-MM-dd HH:mm", null));
            now = next;
        }

        Assert.Equal(["2026-05-04 09:00", "2026-05-08 09:00", "2026-05-15 09:00"], mornings);
    }

    [Theory]
    [InlineData(Lost)]
    [InlineData("stolen_card")]
    [InlineData("authentication_required")]
    [InlineData("invalid_account")]
    [InlineData("stop_payment_order")]
    [InlineData("incorrect_cvc")]
    [InlineData("duplicate_transaction")]
    public void A_hard_decline_is_never_tried_again_on_the_same_card(string code)
    {
        Assert.Null(Next([code], Given.At("2026-05-01")));
        Assert.Null(Next([Insufficient, code], Given.At("2026-05-04")));
    }

    [Fact]
    public void A_technical_decline_waits_hours_and_uses_up_no_day()
    {
        var now = Given.At("2026-05-01");
        Assert.Equal(Given.At("2026-05-01T04:00"), Next([Machine], now));
        Assert.Equal(Given.At("2026-05-01T08:00"), Next([Machine, Machine], Given.At("2026-05-01T04:00")));

        Assert.Equal(Given.At("2026-05-04T09:00"), Next([Machine, Machine, Insufficient], Given.At("2026-05-01T08:00")));
    }

    [Fact]
    public void A_machine_that_never_answers_is_left_alone_after_eight_retries()
    {
        Assert.NotNull(Next([.. Enumerable.Repeat(Machine, 8)], Given.At("2026-05-01")));
        Assert.Null(Next([.. Enumerable.Repeat(Machine, 9)], Given.At("2026-05-01")));
    }

    [Fact]
    public void A_class_with_fewer_retries_than_the_plan_ends_sooner()
    {
        Assert.NotNull(Next(["restricted_card", "restricted_card"], Given.At("2026-05-01")));
        Assert.Null(Next(["restricted_card", "restricted_card", "restricted_card"], Given.At("2026-05-01")));
    }

    [Theory]
    [InlineData("Pacific/Kiritimati", "2026-05-01T12:00", "2026-05-04T19:00")]
    [InlineData("Asia/Kathmandu", "2026-05-01T12:00", "2026-05-04T03:15")]
    [InlineData("America/New_York", "2026-03-06T12:00", "2026-03-09T13:00")]
    [InlineData("America/New_York", "2026-10-30T12:00", "2026-11-02T14:00")]
    public void Retries_fall_on_nine_in_the_morning_where_the_customer_lives(string zone, string declined, string expected) =>
        Assert.Equal(Given.At(expected), CollectionPolicy.Default.NextAttempt(
            [Insufficient], Given.At(declined), DateTimeZoneProviders.Tzdb[zone]));

    [Fact]
    public void An_outage_of_ours_does_not_bunch_retries()
    {
        // Declined on 1 May; down from the 2nd to the 11th; tried on the 11th instead of the 4th.
        var second = Next([Insufficient, Insufficient], Given.At("2026-05-11T12:00"));
        var third = Next([Insufficient, Insufficient, Insufficient], second!.Value);

        Assert.Equal([Given.At("2026-05-15T09:00"), Given.At("2026-05-22T09:00")], [second.Value, third!.Value]);
    }

    [Fact]
    public void A_retry_is_never_sooner_than_a_day_after_the_decline()
    {
        var daily = new CollectionPolicy([1], new LocalTime(9, 0));

        Assert.Equal(Given.At("2026-05-03T09:00"), daily.NextAttempt([Insufficient], Given.At("2026-05-01T20:00"), DateTimeZone.Utc));
    }

    [Fact]
    public void Another_card_starts_the_plan_anew()
    {
        var invoice = Given.Invoice(customer, Given.Dollars(49), "2026-05-01");
        Given.Attempt(invoice, customer, Given.At("2026-05-01"))
            .Settle(invoice, customer, new ChargeOutcome.Declined("p1", Lost), Given.At("2026-05-01"));
        Assert.Null(invoice.NextAttemptAt);

        // Only what this card was declined with counts for this card.
        Given.Attempt(invoice, customer, Given.At("2026-05-02"))
            .Settle(invoice, customer, new ChargeOutcome.Declined("p2", Insufficient), Given.At("2026-05-02"));

        Assert.Equal(Given.At("2026-05-05T09:00"), invoice.NextAttemptAt);
    }

    [Fact]
    public void No_invoice_is_retried_more_than_eight_times_whatever_the_cards()
    {
        var invoice = Given.Invoice(customer, Given.Dollars(49), "2026-05-01");
        for (var i = 1; i <= DeclineCodes.MostRetries + 1; i++)
        {
            Given.Attempt(invoice, customer, Given.At("2026-05-01"))
                .Settle(invoice, customer, new ChargeOutcome.Declined("p", Insufficient), Given.At("2026-05-01"));
            Assert.Equal(i <= DeclineCodes.MostRetries, invoice.NextAttemptAt is not null);
        }
    }

    [Fact]
    public void Money_that_no_invoice_wants_becomes_credit()
    {
        var invoice = Given.Invoice(customer, Given.Dollars(49));
        var attempt = Given.Attempt(invoice, customer, Given.At("2026-01-01"));
        invoice.Credit(new(Given.Id()), customer, Given.Dollars(9), "Sorry", Given.At("2026-01-01"));

        var settlement = attempt.Settle(invoice, customer, new ChargeOutcome.Succeeded("p"), Given.At("2026-01-01"));

        Assert.Equal((4000L, InvoiceStatus.Paid), (invoice.PaidMinor, invoice.Status));
        Assert.Equal((900L, BalanceReason.Overpayment), (settlement.Overpayment!.AmountMinor, settlement.Overpayment.Reason));
        Assert.Equal(Given.Dollars(9), customer.Balance);
    }

    [Fact]
    public void A_settled_attempt_never_regresses()
    {
        ChargeOutcome[] late =
        [
            new ChargeOutcome.Declined("p", Insufficient), new ChargeOutcome.Unknown("lost"), new ChargeOutcome.Failed("no"),
            new ChargeOutcome.ActionRequired("p"), new ChargeOutcome.NeverArrived(), new ChargeOutcome.Succeeded("p"),
        ];
        var invoice = Given.Invoice(customer, Given.Dollars(49));
        var attempt = Given.Attempt(invoice, customer, Given.At("2026-01-01"));
        attempt.Settle(invoice, customer, new ChargeOutcome.Succeeded("p"), Given.At("2026-01-01"));

        Assert.All(late, outcome => Assert.Empty(attempt.Settle(invoice, customer, outcome, Given.At("2026-01-02")).Facts));

        Assert.Equal((AttemptState.Succeeded, Given.At("2026-01-01"), null), (attempt.State, attempt.SettledAt, attempt.AskAgainAt));
        Assert.Equal((InvoiceStatus.Paid, 4900L, 0L), (invoice.Status, invoice.PaidMinor, customer.BalanceMinor));
    }

    [Fact]
    public void A_persons_try_does_not_move_the_plan()
    {
        var invoice = Given.Invoice(customer, Given.Dollars(49), "2026-05-01");
        Given.Attempt(invoice, customer, Given.At("2026-05-01"))
            .Settle(invoice, customer, new ChargeOutcome.Declined("p1", Insufficient), Given.At("2026-05-01"));

        Given.Attempt(invoice, customer, Given.At("2026-05-02"), AttemptTrigger.Manual)
            .Settle(invoice, customer, new ChargeOutcome.Declined("p2", Lost), Given.At("2026-05-02"));

        Assert.Equal((Given.At("2026-05-04T09:00"), 1), (invoice.NextAttemptAt, invoice.AutomaticAttempts));
    }

    [Fact]
    public void A_plan_that_meets_another_attempt_waits_an_hour()
    {
        var invoice = Given.Invoice(customer, Given.Dollars(49), "2026-05-01");

        invoice.AwaitOtherAttempt(Given.At("2026-05-01"));

        Assert.Equal((Given.At("2026-05-01T01:00"), 0), (invoice.NextAttemptAt, invoice.AutomaticAttempts));
    }

    [Fact]
    public void What_nobody_knows_is_asked_again_after_1_2_4_minutes_and_at_most_six_hours()
    {
        var invoice = Given.Invoice(customer, Given.Dollars(49));
        var now = Given.At("2026-01-01");
        var attempt = Given.Attempt(invoice, customer, now);

        List<long> minutes = [];
        for (var i = 0; i < 11; i++)
        {
            Assert.Empty(attempt.Settle(invoice, customer, new ChargeOutcome.Unknown("lost"), now).Facts);
            minutes.Add((long)(attempt.AskAgainAt!.Value - now).TotalMinutes);
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360], minutes);
        Assert.Equal((AttemptState.Unknown, null, null), (attempt.State, attempt.SettledAt, invoice.NextAttemptAt));
    }

    [Fact]
    public void What_never_arrived_is_tried_anew_and_what_was_refused_as_it_stands_is_left_to_people()
    {
        var invoice = Given.Invoice(customer, Given.Dollars(49));
        Given.Attempt(invoice, customer, Given.At("2026-01-01"))
            .Settle(invoice, customer, new ChargeOutcome.NeverArrived(), Given.At("2026-01-02"));
        Assert.Equal(Given.At("2026-01-02"), invoice.NextAttemptAt);

        Given.Attempt(invoice, customer, Given.At("2026-01-02"))
            .Settle(invoice, customer, new ChargeOutcome.Failed("amount_too_large"), Given.At("2026-01-02"));
        Assert.Null(invoice.NextAttemptAt);
    }

    [Fact]
    public void What_is_not_owed_is_not_charged()
    {
        var invoice = Given.Invoice(customer, Given.Dollars(49));
        invoice.VoidBy(customer, Given.At("2026-01-01"));

        Assert.Equal("invoice_not_open", Assert.Throws<Refused>(
            () => Given.Attempt(invoice, customer, Given.At("2026-01-01"), AttemptTrigger.Manual)).Code);
    }

    private static Instant? Next(string[] declines, Instant now) =>
        CollectionPolicy.Default.NextAttempt(declines, now, DateTimeZone.Utc);
}
