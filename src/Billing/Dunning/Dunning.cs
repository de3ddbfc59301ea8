using Billing.Cards;
using Billing.Payments;
using Billing.Periods;
using NodaTime;

namespace Billing.Dunning;

/// <summary>The one decision of dunning: from the facts to what happens next, when, and why.</summary>
/// <remarks>
/// A step is counted from the step before as it was really done, never from the first decline: after an outage of ours the rest
/// keeps its distances, nobody loses grace, and nobody gets on one day what was to come on five.
/// </remarks>
public static class Dunning
{
    private const string NothingHelped = "Nothing helped; access ends and everything is kept.";

    private static readonly Duration Day = Duration.FromHours(24), LongestWaitForPost = Duration.FromDays(30);

    /// <summary>What a case does next.</summary>
    /// <example>
    /// Declined on 26 April for insufficient funds: tried again 3 days later or, if a payday comes within 2 days more, on that day:
    /// on the morning of 30 April, the last of the month.
    /// </example>
    public static DunningAct Next(DunningFacts facts)
    {
        var it = facts.Case;
        if (it.State == CaseState.Parked) return EndOfParking(facts);
        if (Machine(facts) is { } again) return again;
        if (Rest(facts) is { } rest) return rest;

        var rungs = facts.Policy.Ladders[it.Ladder].Rungs;
        for (var i = it.Rung; i < rungs.Count; i++)
        {
            if (Of(rungs[i], i, facts) is { } act) return act.Step == DunningStep.Retry ? act : Backup(i, facts) ?? act;
        }

        return new(DunningStep.End, facts.Now, rungs.Count, "The ladder is at its end; a person looks.");
    }

    /// <summary>Everything a case does from now on if nothing is paid: every try is declined as the last one was, every message sent at once.</summary>
    public static IEnumerable<DunningAct> Ahead(DunningFacts facts)
    {
        var (it, now, told, tries) = (facts.Case.Copy(), facts.Now, facts.FirstMessageAt, facts.FewestTries);
        // A ladder has an end, and a policy has no ladder of a hundred rungs.
        for (var i = 0; i < 200; i++)
        {
            var act = Next(facts with { Case = it, Now = now, FirstMessageAt = told, FewestTries = tries });
            now = Instant.Max(act.At, now);
            act = act with { At = now };
            if (act.Step is not DunningStep.Wait && !(act.Step == DunningStep.Write && it.IsSilenced)) yield return act;
            if (act.Step is DunningStep.Park or DunningStep.End) yield break;
            it.Plan(act);
            var today = CustomerZone.DateAt(now, facts.Zone);
            if (act.OnBackup) it.BackupDeclined(now);
            else if (act.Step == DunningStep.Retry)
            {
                tries++;
                it.Declined(it.Code, it.CardId ?? default, ofTheLadder: true, today, now);
            }
            else if (act.Step == DunningStep.Write && it.IsSilenced) it.KeepSilent(now);
            else if (act.Step == DunningStep.Write)
            {
                it.Wrote(act.Template!.Value, today, now);
                told ??= now;
            }
        }
    }

    /// <summary>A card of an open case paid something: what else is open is tried at once, but no card twice within a day of its no.</summary>
    /// <param name="facts">The case and what it rests on.</param>
    /// <param name="declinedAt">When this card was declined last, if that was lately.</param>
    /// <example>Declined at 10:00 on 4 May for one invoice and charged at 10:01 for another: the first is tried again on the morning of the 6th.</example>
    public static DunningAct CardPaysAgain(DunningFacts facts, Instant? declinedAt) => new(
        DunningStep.Retry,
        declinedAt + Day is { } rested && rested > facts.Now ? MorningAfter(rested, facts) : facts.Now,
        facts.Case.Rung, "The card paid another invoice.");

    /// <summary>The morning of a day, where the customer lives.</summary>
    public static Instant MorningOf(LocalDate day, DunningPolicy policy, DateTimeZone zone) =>
        (day + policy.Morning).InZoneLeniently(zone).ToInstant();

    /// <summary>The chosen day, or the day until which support gave time.</summary>
    private static DunningAct? Rest(DunningFacts facts)
    {
        var it = facts.Case;
        if (it.PromisedOn is { } promised)
        {
            return new(DunningStep.Retry, MorningOf(promised, facts.Policy, facts.Zone), it.Rung,
                $"The customer chose to pay on {promised:uuuu'-'MM'-'dd}; until that morning nothing is asked.");
        }

        return it.GraceUntil is { } until && MorningOf(until, facts.Policy, facts.Zone) > facts.Now
            ? new(DunningStep.Wait, MorningOf(until, facts.Policy, facts.Zone), it.Rung, $"Support gave time until {until:uuuu'-'MM'-'dd}.")
            : null;
    }

    /// <summary>A machine failed at the last try: the same try again in some hours.</summary>
    private static DunningAct? Machine(DunningFacts facts)
    {
        var it = facts.Case;
        return it.MachineFailedAt is { } failed && it.PromisedOn is null && facts.HasCard && facts.FewestTries <= facts.Policy.MostRetries
            ? new(DunningStep.Retry, failed + DeclineCodes.MachineWait, it.Rung, "A machine between us and the bank failed; that is nobody's fault.")
            : null;
    }

    /// <summary>Before anybody is written to, the second card that the customer agreed to; a day ahead, so that it can be seen coming.</summary>
    private static DunningAct? Backup(int index, DunningFacts facts)
    {
        var it = facts.Case;
        if (!facts.HasBackup || it.BackupTried || facts.FewestTries > facts.Policy.MostRetries
            || it.Ladder is "consent_withdrawn" or "our_fault" or "needs_authentication") return null;
        return new(DunningStep.Retry, MorningAfter(it.LastStepAt + Day, facts), index, "The second card, as the customer agreed.", OnBackup: true);
    }

    private static DunningAct? Of(Rung rung, int index, DunningFacts facts) => rung.Do switch
    {
        RungDo.Retry => Retry(rung, index, facts),
        RungDo.Write => Write(rung, index, facts),
        RungDo.Park => Park(rung, index, facts),
        RungDo.People => new(DunningStep.End, DateOf(rung, facts), index, "Nothing is tried or asked by itself any more; a person looks."),
    };

    private static DunningAct? Retry(Rung rung, int index, DunningFacts facts)
    {
        if (!facts.HasCard || facts.FewestTries > facts.Policy.MostRetries || CardLimits.IsHard(facts.Case.Code)) return null;
        if (facts.Case.Retries >= DeclineCodes.RuleOf(facts.Case.Code).RetriesAtMost) return null;
        if (rung.Hours > 0)
            return new(DunningStep.Retry, facts.Case.LastStepAt + Duration.FromHours(rung.Hours), index, $"A machine failed; again {rung.Hours} hours later.");

        var first = CustomerZone.DateAt(facts.Case.LastStepAt, facts.Zone).PlusDays(rung.After);
        // Never within a day of the try before, however early that day's morning is.
        if (MorningOf(first, facts.Policy, facts.Zone) < facts.Case.LastStepAt + Day) first = first.PlusDays(1);
        var payday = Enumerable.Range(0, rung.Within + 1).Select(first.PlusDays).Where(facts.Policy.IsPayday).Cast<LocalDate?>().FirstOrDefault();
        var day = payday ?? first;
        return new(DunningStep.Retry, MorningOf(day, facts.Policy, facts.Zone), index, payday is null
            ? $"Tried again {rung.After} days after the last step, on a morning."
            : $"Tried again on {day:uuuu'-'MM'-'dd}, when money usually arrives.");
    }

    private static DunningAct? Write(Rung rung, int index, DunningFacts facts)
    {
        if (facts.Exempt) return null;
        var (at, why) = (DateOf(rung, facts), "Silent tries did not help; one message.");
        if (facts.Case.Ladder == DunningPolicy.Expired && facts.QuietUntil is { } quiet && MorningOf(quiet, facts.Policy, facts.Zone) is var end && end > at)
            (at, why) = (end, $"The card expired; until {quiet:uuuu'-'MM'-'dd} a new one is probably on its way, and nobody writes.");
        return new(DunningStep.Write, at, index, facts.Case.IsSilenced ? "Somebody writes in person instead." : why, rung.Template, rung.Channel);
    }

    private static DunningAct Park(Rung rung, int index, DunningFacts facts)
    {
        var at = DateOf(rung, facts);
        if (facts.Exempt) return new(DunningStep.End, at, index, "This customer is exempt: nobody asks, and access stays.");
        if (!facts.MayPark) return new(DunningStep.End, at, index, "There is no running subscription to park; a person looks.");
        if (facts.FirstMessageAt is not { } told)
        {
            var later = MorningOf(CustomerZone.DateAt(Instant.Max(at, facts.Now), facts.Zone).PlusDays(1), facts.Policy, facts.Zone);
            return at > facts.Now ? new(DunningStep.Park, at, index, NothingHelped)
                : at < facts.Now - LongestWaitForPost ? new(DunningStep.End, facts.Now, index, "No message reaches this customer; a person looks.")
                : new(DunningStep.Wait, later, index, "No message has reached the customer yet; access stays until one has.");
        }

        var days = facts.Policy.DaysAfterFirstMessage;
        var earliest = told + Duration.FromDays(days);
        return earliest > at
            ? new(DunningStep.Park, MorningAfter(earliest, facts), index, $"Access stays for at least {days} days after the first message.")
            : new(DunningStep.Park, at, index, NothingHelped);
    }

    private static DunningAct EndOfParking(DunningFacts facts)
    {
        var on = facts.Case.ParkedOn!.Value.PlusMonths(facts.Policy.EndAfterMonths);
        return new(DunningStep.End, MorningOf(on, facts.Policy, facts.Zone), facts.Case.Rung, facts.Policy.EndAfterMonths == 0
            ? "Nobody stays parked under this policy: it ends."
            : $"Parked since {facts.Case.ParkedOn:uuuu'-'MM'-'dd}; after {facts.Policy.EndAfterMonths} months it ends.");
    }

    private static Instant DateOf(Rung rung, DunningFacts facts) => rung switch
    {
        { After: 0, Hours: 0 } => facts.Case.LastStepAt,
        { Hours: > 0 } => facts.Case.LastStepAt + Duration.FromHours(rung.Hours),
        _ => MorningOf(CustomerZone.DateAt(facts.Case.LastStepAt, facts.Zone).PlusDays(rung.After), facts.Policy, facts.Zone),
    };

    private static Instant MorningAfter(Instant at, DunningFacts facts)
    {
        var day = CustomerZone.DateAt(at, facts.Zone);
        return MorningOf(day, facts.Policy, facts.Zone) is var morning && morning >= at ? morning : MorningOf(day.PlusDays(1), facts.Policy, facts.Zone);
    }
}
