using Billing.Metrics;
using NodaTime;

namespace Billing.Server.Reports;

/// <summary>The movements of one day, currency and kind, added up when the day is closed; what reports read.</summary>
public sealed class MrrDay
{
    /// <summary>The currency.</summary>
    public Currency Currency { get; set; } = null!;

    /// <summary>The day the movements count from.</summary>
    public LocalDate On { get; set; }

    /// <summary>Why they moved.</summary>
    public MrrMovementKind Kind { get; set; }

    /// <summary>Minor units a month, signed.</summary>
    public long AmountMinor { get; set; }

    /// <summary>How many movements.</summary>
    public int Movements { get; set; }
}
