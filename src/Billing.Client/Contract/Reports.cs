namespace Billing.Client.Contract;

/// <summary>Monthly recurring revenue and its movements. In every row opening + movements = closing.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day; its movements are in.</param>
/// <param name="By"><c>day</c>, <c>week</c> or <c>month</c>.</param>
/// <param name="Currencies">One table a currency.</param>
public sealed record MrrReportView(string From, string To, string By, IReadOnlyList<MrrCurrencyView> Currencies);

/// <summary>The movements of one currency.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Rows">One a day, week or month, oldest first.</param>
/// <param name="Check">Two ways to the same figure, as of now.</param>
public sealed record MrrCurrencyView(string Currency, IReadOnlyList<MrrRowView> Rows, MrrCheckView Check);

/// <summary>One day, week or month; all amounts are minor units a month.</summary>
/// <param name="Start">First day.</param>
/// <param name="End">Last day.</param>
/// <param name="Opening">Before the first day's movements.</param>
/// <param name="New">Billed for the first time.</param>
/// <param name="Expansion">Worth more.</param>
/// <param name="Contraction">Worth less; zero or below.</param>
/// <param name="ToBeach">Went On the Beach; zero or below, unless more of those there were lost than went.</param>
/// <param name="BackFromBeach">Came back from there.</param>
/// <param name="VoluntaryChurn">Customers left; zero or below.</param>
/// <param name="InvoluntaryChurn">Nothing could be collected; zero or below.</param>
/// <param name="LostOnBeach">Ended while there; zero or below.</param>
/// <param name="Reactivation">Came back.</param>
/// <param name="Closing">After the last day's movements.</param>
public sealed record MrrRowView(
    string Start, string End, long Opening, long New, long Expansion, long Contraction, long ToBeach, long BackFromBeach,
    long VoluntaryChurn, long InvoluntaryChurn, long LostOnBeach, long Reactivation, long Closing);

/// <summary>The books against the subscriptions themselves; a difference other than zero is a bug of ours.</summary>
/// <param name="Subscriptions">What all live subscriptions add to MRR.</param>
/// <param name="Movements">All movements ever, added up.</param>
/// <param name="Difference">The one less the other.</param>
public sealed record MrrCheckView(long Subscriptions, long Movements, long Difference);
