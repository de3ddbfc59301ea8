using NodaTime;

namespace Billing.Server.Payments.Gateways.Sandbox;

/// <summary>A card that exists only in the sandbox, and what its bank does.</summary>
/// <param name="Token">What a test or a page names it by.</param>
/// <param name="Brand">visa, mastercard, amex.</param>
/// <param name="LastFour">The last four digits; there are no others.</param>
/// <param name="Meaning">One line for whoever picks a card.</param>
public sealed record SandboxCard(string Token, string Brand, string LastFour, string Meaning)
{
    internal const int UsualMonthsToExpiry = 36;

    /// <summary>The printed expiry: so many months after the one it was kept in.</summary>
    public int MonthsToExpiry { get; init; } = UsualMonthsToExpiry;

    /// <summary>
    /// On which day after its last valid one the network replaces it; <see langword="null"/>: never.
    /// </summary>
    public int? ReplacedOnDay { get; init; }

    /// <summary>Whether the bank refuses it already when it is to be kept.</summary>
    public bool RefusedWhenKept { get; init; }

    internal BankAnswer AfterConfirmation { get; init; } = BankAnswer.Captured;

    /// <summary>What becomes of a refund to it.</summary>
    public RefundCourse Refunds { get; init; }

    internal Func<CardMoment, BankAnswer> Bank { get; init; } = static _ => BankAnswer.Captured;
}

/// <summary>What the bank looks at when a charge arrives.</summary>
/// <param name="Today">The sandbox's day, in UTC.</param>
/// <param name="LastValidDay">The last day of the printed month, as the network knows it today.</param>
/// <param name="Tries">How many charges of this kept card the bank decided before.</param>
/// <param name="Captures">How many of them it allowed.</param>
internal readonly record struct CardMoment(LocalDate Today, LocalDate LastValidDay, int Tries, int Captures);

/// <summary>What the bank decided; kept for ever.</summary>
internal enum BankVerdict
{
    Captured,
    Declined,
    ConfirmationNeeded,

    /// <summary>Taken back while it waited for the customer's confirmation.</summary>
    GivenUp,

    /// <summary>The request was lost on its way: nobody ever heard of it.</summary>
    NeverArrived,
}

/// <summary>The bank's verdict, and whether we get to hear it.</summary>
internal sealed record BankAnswer(BankVerdict Verdict, string? DeclineCode = null, bool ConnectionLost = false)
{
    /// <summary>Whether and how the bank asks for it back at once.</summary>
    public DisputeCourse? Dispute { get; init; }

    public static BankAnswer Captured { get; } = new(BankVerdict.Captured);

    public static BankAnswer ConfirmationNeeded { get; } = new(BankVerdict.ConfirmationNeeded);

    public static BankAnswer NeverArrived { get; } = new(BankVerdict.NeverArrived, ConnectionLost: true);

    /// <summary>A decline, except that a wish for authentication is a question and not a no.</summary>
    public static BankAnswer Declined(string code) =>
        code == "authentication_required" ? ConfirmationNeeded : new(BankVerdict.Declined, code);
}
