using Billing.Client.Contract;
using Billing.Plans;
using Billing.Server.Http;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Plans;

/// <summary>Price moves as the API shows them.</summary>
internal static class PriceMoveViews
{
    public static PriceMoveView ToView(this PriceMove move, string plan) => new(
        move.Id.Value, plan, move.Cadence.ToView(), move.ToPriceId.Value, move.ToUnit.ToAmount(), move.From.Iso(), move.Announced,
        move.CreatedAt.Iso(), move.BegunAt?.Iso(), move.WithdrawnAt?.Iso(), move.Version);

    public static async Task<Page<PriceMoveView>> PriceMovePageAsync(
        this BillingDbContext db, string code, PageQuery page, CancellationToken cancellationToken)
    {
        var plan = await db.Plans.AsNoTracking().NamedAsync(code, cancellationToken);
        return await db.PriceMoves.Where(m => m.PlanId == plan.Id)
            .ToPageAsync(m => m.Id, PriceMoveId.From, page, m => m.ToView(code), cancellationToken);
    }
}
