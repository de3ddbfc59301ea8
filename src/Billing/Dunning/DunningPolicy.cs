using Billing.Cards;
using Billing.Notices;
using Billing.Payments;
using NodaTime;

namespace Billing.Dunning;

/// <summary>What a rung of a ladder does.</summary>
public enum RungDo
{
    /// <summary>Tries the card again, silently.</summary>
    Retry,

    /// <summary>Writes to the customer.</summary>
    Write,

    /// <summary>Parks: access ends, nothing is deleted, nothing more is charged.</summary>
    Park,

    /// <summary>Leaves it to people: nothing more happens by itself.</summary>
    People,
}

/// <summary>One rung: what is done, and how long after the rung before it.</summary>
/// <param name="Do">What.</param>
/// <param name="After">Days after the rung before was done; with 0 at once.</param>
/// <param name="Within">A retry may wait so many days more when one of them is a payday.</param>
/// <param name="Hours">Instead of days: hours after the rung before, for machines that failed.</param>
/// <param name="Template">Of a message: which.</param>
/// <param name="Channel">Of a message: by which way.</param>
public sealed record Rung(
    RungDo Do, int After = 0, int Within = 0, int Hours = 0, NoticeKind? Template = null, NoticeChannel Channel = NoticeChannel.Mail);

/// <summary>How the money of one class of decline is asked for, from the first decline to the end.</summary>
/// <param name="Name">Its name: <c>soft</c>.</param>
/// <param name="Rungs">In order.</param>
public sealed record Ladder(string Name, IReadOnlyList<Rung> Rungs);

/// <summary>What a customer may promise.</summary>
/// <param name="LongestDays">How far ahead the day is, at most.</param>
/// <param name="AtMost">How many promises a case takes.</param>
public sealed record PromiseTerms(int LongestDays, int AtMost);

/// <summary>
/// The merchant's choices about payments that failed: data with a version. A case keeps the version it began with.
/// </summary>
/// <param name="Version">1, 2, 3 …</param>
/// <param name="Morning">The local time retries and messages fall on.</param>
/// <param name="Paydays">Days of the month on which money arrives; 31 is the last of any month.</param>
/// <param name="MostRetries">Automatic retries of one invoice, at most.</param>
/// <param name="DaysAfterFirstMessage">Access is never lost sooner after the first message.</param>
/// <param name="Promise">What a customer may promise.</param>
/// <param name="EndAfterMonths">When what is parked ends for good; 0: on the day it is parked, so that nobody stays parked.</param>
/// <param name="Quiet">How long a card that expired is left alone.</param>
/// <param name="Ladders">By name: one for each class of decline, one for expired cards.</param>
/// <param name="Limits">What the networks allow, dated.</param>
public sealed record DunningPolicy(
    int Version, LocalTime Morning, IReadOnlyList<int> Paydays, int MostRetries, int DaysAfterFirstMessage, PromiseTerms Promise,
    int EndAfterMonths, QuietTerms Quiet, IReadOnlyDictionary<string, Ladder> Ladders, IReadOnlyList<NetworkLimit> Limits)
{
    /// <summary>The ladder of a card that expired.</summary>
    public const string Expired = "expired";

    /// <summary>Codes that mean no more than that a date has passed.</summary>
    private static readonly string[] ExpiryCodes = ["expired_card", "invalid_expiry_month", "invalid_expiry_year"];

    private static readonly string[] Hard =
        [NameOf(DeclineClass.NeedsNewCard), NameOf(DeclineClass.Fraud), NameOf(DeclineClass.ConsentWithdrawn), NameOf(DeclineClass.NeedsAuthentication)];

    /// <summary>Every name a ladder has.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<DeclineClass>().Select(NameOf), Expired];

    /// <summary>The name of the ladder a decline climbs.</summary>
    public static string LadderOf(string code) =>
        ExpiryCodes.Contains(code) ? Expired : NameOf(DeclineCodes.RuleOf(code).Class);

    /// <summary>
    /// How firm a ladder is: a case moves to a firmer one when the bank says more, and back only with another card, so that
    /// no bank that changes its mind makes a case endless.
    /// </summary>
    public static int FirmnessOf(string ladder) => ladder switch
    {
        "technical" => 0,
        "soft" => 1,
        Expired => 2,
        "fix_card_data" or "needs_authentication" => 3,
        "needs_new_card" or "our_fault" => 4,
        "fraud" => 5,
        "consent_withdrawn" => 6,
        _ => throw new InvalidOperationException($"There is no ladder {ladder}."),
    };

    /// <summary>Whether money arrives on a day.</summary>
    public bool IsPayday(LocalDate day) =>
        Paydays.Contains(day.Day) || Paydays.Contains(31) && day == day.With(DateAdjusters.EndOfMonth);

    /// <summary>What is wrong with it, in words; nothing when it can be used.</summary>
    public IEnumerable<string> Troubles()
    {
        foreach (var name in Names.Where(n => !Ladders.ContainsKey(n))) yield return $"There is no ladder {name}.";
        foreach (var (name, ladder) in Ladders)
        {
            if (!Names.Contains(name)) yield return $"{name} is no class of decline.";
            foreach (var trouble in TroublesOf(name, ladder.Rungs)) yield return trouble;
        }

        if (MostRetries is < 0 or > DeclineCodes.MostRetries) yield return $"An invoice is retried at most {DeclineCodes.MostRetries} times.";
        if (DaysAfterFirstMessage < 7) yield return "Access stays for at least 7 days after the first message.";
        if (EndAfterMonths < 0) yield return "What is parked ends after some months, or with 0 on that day.";
        if (Promise is not { LongestDays: >= 1 and <= 62, AtMost: >= 0 and <= 5 }) yield return "A promise is at most 62 days ahead, and there are at most 5.";
        if (Paydays.Any(d => d is < 1 or > 31)) yield return "A payday is a day of the month, 1 to 31.";
        foreach (var trouble in Quiet.Troubles()) yield return trouble;
        foreach (var limit in Limits.Where(l => l is not { Most: >= 1, Hours: >= 1 })) yield return $"The limit of {limit.Brand} needs a number and hours.";
    }

    private static IEnumerable<string> TroublesOf(string name, IReadOnlyList<Rung> rungs)
    {
        if (rungs.Count == 0 || rungs[^1].Do is not (RungDo.Park or RungDo.People)) yield return $"{name} must end by park or people.";
        if (rungs.SkipLast(1).Any(r => r.Do is RungDo.Park or RungDo.People)) yield return $"{name} ends before its last rung.";
        if (rungs.Any(r => r.After is < 0 or > 90 || r.Within is < 0 or > 15 || r.Hours is < 0 or > 72)) yield return $"{name} has a rung out of range.";
        if (Hard.Contains(name) && rungs.Any(r => r.Do == RungDo.Retry)) yield return $"{name} is hard: the same card is never tried again.";
        if (rungs.Any(r => r.Do == RungDo.Retry && r is { After: 0, Hours: 0 })) yield return $"{name} retries at once.";
        if (rungs.Any(r => r.Do == RungDo.Write && r.Template is null)) yield return $"{name} has a message without a template.";
        if (rungs.Any(r => r.Do == RungDo.Park) && rungs.All(r => r.Do != RungDo.Write)) yield return $"{name} parks whom nobody wrote to.";
    }

    private static string NameOf(DeclineClass kind) => kind switch
    {
        DeclineClass.Soft => "soft",
        DeclineClass.Technical => "technical",
        DeclineClass.FixCardData => "fix_card_data",
        DeclineClass.NeedsNewCard => "needs_new_card",
        DeclineClass.NeedsAuthentication => "needs_authentication",
        DeclineClass.Fraud => "fraud",
        DeclineClass.ConsentWithdrawn => "consent_withdrawn",
        DeclineClass.OurFault => "our_fault",
    };
}
