using Billing.Metrics;
using NodaTime;

namespace Billing.Server.Reports;

/// <summary>The movements of one month, cohort, currency and kind, added up when the day is closed; what metrics are computed from.</summary>
public sealed class CohortMonth
{
    /// <summary>The currency.</summary>
    public Currency Currency { get; set; } = null!;

    /// <summary>The first day of the month the movements count in.</summary>
    public LocalDate Month { get; set; }

    /// <summary>The first day of the month in which the subscriptions were first worth something.</summary>
    public LocalDate Cohort { get; set; }

    /// <summary>Why they moved.</summary>
    public MrrMovementKind Kind { get; set; }

    /// <summary>Minor units a month, signed.</summary>
    public long AmountMinor { get; set; }

    /// <summary>Movements above zero.</summary>
    public int Ups { get; set; }

    /// <summary>Movements below zero.</summary>
    public int Downs { get; set; }
}
