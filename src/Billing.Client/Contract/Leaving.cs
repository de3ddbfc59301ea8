namespace Billing.Client.Contract;

/// <summary>A customer looks at leaving.</summary>
/// <param name="Channel">Where: <c>portal</c>, or <c>api</c> when left out.</param>
/// <param name="Language">Of the words: <c>en</c> or <c>bn</c>; the customer's own when left out.</param>
public sealed record NewCancelSession(string? Channel = null, string? Language = null);

/// <summary>Why the customer leaves.</summary>
/// <param name="Reason">The code of one of the session's reasons.</param>
/// <param name="Text">The customer's own words, if any; at most 500 characters.</param>
public sealed record LeavingAnswer(string Reason, string? Text = null);

/// <summary>What the customer chose: exactly one of the first three.</summary>
/// <param name="Leave"><c>now</c> or <c>period_end</c>.</param>
/// <param name="Stay"><see langword="true"/> to stay as it was.</param>
/// <param name="TakeOffer"><see langword="true"/> to take what was offered.</param>
/// <param name="PaymentDay">With the offer of a later payment day: which one.</param>
public sealed record LeavingOutcome(string? Leave = null, bool? Stay = null, bool? TakeOffer = null, string? PaymentDay = null);

/// <summary>A customer's way through leaving, with what was shown; evidence once it has ended.</summary>
/// <param name="Id">Our id.</param>
/// <param name="SubscriptionId">Which subscription.</param>
/// <param name="CustomerId">Whose.</param>
/// <param name="Channel"><c>portal</c>, <c>api</c> or <c>signed_out</c>.</param>
/// <param name="Language">Of the words.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Words">What leaving means, as shown last.</param>
/// <param name="WordsShownAt">When that was.</param>
/// <param name="Reason">The reason given.</param>
/// <param name="Text">The customer's own words.</param>
/// <param name="Offer">The one offer, if any.</param>
/// <param name="Outcome"><c>left_now</c>, <c>left_at_period_end</c>, <c>took_offer</c>, <c>stayed</c>, <c>abandoned</c>, or none yet.</param>
/// <param name="ClosedAt">When it ended.</param>
/// <param name="ConfirmedAt">When the customer confirmed the words by leaving.</param>
/// <param name="EndsOn">First day without service.</param>
/// <param name="After30">What became of it after 30 days: <c>still_here</c>, <c>gone</c>, <c>on_a_break</c>.</param>
/// <param name="After90">And after 90.</param>
/// <param name="Version">The <c>ETag</c>.</param>
/// <param name="Reasons">What to choose from, while the session is open; choosing is optional.</param>
/// <param name="WaysToLeave">The ways out, while the session is open; always there, whatever is offered.</param>
public sealed record CancelSessionView(
    Guid Id, Guid SubscriptionId, Guid CustomerId, string Channel, string Language, string StartedAt, string Words, string WordsShownAt,
    string? Reason, string? Text, SaveOfferView? Offer, string? Outcome, string? ClosedAt, string? ConfirmedAt, string? EndsOn,
    string? After30, string? After90, int Version, IReadOnlyList<LeavingReasonView>? Reasons = null,
    IReadOnlyList<WayToLeaveView>? WaysToLeave = null) : IVersionedView;

/// <summary>A reason to choose.</summary>
/// <param name="Code">What to send back.</param>
/// <param name="Label">The sentence the customer reads.</param>
/// <param name="WantsText">Whether a few own words would help.</param>
public sealed record LeavingReasonView(string Code, string Label, bool WantsText);

/// <summary>A way to leave, and what it means.</summary>
/// <param name="Leave"><c>period_end</c> or <c>now</c>.</param>
/// <param name="EndsOn">First day without service.</param>
/// <param name="Refund">What becomes credit.</param>
/// <param name="OffDue">What comes off what is due.</param>
/// <param name="StillDue">What stays due.</param>
/// <param name="Words">All that in a sentence.</param>
public sealed record WayToLeaveView(string Leave, string EndsOn, Amount Refund, Amount OffDue, Amount StillDue, string Words);

/// <summary>What is offered.</summary>
/// <param name="Kind"><c>break</c>, <c>smaller_plan</c>, <c>discount</c>, <c>later_payment_day</c> or <c>talk</c>.</param>
/// <param name="Words">The offer in a sentence.</param>
/// <param name="Why">Why this one, for the office.</param>
/// <param name="Plan">The smaller plan's name.</param>
/// <param name="Price">What it costs a period, before discounts.</param>
/// <param name="Saving">What it costs less.</param>
/// <param name="PercentBasisPoints">Hundredths of a percent off.</param>
/// <param name="Periods">For how many periods.</param>
/// <param name="Days">How long a break.</param>
/// <param name="LatestDay">The last day a payment can be moved to.</param>
public sealed record SaveOfferView(
    string Kind, string Words, string Why, string? Plan = null, Amount? Price = null, Amount? Saving = null,
    int? PercentBasisPoints = null, int? Periods = null, int? Days = null, string? LatestDay = null);
