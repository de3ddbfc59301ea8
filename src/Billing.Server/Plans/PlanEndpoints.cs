using Billing.Client.Contract;
using Billing.Server.Http;
using Billing.Server.Persistence;
using MediatR;

namespace Billing.Server.Plans;

internal static class PlanEndpoints
{
    public static void MapPlans(this IEndpointRouteBuilder v1)
    {
        var read = v1.For("/plans", "Plans", ApiScope.Read);
        read.MapGet("", (BillingDbContext db, [AsParameters] PageQuery page, CancellationToken stop) => db.PlanPageAsync(page, stop))
            .Named("listPlans", "Lists plans, newest first");
        read.MapGet("/{code}", (string code, BillingDbContext db, CancellationToken stop) => db.PlanViewAsync(code, stop))
            .Named("getPlan", "Reads a plan");
        read.MapGet("/{code}/prices", (string code, BillingDbContext db, [AsParameters] PageQuery page, CancellationToken stop) => db.PricePageAsync(code, page, stop))
            .Named("listPrices", "Lists a plan's price versions, newest first");
        read.MapGet("/{code}/price-moves", (string code, BillingDbContext db, [AsParameters] PageQuery page, CancellationToken stop) =>
                db.PriceMovePageAsync(code, page, stop))
            .Named("listPriceMoves", "Lists a plan's price moves, newest first");

        read.MapGet("/{code}/break-terms", (string code, BillingDbContext db, CancellationToken stop) => db.BreakTermsAsync(code, stop))
            .Named("getBreakTerms", "Reads what a break from a plan costs and allows, by currency");

        var write = v1.For("/plans", "Plans", ApiScope.Write);
        write.MapPost("", async (NewPlan plan, IMediator send, CancellationToken stop) =>
                Routes.Made($"/v1/plans/{plan.Code}", await send.Send(new CreatePlan(plan), stop)))
            .Named("createPlan", "Makes a plan, without prices");
        write.MapPost("/{code}/prices", async (string code, NewPrice price, IMediator send, CancellationToken stop) =>
                Routes.Made($"/v1/plans/{code}/prices", await send.Send(new SetPrice(code, price), stop)))
            .Named("setPrice", "Sets the price for a currency and cadence: a new version for those who start from now on");
        write.MapPost("/{code}/break-terms", (string code, BreakTermsView terms, IMediator send, CancellationToken stop) =>
                send.Send(new AllowBreaks(code, terms), stop))
            .Named("allowBreaks", "Says what a break from a plan costs and allows, in one currency, for whoever goes from now on");
        write.MapPost("/{code}/price-moves", async (string code, NewPriceMove move, IMediator send, CancellationToken stop) =>
                Routes.Made($"/v1/plans/{code}/price-moves", await send.Send(new SchedulePriceMove(code, move), stop)))
            .Named("schedulePriceMove", "Plans a move of existing customers to the newest price, 30 days ahead or more; the next run tells them");
        write.MapPost("/{code}/price-moves/{id:guid}/withdraw", (string code, Guid id, IMediator send, CancellationToken stop) =>
                send.Send(new WithdrawPriceMove(code, id), stop))
            .Named("withdrawPriceMove", "Takes a price move back, and its announcement, while nobody pays the new price yet");
        write.MapPost("/{code}/retire", (string code, IMediator send, CancellationToken stop) => send.Send(new RetirePlan(code), stop))
            .Named("retirePlan", "Stops selling a plan; those who have it keep it");
    }

    public static void MapDiscounts(this IEndpointRouteBuilder v1)
    {
        v1.For("/discounts", "Discounts", ApiScope.Read)
            .MapGet("", (BillingDbContext db, [AsParameters] PageQuery page, CancellationToken stop) => db.DiscountPageAsync(page, stop))
            .Named("listDiscounts", "Lists discounts, newest first");
        v1.For("/discounts", "Discounts", ApiScope.Write)
            .MapPost("", async (NewDiscount discount, IMediator send, CancellationToken stop) =>
                Routes.Made("/v1/discounts", await send.Send(new CreateDiscount(discount), stop)))
            .Named("createDiscount", "Makes a discount");
    }
}
