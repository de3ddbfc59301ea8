using NodaTime;

namespace Billing.Dunning;

/// <content>What the customer and support can do, and how a case ends.</content>
public sealed partial class DunningCase
{
    /// <summary>The customer chooses a day to pay: until its morning nothing is asked.</summary>
    /// <exception cref="Refused"><c>case_closed</c>, <c>promises_used_up</c>, <c>day_out_of_range</c>.</exception>
    /// <example>On 4 May the 12th is chosen: one try that morning. Declined, the ladder goes on, and one more day may be chosen.</example>
    public DayToPayChosen Promise(LocalDate day, PromiseTerms terms, LocalDate today)
    {
        MustBeOpen();
        if (PromisedOn != day && Promises >= terms.AtMost)
            throw new Refused("promises_used_up", $"A day can be chosen {terms.AtMost} times.");
        if (day <= today || day > today.PlusDays(terms.LongestDays))
            throw new Refused("day_out_of_range", $"The day is {today.PlusDays(1):uuuu'-'MM'-'dd} to {today.PlusDays(terms.LongestDays):uuuu'-'MM'-'dd}.", "day");

        if (PromisedOn != day) Promises++;
        PromisedOn = day;
        return new(CustomerId, today, Id, day);
    }

    /// <summary>The customer takes the chosen day back.</summary>
    /// <param name="chosenOn">The day on which it was chosen.</param>
    /// <param name="today">The customer's day.</param>
    /// <param name="now">When.</param>
    /// <exception cref="Refused"><c>case_closed</c>, <c>no_day_chosen</c>.</exception>
    /// <example>
    /// Chosen and taken back on 4 May: as if nothing had been chosen. Taken back on the 6th: it counts as one, and the ladder takes
    /// its next step as far from the 6th as it would have been from the step before.
    /// </example>
    public DayToPayWithdrawn WithdrawPromise(LocalDate chosenOn, LocalDate today, Instant now)
    {
        MustBeOpen();
        var day = PromisedOn ?? throw new Refused("no_day_chosen", "No day was chosen.");
        PromisedOn = null;
        if (chosenOn == today && Promises == 1) Promises = 0;
        else LastStepAt = now;
        return new(CustomerId, today, Id, day);
    }

    /// <summary>Support gives time: nothing happens before that day.</summary>
    /// <exception cref="Refused"><c>case_closed</c>, <c>day_out_of_range</c>.</exception>
    public GraceExtended Extend(LocalDate until, string reason, LocalDate today)
    {
        MustBeOpen();
        if (until <= today || until > today.PlusDays(92))
            throw new Refused("day_out_of_range", "Grace is extended to a day ahead, three months at most.", "until");
        GraceUntil = until;
        return new(CustomerId, today, Id, until, reason);
    }

    /// <summary>Somebody writes in person: the next message of the ladder is not sent.</summary>
    /// <exception cref="Refused"><c>case_closed</c>.</exception>
    public WrittenPersonally WritePersonally(string reason, LocalDate today)
    {
        MustBeOpen();
        IsSilenced = true;
        return new(CustomerId, today, Id, reason);
    }

    /// <summary>The message that was not sent because somebody writes in person.</summary>
    public void KeepSilent(Instant now) => (IsSilenced, Rung, LastStepAt) = (false, Rung + 1, now);

    /// <summary>Money arrived for one of its invoices.</summary>
    public void Received(Money paid) => RecoveredMinor += paid.Minor;

    /// <summary>Nothing of it is open any more, or nobody asks for it any more.</summary>
    /// <returns>For the history; nothing when it was closed already.</returns>
    public DunningEnded? Close(CaseState how, string why, LocalDate today, RecoveryRoute? route = null)
    {
        if (!IsLive) return null;
        (State, NextAt, ClosedOn, ClosedWhy, Route) = (how, null, today, Short(why), route);
        var kept = PromisedOn is not null && how == CaseState.Recovered && route == RecoveryRoute.Promise;
        return new(CustomerId, today, Id, how, route, kept, Short(why));
    }

    /// <summary>Access has ended; it rests until the customer returns, or ends for good after months.</summary>
    public DunningParked Park(LocalDate today)
    {
        MustBeOpen();
        (State, ParkedOn, PromisedOn) = (CaseState.Parked, today, null);
        return new(CustomerId, today, Id);
    }

    internal DunningCase Copy() => (DunningCase)MemberwiseClone();

    private void MustBeOpen()
    {
        if (!IsOpen) throw new Refused("case_closed", "Nothing is being asked for at the moment.");
    }
}
