using Billing.Subscriptions;
using NodaTime;

namespace Billing.Retention;

/// <content>Leaving without signing in.</content>
public sealed partial class CancelSession
{
    /// <summary>Whether the customer leaves for good cause, which they gave in their own words; a person looks at it.</summary>
    public bool Extraordinary { get; private set; }

    /// <summary>The day the customer wants it to end on, when that is later than the end of the period.</summary>
    public LocalDate? WishedEnd { get; private set; }

    /// <summary>Somebody who gave the customer's address asks to leave; nothing changes until the mail that is sent there is answered.</summary>
    /// <exception cref="Refused"><c>subscription_ended</c>.</exception>
    public static CancelSession Ask(CancelSessionId id, Subscription subscription, SignedOutWish wish, string language, string words, Instant now)
    {
        var session = Start(id, subscription, SessionChannel.SignedOut, language, words, now);
        (session.Extraordinary, session.Text, session.WishedEnd) = (wish.Extraordinary, wish.Text, wish.End);
        return session;
    }
}

/// <summary>What somebody who is not signed in asks for.</summary>
/// <param name="Extraordinary">Whether for good cause.</param>
/// <param name="Text">Which cause, in their own words.</param>
/// <param name="End">When it is to end, or <see langword="null"/> for as soon as possible.</param>
public sealed record SignedOutWish(bool Extraordinary, string? Text, LocalDate? End);
