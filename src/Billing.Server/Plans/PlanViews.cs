using Billing.Client.Contract;
using Billing.Plans;
using Billing.Server.Http;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Plans;

/// <summary>Plans, prices and discounts as the API shows them.</summary>
internal static class PlanViews
{
    public static PlanView ToView(this Plan plan) => new(
        plan.Id.Value, plan.Code, plan.Name, Wire.Word(plan.Pricing), plan.TrialDays, plan.CreatedAt.Iso(), plan.RetiredAt?.Iso(), plan.Version);

    public static PriceView ToView(this Price price, string plan) => new(
        price.Id.Value, plan, price.Unit.ToAmount(), price.Cadence.ToView(), price.VersionNumber, price.CreatedAt.Iso());

    public static DiscountView ToView(this Discount discount) => new(
        discount.Id.Value, discount.Code, discount.Name, discount.PercentBasisPoints,
        discount.AmountMinor is { } amount ? new(amount, discount.Currency!.Code) : null, discount.Periods, discount.CreatedAt.Iso());

    public static async Task<Plan> NamedAsync(this IQueryable<Plan> plans, string code, CancellationToken cancellationToken) =>
        await plans.SingleOrDefaultAsync(p => p.Code == code, cancellationToken) ?? throw NotFound.Of("plan");

    public static Task<Page<PlanView>> PlanPageAsync(this BillingDbContext db, PageQuery page, CancellationToken cancellationToken) =>
        db.Plans.ToPageAsync(p => p.Id, PlanId.From, page, ToView, cancellationToken);

    public static async Task<PlanView> PlanViewAsync(this BillingDbContext db, string code, CancellationToken cancellationToken) =>
        (await db.Plans.AsNoTracking().NamedAsync(code, cancellationToken)).ToView();

    public static async Task<Page<PriceView>> PricePageAsync(
        this BillingDbContext db, string code, PageQuery page, CancellationToken cancellationToken)
    {
        var plan = await db.Plans.AsNoTracking().NamedAsync(code, cancellationToken);
        return await db.Prices.Where(p => p.PlanId == plan.Id).ToPageAsync(p => p.Id, PriceId.From, page, p => p.ToView(code), cancellationToken);
    }

    public static Task<Page<DiscountView>> DiscountPageAsync(this BillingDbContext db, PageQuery page, CancellationToken cancellationToken) =>
        db.Discounts.ToPageAsync(d => d.Id, DiscountId.From, page, ToView, cancellationToken);
}
