using NodaTime;

namespace Billing.Server.Payments.Reconciliation;

/// <summary>How often our books are compared with the gateway's.</summary>
/// <param name="Every">From one comparison to the next; zero: never.</param>
/// <param name="Overlap">
/// How far before the last comparison the next begins to read: longer than clocks differ, and than a gateway takes to show
/// what it did.
/// </param>
public sealed record ReconciliationPlan(Duration Every, Duration Overlap)
{
    /// <summary>For how long a bank may still return a refund: so far back they are read every time; there are few.</summary>
    public static readonly Duration RefundsMayReturn = Duration.FromDays(30);

    private const int UsualHours = 24, UsualOverlapHours = 72;

    public static ReconciliationPlan From(IConfiguration configuration) => new(
        Duration.FromHours(Math.Max(0, configuration.GetValue("Billing:Reconciliation:EveryHours", UsualHours))),
        Duration.FromHours(Math.Max(0, configuration.GetValue("Billing:Reconciliation:OverlapHours", UsualOverlapHours))));
}
