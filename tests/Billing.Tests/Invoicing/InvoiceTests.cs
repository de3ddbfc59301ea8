using Billing.Customers;
using Billing.Invoicing;

namespace Billing.Tests.Invoicing;

public sealed class InvoiceTests
{
    private readonly Customer customer = Given.Customer();

    [Fact]
    public void The_customers_credit_is_used_first()
    {
        Credit(10);

        var invoice = Given.Invoice(customer, Given.Dollars(49));

        Assert.Equal((1000L, 3900L, InvoiceStatus.Open), (invoice.BalanceAppliedMinor, invoice.DueMinor, invoice.Status));
        Assert.Equal(0, customer.BalanceMinor);
    }

    [Fact]
    public void Credit_that_is_more_than_the_total_is_kept_for_the_next_invoice()
    {
        Credit(60);

        var invoice = Given.Invoice(customer, Given.Dollars(49));

        Assert.Equal((4900L, InvoiceStatus.Paid), (invoice.BalanceAppliedMinor, invoice.Status));
        Assert.Equal(Given.Dollars(11), customer.Balance);
    }

    [Fact]
    public void What_is_below_the_gateways_minimum_is_carried_to_the_next_invoice()
    {
        var invoice = Given.Invoice(customer, Given.Dollars(0.49m));

        Assert.Equal((49L, 0L, InvoiceStatus.Paid), (invoice.CarriedForwardMinor, invoice.DueMinor, invoice.Status));
        Assert.Equal(Given.Dollars(-0.49m), customer.Balance);
    }

    [Fact]
    public void What_is_below_a_step_of_the_currency_is_carried_to_the_next_invoice()
    {
        Currency dinar = Currency.Of("KWD"), ariary = Currency.Of("MGA");
        var (here, there) = (Given.Customer(currency: "KWD"), Given.Customer(currency: "MGA"));

        var months = Enumerable.Range(0, 3).Select(_ => Given.Invoice(here, new(4_905, dinar))).ToList();
        var other = Given.Invoice(there, new(50_050, ariary));

        Assert.Equal([(0, 5, 4_900), (-5, 0, 4_910), (0, 5, 4_900)], months.Select(i => (i.BalanceAppliedMinor, i.CarriedForwardMinor, i.DueMinor)));
        Assert.All(months, i => Assert.Equal(InvoiceStatus.Open, i.Status));
        Assert.Equal(new(-5, dinar), here.Balance);
        Assert.Equal((50L, 50_000L), (other.CarriedForwardMinor, other.DueMinor));
    }

    [Fact]
    public void What_a_credit_note_leaves_below_a_step_is_carried_and_the_rest_is_charged()
    {
        var here = Given.Customer(currency: "KWD");
        var invoice = Given.Invoice(here, new(4_900, here.Currency));
        invoice.Credit(new(Given.Id()), here, new(1_003, here.Currency), "Sorry", Given.At("2026-01-02"));

        var entry = invoice.CarryForwardIfSmall(here, new(200, here.Currency), Given.At("2026-01-02"));

        Assert.Equal((-7L, 3_890L, InvoiceStatus.Open), (entry!.AmountMinor, invoice.DueMinor, invoice.Status));
        Assert.Null(invoice.CarryForwardIfSmall(here, new(200, here.Currency), Given.At("2026-01-02")));
    }

    [Fact]
    public void What_a_voided_invoice_carried_forward_is_not_owed()
    {
        var here = Given.Customer(currency: "KWD");
        var invoice = Given.Invoice(here, new(4_905, here.Currency));

        invoice.VoidBy(here, Given.At("2026-01-02"));

        Assert.True(here.Balance.IsZero);
    }

    [Fact]
    public void The_minimum_itself_is_charged()
    {
        var invoice = Given.Invoice(customer, Given.Dollars(0.50m));

        Assert.Equal((50L, InvoiceStatus.Open, 0L), (invoice.DueMinor, invoice.Status, customer.BalanceMinor));
    }

    [Fact]
    public void What_is_owed_from_before_is_collected_with_the_next_invoice()
    {
        Given.Invoice(customer, Given.Dollars(0.30m));

        var invoice = Given.Invoice(customer, Given.Dollars(0.20m));

        Assert.Equal((20L, -30L, 50L), (invoice.TotalMinor, invoice.BalanceAppliedMinor, invoice.DueMinor));
        Assert.Equal((InvoiceStatus.Open, 0L), (invoice.Status, customer.BalanceMinor));
    }

    [Fact]
    public void What_is_owed_and_the_next_invoice_may_together_still_be_too_small()
    {
        Given.Invoice(customer, Given.Dollars(0.20m));

        var invoice = Given.Invoice(customer, Given.Dollars(0.20m));

        Assert.Equal((20L, 0L, InvoiceStatus.Paid), (invoice.CarriedForwardMinor, invoice.BalanceAppliedMinor, invoice.Status));
        Assert.Equal(Given.Dollars(-0.40m), customer.Balance);
    }

    [Fact]
    public void An_invoice_of_zero_settles_by_itself()
    {
        var invoice = Given.Invoice(customer, Given.Dollars(0));

        Assert.Equal((InvoiceStatus.Paid, null, Given.At("2026-01-01")), (invoice.Status, invoice.NextAttemptAt, invoice.ClosedAt));
    }

    [Fact]
    public void Voiding_an_invoice_gives_back_the_credit_it_used()
    {
        Credit(10);
        var invoice = Given.Invoice(customer, Given.Dollars(49));

        var entry = invoice.VoidBy(customer, Given.At("2026-01-02"));

        Assert.Equal((InvoiceStatus.Void, 0L, null), (invoice.Status, invoice.DueMinor, invoice.NextAttemptAt));
        Assert.Equal((BalanceReason.Restored, 1000L), (entry!.Reason, entry.AmountMinor));
        Assert.Equal(Given.Dollars(10), customer.Balance);
    }

    [Fact]
    public void Voiding_an_invoice_that_collected_an_older_amount_owes_that_again()
    {
        Given.Invoice(customer, Given.Dollars(0.30m));
        var invoice = Given.Invoice(customer, Given.Dollars(49));

        invoice.VoidBy(customer, Given.At("2026-01-02"));

        Assert.Equal(Given.Dollars(-0.30m), customer.Balance);
    }

    [Fact]
    public void A_credited_invoice_is_not_voided()
    {
        var invoice = Given.Invoice(customer, Given.Dollars(49));
        CreditNote(invoice, 9);

        var refused = Assert.Throws<Refused>(() => invoice.VoidBy(customer, Given.At("2026-01-03")));

        Assert.Equal("invoice_not_open", refused.Code);
        Assert.Equal((4000L, InvoiceStatus.Open), (invoice.DueMinor, invoice.Status));
    }

    [Fact]
    public void A_paid_invoice_is_not_voided()
    {
        var invoice = Given.Invoice(customer, Given.Dollars(49));
        invoice.TakePayment(Given.Dollars(49), Given.At("2026-01-02"));

        Assert.Equal("invoice_not_open", Assert.Throws<Refused>(() => invoice.VoidBy(customer, Given.At("2026-01-03"))).Code);
    }

    [Fact]
    public void A_credit_note_takes_what_is_due_first_and_the_rest_becomes_credit()
    {
        var open = Given.Invoice(customer, Given.Dollars(49));
        Assert.Null(CreditNote(open, 9).Entry);
        Assert.Equal((4000L, 900L), (open.DueMinor, open.CreditedMinor));

        open.TakePayment(Given.Dollars(40), Given.At("2026-01-02"));
        var credited = CreditNote(open, 15);

        Assert.Equal((1500L, 1500L), (credited.Note.AmountMinor, credited.Note.ToBalanceMinor));
        Assert.Equal(Given.Dollars(15), customer.Balance);
        Assert.Equal(InvoiceStatus.Paid, open.Status);
    }

    [Fact]
    public void A_credit_note_over_all_that_is_due_settles_the_invoice()
    {
        var invoice = Given.Invoice(customer, Given.Dollars(49));

        CreditNote(invoice, 49);

        Assert.Equal((InvoiceStatus.Paid, 0L, null), (invoice.Status, invoice.DueMinor, invoice.NextAttemptAt));
    }

    [Fact]
    public void Credit_notes_never_exceed_the_invoices_total()
    {
        var invoice = Given.Invoice(customer, Given.Dollars(49));
        CreditNote(invoice, 40);

        Assert.Equal("credit_exceeds_invoice", Assert.Throws<Refused>(() => CreditNote(invoice, 9.01m)).Code);
        CreditNote(invoice, 9);
        Assert.Equal("credit_exceeds_invoice", Assert.Throws<Refused>(() => CreditNote(invoice, 0.01m)).Code);
        Assert.Equal("credit_exceeds_invoice", Assert.Throws<Refused>(() => CreditNote(invoice, 0)).Code);
    }

    [Fact]
    public void What_a_credit_note_leaves_below_the_minimum_is_carried_forward()
    {
        var invoice = Given.Invoice(customer, Given.Dollars(49));
        CreditNote(invoice, 48.70m);

        var entry = invoice.CarryForwardIfSmall(customer, Given.Minimum, Given.At("2026-01-02"));

        Assert.Equal(-30, entry!.AmountMinor);
        Assert.Equal((4870L, 30L, 0L, InvoiceStatus.Paid),
            (invoice.CreditedMinor, invoice.CarriedForwardMinor, invoice.DueMinor, invoice.Status));
        Assert.Null(invoice.CarryForwardIfSmall(customer, Given.Minimum, Given.At("2026-01-02")));
    }

    [Fact]
    public void An_invoice_written_off_stays_owed()
    {
        var invoice = Given.Invoice(customer, Given.Dollars(49));

        invoice.GiveUp(Given.At("2026-03-01"));

        Assert.Equal((InvoiceStatus.Uncollectible, 4900L, null), (invoice.Status, invoice.DueMinor, invoice.NextAttemptAt));
        Assert.True(invoice.TakePayment(Given.Dollars(49), Given.At("2026-04-01")).IsZero);
        Assert.Equal(InvoiceStatus.Paid, invoice.Status);
    }

    [Fact]
    public void An_issued_invoice_does_not_change()
    {
        var invoice = Given.Invoice(customer, Given.Dollars(49));

        Assert.Equal("invoice_issued", Assert.Throws<Refused>(() => invoice.AddItem("More", 1, Given.Dollars(1))).Code);
        Assert.Equal("invoice_issued", Assert.Throws<Refused>(() => invoice.Issue(customer, Given.Minimum, Given.At("2026-01-02"))).Code);
    }

    [Fact]
    public void A_draft_without_lines_or_below_zero_is_not_issued()
    {
        var draft = Invoice.Draft(new(Given.Id()), customer, Given.At("2026-01-01"));
        Assert.Equal("invoice_empty", Assert.Throws<Refused>(() => draft.Issue(customer, Given.Minimum, Given.At("2026-01-01"))).Code);

        draft.AddItem("A gift", 1, Given.Dollars(-5));
        Assert.Equal("amount_out_of_range", Assert.Throws<Refused>(() => draft.Issue(customer, Given.Minimum, Given.At("2026-01-01"))).Code);
        Assert.Equal(InvoiceStatus.Draft, draft.Status);
    }

    [Theory]
    [InlineData(0, 1L, "quantity_out_of_range")]
    [InlineData(Invoice.MostPieces + 1, 1L, "quantity_out_of_range")]
    [InlineData(2, long.MaxValue, "amount_out_of_range")]
    [InlineData(2, long.MinValue, "amount_out_of_range")]
    public void An_item_that_would_overflow_is_refused(int quantity, long unit, string code)
    {
        var draft = Invoice.Draft(new(Given.Id()), customer, Given.At("2026-01-01"));

        Assert.Equal(code, Assert.Throws<Refused>(() => draft.AddItem("Gold", quantity, Given.Dollars(0) with { Minor = unit })).Code);
        Assert.Empty(draft.Lines);
    }

    [Fact]
    public void A_number_is_given_once_and_only_to_what_is_issued()
    {
        var draft = Invoice.Draft(new(Given.Id()), customer, Given.At("2026-01-01"));
        Assert.Throws<InvalidOperationException>(() => draft.GiveNumber("INV-000001"));

        var invoice = Given.Invoice(customer, Given.Dollars(49));
        invoice.GiveNumber(NumberSeries.Format(NumberSeries.Invoices, 42));

        Assert.Equal("INV-000042", invoice.Number);
        Assert.Throws<InvalidOperationException>(() => invoice.GiveNumber("INV-000043"));
    }

    private void Credit(decimal amount) =>
        customer.MoveBalance(Given.Dollars(amount), BalanceReason.Granted, Given.At("2026-01-01"));

    private Credited CreditNote(Invoice invoice, decimal amount) =>
        invoice.Credit(new(Given.Id()), customer, Given.Dollars(amount), "Sorry", Given.At("2026-01-02"));
}
