namespace Billing;

/// <summary>A typed id: a customer's id can never be passed where an invoice's is wanted.</summary>
/// <typeparam name="TSelf">The id type itself.</typeparam>
public interface ITypedId<out TSelf> where TSelf : struct, ITypedId<TSelf>
{
    /// <summary>The id as it is stored and sent.</summary>
    Guid Value { get; }

    /// <summary>Types an id that was stored or received.</summary>
    static abstract TSelf From(Guid value);
}

/// <summary>Identifies a plan.</summary>
/// <param name="Value">The id as it is stored and sent.</param>
public readonly record struct PlanId(Guid Value) : ITypedId<PlanId>, IComparable<PlanId>
{
    /// <inheritdoc/>
    public static PlanId From(Guid value) => new(value);

    /// <inheritdoc/>
    public int CompareTo(PlanId other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a price version.</summary>
/// <param name="Value">The id as it is stored and sent.</param>
public readonly record struct PriceId(Guid Value) : ITypedId<PriceId>, IComparable<PriceId>
{
    /// <inheritdoc/>
    public static PriceId From(Guid value) => new(value);

    /// <inheritdoc/>
    public int CompareTo(PriceId other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a price move.</summary>
/// <param name="Value">The id as it is stored and sent.</param>
public readonly record struct PriceMoveId(Guid Value) : ITypedId<PriceMoveId>, IComparable<PriceMoveId>
{
    /// <inheritdoc/>
    public static PriceMoveId From(Guid value) => new(value);

    /// <inheritdoc/>
    public int CompareTo(PriceMoveId other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a discount.</summary>
/// <param name="Value">The id as it is stored and sent.</param>
public readonly record struct DiscountId(Guid Value) : ITypedId<DiscountId>, IComparable<DiscountId>
{
    /// <inheritdoc/>
    public static DiscountId From(Guid value) => new(value);

    /// <inheritdoc/>
    public int CompareTo(DiscountId other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a customer.</summary>
/// <param name="Value">The id as it is stored and sent.</param>
public readonly record struct CustomerId(Guid Value) : ITypedId<CustomerId>, IComparable<CustomerId>
{
    /// <inheritdoc/>
    public static CustomerId From(Guid value) => new(value);

    /// <inheritdoc/>
    public int CompareTo(CustomerId other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a card.</summary>
/// <param name="Value">The id as it is stored and sent.</param>
public readonly record struct CardId(Guid Value) : ITypedId<CardId>, IComparable<CardId>
{
    /// <inheritdoc/>
    public static CardId From(Guid value) => new(value);

    /// <inheritdoc/>
    public int CompareTo(CardId other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a subscription.</summary>
/// <param name="Value">The id as it is stored and sent.</param>
public readonly record struct SubscriptionId(Guid Value) : ITypedId<SubscriptionId>, IComparable<SubscriptionId>
{
    /// <inheritdoc/>
    public static SubscriptionId From(Guid value) => new(value);

    /// <inheritdoc/>
    public int CompareTo(SubscriptionId other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies an invoice.</summary>
/// <param name="Value">The id as it is stored and sent.</param>
public readonly record struct InvoiceId(Guid Value) : ITypedId<InvoiceId>, IComparable<InvoiceId>
{
    /// <inheritdoc/>
    public static InvoiceId From(Guid value) => new(value);

    /// <inheritdoc/>
    public int CompareTo(InvoiceId other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a credit note.</summary>
/// <param name="Value">The id as it is stored and sent.</param>
public readonly record struct CreditNoteId(Guid Value) : ITypedId<CreditNoteId>, IComparable<CreditNoteId>
{
    /// <inheritdoc/>
    public static CreditNoteId From(Guid value) => new(value);

    /// <inheritdoc/>
    public int CompareTo(CreditNoteId other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies an attempt to collect an invoice; also the idempotency key at the gateway.</summary>
/// <param name="Value">The id as it is stored and sent.</param>
public readonly record struct PaymentAttemptId(Guid Value) : ITypedId<PaymentAttemptId>, IComparable<PaymentAttemptId>
{
    /// <inheritdoc/>
    public static PaymentAttemptId From(Guid value) => new(value);

    /// <inheritdoc/>
    public int CompareTo(PaymentAttemptId other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a break.</summary>
/// <param name="Value">The id as it is stored and sent.</param>
public readonly record struct BreakId(Guid Value) : ITypedId<BreakId>, IComparable<BreakId>
{
    /// <inheritdoc/>
    public static BreakId From(Guid value) => new(value);

    /// <inheritdoc/>
    public int CompareTo(BreakId other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a cancel session.</summary>
/// <param name="Value">The id as it is stored and sent.</param>
public readonly record struct CancelSessionId(Guid Value) : ITypedId<CancelSessionId>, IComparable<CancelSessionId>
{
    /// <inheritdoc/>
    public static CancelSessionId From(Guid value) => new(value);

    /// <inheritdoc/>
    public int CompareTo(CancelSessionId other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a refund; also the idempotency key at the gateway.</summary>
/// <param name="Value">The id as it is stored and sent.</param>
public readonly record struct RefundId(Guid Value) : ITypedId<RefundId>, IComparable<RefundId>
{
    /// <inheritdoc/>
    public static RefundId From(Guid value) => new(value);

    /// <inheritdoc/>
    public int CompareTo(RefundId other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a dispute.</summary>
/// <param name="Value">The id as it is stored and sent.</param>
public readonly record struct DisputeId(Guid Value) : ITypedId<DisputeId>, IComparable<DisputeId>
{
    /// <inheritdoc/>
    public static DisputeId From(Guid value) => new(value);

    /// <inheritdoc/>
    public int CompareTo(DisputeId other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a dunning case.</summary>
/// <param name="Value">The id as it is stored and sent.</param>
public readonly record struct DunningCaseId(Guid Value) : ITypedId<DunningCaseId>, IComparable<DunningCaseId>
{
    /// <inheritdoc/>
    public static DunningCaseId From(Guid value) => new(value);

    /// <inheritdoc/>
    public int CompareTo(DunningCaseId other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a card watch.</summary>
/// <param name="Value">The id as it is stored and sent.</param>
public readonly record struct CardWatchId(Guid Value) : ITypedId<CardWatchId>, IComparable<CardWatchId>
{
    /// <inheritdoc/>
    public static CardWatchId From(Guid value) => new(value);

    /// <inheritdoc/>
    public int CompareTo(CardWatchId other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies money that came past the gateway.</summary>
/// <param name="Value">The id as it is stored and sent.</param>
public readonly record struct ReceivedPaymentId(Guid Value) : ITypedId<ReceivedPaymentId>, IComparable<ReceivedPaymentId>
{
    /// <inheritdoc/>
    public static ReceivedPaymentId From(Guid value) => new(value);

    /// <inheritdoc/>
    public int CompareTo(ReceivedPaymentId other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
