using Billing.Server.Pages;
using Billing.Server.Pages.Language;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Billing.Server.Payments.Gateways.Sandbox;

/// <summary>What the gateway's own pages are at the real one: where a test card is chosen, and where a payment is confirmed with the bank.</summary>
internal static class SandboxPages
{
    public const string CardSetup = "/sandbox/card-setup", Confirmation = "/sandbox/confirm";

    public static void MapSandboxPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(CardSetup + "/{reference}", ChooseCard);
        pages.MapPost(CardSetup + "/{reference}", PutCardIn);
        pages.MapGet(Confirmation + "/{reference}", Ask);
        pages.MapPost(Confirmation + "/{reference}", Confirm);
    }

    private static IResult ChooseCard(string reference, HttpContext http, IPaymentGateway gateway) =>
        SetupOf(reference, gateway) is { } setup ? Chooser(http, setup, null) : NotThere(http);

    private static IResult PutCardIn(string reference, [FromForm] string? card, HttpContext http, IPaymentGateway gateway)
    {
        if (SetupOf(reference, gateway) is not { } setup) return NotThere(http);
        try
        {
            ((SandboxGateway)gateway).PutIn(setup, card ?? "");
            return new SeeOther(setup.ReturnTo.With("setup", reference).AbsoluteUri);
        }
        catch (Refused refused)
        {
            return Chooser(http, setup, refused.Message);
        }
    }

    private static IResult Ask(string reference, HttpContext http, IPaymentGateway gateway)
    {
        if (QuestionOf(reference, gateway) is not { } question) return NotThere(http);
        if (!question.Open) return new SeeOther(question.ReturnTo.AbsoluteUri);
        PageHeaders.LetFormsLeadTo(question.ReturnTo, http.Response.Headers);
        return new RazorComponentResult<SandboxConfirmation>(new { Words = Words.For(http), Question = question });
    }

    private static IResult Confirm(string reference, [FromForm] string? answer, HttpContext http, IPaymentGateway gateway)
    {
        if (QuestionOf(reference, gateway) is not { } question) return NotThere(http);
        ((SandboxGateway)gateway).Answer(reference, yes: answer == "confirm");
        return new SeeOther(question.ReturnTo.AbsoluteUri);
    }

    private static RazorComponentResult<SandboxCardChooser> Chooser(HttpContext http, SandboxSetup setup, string? trouble)
    {
        PageHeaders.LetFormsLeadTo(setup.ReturnTo, http.Response.Headers);
        return new(new { Words = Words.For(http), Setup = setup, Trouble = trouble })
        {
            StatusCode = trouble is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };
    }

    private static SandboxSetup? SetupOf(string reference, IPaymentGateway gateway) => (gateway as SandboxGateway)?.SetupOf(reference);

    private static SandboxQuestion? QuestionOf(string reference, IPaymentGateway gateway) => (gateway as SandboxGateway)?.QuestionOf(reference);

    private static IResult NotThere(HttpContext http) => Messages.NotThere(Words.For(http), "/");

    private static Uri With(this Uri address, string name, string value) =>
        new UriBuilder(address) { Query = $"{address.Query.TrimStart('?')}{(address.Query.Length > 1 ? "&" : "")}{name}={value}" }.Uri;
}
