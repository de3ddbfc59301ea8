namespace Billing.Client.Contract;

/// <summary>What a break "On the Beach" from a plan costs and allows, in one currency.</summary>
/// <param name="Fee">A month away; 0 is free. Charged in advance, by days where a stay ends within a month.</param>
/// <param name="ShortestDays">The fewest days agreed; 7 or more.</param>
/// <param name="LongestDays">The most days, extensions included; 731 at most.</param>
/// <param name="PerYear">How many may begin within 365 days; 1 to 12.</param>
/// <param name="DaysBetween">Days from a return to the next start; 0 to 365.</param>
/// <param name="Access"><c>full</c>, <c>read_only</c> or <c>none</c> while away.</param>
/// <param name="Keeps">What is kept, in your words to the customer.</param>
public sealed record BreakTermsView(
    Amount Fee, int ShortestDays, int LongestDays, int PerYear = 2, int DaysBetween = 0, string Access = "read_only", string Keeps = "");

/// <summary>A break to take.</summary>
/// <param name="ReturnOn">ISO date: the first day back.</param>
/// <param name="When"><c>now</c>, or <c>period_end</c>: when what is paid for is used up.</param>
/// <param name="AskedHow"><c>customer</c>, <c>support</c>, <c>leaving</c> or <c>dunning</c>: where it was asked for.</param>
/// <param name="Reason">Why, in the customer's words; 500 characters at most.</param>
/// <param name="Fee">What you showed the customer for a month away: refused as stale when it is not that any more.</param>
/// <param name="CancelSessionId">The session in which the break was offered: it ends as taken, and a planned end is taken back.</param>
public sealed record NewBreak(
    string ReturnOn, string When = "now", string AskedHow = "customer", string? Reason = null, Amount? Fee = null,
    Guid? CancelSessionId = null);

/// <summary>A later day of return.</summary>
/// <param name="ReturnOn">ISO date: the first day back.</param>
public sealed record BreakExtension(string ReturnOn);

/// <summary>A break, from being asked for to its end.</summary>
/// <param name="Id">Our id.</param>
/// <param name="SubscriptionId">From what.</param>
/// <param name="State"><c>planned</c>, <c>away</c>, <c>returned</c>, <c>withdrawn</c> or <c>lost</c>.</param>
/// <param name="AskedHow">Where it was asked for.</param>
/// <param name="Reason">Why.</param>
/// <param name="AskedAt">ISO instant, UTC.</param>
/// <param name="StartsOn">First day away.</param>
/// <param name="FirstReturnOn">The day of return as first asked for.</param>
/// <param name="ReturnOn">First day back.</param>
/// <param name="Extensions">How often it was extended.</param>
/// <param name="EndedOn">First day back, or without service, or the day it was taken back.</param>
/// <param name="Fee">A month away.</param>
/// <param name="Access">What can be used while away.</param>
/// <param name="Keeps">What is kept.</param>
/// <param name="BankedDays">Days that were paid for and wait.</param>
/// <param name="NextBillingOn">The first charge after the return, if nothing changes; none once over.</param>
/// <param name="AnnouncedOn">The day the customer was reminded of the return.</param>
public sealed record BreakView(
    Guid Id, Guid SubscriptionId, string State, string AskedHow, string? Reason, string AskedAt, string StartsOn, string FirstReturnOn,
    string ReturnOn, int Extensions, string? EndedOn, Amount Fee, string Access, string Keeps, int BankedDays, string? NextBillingOn,
    string? AnnouncedOn);

/// <summary>What a break would do, worked out and not done.</summary>
/// <param name="Break">The break as it would begin.</param>
/// <param name="OffUnpaid">Days not used and never paid for: comes off what is due.</param>
/// <param name="Outlook">All that would happen by itself from now to the first charge after the return.</param>
public sealed record BreakPreview(BreakView Break, Amount OffUnpaid, IReadOnlyList<OutlookEntryView> Outlook);
