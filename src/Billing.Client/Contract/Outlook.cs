namespace Billing.Client.Contract;

/// <summary>What will happen to a customer by itself in the next twelve months, soonest first.</summary>
/// <param name="Until">ISO instant, UTC: nothing after it is listed.</param>
/// <param name="Entries">What happens.</param>
public sealed record OutlookView(string Until, IReadOnlyList<OutlookEntryView> Entries);

/// <summary>One thing that will happen by itself unless somebody does something.</summary>
/// <param name="Kind"><c>bills</c>, <c>changes</c>, <c>moves_price</c>, <c>ends</c>, <c>goes_away</c>, <c>charges_away</c>, <c>reminds</c>,
/// <c>returns</c>, <c>collects</c>, <c>asks</c>, <c>parks</c> or <c>ends_parked</c>.</param>
/// <param name="On">ISO date, where the customer lives.</param>
/// <param name="At">ISO instant, UTC, at which it is due.</param>
/// <param name="Words">It in one English sentence.</param>
/// <param name="SubscriptionId">Which subscription.</param>
/// <param name="InvoiceId">Which invoice, when it is about an open one.</param>
/// <param name="To">First day after what is paid for, of a charge; first day back, of a break.</param>
/// <param name="Total">What is invoiced; of a move, what a period and seat will cost.</param>
/// <param name="Due">What is charged to the card, after the balance as it stands.</param>
/// <param name="NextBillingOn">Of a return: the first charge after it.</param>
/// <param name="HowToStop"><c>cancel</c>, <c>withdraw_cancel</c>, <c>withdraw_change</c>, <c>take_break</c>, <c>withdraw_break</c>,
/// <c>extend_break</c>, <c>return_early</c>, <c>pay_now</c>, <c>choose_day</c>, <c>come_back</c>: the operations that change it.</param>
public sealed record OutlookEntryView(
    string Kind, string On, string At, string Words, Guid? SubscriptionId, Guid? InvoiceId, string? To, Amount? Total, Amount? Due,
    string? NextBillingOn, IReadOnlyList<string> HowToStop);

/// <summary>What a customer may use now. A failed payment alone never changes it.</summary>
/// <param name="CustomerId">Whose.</param>
/// <param name="Access"><c>full</c>, <c>read_only</c> or <c>none</c>: the most any of the subscriptions gives.</param>
/// <param name="CertainUntil">ISO instant, UTC: until then only the customer's own acts change the answer; ask again by then.</param>
/// <param name="Subscriptions">One answer for each subscription that gives something or did last.</param>
public sealed record EntitlementView(
    Guid CustomerId, string Access, string? CertainUntil, IReadOnlyList<SubscriptionEntitlementView> Subscriptions);

/// <summary>What one subscription gives.</summary>
/// <param name="SubscriptionId">Which.</param>
/// <param name="Plan">The plan's code.</param>
/// <param name="Seats">Seats.</param>
/// <param name="Access"><c>full</c>, <c>read_only</c> or <c>none</c>.</param>
/// <param name="Why"><c>trial</c>, <c>active</c>, <c>ending</c>, <c>on_a_break</c>, <c>parked</c> or <c>ended</c>.</param>
/// <param name="CertainUntil">ISO instant, UTC; none when it is for good.</param>
public sealed record SubscriptionEntitlementView(
    Guid SubscriptionId, string Plan, int Seats, string Access, string Why, string? CertainUntil);
