using Billing.Retention;
using Billing.Server.Customers;
using Billing.Server.Http;
using Billing.Server.Persistence;
using Billing.Server.Retention;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Billing.Server.Pages.Portal.Settings;

/// <summary>Language, time zone, what we hold about somebody, and how hard something was.</summary>
internal static class SettingRoutes
{
    private const string DataFile = "what-we-hold.json";

    public static void MapSettings(this IEndpointRouteBuilder portal)
    {
        portal.MapGet("/details", (Visitor visitor) => new RazorComponentResult<Details>(new { visitor.Customer, visitor.Words }));
        portal.MapPost("/details", ChangeAsync);
        portal.MapGet("/data", (BillingDbContext db, Visitor visitor, CancellationToken cancellationToken) => Results.Stream(
            to => PersonalData.WriteAsync(db, visitor.Customer.Id, to, cancellationToken), "application/json; charset=utf-8", DataFile));
        portal.MapPost("/feedback", AnswerAsync);
    }

    /// <summary>What is left out stays as it is.</summary>
    private static async Task<IResult> ChangeAsync(
        [FromForm] string? locale, [FromForm] string? timeZone, [FromForm] int? seen, HttpContext http, IMediator send, Visitor visitor, Door door,
        CancellationToken cancellationToken)
    {
        visitor.Saw(seen);
        var now = visitor.Customer;
        await send.Send(
            new ChangeCustomer(
                now.Id.Value, new(timeZone ?? now.TimeZone, now.ExternalId, now.Name, now.Email, now.Country, locale ?? now.Locale)),
            cancellationToken);
        return Done.Say(http, CustomerAct.DetailsChanged, door.Now);
    }

    private static async Task<IResult> AnswerAsync(
        [FromForm] Guid? id, [FromForm] string? act, [FromForm] int? ease, [FromForm] string? words, IMediator send, Visitor visitor,
        CancellationToken cancellationToken)
    {
        if (id is not { } answer || !Enum.TryParse<CustomerAct>(act, out var about) || ease is not { } said) throw Http.NotFound.Of("question");
        var sentence = string.IsNullOrWhiteSpace(words) ? null : words.Trim();
        await send.Send(new GiveFeedback(answer, visitor.Customer.Id.Value, about, said, sentence), cancellationToken);
        return new SeeOther("/portal?thanks");
    }
}
