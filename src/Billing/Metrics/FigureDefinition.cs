using System.Collections.Immutable;

namespace Billing.Metrics;

/// <summary>The figures there are.</summary>
public enum FigureName
{
    /// <summary>Monthly recurring revenue at the end of the month.</summary>
    Mrr,

    /// <summary>The same for a year.</summary>
    Arr,

    /// <summary>Subscriptions worth something at the end of the month.</summary>
    Paying,

    /// <summary>Subscriptions On the Beach at the end of the month.</summary>
    OnBeach,

    /// <summary>Average revenue of a paying subscription.</summary>
    Arpa,

    /// <summary>Net revenue retention, as if nobody had taken a break.</summary>
    NetRetention,

    /// <summary>Net revenue retention; a break is a loss until the return.</summary>
    NetRetentionWithBreaks,

    /// <summary>Gross revenue retention, as if nobody had taken a break.</summary>
    GrossRetention,

    /// <summary>Gross revenue retention; a break is a loss.</summary>
    GrossRetentionWithBreaks,

    /// <summary>Revenue lost for good.</summary>
    RevenueChurn,

    /// <summary>Of it, because customers left.</summary>
    RevenueChurnVoluntary,

    /// <summary>Of it, because nothing could be collected.</summary>
    RevenueChurnInvoluntary,

    /// <summary>Of it, while On the Beach.</summary>
    RevenueChurnOnBeach,

    /// <summary>Subscriptions lost for good.</summary>
    LogoChurn,

    /// <summary>Of them, because customers left.</summary>
    LogoChurnVoluntary,

    /// <summary>Of them, because nothing could be collected.</summary>
    LogoChurnInvoluntary,

    /// <summary>Of them, while On the Beach.</summary>
    LogoChurnOnBeach,

    /// <summary>What came for each that went.</summary>
    QuickRatio,

    /// <summary>What a subscription brings until it is lost.</summary>
    LifetimeValue,

    /// <summary>What a new subscription cost.</summary>
    AcquisitionCost,

    /// <summary>Months until it has earned that.</summary>
    Payback,
}

/// <summary>What a figure is measured in.</summary>
public enum FigureUnit
{
    /// <summary>Minor units of the currency.</summary>
    Money,

    /// <summary>A number of subscriptions.</summary>
    Count,

    /// <summary>Hundredths of a percent: 9,250 is 92.50 %.</summary>
    BasisPoints,

    /// <summary>Hundredths: 250 is 2.50.</summary>
    Hundredths,
}

/// <summary>What a figure means; shown wherever it is.</summary>
/// <param name="Name">Which.</param>
/// <param name="Unit">What it is measured in.</param>
/// <param name="Formula">How it is computed.</param>
/// <param name="Denominator">What it is divided by; <see langword="null"/> when it is not.</param>
/// <param name="Filter">What is left out.</param>
public sealed record FigureDefinition(FigureName Name, FigureUnit Unit, string Formula, string? Denominator, string Filter)
{
    private const string There = "the MRR at the start of the month, that of subscriptions On the Beach included";
    private const string LateComers = "Subscriptions that first paid in the month itself, and what came back in it, are left out.";
    private const string All = "Trials and subscriptions On the Beach are worth nothing.";

    /// <summary>All there are, in the order they are read.</summary>
    public static ImmutableArray<FigureDefinition> Rows { get; } =
    [
        new(FigureName.Mrr, FigureUnit.Money, "opening MRR + all movements of the month", null, All),
        new(FigureName.Arr, FigureUnit.Money, "MRR × 12", null, All),
        new(FigureName.Paying, FigureUnit.Count, "subscriptions worth something at the end of the month", null, All),
        new(FigureName.OnBeach, FigureUnit.Count, "subscriptions On the Beach that were worth something when they went", null, "None."),
        new(FigureName.Arpa, FigureUnit.Money, "MRR ÷ paying subscriptions", "paying subscriptions at the end of the month", All),
        new(FigureName.NetRetention, FigureUnit.BasisPoints, "(opening + expansion − contraction − churn) ÷ opening", There, LateComers),
        new(FigureName.NetRetentionWithBreaks, FigureUnit.BasisPoints,
            "(opening + expansion − contraction − churn − to beach + back from beach) ÷ opening", "the MRR at the start of the month", LateComers),
        new(FigureName.GrossRetention, FigureUnit.BasisPoints, "(opening − contraction − churn) ÷ opening", There, LateComers),
        new(FigureName.GrossRetentionWithBreaks, FigureUnit.BasisPoints, "(opening − contraction − churn − to beach) ÷ opening",
            "the MRR at the start of the month", LateComers),
        new(FigureName.RevenueChurn, FigureUnit.BasisPoints, "MRR of lost subscriptions ÷ opening", There, LateComers),
        new(FigureName.RevenueChurnVoluntary, FigureUnit.BasisPoints, "MRR of those who left ÷ opening", There, LateComers),
        new(FigureName.RevenueChurnInvoluntary, FigureUnit.BasisPoints, "MRR of those nothing could be collected from ÷ opening", There, LateComers),
        new(FigureName.RevenueChurnOnBeach, FigureUnit.BasisPoints, "MRR, when they went, of those lost On the Beach ÷ opening", There, LateComers),
        new(FigureName.LogoChurn, FigureUnit.BasisPoints, "lost subscriptions ÷ subscriptions at the start", Subscribed, LateComers),
        new(FigureName.LogoChurnVoluntary, FigureUnit.BasisPoints, "those who left ÷ subscriptions at the start", Subscribed, LateComers),
        new(FigureName.LogoChurnInvoluntary, FigureUnit.BasisPoints, "those nothing could be collected from ÷ subscriptions at the start", Subscribed, LateComers),
        new(FigureName.LogoChurnOnBeach, FigureUnit.BasisPoints, "those lost On the Beach ÷ subscriptions at the start", Subscribed, LateComers),
        new(FigureName.QuickRatio, FigureUnit.Hundredths, "(new + expansion + reactivation) ÷ (contraction + churn)", "MRR lost in the month", "Breaks are left out."),
        new(FigureName.LifetimeValue, FigureUnit.Money, "opening ÷ lost subscriptions: average revenue ÷ share lost in a month", "lost subscriptions", LateComers),
        new(FigureName.AcquisitionCost, FigureUnit.Money, "what finance entered for the month ÷ new subscriptions", "new subscriptions of the month", "None."),
        new(FigureName.Payback, FigureUnit.Hundredths, "what finance entered for the month ÷ new MRR, in months", "new MRR of the month", "None."),
    ];

    private const string Subscribed = "subscriptions at the start of the month, those On the Beach included";

    /// <summary>What a quotient is multiplied by to be in its unit.</summary>
    public int Scale => Unit switch
    {
        FigureUnit.Money or FigureUnit.Count => 1,
        FigureUnit.BasisPoints => 10_000,
        FigureUnit.Hundredths => 100,
    };

    /// <summary>A figure's definition.</summary>
    public static FigureDefinition Of(FigureName name) => Rows.Single(r => r.Name == name);
}
