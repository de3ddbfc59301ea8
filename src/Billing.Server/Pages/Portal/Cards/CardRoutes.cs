using Billing.Dunning;
using Billing.Invoicing;
using Billing.Retention;
using Billing.Server.Cards;
using Billing.Server.Http;
using Billing.Server.Payments.Gateways;
using Billing.Server.Payments.Gateways.Sandbox;
using Billing.Server.Persistence;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Pages.Portal.Cards;

/// <summary>The customer's cards: which is charged, and putting in another.</summary>
internal static class CardRoutes
{
    /// <summary>Cards of the sandbox that are worth a try on the page; the others are for tests.</summary>
    private static readonly string[] WorthTrying =
    [
        "pm_card_visa", "pm_card_mastercard", "pm_card_amex", "sandbox_insufficient_until_payday", "pm_card_chargeCustomerFail",
        "pm_card_visa_chargeDeclined",
    ];

    public static void MapCards(this IEndpointRouteBuilder portal)
    {
        var cards = portal.MapGroup("/cards");
        cards.MapGet("", ShowAsync);
        cards.MapPost("", AddAsync);
        cards.MapGet("/new", NewAsync);
        cards.MapGet("/back", BackAsync);
        cards.MapPost("/{card:guid}/use", UseAsync);
        cards.MapSecondCard();
    }

    private static async Task<IResult> ShowAsync(
        BillingDbContext db, IPaymentGateway gateway, Visitor visitor, Door door, CancellationToken cancellationToken)
    {
        var customer = visitor.Customer;
        var cards = await db.Cards.AsNoTracking().Where(c => c.CustomerId == customer.Id && c.DetachedAt == null).OrderByDescending(c => c.Id).ToListAsync(cancellationToken);
        var open = await db.Invoices.Where(i => i.CustomerId == customer.Id && i.Status == InvoiceStatus.Open)
            .Select(i => i.DueMinor).ToListAsync(cancellationToken);
        var promised = await db.DunningCases.Where(c => c.CustomerId == customer.Id && c.State == CaseState.Open)
            .Select(c => c.PromisedOn).SingleOrDefaultAsync(cancellationToken);
        return new RazorComponentResult<CardList>(new
        {
            PromisedOn = promised, Cards = cards, Customer = customer, Open = new Money(open.Sum(), customer.Currency), Today = customer.Today(door.Now), visitor.Words,
            Sandbox = gateway is SandboxGateway ? SandboxCards.All.Where(c => WorthTrying.Contains(c.Token)).ToList() : null,
        });
    }

    private static async Task<IResult> AddAsync(
        [FromForm] string? token, HttpContext http, IMediator send, IPaymentGateway gateway, Visitor visitor, Door door,
        CancellationToken cancellationToken)
    {
        // Elsewhere cards are put in on the gateway's own page: a token that is typed is good in the sandbox only.
        if (gateway is not SandboxGateway) throw Http.NotFound.Of("card");
        await send.Send(new AddCard(visitor.Customer.Id.Value, new(token ?? "")), cancellationToken);
        return Done.Say(http, CustomerAct.CardAdded, door.Now);
    }

    /// <summary>To the gateway's own page, where the number is typed. A link and no form: our forms lead to our own pages only.</summary>
    private static async Task<IResult> NewAsync(HttpContext http, IMediator send, Visitor visitor, CancellationToken cancellationToken)
    {
        var setup = await send.Send(
            new BeginCardSetup(visitor.Customer.Id.Value, new(PublicAddress.Of(http, "/portal/cards/back"))), cancellationToken);
        return Results.Redirect(setup.Url);
    }

    /// <summary>Back from there, with a card or without one.</summary>
    private static async Task<IResult> BackAsync(
        string? setup, HttpContext http, IMediator send, Visitor visitor, Door door, CancellationToken cancellationToken)
    {
        try
        {
            await send.Send(new FinishCardSetup(visitor.Customer.Id.Value, setup ?? ""), cancellationToken);
        }
        catch (Refused nothing) when (nothing.Code is "card_setup_open" or "card_setup_unknown")
        {
            // Went there and came back as before: the cards are as they were.
            return new SeeOther("/portal/cards");
        }

        return Done.Say(http, CustomerAct.CardAdded, door.Now);
    }

    private static async Task<IResult> UseAsync(
        Guid card, [FromForm] int? seen, HttpContext http, IMediator send, Visitor visitor, Door door, CancellationToken cancellationToken)
    {
        visitor.Saw(seen);
        await send.Send(new MakeCardDefault(visitor.Customer.Id.Value, card), cancellationToken);
        return Done.Say(http, CustomerAct.CardChosen, door.Now);
    }
}
