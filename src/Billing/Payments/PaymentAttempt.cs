using Billing.Cards;
using Billing.History;
using Billing.Invoicing;
using NodaTime;

namespace Billing.Payments;

/// <summary>Where an attempt stands. Started, ActionRequired, Unknown and Succeeded hold the invoice: no second one beside them.</summary>
public enum AttemptState
{
    /// <summary>Written down; the gateway is being asked, or was when we stopped.</summary>
    Started,

    /// <summary>Captured; final.</summary>
    Succeeded,

    /// <summary>The bank said no; final.</summary>
    Declined,

    /// <summary>The customer has to confirm.</summary>
    ActionRequired,

    /// <summary>Certainly not charged; final.</summary>
    Failed,

    /// <summary>Nobody knows yet; the gateway is asked before anything else.</summary>
    Unknown,

    /// <summary>Captured after all, when it was held for over already; final. Others may have been begun meanwhile.</summary>
    CapturedLate,
}

/// <summary>Who began an attempt.</summary>
public enum AttemptTrigger
{
    /// <summary>The billing run.</summary>
    Automatic,

    /// <summary>A person: the customer, support, or the main app for one of them.</summary>
    Manual,
}

/// <summary>One try to collect an invoice. Stored before the gateway is called; its id is the idempotency key.</summary>
public sealed partial class PaymentAttempt : IVersioned
{
    /// <summary>How long an attempt may wait for its first answer before somebody else asks: longer than any call lasts.</summary>
    public static readonly Duration Patience = Duration.FromMinutes(2);

    /// <summary>After how many questions in vain a person is asked: a little more than four hours.</summary>
    public const int PersonAfter = 8;

    /// <summary>The most that is kept of what a gateway said; an outcome must never be lost because it came with many words.</summary>
    public const int LongestDetail = 500;

    private static readonly Duration LongestWait = Duration.FromHours(6);

    private PaymentAttempt()
    {
    }

    /// <summary>The attempt's id and key.</summary>
    public PaymentAttemptId Id { get; private set; }

    /// <summary>What it collects.</summary>
    public InvoiceId InvoiceId { get; private set; }

    /// <summary>From whom.</summary>
    public CustomerId CustomerId { get; private set; }

    /// <summary>By which card.</summary>
    public CardId CardId { get; private set; }

    /// <summary>Minor units asked for.</summary>
    public long AmountMinor { get; private set; }

    /// <summary>The invoice's currency.</summary>
    public Currency Currency { get; private set; } = null!;

    /// <summary>Who began it.</summary>
    public AttemptTrigger Trigger { get; private set; }

    /// <summary>Where it stands.</summary>
    public AttemptState State { get; private set; }

    /// <summary>The gateway's code when declined.</summary>
    public string? DeclineCode { get; private set; }

    /// <summary>What the gateway said when it failed or is unknown.</summary>
    public string? Detail { get; private set; }

    /// <summary>The gateway's own id of the payment.</summary>
    public string? GatewayReference { get; private set; }

    /// <summary>When it was written down.</summary>
    public Instant StartedAt { get; private set; }

    /// <summary>When the outcome became final.</summary>
    public Instant? SettledAt { get; private set; }

    /// <summary>How often the gateway was asked in vain.</summary>
    public int AskedInVain { get; private set; }

    /// <summary>When the gateway is asked what became of it; <see langword="null"/> once that is known.</summary>
    public Instant? AskAgainAt { get; private set; }

    /// <inheritdoc/>
    public int Version { get; private set; }

    /// <summary>What is asked for.</summary>
    public Money Amount => new(AmountMinor, Currency);

    /// <summary>Whether the outcome is final.</summary>
    public bool IsSettled => State is AttemptState.Succeeded or AttemptState.CapturedLate or AttemptState.Declined or AttemptState.Failed;

    /// <summary>Whether money was taken by it.</summary>
    public bool IsCaptured => State is AttemptState.Succeeded or AttemptState.CapturedLate;

    /// <summary>Whether the gateway was asked so often in vain that a person has to find out.</summary>
    public bool WantsAPerson => !IsSettled && AskedInVain >= PersonAfter;

    /// <summary>Begins an attempt at all that is due.</summary>
    /// <exception cref="Refused"><c>invoice_not_open</c>.</exception>
    public static PaymentAttempt Start(PaymentAttemptId id, Invoice invoice, Card card, AttemptTrigger trigger, Instant now) =>
        invoice.Status is InvoiceStatus.Open or InvoiceStatus.Uncollectible && invoice.DueMinor > 0
            ? new()
            {
                Id = id,
                InvoiceId = invoice.Id,
                CustomerId = invoice.CustomerId,
                CardId = card.Id,
                AmountMinor = invoice.DueMinor,
                Currency = invoice.Currency,
                Trigger = trigger,
                State = AttemptState.Started,
                StartedAt = now,
                AskAgainAt = now + Patience,
                Version = 1,
            }
            : throw new Refused("invoice_not_open", "Nothing is due on this invoice.");

    /// <summary>
    /// Writes down an outcome. A settled attempt never regresses: a later, different answer changes nothing, save that money
    /// which was taken after all is never forgotten.
    /// </summary>
    /// <returns>Whether it changed anything.</returns>
    public bool Settle(ChargeOutcome outcome, Instant now)
    {
        if (IsSettled) return outcome is ChargeOutcome.Succeeded late && TakeLate(late, now);
        if (State == AttemptState.ActionRequired && outcome is ChargeOutcome.ActionRequired or ChargeOutcome.Unknown) return KeepWaiting(now);

        (State, DeclineCode, Detail) = outcome switch
        {
            ChargeOutcome.Succeeded => (AttemptState.Succeeded, null, null),
            ChargeOutcome.Declined declined => (AttemptState.Declined, declined.Code, null),
            ChargeOutcome.ActionRequired => (AttemptState.ActionRequired, null, null),
            ChargeOutcome.NeverArrived never => (AttemptState.Failed, null, never.Why),
            ChargeOutcome.GivenUp => (AttemptState.Failed, null, "The customer did not confirm it."),
            ChargeOutcome.Failed failed => (AttemptState.Failed, null, failed.Reason),
            ChargeOutcome.Unknown unknown => (AttemptState.Unknown, (string?)null, (string?)unknown.Reason),
            _ => throw new InvalidOperationException($"{outcome.GetType().Name} is no outcome we know."),
        };
        Detail = Detail?[..Math.Min(Detail.Length, LongestDetail)];
        GatewayReference = outcome.GatewayReference ?? GatewayReference;
        SettledAt = IsSettled ? now : null;
        AskAgainAt = State == AttemptState.Unknown ? now + NextWait() : null;
        if (State == AttemptState.ActionRequired) AwaitCustomer(now);
        return true;
    }

    /// <summary>1, 2, 4 … minutes, at most six hours: an answer is wanted soon, a gateway in trouble is not pressed.</summary>
    private Duration NextWait() => Duration.Min(Duration.FromMinutes(1L << Math.Min(AskedInVain++, 20)), LongestWait);
}

/// <summary>An invoice was paid by card.</summary>
public sealed record PaymentSucceeded(
    CustomerId CustomerId, LocalDate On, InvoiceId InvoiceId, PaymentAttemptId AttemptId, long AmountMinor, string Currency)
    : Fact(CustomerId, On);

/// <summary>A card was declined. By itself this changes nothing for the customer.</summary>
public sealed record PaymentDeclined(
    CustomerId CustomerId, LocalDate On, InvoiceId InvoiceId, PaymentAttemptId AttemptId, string Code) : Fact(CustomerId, On);

/// <summary>The customer has to confirm a payment with the bank.</summary>
public sealed record PaymentNeedsAction(CustomerId CustomerId, LocalDate On, InvoiceId InvoiceId, PaymentAttemptId AttemptId)
    : Fact(CustomerId, On);

/// <summary>A request was refused by the gateway as it stood; nothing was charged.</summary>
public sealed record PaymentFailed(
    CustomerId CustomerId, LocalDate On, InvoiceId InvoiceId, PaymentAttemptId AttemptId, string Reason) : Fact(CustomerId, On);

/// <summary>The customer did not confirm a payment; it is given up and nothing was charged.</summary>
public sealed record PaymentNotConfirmed(CustomerId CustomerId, LocalDate On, InvoiceId InvoiceId, PaymentAttemptId AttemptId)
    : Fact(CustomerId, On);

/// <summary>Nobody could find out what became of a payment, and a person did.</summary>
public sealed record PaymentAnswered(
    CustomerId CustomerId, LocalDate On, InvoiceId InvoiceId, PaymentAttemptId AttemptId, bool Captured, string Reason) : Fact(CustomerId, On);
