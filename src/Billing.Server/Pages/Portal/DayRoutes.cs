using Billing.Payments;
using Billing.Retention;
using Billing.Server.Dunning;
using Billing.Server.Http;
using Billing.Server.Persistence;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Billing.Server.Pages.Portal;

/// <summary>Choosing a day to pay, taking it back, and paying everything that is open at once.</summary>
internal static class DayRoutes
{
    public const string Path = "/portal/day";

    public static void MapDays(this IEndpointRouteBuilder portal)
    {
        portal.MapGet("/day", ShowAsync);
        portal.MapPost("/day", ChooseAsync);
        portal.MapPost("/day/withdraw", WithdrawAsync);
        portal.MapPost("/pay", PayAllAsync);
    }

    private static async Task<IResult> ShowAsync(
        string? day, string? month, BillingDbContext db, Visitor visitor, Door door, CancellationToken cancellationToken) =>
        new RazorComponentResult<ChooseDay>(new
        {
            Page = await DayPage.ReadAsync(db, visitor.Customer, day, month, door.Now, cancellationToken), visitor.Words,
        });

    private static async Task<IResult> ChooseAsync(
        [FromForm] string? day, [FromForm] int? seen, HttpContext http, IMediator send, Visitor visitor, Door door, CancellationToken cancellationToken)
    {
        visitor.Saw(seen);
        await send.Send(new ChooseDayToPay(visitor.Customer.Id.Value, new(day ?? "")), cancellationToken);
        return Done.Say(http, CustomerAct.DayChosen, door.Now);
    }

    private static async Task<IResult> WithdrawAsync(
        [FromForm] int? seen, HttpContext http, IMediator send, Visitor visitor, Door door, CancellationToken cancellationToken)
    {
        visitor.Saw(seen);
        await send.Send(new WithdrawDayToPay(visitor.Customer.Id.Value), cancellationToken);
        return Done.Say(http, CustomerAct.DayWithdrawn, door.Now);
    }

    /// <summary>Pressed twice, the second finds nothing open or a payment under way: nothing is charged a second time.</summary>
    private static async Task<IResult> PayAllAsync(
        HttpContext http, IMediator send, Visitor visitor, Door door, CancellationToken cancellationToken)
    {
        var payments = await send.Send(new PayOpen(visitor.Customer.Id.Value, new()), cancellationToken);
        return payments[^1].State == Wire.Word(AttemptState.Succeeded)
            ? Done.Say(http, CustomerAct.Paid, door.Now)
            : new SeeOther($"/portal/payments/{payments[^1].Id}");
    }
}
