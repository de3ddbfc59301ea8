using Billing.History;
using Billing.Periods;
using NodaTime;

namespace Billing.Plans;

/// <summary>
/// A planned move of those who pay an older price version of a plan, in one currency and cadence, to the newest one. Each of
/// them is told at least <see cref="NoticeDays"/> days before a period at the new price can begin, and may leave before.
/// </summary>
/// <example>Pro was sold at 49.00 and is sold at 59.00. Told on 1 March, customers pay 59.00 from their first period in April.</example>
public sealed class PriceMove : IVersioned
{
    /// <summary>The days between telling a customer and the first day that can cost the new price.</summary>
    public const int NoticeDays = 30;

    /// <summary>How far ahead a move is planned at most, in days.</summary>
    public const int LongestNotice = 730;

    private PriceMove()
    {
    }

    /// <summary>The move's id.</summary>
    public PriceMoveId Id { get; private set; }

    /// <summary>The plan.</summary>
    public PlanId PlanId { get; private set; }

    /// <summary>The currency.</summary>
    public Currency Currency { get; private set; } = null!;

    /// <summary>The unit of the cadence.</summary>
    public CadenceUnit CadenceUnit { get; private set; }

    /// <summary>Units a period.</summary>
    public int CadenceCount { get; private set; }

    /// <summary>The version everybody moves to.</summary>
    public PriceId ToPriceId { get; private set; }

    /// <summary>Its number; who pays a lower one is concerned.</summary>
    public int ToVersionNumber { get; private set; }

    /// <summary>Minor units a period and seat after the move.</summary>
    public long ToUnitAmountMinor { get; private set; }

    /// <summary>The first day on which a period can begin that costs the new price.</summary>
    public LocalDate From { get; private set; }

    /// <summary>How many subscriptions were told so far.</summary>
    public int Announced { get; private set; }

    /// <summary>When it was made.</summary>
    public Instant CreatedAt { get; private set; }

    /// <summary>When the first period at the new price was billed; from then on it is not taken back.</summary>
    public Instant? BegunAt { get; private set; }

    /// <summary>When it was taken back.</summary>
    public Instant? WithdrawnAt { get; private set; }

    /// <inheritdoc/>
    public int Version { get; private set; }

    /// <summary>The cadence.</summary>
    public Cadence Cadence => new(CadenceUnit, CadenceCount);

    /// <summary>The amount a period and seat after the move.</summary>
    public Money ToUnit => new(ToUnitAmountMinor, Currency);

    /// <summary>Plans a move.</summary>
    /// <param name="id">The new move's id.</param>
    /// <param name="to">The newest version for its plan, currency and cadence.</param>
    /// <param name="from">The first day that can cost the new price.</param>
    /// <param name="today">The merchant's date.</param>
    /// <param name="now">When.</param>
    /// <exception cref="Refused"><c>notice_too_short</c>, <c>notice_too_long</c>, <c>no_older_price</c>.</exception>
    public static PriceMove To(PriceMoveId id, Price to, LocalDate from, LocalDate today, Instant now)
    {
        if (from < today.PlusDays(NoticeDays))
            throw new Refused("notice_too_short", $"Customers are told {NoticeDays} days before: {today.PlusDays(NoticeDays):uuuu'-'MM'-'dd} or later.", "from");
        if (from > today.PlusDays(LongestNotice))
            throw new Refused("notice_too_long", $"A move is planned at most {LongestNotice} days ahead.", "from");
        if (to.VersionNumber == 1)
            throw new Refused("no_older_price", "There is no older price that anybody could pay.", "cadence");

        return new()
        {
            Id = id,
            PlanId = to.PlanId,
            Currency = to.Currency,
            CadenceUnit = to.CadenceUnit,
            CadenceCount = to.CadenceCount,
            ToPriceId = to.Id,
            ToVersionNumber = to.VersionNumber,
            ToUnitAmountMinor = to.UnitAmountMinor,
            From = from,
            CreatedAt = now,
            Version = 1,
        };
    }

    /// <summary>Takes it back, before anybody paid the new price because of it.</summary>
    /// <exception cref="Refused"><c>price_move_withdrawn</c>, <c>price_move_begun</c>.</exception>
    public void Withdraw(Instant now)
    {
        if (WithdrawnAt is not null) throw new Refused("price_move_withdrawn", "This price move was taken back already.");
        if (BegunAt is not null) throw new Refused("price_move_begun", "Customers pay the new price already.");
        WithdrawnAt = now;
    }
}
