namespace Billing.Server.Payments;

/// <summary>What becomes of money that no invoice wanted.</summary>
internal enum OverpaymentRule
{
    /// <summary>It stays the customer's credit, used up by the next invoices.</summary>
    Credit,

    /// <summary>It goes back to the card it came from; what came past the gateway stays credit.</summary>
    Refund,
}

/// <summary>The merchant's choices about money.</summary>
/// <param name="Overpayment">What becomes of money that no invoice wanted.</param>
internal sealed record PaymentPolicy(OverpaymentRule Overpayment)
{
    /// <summary>What an installation starts with.</summary>
    public static PaymentPolicy Default { get; } = new(OverpaymentRule.Credit);

    /// <summary>Reads it as this installation has it.</summary>
    /// <exception cref="InvalidOperationException">The setting is none of the words.</exception>
    public static PaymentPolicy From(IConfiguration configuration) => configuration["Billing:Payments:Overpayment"] switch
    {
        null or "credit" => Default,
        "refund" => new(OverpaymentRule.Refund),
        var other => throw new InvalidOperationException($"Billing:Payments:Overpayment is credit or refund, not {other}."),
    };
}
