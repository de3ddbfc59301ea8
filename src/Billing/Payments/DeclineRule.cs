using NodaTime;

namespace Billing.Payments;

/// <summary>What one decline code means for the card it came from.</summary>
/// <param name="Class">Which ladder follows.</param>
/// <param name="RetriesAtMost">
/// How many more automatic tries the same card may get on one invoice, counted from the first such decline. The caps
/// of the networks and our own cap per invoice come on top; the stricter wins. Zero: never without new card data.
/// </param>
/// <param name="MinimumWait">The shortest time before the next try; zero when there is no next try.</param>
/// <param name="NeutralWording">
/// Whether the customer may only read a general text: the true reason would help whoever holds a stolen card.
/// </param>
/// <example>
/// <c>insufficient_funds</c> is soft, 8 retries, at least 24 hours apart, and may be named. <c>stolen_card</c> is
/// fraud, no retry, and reads to the customer like any other decline.
/// </example>
public sealed record DeclineRule(DeclineClass Class, int RetriesAtMost, Duration MinimumWait, bool NeutralWording)
{
    /// <summary>Whether the same card may be tried again without anybody changing anything.</summary>
    public bool MayTrySameCardAgain => RetriesAtMost > 0;
}
