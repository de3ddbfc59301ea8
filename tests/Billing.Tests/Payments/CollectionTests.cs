using Billing.Customers;
using Billing.Invoicing;
using Billing.Payments;

namespace Billing.Tests.Payments;

public sealed class CollectionTests
{
    private const string Insufficient = "insufficient_funds";
    private readonly Customer customer = Given.Customer();

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
}
