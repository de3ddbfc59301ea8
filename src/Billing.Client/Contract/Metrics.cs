namespace Billing.Client.Contract;

/// <summary>The figures of recurring revenue by month. Money is minor units, shares are hundredths of a percent.</summary>
/// <param name="From">First month, <c>2026-01</c>.</param>
/// <param name="To">Last month.</param>
/// <param name="KnownAt">What was known then; <see langword="null"/> for now.</param>
/// <param name="Fewest">A share of fewer subscriptions is not shown.</param>
/// <param name="Definitions">What each figure means.</param>
/// <param name="Currencies">One table a currency.</param>
public sealed record MetricsReportView(
    string From, string To, string? KnownAt, int Fewest, IReadOnlyList<FigureDefinitionView> Definitions, IReadOnlyList<MetricsCurrencyView> Currencies);

/// <summary>What a figure means.</summary>
/// <param name="Name">Which.</param>
/// <param name="Unit"><c>money</c>, <c>count</c>, <c>basis_points</c> or <c>hundredths</c>.</param>
/// <param name="Formula">How it is computed.</param>
/// <param name="Denominator">What it is divided by; <see langword="null"/> when it is not.</param>
/// <param name="Filter">What is left out.</param>
public sealed record FigureDefinitionView(string Name, string Unit, string Formula, string? Denominator, string Filter);

/// <summary>The figures of one currency.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Months">Oldest first.</param>
/// <param name="Cohorts">By the month subscriptions first paid in, oldest first.</param>
/// <param name="Survival">How many are still there so many months after that; months that are over only.</param>
public sealed record MetricsCurrencyView(
    string Currency, IReadOnlyList<MetricsMonthView> Months, IReadOnlyList<CohortView> Cohorts, IReadOnlyList<SurvivalView> Survival);

/// <summary>One month.</summary>
/// <param name="Month"><c>2026-01</c>.</param>
/// <param name="Figures">In the order of the definitions.</param>
public sealed record MetricsMonthView(string Month, IReadOnlyList<FigureView> Figures);

/// <summary>One figure.</summary>
/// <param name="Name">Which.</param>
/// <param name="Value">In the unit of its definition; <see langword="null"/> when it cannot be said.</param>
/// <param name="Part">What is counted, before it is divided.</param>
/// <param name="Whole">What it is divided by; 1 for a plain count or amount.</param>
/// <param name="Maturity"><c>known</c>, <c>running</c>, <c>not_enough_data</c> or <c>not_defined</c>.</param>
public sealed record FigureView(string Name, long? Value, long Part, long Whole, string Maturity);

/// <summary>What is left of the subscriptions that first paid in one month.</summary>
/// <param name="Month">Which month.</param>
/// <param name="Subscriptions">How many there were.</param>
/// <param name="Mrr">What they were worth when they began, minor units a month.</param>
/// <param name="After">At the end of that month, of the next, and so on.</param>
public sealed record CohortView(string Month, int Subscriptions, long Mrr, IReadOnlyList<CohortMonthView> After);

/// <summary>One cohort at the end of one month.</summary>
/// <param name="Paying">Worth something.</param>
/// <param name="OnBeach">On the Beach.</param>
/// <param name="Mrr">Minor units a month.</param>
/// <param name="Lost">Lost in the month.</param>
public sealed record CohortMonthView(int Paying, int OnBeach, long Mrr, int Lost);

/// <summary>One point of the survival curve (Kaplan and Meier).</summary>
/// <param name="Months">After how many months.</param>
/// <param name="AtRisk">Seen so long, and there when that month began.</param>
/// <param name="Lost">Lost in it.</param>
/// <param name="ShareMillionths">The share still there after it; <see langword="null"/> with too few.</param>
public sealed record SurvivalView(int Months, int AtRisk, int Lost, int? ShareMillionths);

/// <summary>A subscription that moved in a month: a row behind a figure.</summary>
/// <param name="SubscriptionId">Which.</param>
/// <param name="CustomerId">Whose.</param>
/// <param name="Movements">Oldest first.</param>
public sealed record MovedSubscriptionView(Guid SubscriptionId, Guid CustomerId, IReadOnlyList<MovementView> Movements);

/// <summary>One movement.</summary>
/// <param name="Kind">Why.</param>
/// <param name="On">The day it counts from.</param>
/// <param name="Amount">Signed, a month.</param>
/// <param name="RecordedAt">When it was learned.</param>
public sealed record MovementView(string Kind, string On, Amount Amount, string RecordedAt);

/// <summary>What the live subscriptions of a plan are worth, as of now.</summary>
/// <param name="Plan">Its code.</param>
/// <param name="Subscriptions">How many are worth something.</param>
/// <param name="Mrr">A month.</param>
public sealed record PlanMrrView(string Plan, int Subscriptions, Amount Mrr);

/// <summary>What was spent in a month on winning customers.</summary>
/// <param name="Month"><c>2026-01</c>.</param>
/// <param name="Spent">How much; zero or more.</param>
public sealed record NewAcquisitionCost(string Month, Amount Spent);

/// <summary>What was entered.</summary>
/// <param name="Month"><c>2026-01</c>.</param>
/// <param name="Spent">How much.</param>
/// <param name="EnteredAt">When.</param>
/// <param name="EnteredBy">By whom.</param>
public sealed record AcquisitionCostView(string Month, Amount Spent, string EnteredAt, string EnteredBy);
