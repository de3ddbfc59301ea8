using Billing.Customers;
using Billing.Invoicing;
using Billing.Payments;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Tests.Invoicing;

/// <summary>Whatever is done to a customer's invoices, and in whatever order, the sums stay sums.</summary>
public sealed class InvoiceProperties
{
    private enum Act
    {
        Issue,
        Pay,
        CreditNote,
        Void,
        GiveUp,
        Grant,
        CarryForward,
    }

    /// <summary>Small enough for amounts to meet the minimum of 50 and each other.</summary>
    private static readonly Gen<Step> Steps =
        from act in Gen.Elements(Enum.GetValues<Act>())
        from amount in Gen.OneOf(Gen.Choose(0, 120), Gen.Elements(0, 1, 49, 50, 51, 4_900))
        from invoice in Gen.Choose(0, 4)
        select new Step(act, amount, invoice);

    [Theory, InlineData("USD"), InlineData("KWD")]
    public void An_invoice_adds_up_after_any_sequence_of_acts(string currency) => Always.Holds(Steps.ListOf(), steps =>
    {
        var books = new Books(currency);
        foreach (var step in steps)
        {
            books.Do(step);
            books.MustAddUp();
        }
    });

    [Theory]
    [InlineData("USD", 50)]
    [InlineData("EUR", 50)]
    [InlineData("GBP", 30)]
    [InlineData("BDT", 7_000)]
    [InlineData("JPY", 50)]
    [InlineData("KWD", 200)]
    public void Nothing_one_coin_almost_enough_and_just_enough_in_every_currency(string code, long least)
    {
        var currency = Currency.Of(code);
        (long Total, InvoiceStatus Status, long Carried, long Due)[] expected =
        [
            (0, InvoiceStatus.Paid, 0, 0), (1, InvoiceStatus.Paid, 1, 0), (least - 1, InvoiceStatus.Paid, least - 1, 0),
            (least, InvoiceStatus.Open, 0, least),
        ];

        Assert.All(expected, row =>
        {
            var customer = Given.Customer(currency: code);
            var invoice = Invoice.Draft(new(Given.Id()), customer, Given.At("2026-01-01"));
            invoice.AddItem("Setting up", 1, new(row.Total, currency));

            invoice.Issue(customer, new(least, currency), Given.At("2026-01-01"));

            Assert.Equal(row, (invoice.TotalMinor, invoice.Status, invoice.CarriedForwardMinor, invoice.DueMinor));
            Assert.Equal(-row.Carried, customer.BalanceMinor);
        });
    }

    private sealed record Step(Act Act, long Amount, int Invoice);

    private sealed class Books(string currency)
    {
        private static readonly Instant Now = Given.At("2026-01-01");
        private readonly Customer customer = Given.Customer(currency: currency);
        private Money Least => Given.Minimum with { Currency = customer.Currency };
        private readonly List<Invoice> invoices = [];
        private readonly List<BalanceEntry> entries = [];

        public void Do(Step step)
        {
            var amount = new Money(step.Amount, customer.Currency);
            try
            {
                switch (step.Act)
                {
                    case Act.Issue: Issue(amount); break;
                    case Act.Grant: Keep(customer.MoveBalance(amount, BalanceReason.Granted, Now)); break;
                    case Act.Pay: On(step, Pay); break;
                    case Act.Void: On(step, i => Keep(i.VoidBy(customer, Now))); break;
                    case Act.GiveUp: On(step, i => i.GiveUp(Now)); break;
                    case Act.CarryForward: On(step, i => Keep(i.CarryForwardIfSmall(customer, Least, Now))); break;
                    case Act.CreditNote: On(step, i => Keep(i.Credit(new(Given.Id()), customer, amount, "Sorry", Now).Entry)); break;
                }
            }
            catch (Refused)
            {
                // A refusal is an answer too; the sums must not have moved.
            }
        }

        public void MustAddUp()
        {
            Assert.Equal(entries.Sum(e => e.AmountMinor), customer.BalanceMinor);
            Assert.Equal(Enumerable.Range(1, entries.Count), entries.Select(e => e.Sequence));
            foreach (var i in invoices)
            {
                Assert.True(i.DueMinor >= 0 && i.CreditNotesMinor <= i.TotalMinor);
                Assert.Equal(i.Status is InvoiceStatus.Open or InvoiceStatus.Uncollectible, i.DueMinor > 0);
                if (i.Status != InvoiceStatus.Void)
                    Assert.Equal(i.TotalMinor, i.BalanceAppliedMinor + i.CarriedForwardMinor + i.CreditedMinor + i.PaidMinor + i.DueMinor);
            }

            // The customer's whole position: what was billed and not taken back is owed, paid, or set against what was granted.
            var billed = invoices.Where(i => i.Status != InvoiceStatus.Void).Sum(i => i.TotalMinor - i.CreditNotesMinor);
            var granted = entries.Where(e => e.Reason is BalanceReason.Granted or BalanceReason.Overpayment).Sum(e => e.AmountMinor);
            var owed = invoices.Sum(i => i.DueMinor) - customer.BalanceMinor;
            Assert.Equal(billed, owed + invoices.Sum(i => i.PaidMinor) + granted);
        }

        private void Issue(Money amount)
        {
            var invoice = Invoice.Draft(new(Given.Id()), customer, Now);
            invoice.AddItem("Setting up", 1, amount);
            entries.AddRange(invoice.Issue(customer, Least, Now));
            invoices.Add(invoice);
        }

        private void Pay(Invoice invoice)
        {
            var attempt = Given.Attempt(invoice, customer, Now, AttemptTrigger.Manual);
            Keep(attempt.Settle(invoice, customer, new ChargeOutcome.Succeeded("p"), Now).Overpayment);
        }

        private void On(Step step, Action<Invoice> act)
        {
            if (step.Invoice < invoices.Count) act(invoices[step.Invoice]);
        }

        private void Keep(BalanceEntry? entry)
        {
            if (entry is not null) entries.Add(entry);
        }
    }
}
