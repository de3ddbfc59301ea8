using Billing.Periods;
using NodaTime;

namespace Billing.Plans;

/// <summary>
/// One version of a plan's price in one currency and cadence. Never changed: a new price is a new version, and whoever
/// bought an older one keeps it until a planned price move.
/// </summary>
public sealed class Price
{
    /// <summary>The largest unit amount, in minor units, so that amount times seats fits, also as the MRR of a daily price.</summary>
    public const long LargestUnitAmount = 100_000_000_000;

    private Price()
    {
    }

    /// <summary>The version's id.</summary>
    public PriceId Id { get; private set; }

    /// <summary>The plan it prices.</summary>
    public PlanId PlanId { get; private set; }

    /// <summary>The currency.</summary>
    public Currency Currency { get; private set; } = null!;

    /// <summary>The unit of the cadence.</summary>
    public CadenceUnit CadenceUnit { get; private set; }

    /// <summary>Units a period.</summary>
    public int CadenceCount { get; private set; }

    /// <summary>Minor units a period: of the plan, or of one seat.</summary>
    public long UnitAmountMinor { get; private set; }

    /// <summary>1, 2, 3 … within plan, currency and cadence; the highest is sold.</summary>
    public int VersionNumber { get; private set; }

    /// <summary>When it was made.</summary>
    public Instant CreatedAt { get; private set; }

    /// <summary>The cadence.</summary>
    public Cadence Cadence => new(CadenceUnit, CadenceCount);

    /// <summary>The amount a period, of the plan or of one seat.</summary>
    public Money Unit => new(UnitAmountMinor, Currency);

    /// <summary>Checks a unit amount.</summary>
    /// <exception cref="Refused"><c>amount_out_of_range</c>.</exception>
    public static Money Checked(Money unit, string field) => unit.Minor is >= 0 and <= LargestUnitAmount
        ? unit
        : throw new Refused("amount_out_of_range", $"A price is 0 to {LargestUnitAmount} minor units.", field);

    internal static Price Create(PriceId id, PlanId plan, Money unit, Cadence cadence, int version, Instant now) => new()
    {
        Id = id,
        PlanId = plan,
        Currency = unit.Currency,
        CadenceUnit = cadence.Unit,
        CadenceCount = cadence.Count,
        UnitAmountMinor = Checked(unit, "unitAmount").Minor,
        VersionNumber = version,
        CreatedAt = now,
    };
}
