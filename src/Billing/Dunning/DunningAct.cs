using Billing.Notices;
using NodaTime;

namespace Billing.Dunning;

/// <summary>What a case does next.</summary>
public enum DunningStep
{
    /// <summary>The card is tried, silently.</summary>
    Retry,

    /// <summary>The customer is written to.</summary>
    Write,

    /// <summary>Nothing yet; it is looked at again.</summary>
    Wait,

    /// <summary>Access ends and everything is kept.</summary>
    Park,

    /// <summary>It is left to people, or ends for good.</summary>
    End,
}

/// <summary>The answer to "what next": what, when, and why, in words that support can read to the customer.</summary>
/// <param name="Step">What.</param>
/// <param name="At">When.</param>
/// <param name="Rung">Which rung of the ladder it is.</param>
/// <param name="Why">Why that, and why then.</param>
/// <param name="Template">Of a message: which.</param>
/// <param name="Channel">Of a message: by which way.</param>
/// <param name="OnBackup">Of a try: whether the second card's, as agreed.</param>
public sealed record DunningAct(
    DunningStep Step, Instant At, int Rung, string Why, NoticeKind? Template = null, NoticeChannel Channel = NoticeChannel.Mail,
    bool OnBackup = false);

/// <summary>Everything the decision rests on.</summary>
/// <param name="Case">The case.</param>
/// <param name="Policy">The one it began with.</param>
/// <param name="Zone">Where the customer's mornings are.</param>
/// <param name="HasCard">Whether there is a card to try.</param>
/// <param name="HasBackup">Whether the customer agreed to a second card.</param>
/// <param name="MayPark">Whether there is a subscription that could be parked.</param>
/// <param name="Exempt">Whether support said that this customer is not to be asked.</param>
/// <param name="FewestTries">The fewest automatic tries that any of its invoices had.</param>
/// <param name="QuietUntil">Of a card that expired: the first day on which a note may be written; none without such a card.</param>
/// <param name="FirstMessageAt">When the first message was sent; none while none was.</param>
/// <param name="Now">When.</param>
public sealed record DunningFacts(
    DunningCase Case, DunningPolicy Policy, DateTimeZone Zone, bool HasCard, bool HasBackup, bool MayPark, bool Exempt, int FewestTries,
    LocalDate? QuietUntil, Instant? FirstMessageAt, Instant Now);
