using Billing.Customers;
using Billing.Invoicing;
using Billing.Payments;
using NodaTime;

namespace Billing.Ledger;

/// <summary>The posting rules: a document in, its entries out. Pure; one function a kind of document.</summary>
public static partial class Postings
{
    /// <summary>The revenue a line becomes.</summary>
    public static Account RevenueOf(InvoiceLineKind kind) => kind switch
    {
        InvoiceLineKind.Plan or InvoiceLineKind.Discount or InvoiceLineKind.ProrationCredit or InvoiceLineKind.ProrationCharge => Account.PlanRevenue,
        InvoiceLineKind.BreakFee => Account.BreakRevenue,
        InvoiceLineKind.Item => Account.OneOffRevenue,
    };

    /// <summary>An issued invoice is owed. Service is still to be delivered; what is sold once is revenue at once.</summary>
    /// <example>49.00 for April: receivables 49.00 to deferred revenue. A poster at 8.00: receivables 8.00 to revenue, sold once.</example>
    public static IEnumerable<Posting> Issued(Invoice invoice) => invoice.Lines
        .GroupBy(l => l.ServiceStart is null ? RevenueOf(l.Kind) : Account.DeferredRevenue)
        .SelectMany(g => Of(PostingRule.InvoiceIssued, invoice, invoice.IssuedOn!.Value, Account.Receivables, g.Key, g.Sum(l => l.AmountMinor)));

    /// <summary>A customer's balance moved.</summary>
    /// <example>
    /// Granted 10.00: goodwill to customer credit. 10.00 used on an invoice: customer credit to receivables. 0.30 carried to the
    /// next invoice: customer credit to receivables; collected with it: receivables to customer credit. 10.00 to go back to the card:
    /// customer credit to refunds under way.
    /// </example>
    public static IEnumerable<Posting> Moved(BalanceEntry entry)
    {
        var (rule, from) = entry.Reason switch
        {
            BalanceReason.AppliedToInvoice => (PostingRule.CreditApplied, Account.Receivables),
            BalanceReason.CarriedForward => (PostingRule.CarriedForward, Account.Receivables),
            BalanceReason.CreditNote => (PostingRule.NoteToCredit, Account.Receivables),
            BalanceReason.Granted => (PostingRule.CreditGranted, Account.Goodwill),
            BalanceReason.Restored => (PostingRule.CreditRestored, Account.Receivables),
            BalanceReason.Overpayment => (PostingRule.Overpaid, Account.Receivables),
            BalanceReason.Proration => (PostingRule.BilledElsewhere, Account.OpeningBalances),
            BalanceReason.Refunded => (PostingRule.RefundRequested, Account.Refunds),
            BalanceReason.RefundReturned => (PostingRule.RefundReturned, Account.Refunds),
            BalanceReason.Disputed => (PostingRule.CreditDisputed, Account.Receivables),
        };
        return new Posting(
            rule, Of(entry), entry.CustomerId, entry.On, from, Account.CustomerCredit, new(entry.AmountMinor, entry.Currency)).Right();
    }

    /// <summary>
    /// A move of the balance for time billed elsewhere is an opening balance, save what of it is still to be delivered here: that
    /// was billed here, by the credit of an earlier change.
    /// </summary>
    /// <example>Imported, paid elsewhere for April, left on the 17th: opening balances 22.87 to customer credit, and nothing deferred.</example>
    public static IEnumerable<Posting> BilledHere(BalanceEntry entry, IEnumerable<Delivery> deliveries, LocalDate from)
    {
        var taken = Take(new(entry.AmountMinor, entry.Currency), deliveries, from);
        return new Posting(
            PostingRule.UnusedTimeCredited, Of(entry), entry.CustomerId, entry.On, Account.DeferredRevenue, Account.OpeningBalances, taken).Right();
    }

    /// <summary>
    /// A change's invoice that takes unused time off takes over days billed before: they leave the earlier invoices, and are part of
    /// what is to be delivered of this one. What is not to be delivered here was billed elsewhere, or given back already.
    /// </summary>
    /// <example>49.00 for April, on the 17th a year for 490.00 less 22.87: receivables 467.13 to deferred revenue, which is 490.00 in all.</example>
    public static IEnumerable<Posting> TakenOver(Invoice invoice, IReadOnlyCollection<Delivery> deliveries, LocalDate from)
    {
        var off = -invoice.Lines.Where(l => l.Kind == InvoiceLineKind.ProrationCredit).Sum(l => l.AmountMinor);
        var missing = off - Take(new(off, invoice.Currency), deliveries, from).Minor;
        var (rule, other) = deliveries.Count == 0 ? (PostingRule.BilledElsewhere, Account.OpeningBalances) : (PostingRule.UnusedTimeCredited, Account.CreditsGiven);
        return Of(rule, invoice, invoice.IssuedOn!.Value, other, Account.DeferredRevenue, missing);
    }

    /// <summary>
    /// A credit note takes what is still to be delivered out of deferred revenue, and what was delivered out of revenue, by way of
    /// the account for what is given back.
    /// </summary>
    /// <param name="note">The note.</param>
    /// <param name="invoice">What it credits.</param>
    /// <param name="rule">Why: the merchant wrote it, time is not used, or a dispute was lost.</param>
    /// <param name="deliveries">Where it is taken from, its own invoice's first; they give it up.</param>
    /// <param name="from">The first day that is not delivered.</param>
    /// <example>
    /// 49.00 for April, credited in full on the 17th: deferred revenue 22.87 and credits given 26.13 to receivables. What was paid
    /// goes from there to customer credit; what was written off comes off bad debt.
    /// </example>
    public static IEnumerable<Posting> Credited(
        CreditNote note, Invoice invoice, PostingRule rule, IEnumerable<Delivery> deliveries, LocalDate from)
    {
        Money amount = new(note.AmountMinor, note.Currency), offDue = new(note.AmountMinor - note.ToBalanceMinor, note.Currency);
        var taken = Take(amount, deliveries, from);
        return
        [
            .. Of(rule, note, Account.DeferredRevenue, Account.Receivables, taken),
            .. Of(rule, note, Account.CreditsGiven, Account.Receivables, amount - taken),
            .. invoice.WrittenOffAt is null || rule == PostingRule.DisputeCredited ? []
                : Of(PostingRule.WriteOffReversed, note, Account.Receivables, Account.BadDebt, offDue),
        ];
    }

    /// <summary>A voided invoice was never owed: what it brought into deferred revenue and revenue goes out again.</summary>
    /// <param name="invoice">The invoice.</param>
    /// <param name="delivery">What is still to be delivered of it; it gives that up. None when it bills no days.</param>
    /// <param name="on">The day it was voided: the first that is not delivered.</param>
    /// <example>49.00 for April, voided on the 17th: deferred revenue 22.87 and revenue 26.13 to receivables.</example>
    public static IEnumerable<Posting> Voided(Invoice invoice, Delivery? delivery, LocalDate on)
    {
        var once = invoice.Lines.Where(l => l.ServiceStart is null).GroupBy(l => RevenueOf(l.Kind))
            .SelectMany(g => Of(PostingRule.InvoiceVoided, invoice, on, g.Key, Account.Receivables, g.Sum(l => l.AmountMinor)));
        if (delivery is null) return [.. once];

        Money given = delivery.Taken, billed = new(invoice.Lines.Where(l => l.ServiceStart is not null).Sum(l => l.AmountMinor), invoice.Currency);
        var taken = delivery.Take(billed - given, on);
        return
        [
            .. once,
            .. Of(PostingRule.InvoiceVoided, invoice, on, Account.DeferredRevenue, Account.Receivables, taken.Minor),
            .. Of(PostingRule.InvoiceVoided, invoice, on, Account.CreditsGiven, Account.Receivables, given.Minor),
            .. Of(PostingRule.InvoiceVoided, invoice, on, delivery.Revenue, Account.Receivables, (billed - given - taken).Minor),
        ];
    }

    /// <summary>What is given up on is a loss. Delivery goes on by the day: what becomes of the service is decided elsewhere.</summary>
    /// <example>49.00 given up: bad debt 49.00 to receivables.</example>
    public static IEnumerable<Posting> WrittenOff(Invoice invoice, LocalDate on) =>
        Of(PostingRule.WrittenOff, invoice, on, Account.BadDebt, Account.Receivables, invoice.DueMinor);

    /// <summary>The gateway captured a payment. What the invoice did not want goes on to customer credit, by its own entry.</summary>
    /// <param name="payment">The attempt.</param>
    /// <param name="invoice">What it paid.</param>
    /// <param name="unwanted">What the invoice did not want.</param>
    /// <param name="on">The day it was booked.</param>
    /// <example>49.00 captured: cash at the gateway 49.00 to receivables. After a write-off, first: receivables 49.00 to bad debt.</example>
    public static IEnumerable<Posting> Captured(PaymentAttempt payment, Invoice invoice, Money unwanted, LocalDate on)
    {
        Document document = new(DocumentKind.Payment, payment.Id.Value);
        return
        [
            .. invoice.WrittenOffAt is null ? [] : new Posting(
                PostingRule.WriteOffReversed, document, payment.CustomerId, on, Account.Receivables, Account.BadDebt, payment.Amount - unwanted).Right(),
            .. new Posting(
                PostingRule.PaymentCaptured, document, payment.CustomerId, on, Account.GatewayCash, Account.Receivables, payment.Amount).Right(),
        ];
    }

    /// <summary>Days of one revenue account that were delivered.</summary>
    /// <param name="run">The run that closed the day.</param>
    /// <param name="revenue">Which revenue.</param>
    /// <param name="day">The day.</param>
    /// <param name="amount">Below zero when more was taken back than delivered.</param>
    /// <example>The 1st of April of 49.00 a month: deferred revenue 1.63 to revenue, plans.</example>
    public static IEnumerable<Posting> Delivered(Guid run, Account revenue, LocalDate day, Money amount) => new Posting(
        PostingRule.DayDelivered, new(DocumentKind.DeliveredDay, run), null, day, Account.DeferredRevenue, revenue, amount).Right();

    private static Money Take(Money amount, IEnumerable<Delivery> deliveries, LocalDate from)
    {
        var left = amount;
        foreach (var delivery in deliveries) left -= delivery.Take(left, from);
        return amount - left;
    }

    private static Document Of(BalanceEntry entry) => new(DocumentKind.BalanceEntry, entry.CustomerId.Value, entry.Sequence);

    private static IEnumerable<Posting> Of(PostingRule rule, Invoice invoice, LocalDate on, Account debit, Account credit, long minor) => new Posting(
        rule, new(DocumentKind.Invoice, invoice.Id.Value), invoice.CustomerId, on, debit, credit, new(minor, invoice.Currency)).Right();

    private static IEnumerable<Posting> Of(PostingRule rule, CreditNote note, Account debit, Account credit, Money amount) => new Posting(
        rule, new(DocumentKind.CreditNote, note.Id.Value), note.CustomerId, note.IssuedOn, debit, credit, amount).Right();
}
