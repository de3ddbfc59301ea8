using Billing.Server.Http;
using Billing.Subscriptions;

namespace Billing.Server.Customers;

/// <summary>The outlook in plain English, for developers and support; customers read it in their own language on the page.</summary>
internal static class OutlookWords
{
    public static string Of(OutlookEntry entry) => entry switch
    {
        OutlookEntry.Bills { Use.Due.Minor: > 0 } bills =>
            $"{bills.Use.Due} is charged for {bills.Period.Start.Iso()} to {bills.Period.End.PlusDays(-1).Iso()}.",
        OutlookEntry.Bills bills =>
            $"The period {bills.Period.Start.Iso()} to {bills.Period.End.PlusDays(-1).Iso()} begins; nothing is charged.",
        OutlookEntry.Changes changes => $"The planned change takes effect: {changes.Quantity} of plan {changes.PlanId}.",
        OutlookEntry.MovesPrice moves => $"The price moves from {moves.Before} to {moves.After} a period and seat, as announced.",
        OutlookEntry.Ends => "It ends; nothing more is charged.",
        OutlookEntry.GoesAway goes => $"The break begins; back on {goes.ReturnOn.Iso()}.",
        OutlookEntry.ChargesAway away => $"{away.Use.Due} is charged for the days away to {away.To.PlusDays(-1).Iso()}.",
        OutlookEntry.Reminds reminds =>
            $"The customer is reminded: back on {reminds.ReturnOn.Iso()}, {reminds.Total} on {reminds.NextBillingOn.Iso()}.",
        OutlookEntry.Returns { BankedDays: > 0 } back =>
            $"The customer is back; {back.BankedDays} paid days are used first, the next charge is on {back.NextBillingOn.Iso()}.",
        OutlookEntry.Returns back => $"The customer is back; the next charge is on {back.NextBillingOn.Iso()}.",
        OutlookEntry.Collects { OnBackupCard: true } collects =>
            $"Invoice {collects.Number} is tried on the second card, as agreed: {collects.Amount}.",
        OutlookEntry.Collects collects => $"Invoice {collects.Number} is tried again: {collects.Amount}.",
        OutlookEntry.Asks asks => $"Unless it is paid before, the customer is written to about {asks.Amount}.",
        OutlookEntry.Parks parks => $"Unless {parks.Amount} is paid before, access rests from then on; everything is kept.",
        OutlookEntry.EndsParked => "It ends, unless something is paid or the customer comes back before.",
        _ => throw new InvalidOperationException($"{entry} has no words."),
    };
}
