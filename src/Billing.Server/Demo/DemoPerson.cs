using Billing.Client.Contract;

namespace Billing.Server.Demo;

/// <summary>One customer of the demo merchant and what becomes of them; days count from the merchant's first.</summary>
/// <param name="Customer">Who.</param>
/// <param name="Arrives">The day they come.</param>
/// <param name="Card">The sandbox card they bring; none for a few.</param>
/// <param name="Subscription">What they take.</param>
/// <param name="Leaves">The day they say that they leave.</param>
/// <param name="LeavesAtOnce">Whether they do not use up what is paid.</param>
/// <param name="StaysAfterAll">The day they take it back.</param>
/// <param name="NewCard">The day they bring a card that works.</param>
/// <param name="Thanked">The day support grants them credit.</param>
/// <param name="GoesAway">The day they go On the Beach.</param>
/// <param name="AwayDays">For how long.</param>
/// <param name="BackEarly">The day they are back before that.</param>
internal sealed record DemoPerson(
    NewCustomer Customer, int Arrives, string? Card, NewSubscription Subscription, int? Leaves = null, bool LeavesAtOnce = false,
    int? StaysAfterAll = null, int? NewCard = null, int? Thanked = null,
    int? GoesAway = null, int AwayDays = 0, int? BackEarly = null)
{
    public string Key => Customer.ExternalId!;
}
