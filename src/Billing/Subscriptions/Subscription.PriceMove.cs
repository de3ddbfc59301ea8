using Billing.Notices;
using Billing.Periods;
using Billing.Plans;
using NodaTime;

namespace Billing.Subscriptions;

/// <content>A price move that was announced to this customer.</content>
/// <remarks>
/// What was announced stands here until a period at the new price is billed. It falls away when the price version changes
/// otherwise, by another plan or cadence, and when the subscription ends; other seats and a planned end do not touch it.
/// </remarks>
public sealed partial class Subscription
{
    /// <summary>The price version it moves to; the other two values go with it.</summary>
    public PriceId? MovesToPriceId { get; private set; }

    /// <summary>Minor units a period and seat it will cost then.</summary>
    public long? MovesToUnitAmountMinor { get; private set; }

    /// <summary>Periods that begin on this day or later cost the new amount; at least 30 days after it was announced.</summary>
    public LocalDate? MovesOn { get; private set; }

    /// <summary>
    /// What the announced move will do; none when it ends before, has another plan or cadence by then, or goes On the Beach,
    /// which moves its periods: then the outlook knows, and the reminder before the return says it.
    /// </summary>
    public MoveAhead? MoveAhead => MovesOn is { } on && !CancelAtPeriodEnd && !LeavesItsPrice && Lifecycle != Lifecycle.Paused
        && BreakStartsOn is null
        ? new(FirstPeriodFrom(on), Unit * Seated, new Money(MovesToUnitAmountMinor!.Value, Currency) * Seated)
        : null;

    /// <summary>Whether a planned change is to another plan or cadence.</summary>
    private bool LeavesItsPrice => PlannedPriceId is { } planned && planned != PriceId;

    private int Seated => PlannedQuantity ?? Quantity;

    /// <summary>
    /// Tells the customer of a price move. Periods that begin on its day or later cost the new price, but none that begins
    /// within <see cref="PriceMove.NoticeDays"/> days from today: who is told late, moves late.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is not concerned, or was told already: the caller has a bug.</exception>
    /// <example>Planned for 1 April, told on 21 March because the server was down: the move is on 20 April.</example>
    public PriceMoveAnnounced Announce(PriceMove move, Instant now)
    {
        if (Lifecycle == Lifecycle.Ended || IsNegotiated || MovesToPriceId is not null || CancelAtPeriodEnd || LeavesItsPrice
            || (move.PlanId, move.Currency, move.Cadence) != (PlanId, Currency, Anchor.Cadence) || move.ToPriceId == PriceId)
            throw new InvalidOperationException($"Subscription {Id} is not concerned by the price move {move.Id}.");

        var today = Today(now);
        // Announced at night, it is read the next morning; the days of notice count from there.
        var read = NoticeMoment.DayToldOn(now, CustomerZone.Of(TimeZone));
        var on = LocalDate.Max(move.From, read.PlusDays(PriceMove.NoticeDays));
        (MovesToPriceId, MovesToUnitAmountMinor, MovesOn) = (move.ToPriceId, move.ToUnitAmountMinor, on);
        return new(
            CustomerId, today, Id, move.ToPriceId, UnitAmountMinor, move.ToUnitAmountMinor, Currency.Code, on, FirstPeriodFrom(on));
    }

    /// <summary>Takes the announcement back, because the merchant took the move back.</summary>
    /// <exception cref="InvalidOperationException">Nothing was announced: the caller has a bug.</exception>
    public PriceMoveWithdrawn TakeMoveBack(Instant now)
    {
        var price = MovesToPriceId ?? throw new InvalidOperationException($"Nothing was announced to subscription {Id}.");
        ForgetMove();
        return new(CustomerId, Today(now), Id, price);
    }

    /// <summary>The amount a period and seat for a period that begins on this day, the price version staying what it is.</summary>
    private Money UnitFrom(LocalDate start) =>
        MovesOn <= start ? Unit with { Minor = MovesToUnitAmountMinor!.Value } : Unit;

    /// <summary>When a period begins on the announced day or later, the announced price becomes the price.</summary>
    private PriceMoved? TakeMove(LocalDate start)
    {
        if (!(MovesOn <= start)) return null;
        var old = UnitAmountMinor;
        (PriceId, UnitAmountMinor) = (MovesToPriceId!.Value, MovesToUnitAmountMinor!.Value);
        ForgetMove();
        return new(CustomerId, start, Id, PriceId, old, UnitAmountMinor, Currency.Code);
    }

    private void ForgetMove() => (MovesToPriceId, MovesToUnitAmountMinor, MovesOn) = (null, null, null);

    private LocalDate FirstPeriodFrom(LocalDate day)
    {
        // Away, nobody knows when the next period begins: not before that day.
        if (Lifecycle == Lifecycle.Paused) return day;
        if (day <= CurrentEnd) return CurrentEnd;
        var index = Anchor.IndexOf(day);
        return Anchor.StartOf(index) < day ? Anchor.StartOf(index + 1) : day;
    }
}
