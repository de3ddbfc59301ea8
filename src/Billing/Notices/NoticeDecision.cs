using Billing.Periods;
using NodaTime;

namespace Billing.Notices;

/// <summary>What becomes of a notice that is due.</summary>
public abstract record NoticeDecision
{
    private NoticeDecision()
    {
    }

    /// <summary>It is said now.</summary>
    public sealed record Say(NoticeContent Content) : NoticeDecision;

    /// <summary>It is looked at again then.</summary>
    public sealed record Wait(Instant Until, string Why) : NoticeDecision;

    /// <summary>It is not said.</summary>
    public sealed record Drop(string Why) : NoticeDecision;

    /// <summary>The one place that decides: still of use, still true, wanted, and a good moment.</summary>
    /// <param name="facts">How things stand.</param>
    /// <param name="byMail">Whether it goes by mail, and not through the main app.</param>
    /// <param name="policy">The budget.</param>
    /// <example>Paid at 23:10 in Dhaka: the receipt waits until eight.</example>
    public static NoticeDecision Of(NoticeFacts facts, bool byMail, NoticePolicy policy)
    {
        var (notice, customer) = (facts.Notice, facts.Customer);
        if (facts.Now > notice.NotBefore + Late(facts)) return new Drop("It comes too late to be of use.");
        if (byMail && customer.Email is null) return new Drop("There is no address to write to.");
        if (facts.Preferences?.Want(notice.Kind) == false) return new Drop("The customer does not want mails of this kind.");

        return NoticeTruth.Of(facts) switch
        {
            NoticeTruth.NoLonger over => new Drop(over.Why),
            NoticeTruth.NotYet ahead => new Wait(Later(CustomerZone.StartOfDay(ahead.Day, customer.Zone), facts.Now), "Its day has not come yet."),
            NoticeTruth.Holds holds => AtAGoodMoment(facts, holds.Content, policy),
            var other => throw new InvalidOperationException($"{other} is no truth."),
        };
    }

    private static NoticeDecision AtAGoodMoment(NoticeFacts facts, NoticeContent content, NoticePolicy policy)
    {
        var customer = facts.Customer;
        var moment = NoticeMoment.First(facts.Notice.Kind.Weight(), facts.Now, customer.Zone, customer.Country, facts.Sent, policy);
        return moment == facts.Now ? new Say(content) : new Wait(moment, "It waits for a good moment: not at night, not too much at once.");
    }

    /// <summary>What lies ahead is due by its own day, however long ago it was planned; the rest grows old.</summary>
    private static Duration Late(NoticeFacts facts) =>
        facts.Notice.Kind is NoticeKind.RenewalAhead or NoticeKind.TrialEnding ? Duration.FromDays(Subscriptions.Outlook.Days * 3) : facts.Notice.Kind.UsefulFor();

    private static Instant Later(Instant until, Instant now) => until > now ? until : now + Duration.FromHours(1);
}
