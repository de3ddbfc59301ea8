using NodaTime;

namespace Billing.Server.Reports;

/// <summary>What finance says was spent in a month on winning customers; append-only, the newest of a month counts.</summary>
public sealed class AcquisitionCost
{
    /// <summary>Its id.</summary>
    public Guid Id { get; set; }

    /// <summary>The first day of the month.</summary>
    public LocalDate Month { get; set; }

    /// <summary>The currency.</summary>
    public Currency Currency { get; set; } = null!;

    /// <summary>How much; zero or more.</summary>
    public long AmountMinor { get; set; }

    /// <summary>When it was entered.</summary>
    public Instant At { get; set; }

    /// <summary>By whom.</summary>
    public string Actor { get; set; } = "";
}
