using Billing.Server.Pages.Language;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Billing.Server.Pages;

/// <summary>The short pages: what happened, and what can be done now.</summary>
internal static class Messages
{
    private const string SignInPage = "/office/sign-in";

    /// <summary>A link was used, is too old, or never was; which of them is nobody else's business.</summary>
    public static IResult LinkUsed(HttpContext http, bool portal)
    {
        var words = Words.For(http);
        return portal
            ? Page(words, words.LinkUsedTitle, words.LinkUsedPortal, StatusCodes.Status410Gone)
            : Page(words, words.LinkUsedTitle, words.LinkUsedOffice, StatusCodes.Status410Gone, SignInPage, words.AskForLink);
    }

    /// <summary>Nobody is signed in, or not any more.</summary>
    public static IResult SignedOut(HttpContext http, bool portal)
    {
        var words = Words.For(http);
        return portal
            ? Page(words, words.SignedOutTitle, words.SignedOutPortal, StatusCodes.Status401Unauthorized)
            : Page(words, words.SignedOutTitle, words.SignedOutOffice, StatusCodes.Status401Unauthorized, SignInPage, words.AskForLink);
    }

    /// <summary>Somebody of the staff opened what another role does; nothing is wrong with them.</summary>
    public static IResult NotYourTask(HttpContext http)
    {
        var words = Words.For(http);
        return Page(words, words.NotYourTaskTitle, words.NotYourTask, StatusCodes.Status403Forbidden, "/office", words.BackToOffice);
    }

    public static IResult Goodbye(HttpContext http)
    {
        var words = Words.For(http);
        return Page(words, words.GoodbyeTitle, words.Goodbye, StatusCodes.Status200OK);
    }

    /// <summary>Not there, or somebody else's: the same answer, so that nobody learns which.</summary>
    public static IResult NotThere(Words words, string home) =>
        Page(words, words.NotThereTitle, words.NotThere, StatusCodes.Status404NotFound, home, words.BackHome);

    /// <summary>A form that was open too long, or came from elsewhere.</summary>
    public static IResult FormTooOld(HttpContext http)
    {
        var words = Words.For(http);
        return Page(words, words.FormTooOldTitle, words.FormTooOld, StatusCodes.Status400BadRequest);
    }

    /// <summary>What a customer wished was refused, or somebody was faster: nothing was done, and this is why.</summary>
    public static IResult Trouble(Words words, string code) =>
        Page(words, words.TroubleTitle, words.Trouble(code), StatusCodes.Status409Conflict, "/portal", words.BackHome);

    /// <summary>Any other short page.</summary>
    public static IResult Say(
        Words words, string title, string text, int status = StatusCodes.Status200OK, string home = "/", string? link = null) =>
        Page(words, title, text, status, home, link);

    private static RazorComponentResult<Message> Page(
        Words words, string title, string text, int status, string home = "/", string? link = null) =>
        new(new { Words = words, Title = title, Text = text, Home = home, LinkText = link }) { StatusCode = status };
}
