using Billing.Client.Contract;
using Billing.Server.Http;
using Billing.Server.Persistence;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Billing.Server.Subscriptions;

internal static class SubscriptionEndpoints
{
    public static void MapSubscriptions(this IEndpointRouteBuilder v1)
    {
        var read = v1.For("/subscriptions", "Subscriptions", ApiScope.Read);
        read.MapGet("", ([FromQuery] Guid? customerId, BillingDbContext db, [AsParameters] PageQuery page, CancellationToken stop) =>
                db.SubscriptionPageAsync(customerId, page, stop))
            .Named("listSubscriptions", "Lists subscriptions, all or one customer's, newest first");
        read.MapGet("/{id:guid}", (Guid id, BillingDbContext db, CancellationToken stop) => db.SubscriptionViewAsync(id, stop))
            .Named("getSubscription", "Reads a subscription");

        read.MapGet("/{id:guid}/breaks", (Guid id, BillingDbContext db, [AsParameters] PageQuery page, CancellationToken stop) =>
                db.BreakPageAsync(id, page, stop))
            .Named("listBreaks", "Lists a subscription's breaks On the Beach, newest first");

        v1.For("/customers/{customerId:guid}/subscriptions", "Subscriptions", ApiScope.Write)
            .MapPost("", async (Guid customerId, NewSubscription subscription, IMediator send, CancellationToken stop) =>
                Routes.Made("/v1/subscriptions/", await send.Send(new StartSubscription(customerId, subscription), stop), s => s.Id))
            .Named("startSubscription", "Starts a subscription today; the next run bills its first period");

        var write = v1.For("/subscriptions/{id:guid}", "Subscriptions", ApiScope.Write);
        write.MapPost("/cancel", (Guid id, Cancellation cancellation, IMediator send, CancellationToken stop) =>
                send.Send(new CancelSubscription(id, cancellation), stop))
            .Named("cancelSubscription", "Ends a subscription, at the end of its period or now");
        write.MapPost("/withdraw-cancel", (Guid id, IMediator send, CancellationToken stop) => send.Send(new WithdrawCancel(id), stop))
            .Named("withdrawCancel", "Takes a planned end back");
        write.MapPost("/come-back", (Guid id, IMediator send, CancellationToken stop) => send.Send(new ComeBack(id), stop))
            .Named("comeBack", "Takes up a subscription that has ended; the next run bills its first period");
        write.MapPost("/quotes", (Guid id, PlanChange change, IMediator send, CancellationToken stop) => send.Send(new QuoteChange(id, change), stop))
            .Named("quoteChange", "Works a change of plan, seats or cadence out, line by line; nothing changes yet");
        write.MapPost("/change", (Guid id, QuoteConfirmation quote, IMediator send, CancellationToken stop) =>
                send.Send(new ConfirmChange(id, quote), stop))
            .Named("confirmChange", "Does what was quoted, for exactly the quoted amount, or refuses with quote_stale");
        write.MapPost("/withdraw-change", (Guid id, IMediator send, CancellationToken stop) => send.Send(new WithdrawChange(id), stop))
            .Named("withdrawChange", "Takes a planned change back");
        write.MapPost("/breaks/preview", (Guid id, NewBreak wanted, IMediator send, CancellationToken stop) =>
                send.Send(new PreviewBreak(id, wanted), stop))
            .Named("previewBreak", "Shows what a break would do, cost and bring back; nothing changes yet");
        write.MapPost("/breaks", async (Guid id, NewBreak wanted, IMediator send, CancellationToken stop) =>
                Routes.Made($"/v1/subscriptions/{id}/breaks", await send.Send(new TakeBreak(id, wanted), stop)))
            .Named("takeBreak", "Goes On the Beach, now or when what is paid for is used up");
        write.MapPost("/breaks/extend", (Guid id, BreakExtension extension, IMediator send, CancellationToken stop) =>
                send.Send(new ExtendBreak(id, extension), stop))
            .Named("extendBreak", "Moves the return to a later day");
        write.MapPost("/breaks/return", (Guid id, IMediator send, CancellationToken stop) => send.Send(new ReturnFromBreak(id), stop))
            .Named("returnFromBreak", "Comes back today; unused days of the fee are credited");
        write.MapPost("/breaks/withdraw", (Guid id, IMediator send, CancellationToken stop) => send.Send(new WithdrawBreak(id), stop))
            .Named("withdrawBreak", "Takes a planned break back");
        write.MapPost("/discounts", (Guid id, DiscountGift gift, IMediator send, CancellationToken stop) =>
                send.Send(new GiveDiscount(id, gift), stop))
            .Named("giveDiscount", "Gives a discount, from the next billed period on");
    }
}
