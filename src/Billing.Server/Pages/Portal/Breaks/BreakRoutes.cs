using Billing.Client.Contract;
using Billing.Retention;
using Billing.Server.Http;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using Billing.Server.Subscriptions;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Billing.Server.Pages.Portal.Breaks;

/// <summary>Going On the Beach, staying longer, coming back, taking a planned break back.</summary>
internal static class BreakRoutes
{
    public static void MapBreaks(this IEndpointRouteBuilder subscription)
    {
        subscription.MapGet("/break", ShowAsync);
        subscription.MapPost("/break", TakeAsync);
        subscription.MapPost("/break/extend", ExtendAsync);
        subscription.MapPost("/break/return", ReturnAsync);
        subscription.MapPost("/break/withdraw", WithdrawAsync);
    }

    private static async Task<IResult> ShowAsync(
        Guid id, [AsParameters] BreakChoice choice, BillingDbContext db, IPaymentGateway gateway, Visitor visitor, Door door,
        CancellationToken cancellationToken)
    {
        var page = await BreakPage.ReadAsync(db, gateway, id, choice, door.Now, cancellationToken);
        return new RazorComponentResult<BreakCalendar>(new { Page = page, Choice = choice, visitor.Words });
    }

    private static async Task<IResult> TakeAsync(
        Guid id, [FromForm] string? when, [FromForm] string? back, [FromForm] long? fee, [FromForm] Guid? session, [FromForm] int? seen,
        HttpContext http, IMediator send, Visitor visitor, Door door, CancellationToken cancellationToken)
    {
        visitor.Saw(seen);
        var shown = fee is { } minor ? new Amount(minor, visitor.Customer.Currency.Code) : null;
        await send.Send(
            new TakeBreak(id, new(back ?? "", when ?? "", session is null ? "customer" : "leaving", null, shown, session)), cancellationToken);
        return Done.Say(http, session is null ? CustomerAct.BreakTaken : CustomerAct.OfferTaken, door.Now);
    }

    private static async Task<IResult> ExtendAsync(
        Guid id, [FromForm] string? back, [FromForm] int? seen, HttpContext http, IMediator send, Visitor visitor, Door door,
        CancellationToken cancellationToken)
    {
        visitor.Saw(seen);
        await send.Send(new ExtendBreak(id, new(back ?? "")), cancellationToken);
        return Done.Say(http, CustomerAct.BreakExtended, door.Now);
    }

    private static async Task<IResult> ReturnAsync(
        Guid id, [FromForm] int? seen, HttpContext http, IMediator send, Visitor visitor, Door door, CancellationToken cancellationToken)
    {
        visitor.Saw(seen);
        await send.Send(new ReturnFromBreak(id), cancellationToken);
        return Done.Say(http, CustomerAct.BreakEnded, door.Now);
    }

    private static async Task<IResult> WithdrawAsync(
        Guid id, [FromForm] int? seen, HttpContext http, IMediator send, Visitor visitor, Door door, CancellationToken cancellationToken)
    {
        visitor.Saw(seen);
        await send.Send(new WithdrawBreak(id), cancellationToken);
        return Done.Say(http, CustomerAct.BreakWithdrawn, door.Now);
    }
}
