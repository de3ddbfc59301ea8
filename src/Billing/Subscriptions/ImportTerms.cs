using Billing.Periods;
using Billing.Plans;
using NodaTime;

namespace Billing.Subscriptions;

/// <summary>
/// What another system's books say of a subscription, as of the day its billing moves here: periods that began before
/// that day were billed there, those that begin on it or later are billed here.
/// </summary>
/// <example>Monthly from 15 January, moved on 1 November: the period of 15 October was theirs, that of 15 November is ours.</example>
public sealed record ImportTerms
{
    /// <summary>The earliest first day of service that is believed.</summary>
    public static readonly LocalDate EarliestStart = new(1970, 1, 1);

    private ImportTerms(BillingAnchor anchor, LocalDate startedOn, LocalDate asOf) =>
        (Anchor, StartedOn, AsOf) = (anchor, startedOn, asOf);

    /// <summary>Periods are counted from the end of the trial, or from the start.</summary>
    public BillingAnchor Anchor { get; }

    /// <summary>First day of service.</summary>
    public LocalDate StartedOn { get; }

    /// <summary>The first day on which a period that begins is billed here.</summary>
    public LocalDate AsOf { get; }

    /// <summary>First day after the trial.</summary>
    public LocalDate? TrialEndsOn { get; private init; }

    /// <summary>First day without service; <see langword="null"/> while there is no end.</summary>
    public LocalDate? EndedOn { get; private init; }

    /// <summary>Why it ended; voluntary unless told otherwise.</summary>
    public EndReason EndReason { get; private init; }

    /// <summary>Whether it is over on the day of the move.</summary>
    public bool HasEnded => EndedOn <= AsOf;

    /// <summary>Whether its end is still to come: when what is paid for is used up.</summary>
    public bool EndIsPlanned => EndedOn > AsOf;

    /// <summary>How many periods were billed elsewhere: the index of the first that begins here, or never.</summary>
    public int PeriodsBefore
    {
        get
        {
            var day = HasEnded ? EndedOn!.Value : AsOf;
            if (day <= Anchor.Date) return 0;
            var index = Anchor.IndexOf(day);
            return Anchor.StartOf(index) < day ? index + 1 : index;
        }
    }

    /// <summary>Checks what the books say.</summary>
    /// <exception cref="Refused"><c>start_out_of_range</c> before 1970 or over a year ahead; <c>trial_out_of_range</c>;
    /// <c>ended_before_started</c>, also on the same day; <c>reason_without_end</c>; <c>end_not_at_period_end</c> for an end
    /// to come that is not the end of the period under way.</exception>
    public static ImportTerms Of(
        Cadence cadence, LocalDate startedOn, LocalDate? trialEndsOn, LocalDate? endedOn, EndReason? reason, LocalDate asOf)
    {
        if (startedOn < EarliestStart || startedOn > asOf.PlusYears(1))
            throw new Refused("start_out_of_range", "A start lies between 1970 and one year after the as-of date.", "startedOn");
        if (trialEndsOn <= startedOn || trialEndsOn > startedOn.PlusDays(Plan.LongestTrial))
            throw new Refused("trial_out_of_range", $"A trial ends 1 to {Plan.LongestTrial} days after the start.", "trialEndsOn");
        if (endedOn <= startedOn)
            throw new Refused("ended_before_started", "The first day without service comes after the first day of service.", "endedOn");
        if (endedOn is null && reason is not null)
            throw new Refused("reason_without_end", "There is a reason for an end, and no end.", "endedReason");

        var terms = new ImportTerms(new(trialEndsOn ?? startedOn, cadence), startedOn, asOf)
        {
            TrialEndsOn = trialEndsOn,
            EndedOn = endedOn,
            EndReason = reason ?? EndReason.Voluntary,
        };
        return terms.EndIsPlanned ? terms.PlannedAtPeriodEnd() : terms;
    }

    private ImportTerms PlannedAtPeriodEnd() =>
        EndedOn == Anchor.StartOf(PeriodsBefore) && EndReason == EndReason.Voluntary
            ? this
            : throw new Refused(
                "end_not_at_period_end",
                "An end after the as-of date is the customer's wish, for the end of the period under way. Leave it empty and plan it here.",
                "endedOn");
}

/// <summary>A subscription that was lived elsewhere until now.</summary>
/// <param name="Subscription">As it stands on the day of the move.</param>
/// <param name="Movements">Its MRR until then, dated by start and end. There are no invoices.</param>
/// <param name="Facts">For the history.</param>
public sealed record Imported(
    Subscription Subscription, IReadOnlyList<Metrics.MrrMovement> Movements, IReadOnlyList<History.Fact> Facts);
