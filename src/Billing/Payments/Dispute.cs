using Billing.Customers;
using Billing.History;
using Billing.Invoicing;
using NodaTime;

namespace Billing.Payments;

/// <summary>
/// A customer's bank asked for the money of a payment back. Open → won or lost, and never anything else. While it is open the
/// customer is left alone: nothing is collected and nothing sent back. After a lost one that stays so until a person says
/// otherwise, for whoever went to the bank about us is not to be charged again by a machine.
/// </summary>
public sealed class Dispute : IVersioned
{
    /// <summary>The most that is kept of the bank's reason.</summary>
    public const int LongestReason = 60;

    private Dispute()
    {
    }

    /// <summary>The dispute's id.</summary>
    public DisputeId Id { get; private set; }

    /// <summary>The gateway's own id of it.</summary>
    public string Reference { get; private set; } = null!;

    /// <summary>The payment that is disputed.</summary>
    public PaymentAttemptId AttemptId { get; private set; }

    /// <summary>What that payment paid.</summary>
    public InvoiceId InvoiceId { get; private set; }

    /// <summary>Whose.</summary>
    public CustomerId CustomerId { get; private set; }

    /// <summary>Minor units the bank asks for.</summary>
    public long AmountMinor { get; private set; }

    /// <summary>The payment's currency.</summary>
    public Currency Currency { get; private set; } = null!;

    /// <summary>The bank's word for why.</summary>
    public string Reason { get; private set; } = null!;

    /// <summary>Where it stands.</summary>
    public DisputeState State { get; private set; }

    /// <summary>Whether the customer's collection and refunds rest because of it.</summary>
    public bool Holds { get; private set; }

    /// <summary>When it was opened, by the gateway's clock.</summary>
    public Instant OpenedAt { get; private set; }

    /// <summary>When it was decided, as far as we know.</summary>
    public Instant? DecidedAt { get; private set; }

    /// <inheritdoc/>
    public int Version { get; private set; }

    /// <summary>What the bank asks for.</summary>
    public Money Amount => new(AmountMinor, Currency);

    /// <summary>Begins a dispute of a payment.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="attempt">The payment; it captured the money.</param>
    /// <param name="reference">The gateway's id of it.</param>
    /// <param name="amount">What is asked for, in the payment's currency.</param>
    /// <param name="reason">The bank's word for why.</param>
    /// <param name="openedAt">When, by the gateway's clock.</param>
    public static Dispute Open(
        DisputeId id, PaymentAttempt attempt, string reference, Money amount, string reason, Instant openedAt) =>
        attempt.IsCaptured && amount.Currency == attempt.Currency
            ? new()
            {
                Id = id,
                Reference = reference,
                AttemptId = attempt.Id,
                InvoiceId = attempt.InvoiceId,
                CustomerId = attempt.CustomerId,
                AmountMinor = amount.Minor,
                Currency = amount.Currency,
                Reason = reason[..Math.Min(reason.Length, LongestReason)],
                State = DisputeState.Open,
                Holds = true,
                OpenedAt = openedAt,
                Version = 1,
            }
            : throw new InvalidOperationException($"Attempt {attempt.Id} is {attempt.State} in {attempt.Currency}: nothing of it can be disputed.");

    /// <summary>The fact that it began.</summary>
    public DisputeOpened Opened(LocalDate today) => new(CustomerId, today, Id, InvoiceId, AmountMinor, Currency.Code, Reason);

    /// <summary>It was decided for us: the money stays, and the customer's billing goes on.</summary>
    /// <returns>The fact; <see langword="null"/> when it was decided before.</returns>
    public DisputeWon? Win(LocalDate today, Instant now)
    {
        if (!Decide(DisputeState.Won, now)) return null;
        Holds = false;
        return new(CustomerId, today, Id, InvoiceId, AmountMinor, Currency.Code);
    }

    /// <summary>It was decided for the customer: the money is gone, and the invoice's books say so.</summary>
    /// <param name="payment">The payment; that part of it can no longer be sent back.</param>
    /// <param name="invoice">What the payment had paid.</param>
    /// <param name="stillPaid">What other payments keep paying of that invoice.</param>
    /// <param name="customer">Credit that came of this payment and is still there is taken back.</param>
    /// <param name="note">The id of the credit note, if one is needed.</param>
    /// <param name="now">When.</param>
    /// <returns>What it made; <see langword="null"/> when it was decided before.</returns>
    public DisputeTook? Lose(
        PaymentAttempt payment, Invoice invoice, Customer customer, Money stillPaid, CreditNoteId note, Instant now)
    {
        if (!Decide(DisputeState.Lost, now)) return null;
        payment.LoseToBank(Amount);
        var taken = invoice.TakeBack(note, customer, Amount, stillPaid, now);
        var fact = new DisputeLost(
            CustomerId, customer.Today(now), Id, InvoiceId, AmountMinor, Currency.Code, taken.Note?.AmountMinor ?? 0, -(taken.Entry?.AmountMinor ?? 0));
        return new(fact, taken.Note, taken.Entry);
    }

    /// <summary>A person says that the customer's billing may go on after a lost dispute.</summary>
    /// <exception cref="Refused"><c>dispute_open</c>.</exception>
    public DisputeReleased? Release(LocalDate today)
    {
        if (State == DisputeState.Open) throw new Refused("dispute_open", "The bank has not decided yet; until then this customer is left alone.");
        if (!Holds) return null;
        Holds = false;
        return new(CustomerId, today, Id);
    }

    private bool Decide(DisputeState verdict, Instant now)
    {
        if (State != DisputeState.Open) return false;
        (State, DecidedAt) = (verdict, now);
        return true;
    }
}

/// <summary>What a lost dispute made.</summary>
/// <param name="Fact">For the history.</param>
/// <param name="Note">The credit note for what was revenue, still without a number.</param>
/// <param name="Entry">Credit that was taken back.</param>
public sealed record DisputeTook(DisputeLost Fact, CreditNote? Note, BalanceEntry? Entry);

/// <summary>A bank asked for the money of a payment back.</summary>
public sealed record DisputeOpened(
    CustomerId CustomerId, LocalDate On, DisputeId DisputeId, InvoiceId InvoiceId, long AmountMinor, string Currency, string Reason)
    : Fact(CustomerId, On);

/// <summary>A dispute was decided for us.</summary>
public sealed record DisputeWon(
    CustomerId CustomerId, LocalDate On, DisputeId DisputeId, InvoiceId InvoiceId, long AmountMinor, string Currency) : Fact(CustomerId, On);

/// <summary>
/// A dispute was decided for the customer: <paramref name="AmountMinor"/> is gone, of it <paramref name="RevenueMinor"/> was revenue
/// and is credited, and <paramref name="CreditMinor"/> was unused credit and is taken back.
/// </summary>
public sealed record DisputeLost(
    CustomerId CustomerId, LocalDate On, DisputeId DisputeId, InvoiceId InvoiceId, long AmountMinor, string Currency, long RevenueMinor,
    long CreditMinor) : Fact(CustomerId, On);

/// <summary>A person said that billing goes on after a lost dispute.</summary>
public sealed record DisputeReleased(CustomerId CustomerId, LocalDate On, DisputeId DisputeId) : Fact(CustomerId, On);
