namespace Billing.Server.Pages.Language;

/// <content>The way in to the office.</content>
internal sealed partial class English
{
    public override string OfficeTitle => "Office";
    public override string OfficeSignIn => "Say which address you work with, and we mail you a link. It works once, for a quarter of an hour. There is no password.";
    public override string AskForLink => "Mail me a link";
    public override string LinkSentTitle => "Look into your mail";
    public override string LinkSent => "If that address works here, a link is on its way to it. It works once, for a quarter of an hour. Nothing there after a few minutes? Ask whoever invited you.";
    public override string NotAnAddress => "That does not look like a mail address. Please look at it once more.";
    public override string WorkAddress => "Your mail address at work";
    public override string NotYourTaskTitle => "This is for other hands";
    public override string NotYourTask => "Your role does not include this page. Nothing went wrong, and nothing was changed. If you need it for your work, an admin can give you another role.";
    public override string BackToOffice => "Back to the office";
    public override string SignInSubject(string merchant) => $"Your way in to the office of {merchant}";
    public override string SignInLetter(string name, string merchant, string link) =>
        $"""
        Hello {name},

        here is your link to the office of {merchant}:

        {link}

        It works once, for a quarter of an hour. If you did not ask for it, you need not do anything: without this mail nobody comes in.
        """;
}
