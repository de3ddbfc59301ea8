using Billing.Server.Retention;
using NodaTime;

namespace Billing.Server.Pages.Language;

/// <content>Leaving without signing in.</content>
internal sealed partial class English
{
    public override string LeaveHere => "Cancel a subscription";
    public override string LeaveTitle => "Cancel a subscription";
    public override string LeaveLead => "You need not sign in. We send a mail to your address; one click in it, and it is done.";
    public override string LeaveEmail => "Your mail address";
    public override string LeaveNumber => "Customer or subscription number, if you have it at hand";
    public override string LeaveKind => "How would you like to cancel?";
    public override string LeaveOrdinary => "At the end of what is paid for";
    public override string LeaveExtraordinary => "For good cause; a person looks at it and writes to you";
    public override string LeaveCause => "The cause, if you cancel for one";
    public override string LeaveWishedEnd => "A later day, if you wish; as soon as possible otherwise";
    public override string LeaveSend => "Send";
    public override string LeaveCheck => "Please look at it once more: a mail address is needed, for good cause the cause too (at most 500 letters), and the day within two years.";
    public override string LeaveAskedTitle => "Thank you, please look at your mail";
    public override string LeaveAsked =>
        "If this address belongs to a subscription that can be cancelled here, a mail with a link is on its way. It works for a day. Nothing is cancelled before you click it. No mail after a few minutes? Look in the spam folder, open your billing page from the app, or write to us. An address gets one mail an hour.";
    public override string LeaveConfirmTitle => "Cancel now?";
    public override string LeaveConfirmButton => "Cancel now";
    public override string LeaveLinkUsedTitle => "This link no longer works";
    public override string LeaveLinkUsed => "Links to cancel work once, within a day. If it was you who used it, a mail with the confirmation is on its way. Otherwise you can ask for a new one.";
    public override string LeftTitle => "It is cancelled";
    public override string Left(string plan, LocalDate end) =>
        $"{plan} ends: {Formats.Date(end.PlusDays(-1))} is your last day. A mail with date and time of your cancellation is on its way to you.";
    public override string LeavingSignedOut(string plan, LocalDate end) =>
        $"{plan} ends: {Formats.Date(end.PlusDays(-1))} is your last day, and no period after it is charged. You can change your mind until then. {LeaveKeeps}";

    public override string ConfirmLeaveSubject(string merchant) => $"{merchant}: please confirm that you want to cancel";
    public override string ConfirmLeaveLetter(string merchant, IReadOnlyList<(string Plan, string Link)> asked) => $"""
        Hello,

        somebody asked us to cancel, and gave this address. If it was you, click here and press the button:

        {string.Join("\n\n", asked.Select(a => $"{a.Plan}:\n{a.Link}"))}

        The link works once, within a day. If it was not you, do nothing: everything stays as it is.

        {merchant}
        """;

    public override string LeftSubject(string merchant, string plan) => $"{merchant}: you have cancelled {plan}";
    public override string LeftText(string merchant, LeftLetter left) => $"""
        Hello,

        you have cancelled {left.Plan}.

        Received: {Moment(left.ReceivedAt)}
        Confirmed: {Moment(left.ConfirmedAt)}
        Kind: {(left.Extraordinary ? $"for good cause: {left.Text}" : "ordinary")}
        Last day: {Formats.Date(left.End.PlusDays(-1))}; no period after it is charged.
        {(left.Extraordinary ? "A person looks at the cause you gave, and writes to you whether it can end sooner." : LeaveKeeps)}

        Changed your mind? You can take it back on your billing page until then.

        {merchant}
        """;
}
