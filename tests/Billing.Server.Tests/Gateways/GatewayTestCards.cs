using Billing.Payments;

namespace Billing.Server.Tests.Gateways;

/// <summary>The names by which one gateway calls the cards the contract needs.</summary>
/// <remarks>What a gateway cannot act out is left away; the case then says so instead of passing.</remarks>
public sealed record GatewayTestCards
{
    /// <summary>Every charge succeeds.</summary>
    public required string Succeeds { get; init; }

    /// <summary>Can be kept; a charge waits for the customer's confirmation.</summary>
    public required string NeedsAuthentication { get; init; }

    /// <summary>The bank refuses it already when it is to be kept.</summary>
    public required string RefusedWhenKept { get; init; }

    /// <summary>Cards that can be kept and whose every charge declines, by the class of the decline.</summary>
    public required IReadOnlyDictionary<DeclineClass, string> Declining { get; init; }

    /// <summary>Captures, and the answer is lost.</summary>
    public string? TimesOutCaptured { get; init; }

    /// <summary>The request is lost on its way.</summary>
    public string? TimesOutNotCaptured { get; init; }

    /// <summary>Captures; the bank asks for the money back.</summary>
    public string? Disputed { get; init; }

    /// <summary>Captures; a refund is pending first and sent back later.</summary>
    public string? RefundPending { get; init; }

    /// <summary>Captures; a refund succeeds first and is returned by the bank later.</summary>
    public string? RefundReturned { get; init; }
}
