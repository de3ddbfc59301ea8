using Billing.Retention;
using Billing.Server.Cards;
using Billing.Server.Http;
using Billing.Server.Persistence;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Pages.Portal.Cards;

/// <summary>A second card: what it means first, then the customer agrees; taken back with one click.</summary>
internal static class SecondCardRoutes
{
    /// <summary>Who agreed, and how, as it is kept beside the consent.</summary>
    public const string AgreedBy = "the customer, on the page";

    public static void MapSecondCard(this IEndpointRouteBuilder cards)
    {
        cards.MapGet("/{card:guid}/second", ShowAsync);
        cards.MapPost("/{card:guid}/second", AgreeAsync);
        cards.MapPost("/second/withdraw", WithdrawAsync);
    }

    private static async Task<IResult> ShowAsync(Guid card, BillingDbContext db, Visitor visitor, CancellationToken cancellationToken)
    {
        var customer = visitor.Customer;
        var cards = await db.Cards.AsNoTracking().Where(c => c.CustomerId == customer.Id && c.DetachedAt == null).ToListAsync(cancellationToken);
        var second = cards.SingleOrDefault(c => c.Id == new CardId(card)) ?? throw Http.NotFound.Of("card");
        return second.Id == customer.DefaultCardId || cards.SingleOrDefault(c => c.Id == customer.DefaultCardId) is not { } usual
            ? throw new Refused("card_is_default", "This card is the one that is charged anyway.")
            : new RazorComponentResult<SecondCard>(new { Card = second, Usual = usual, Customer = customer, visitor.Words });
    }

    private static async Task<IResult> AgreeAsync(
        Guid card, [FromForm] int? seen, HttpContext http, IMediator send, Visitor visitor, Door door, CancellationToken cancellationToken)
    {
        visitor.Saw(seen);
        await send.Send(new AgreeToBackupCard(visitor.Customer.Id.Value, card, new(AgreedBy)), cancellationToken);
        return Done.Say(http, CustomerAct.BackupAgreed, door.Now);
    }

    private static async Task<IResult> WithdrawAsync(
        [FromForm] int? seen, HttpContext http, IMediator send, Visitor visitor, Door door, CancellationToken cancellationToken)
    {
        visitor.Saw(seen);
        await send.Send(new WithdrawBackupCard(visitor.Customer.Id.Value), cancellationToken);
        return Done.Say(http, CustomerAct.BackupWithdrawn, door.Now);
    }
}
