using Billing.Server.Demo;
using Billing.Server.Pages.Language;
using Billing.Server.Staff;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Billing.Server.Pages.SignIn;

/// <summary>Asking for a link to the office. Whoever asks reads the same, in the same time, whether they work here or not.</summary>
internal static class OfficeSignInRoutes
{
    private static readonly InlineValidator<string> Address =
        new() { v => v.RuleFor(a => a).NotEmpty().MaximumLength(254).EmailAddress() };

    public static void MapOfficeSignIn(this IEndpointRouteBuilder office)
    {
        office.MapGet("/sign-in", (HttpContext http) => new RazorComponentResult<OfficeSignIn>(new { Words = Words.For(http) }));
        office.MapPost("/sign-in", Ask);
    }

    private static IResult Ask([FromForm] string? email, HttpContext http, SignInByMail mail)
    {
        var (words, address) = (Words.For(http), email?.Trim() ?? "");
        if (!Address.Validate(address).IsValid)
            return new RazorComponentResult<OfficeSignIn>(new { Words = words, Email = address, Again = true }) { StatusCode = StatusCodes.Status422UnprocessableEntity };

        if (HostOf(http) is { } host) mail.Ask(address, words, host);
        return Messages.Say(words, words.LinkSentTitle, words.LinkSent);
    }

    /// <summary>
    /// Where mailed links lead: the address that is configured, or this machine itself. Never what a stranger's request says we
    /// are called: the link in the mail would lead there.
    /// </summary>
    private static string? HostOf(HttpContext http) =>
        http.RequestServices.GetRequiredService<IConfiguration>()["Billing:PublicUrl"] is { Length: > 0 } address ? address
        : DemoRoutes.IsAtThisMachine(http) ? $"{http.Request.Scheme}://{http.Request.Host}"
        : null;
}
