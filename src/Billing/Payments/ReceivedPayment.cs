using Billing.Customers;
using Billing.History;
using Billing.Invoicing;
using NodaTime;

namespace Billing.Payments;

/// <summary>How money came past the gateway.</summary>
public enum ReceivedBy
{
    /// <summary>By a bank transfer.</summary>
    BankTransfer,

    /// <summary>In cash.</summary>
    Cash,

    /// <summary>By a cheque.</summary>
    Cheque,

    /// <summary>Another way, as its reference says.</summary>
    Other,
}

/// <summary>Money for an invoice that somebody of the merchant's staff saw arrive. Never changed once stored.</summary>
public sealed class ReceivedPayment
{
    /// <summary>The most letters of a reference.</summary>
    public const int LongestReference = 100;

    private ReceivedPayment()
    {
    }

    /// <summary>Our id.</summary>
    public ReceivedPaymentId Id { get; private set; }

    /// <summary>What it pays.</summary>
    public InvoiceId InvoiceId { get; private set; }

    /// <summary>From whom.</summary>
    public CustomerId CustomerId { get; private set; }

    /// <summary>How it came.</summary>
    public ReceivedBy By { get; private set; }

    /// <summary>What it is found again by: the bank's or the till's own number. With the way it came it is unique for an invoice.</summary>
    public string Reference { get; private set; } = null!;

    /// <summary>Minor units; above zero.</summary>
    public long AmountMinor { get; private set; }

    /// <summary>The part that the invoice did not want and that became the customer's credit.</summary>
    public long ExcessMinor { get; private set; }

    /// <summary>The invoice's currency.</summary>
    public Currency Currency { get; private set; } = null!;

    /// <summary>The day it arrived.</summary>
    public LocalDate ReceivedOn { get; private set; }

    /// <summary>Who wrote it down.</summary>
    public string RecordedBy { get; private set; } = null!;

    /// <summary>When it was written down.</summary>
    public Instant RecordedAt { get; private set; }

    /// <summary>How much.</summary>
    public Money Amount => new(AmountMinor, Currency);

    /// <summary>Whether this is the same money, told again.</summary>
    public bool IsSame(Money amount, LocalDate receivedOn) => Amount == amount && ReceivedOn == receivedOn;

    /// <summary>Takes money that arrived: the invoice what it wants, the customer's credit the rest.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="invoice">What it pays; in part, if it is less than what is due.</param>
    /// <param name="customer">Gets the rest.</param>
    /// <param name="money">How it came, how much, under which reference and when.</param>
    /// <param name="by">Who wrote it down.</param>
    /// <param name="now">When that was.</param>
    /// <exception cref="Refused"><c>invoice_not_issued</c>, <c>currency_mismatch</c>, <c>amount_out_of_range</c>, <c>day_out_of_range</c>.</exception>
    /// <example>49.00 due, 30.00 by transfer: 19.00 stay due and are tried as planned. 60.00 by transfer: paid, and 11.00 are credit.</example>
    public static Received Take(ReceivedPaymentId id, Invoice invoice, Customer customer, MoneyIn money, string by, Instant now)
    {
        if (invoice.Status == InvoiceStatus.Draft) throw new Refused("invoice_not_issued", "Nothing is owed on a draft.");
        if (money.Amount.Currency != invoice.Currency) throw new Refused("currency_mismatch", $"This invoice is in {invoice.Currency}.", "amount");
        if (money.Amount.Minor <= 0) throw new Refused("amount_out_of_range", "Money that arrived is above zero.", "amount");
        if (money.On > customer.Today(now).PlusDays(1)) throw new Refused("day_out_of_range", "That day has not come yet.", "receivedOn");

        var excess = invoice.TakePayment(money.Amount, now);
        var overpayment = excess.IsZero ? null : customer.MoveBalance(excess, BalanceReason.Overpayment, now, invoice.Id);
        var payment = new ReceivedPayment
        {
            Id = id,
            InvoiceId = invoice.Id,
            CustomerId = customer.Id,
            By = money.By,
            Reference = money.Reference,
            AmountMinor = money.Amount.Minor,
            ExcessMinor = excess.Minor,
            Currency = invoice.Currency,
            ReceivedOn = money.On,
            RecordedBy = by,
            RecordedAt = now,
        };
        return new(payment, overpayment, new(
            customer.Id, customer.Today(now), invoice.Id, id, money.By, money.Reference, money.On, money.Amount.Minor, invoice.Currency.Code));
    }
}

/// <summary>Money as it arrived.</summary>
/// <param name="By">How.</param>
/// <param name="Amount">How much.</param>
/// <param name="Reference">What it is found again by.</param>
/// <param name="On">The day.</param>
public sealed record MoneyIn(ReceivedBy By, Money Amount, string Reference, LocalDate On);

/// <summary>What money that arrived made.</summary>
/// <param name="Payment">The payment.</param>
/// <param name="Overpayment">What became the customer's credit.</param>
/// <param name="Fact">For the history.</param>
public sealed record Received(ReceivedPayment Payment, BalanceEntry? Overpayment, PaymentReceived Fact);

/// <summary>Money for an invoice arrived past the gateway.</summary>
public sealed record PaymentReceived(
    CustomerId CustomerId, LocalDate On, InvoiceId InvoiceId, ReceivedPaymentId PaymentId, ReceivedBy By, string Reference, LocalDate ReceivedOn,
    long AmountMinor, string Currency) : Fact(CustomerId, On);
