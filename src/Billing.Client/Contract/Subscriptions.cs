namespace Billing.Client.Contract;

/// <summary>How often something is billed.</summary>
/// <param name="Unit"><c>day</c>, <c>week</c>, <c>month</c> or <c>year</c>.</param>
/// <param name="Count">Units a period; at least 1.</param>
public sealed record CadenceView(string Unit, int Count = 1);

/// <summary>A subscription to start today.</summary>
/// <param name="Plan">The plan's code.</param>
/// <param name="Cadence">How often; the plan must have a price for it in the customer's currency.</param>
/// <param name="Quantity">Seats; 1 for a flat plan, and when left out.</param>
/// <param name="TrialDays">Days of trial instead of the plan's.</param>
/// <param name="NegotiatedUnitAmount">An amount a period and seat agreed with this customer.</param>
/// <param name="Discounts">Codes of discounts, taken off in this order; at most 5.</param>
public sealed record NewSubscription(
    string Plan, CadenceView Cadence, int? Quantity = null, int? TrialDays = null, Amount? NegotiatedUnitAmount = null,
    IReadOnlyList<string>? Discounts = null);

/// <summary>A subscription.</summary>
/// <param name="Id">Our id.</param>
/// <param name="CustomerId">Whose.</param>
/// <param name="Plan">The plan's code.</param>
/// <param name="Lifecycle"><c>trialing</c>, <c>active</c>, <c>paused</c> (On the Beach) or <c>ended</c>; says nothing about access or what is owed.</param>
/// <param name="Quantity">Seats.</param>
/// <param name="UnitAmount">A period and seat.</param>
/// <param name="Cadence">How often.</param>
/// <param name="CurrentStart">First day of the trial or the last billed period.</param>
/// <param name="CurrentEnd">First day after it; on it the next is billed, or it ends.</param>
/// <param name="CancelAtPeriodEnd">Whether it ends on <paramref name="CurrentEnd"/>.</param>
/// <param name="StartedOn">First day of service.</param>
/// <param name="TrialEndsOn">First day after the trial.</param>
/// <param name="EndedOn">First day without service.</param>
/// <param name="EndReason"><c>voluntary</c> or <c>involuntary</c>.</param>
/// <param name="Mrr">What it adds to monthly recurring revenue now.</param>
/// <param name="Version">The <c>ETag</c>; send it back when you change something.</param>
/// <param name="Planned">What is planned for <paramref name="CurrentEnd"/>, if anything.</param>
/// <param name="ReactivatedOn">The day it last came back after an end.</param>
/// <param name="PriceMove">A new price that was announced and is not billed yet.</param>
public sealed record SubscriptionView(
    Guid Id, Guid CustomerId, string Plan, string Lifecycle, int Quantity, Amount UnitAmount, CadenceView Cadence,
    string CurrentStart, string CurrentEnd, bool CancelAtPeriodEnd, string StartedOn, string? TrialEndsOn, string? EndedOn,
    string? EndReason, Amount Mrr, int Version, PlannedView? Planned = null, string? ReactivatedOn = null,
    AnnouncedMoveView? PriceMove = null) : IVersionedView;

/// <summary>A new price that was announced. It falls away when the plan or cadence changes before, or the subscription ends.</summary>
/// <param name="UnitAmount">A period and seat.</param>
/// <param name="From">Periods that begin on this day or later cost it; at least 30 days after it was announced.</param>
/// <param name="FirstBilledOn">The first day of the first such period; none while an end or another plan is planned before it.</param>
public sealed record AnnouncedMoveView(Amount UnitAmount, string From, string? FirstBilledOn);

/// <summary>How a subscription is to end.</summary>
/// <param name="When"><c>period_end</c>: when what is paid for is used up; <c>now</c>: today.</param>
public sealed record Cancellation(string When);

/// <summary>A discount to give, from the next billed period on.</summary>
/// <param name="Discount">Its code.</param>
public sealed record DiscountGift(string Discount);
