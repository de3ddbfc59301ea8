using Billing.Ledger;
using Billing.Payments;

namespace Billing.Tests.Ledger;

/// <summary>Money that goes back, comes past the gateway, or is held by a bank.</summary>
public sealed class MoneyPostingTests
{
    private static readonly LocalDate Today = new(2026, 5, 3);

    [Fact]
    public void A_refund_is_under_way_until_it_arrives_and_is_credit_again_when_it_is_returned()
    {
        var (customer, payment, _) = Paid();
        customer.MoveBalance(Given.Dollars(10), Billing.Customers.BalanceReason.Granted, Given.At("2026-05-03"));
        var asked = Refund.Ask(
            new(Given.Id()), payment, customer, Given.Dollars(10), (RefundCause.Asked, "Sorry"), null, Given.At("2026-05-03"));
        Says(Postings.Moved(asked.Taken), "CustomerCredit to Refunds USD 10.00");

        Says(Settle(new RefundOutcome.Succeeded("re")), "Refunds to GatewayCash USD 10.00");
        Says(Settle(new RefundOutcome.Succeeded("re")));
        var before = asked.Refund.State;
        var returned = RefundSettlement.Apply(asked.Refund, payment, customer, new RefundOutcome.Failed("re", "closed"), Given.At("2026-05-04"));
        Says(
            Postings.Settled(asked.Refund, before, Today).Concat(Postings.Moved(returned.Returned!)),
            "GatewayCash to Refunds USD 10.00", "Refunds to CustomerCredit USD 10.00");

        IEnumerable<Posting> Settle(RefundOutcome outcome)
        {
            var was = asked.Refund.State;
            RefundSettlement.Apply(asked.Refund, payment, customer, outcome, Given.At("2026-05-03"));
            return Postings.Settled(asked.Refund, was, Today);
        }
    }

    [Fact]
    public void Money_by_other_means_counts_for_the_day_it_came()
    {
        var customer = Given.Customer();
        var invoice = Given.Invoice(customer, Given.Dollars(49), "2026-04-01");
        var received = ReceivedPayment.Take(
            new(Given.Id()), invoice, customer, new(ReceivedBy.BankTransfer, Given.Dollars(49), "ref", new(2026, 4, 28)), "office", Given.At("2026-05-03"));

        var posting = Assert.Single(Postings.Received(received.Payment, invoice));
        Assert.Equal((Account.OtherCash, Account.Receivables, new LocalDate(2026, 4, 28)), (posting.Debit, posting.Credit, posting.On));
        var entry = LedgerEntry.Of(posting, Given.Id(), Given.At("2026-05-03"));
        entry.PutOff(new(2026, 5, 1));
        Assert.Equal((new LocalDate(2026, 5, 1), new LocalDate(2026, 4, 28)), (entry.On, entry.OriginalOn));
    }

    [Fact]
    public void A_bank_holds_what_is_disputed_and_keeps_what_is_lost()
    {
        var (customer, payment, invoice) = Paid();
        // Of 10.00 that a credit note gave back, 6.00 are used already.
        invoice.Credit(new(Given.Id()), customer, Given.Dollars(10), "", Given.At("2026-04-02"));
        customer.MoveBalance(-Given.Dollars(6), Billing.Customers.BalanceReason.AppliedToInvoice, Given.At("2026-04-03"));
        var dispute = Dispute.Open(new(Given.Id()), payment, "dp", Given.Dollars(49), "fraudulent", Given.At("2026-05-03"));
        Says(Postings.Opened(dispute, Today), "Disputes to GatewayCash USD 49.00");
        Says(Postings.Won(dispute, Today), "GatewayCash to Disputes USD 49.00");

        var took = dispute.Lose(payment, invoice, customer, Given.Dollars(0), new(Given.Id()), Given.At("2026-05-03"))!;
        Says(Postings.Lost(dispute, took.Fact), "Receivables to Disputes USD 43.00", "BadDebt to Disputes USD 6.00");
        Says(Postings.Moved(took.Entry!), "CustomerCredit to Receivables USD 4.00");
        Says(Postings.Credited(took.Note!, invoice, PostingRule.DisputeCredited, [], Today), "CreditsGiven to Receivables USD 39.00");
    }

    private static (Billing.Customers.Customer Customer, PaymentAttempt Payment, Billing.Invoicing.Invoice Invoice) Paid()
    {
        var customer = Given.Customer();
        var invoice = Given.Invoice(customer, Given.Dollars(49), "2026-04-01");
        var payment = Given.Attempt(invoice, customer, Given.At("2026-04-01"));
        payment.Settle(invoice, customer, new ChargeOutcome.Succeeded("ch"), Given.At("2026-04-01"));
        return (customer, payment, invoice);
    }

    private static void Says(IEnumerable<Posting> postings, params string[] expected) =>
        Assert.Equal(expected, postings.Select(p => $"{p.Debit} to {p.Credit} {p.Amount}"));
}
