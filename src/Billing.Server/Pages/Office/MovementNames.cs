using Billing.Metrics;

namespace Billing.Server.Pages.Office;

/// <summary>The words for each kind of movement, for chart and table alike.</summary>
internal static class MovementNames
{
    public static string Of(MrrMovementKind kind) => kind switch
    {
        MrrMovementKind.New => "New",
        MrrMovementKind.Expansion => "Expansion",
        MrrMovementKind.Contraction => "Contraction",
        MrrMovementKind.VoluntaryChurn => "Churn by choice",
        MrrMovementKind.InvoluntaryChurn => "Churn unpaid",
        MrrMovementKind.Reactivation => "Reactivation",
        MrrMovementKind.ToBeach => "To the beach",
        MrrMovementKind.BackFromBeach => "Back from the beach",
        MrrMovementKind.LostOnBeach => "Lost on the beach",
    };
}
