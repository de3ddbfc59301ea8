using Billing.Client.Contract;
using Billing.Metrics;
using Billing.Server.Http;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Reports;

/// <summary>The rows behind a figure.</summary>
internal static class ReadMovements
{
    /// <summary>The subscriptions that moved in a month, newest first, each with its movements of the kind asked for.</summary>
    public static async Task<Page<MovedSubscriptionView>> MovedPageAsync(
        this BillingDbContext db, MovementQuery query, PageQuery page, CancellationToken cancellationToken)
    {
        var moved = db.MrrMovements.Where(m => m.Currency == query.Currency && m.Month == query.Month);
        if (query.Kind is { } kind) moved = moved.Where(m => m.Kind == kind);
        var found = await db.Subscriptions.Where(s => moved.Any(m => m.SubscriptionId == s.Id))
            .ToPageAsync(s => s.Id, id => new SubscriptionId(id), page, s => (s.Id, s.CustomerId), cancellationToken);

        var ids = found.Items.Select(s => s.Id).ToList();
        var movements = (await moved.AsNoTracking().Where(m => ids.Contains(m.SubscriptionId)).OrderBy(m => m.Sequence).ToListAsync(cancellationToken))
            .ToLookup(m => m.SubscriptionId, ToView);
        return new([.. found.Items.Select(s => new MovedSubscriptionView(s.Id.Value, s.CustomerId.Value, [.. movements[s.Id]]))], found.Next);
    }

    /// <summary>A kind as the wire writes it.</summary>
    public static MrrMovementKind? KindOf(string? word) => word is null ? null
        : Enum.GetValues<MrrMovementKind>().Cast<MrrMovementKind?>().SingleOrDefault(k => Wire.Word(k!.Value) == word)
            ?? throw new BadInput(400, "bad_parameter", "No movement is called that.", "kind");

    private static MovementView ToView(MrrMovement movement) => new(
        Wire.Word(movement.Kind), movement.On.Iso(), new(movement.AmountMinor, movement.Currency.Code), movement.RecordedAt.Iso());
}

/// <summary>Which movements are wanted.</summary>
internal sealed record MovementQuery(Currency Currency, LocalDate Month, MrrMovementKind? Kind);
