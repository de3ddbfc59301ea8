using Billing.History;
using Billing.Periods;
using NodaTime;

namespace Billing.Plans;

/// <summary>How a price becomes an amount.</summary>
public enum PlanPricing
{
    /// <summary>One amount a period, whatever the use.</summary>
    Flat,

    /// <summary>The unit amount times the seats.</summary>
    PerSeat,
}

/// <summary>What is sold. Its prices are versions that never change once made; see <see cref="Price"/>.</summary>
public sealed class Plan : IVersioned
{
    /// <summary>The longest trial, in days.</summary>
    public const int LongestTrial = 365;

    private Plan()
    {
    }

    /// <summary>The plan's id.</summary>
    public PlanId Id { get; private set; }

    /// <summary>The merchant's own short name, unique: <c>pro</c>.</summary>
    public string Code { get; private set; } = null!;

    /// <summary>What the customer reads: <c>Pro</c>.</summary>
    public string Name { get; private set; } = null!;

    /// <summary>Flat or per seat.</summary>
    public PlanPricing Pricing { get; private set; }

    /// <summary>Days of trial a new subscription gets unless told otherwise; 0 for none.</summary>
    public int TrialDays { get; private set; }

    /// <summary>When it was made.</summary>
    public Instant CreatedAt { get; private set; }

    /// <summary>When it stopped being sold; those who have it keep it.</summary>
    public Instant? RetiredAt { get; private set; }

    /// <inheritdoc/>
    public int Version { get; private set; }

    /// <summary>Makes a plan, without prices.</summary>
    /// <exception cref="Refused"><c>trial_out_of_range</c>.</exception>
    public static Plan Create(PlanId id, string code, string name, PlanPricing pricing, int trialDays, Instant now) => new()
    {
        Id = id,
        Code = code,
        Name = name,
        Pricing = pricing,
        TrialDays = Trial(trialDays),
        CreatedAt = now,
        Version = 1,
    };

    /// <summary>Sets the price for one currency and cadence: a new version for those who start from now on.</summary>
    /// <param name="id">The new version's id.</param>
    /// <param name="unit">Amount a period: of the plan when flat, of one seat when per seat. Zero is free.</param>
    /// <param name="cadence">How often it is billed.</param>
    /// <param name="current">The newest version for the same currency and cadence, if there is one.</param>
    /// <param name="now">When.</param>
    /// <exception cref="Refused"><c>amount_out_of_range</c>, <c>plan_retired</c>.</exception>
    public Price SetPrice(PriceId id, Money unit, Cadence cadence, Price? current, Instant now)
    {
        if (RetiredAt is not null) throw new Refused("plan_retired", "This plan is no longer sold.");
        return Price.Create(id, Id, unit, cadence, (current?.VersionNumber ?? 0) + 1, now);
    }

    /// <summary>Stops selling the plan. Doing it twice changes nothing.</summary>
    public void Retire(Instant now) => RetiredAt ??= now;

    /// <summary>Checks a number of trial days.</summary>
    /// <exception cref="Refused"><c>trial_out_of_range</c>.</exception>
    public static int Trial(int days) => days is >= 0 and <= LongestTrial
        ? days
        : throw new Refused("trial_out_of_range", $"A trial lasts 0 to {LongestTrial} days.", "trialDays");
}
