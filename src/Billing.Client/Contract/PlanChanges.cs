namespace Billing.Client.Contract;

/// <summary>What a subscription will do at the end of its period; one call takes it back.</summary>
/// <param name="What"><c>cancel</c> (take back with withdraw-cancel), <c>break</c> (withdraw-break) or <c>change</c>
/// (withdraw-change).</param>
/// <param name="On">The day it happens.</param>
/// <param name="PlanId">The plan it will have.</param>
/// <param name="Quantity">The seats it will have.</param>
/// <param name="UnitAmount">What a period and seat will cost.</param>
/// <param name="Cadence">How often it will be billed.</param>
public sealed record PlannedView(
    string What, string On, Guid? PlanId = null, int? Quantity = null, Amount? UnitAmount = null, CadenceView? Cadence = null);

/// <summary>A change to work out; what is left out stays as it is.</summary>
/// <param name="Plan">The plan's code.</param>
/// <param name="Quantity">Seats; 1 when a flat plan is chosen.</param>
/// <param name="Cadence">How often it is billed.</param>
/// <param name="Currency">The subscription's own: another is refused.</param>
/// <param name="When"><c>now</c> or <c>period_end</c>; left out: worth more a month now, anything else at period end.</param>
public sealed record PlanChange(
    string? Plan = null, int? Quantity = null, CadenceView? Cadence = null, string? Currency = null, string? When = null);

/// <summary>A change worked out. Confirm it with the token: exactly this is charged, or nothing.</summary>
/// <param name="Token">For confirming, once.</param>
/// <param name="ValidUntil">ISO instant, UTC: a quarter of an hour, or the end of the customer's day when that comes first.</param>
/// <param name="When"><c>now</c> or <c>period_end</c>.</param>
/// <param name="EffectiveOn">The day it takes effect.</param>
/// <param name="Lines">What today's invoice will say; empty when nothing is charged today.</param>
/// <param name="Total">Today's invoice.</param>
/// <param name="BalanceApplied">Settled by the customer's credit; below zero when an older carried amount is collected with it.</param>
/// <param name="CarriedForward">Too small to charge; the next invoice collects it.</param>
/// <param name="DueNow">Left for the card.</param>
/// <param name="OffUnpaid">Unused time that was never paid for: comes off what is due.</param>
/// <param name="ToBalance">Unused time that was paid for and the new terms do not cost: becomes credit.</param>
/// <param name="NextCharges">What comes after that by itself.</param>
public sealed record QuoteView(
    string Token, string ValidUntil, string When, string EffectiveOn, IReadOnlyList<QuoteLineView> Lines, Amount Total,
    Amount BalanceApplied, Amount CarriedForward, Amount DueNow, Amount OffUnpaid, Amount ToBalance,
    IReadOnlyList<NextChargeView> NextCharges);

/// <summary>One line of a quote and what its words are made from.</summary>
/// <param name="Kind"><c>proration_credit</c> or <c>proration_charge</c>.</param>
/// <param name="Words">The arithmetic in English: <c>Unused 14 of 30 days of Pro at USD 49.00</c>.</param>
/// <param name="PlanName">Of what.</param>
/// <param name="Quantity">Seats.</param>
/// <param name="Whole">What the full period costs, net of discounts.</param>
/// <param name="Days">Days credited or charged.</param>
/// <param name="OfDays">Days of the full period.</param>
/// <param name="Amount">The part; below zero for a credit.</param>
public sealed record QuoteLineView(
    string Kind, string Words, string PlanName, int Quantity, Amount Whole, int Days, int OfDays, Amount Amount);

/// <summary>A charge that will come by itself.</summary>
/// <param name="On">ISO date, in the customer's zone.</param>
/// <param name="Total">Before the customer's balance.</param>
public sealed record NextChargeView(string On, Amount Total);

/// <summary>Confirms a quote.</summary>
/// <param name="Token">The quote's.</param>
public sealed record QuoteConfirmation(string Token);
