using Billing.Customers;
using Billing.Subscriptions;

namespace Billing.Server.Import;

/// <summary>Whether a row says what is known already. What a row leaves empty it does not contradict.</summary>
internal static class ImportComparison
{
    /// <summary>The columns in which a row contradicts what is known of its customer.</summary>
    public static IEnumerable<string> DiffersFrom(this ImportRow row, Customer customer)
    {
        if (row.Currency != customer.Currency) yield return ImportColumns.Currency;
        if (row.Name is not null && row.Name != customer.Name) yield return ImportColumns.Name;
        if (row.Email is not null && row.Email != customer.Email) yield return ImportColumns.Email;
        if (row.Country is not null && row.Country != customer.Country) yield return ImportColumns.Country;
        if (row.Locale is not null && row.Locale != customer.Locale) yield return ImportColumns.Locale;
        if (row.TimeZone is not null && row.TimeZone != customer.TimeZone) yield return ImportColumns.TimeZone;
    }

    /// <summary>
    /// The columns in which a row contradicts a subscription of the same customer, plan and start. A subscription that
    /// ended here since is no contradiction to a row that knows no end.
    /// </summary>
    public static IEnumerable<string> DiffersFrom(this ImportRow row, Subscription subscription)
    {
        if (row.Unit.Minor != subscription.UnitAmountMinor) yield return ImportColumns.UnitAmount;
        if (row.Cadence.Unit != subscription.CadenceUnit) yield return ImportColumns.Interval;
        if (row.Cadence.Count != subscription.CadenceCount) yield return ImportColumns.IntervalCount;
        if (row.Quantity != subscription.Quantity) yield return ImportColumns.Quantity;
        if (row.Terms.TrialEndsOn != subscription.TrialEndsOn) yield return ImportColumns.TrialEndsOn;
        if (row.Terms.EndedOn is { } end && end != EndOf(subscription)) yield return ImportColumns.EndedOn;
    }

    /// <summary>Whether some day of service belongs to both.</summary>
    public static bool OverlapsWith(this ImportRow row, Subscription subscription) =>
        !(row.Terms.EndedOn <= subscription.StartedOn) && !(subscription.EndedOn <= row.Terms.StartedOn)
        || row.Terms is { HasEnded: false } && subscription.Lifecycle != Lifecycle.Ended;

    private static NodaTime.LocalDate? EndOf(Subscription subscription) =>
        subscription.EndedOn ?? (subscription.CancelAtPeriodEnd ? subscription.CurrentEnd : null);
}
