using Billing.Notices;

namespace Billing.Server.Pages.Language;

/// <content>Asking for a payment that did not go through: kind, short, and never a threat.</content>
internal sealed partial class English
{
    private Said Ask(NoticeContent.Asking asking)
    {
        var due = Formats.Money(asking.Due);
        var card = asking.Card is null ? "card" : CardIs(asking.Card);
        var again = asking.NextTry is { } next ? $"We try again on {Formats.Date(next)}; you need not do anything." : null;
        const string Nothing = "Nothing is lost, and everything goes on as before.";
        return asking.Kind switch
        {
            NoticeKind.CardExpiredAsk => Asked(
                "Is your new card there?", $"The date printed on your {card} has passed, and your bank would not accept it any more. {Nothing}",
                "When the new card is there, put it in on your page, and what is open is paid at once.", "Put in my new card"),
            NoticeKind.PaymentFailed => Asked(
                "Your payment did not go through yet", $"Your bank did not let {due} through. That happens. {Nothing}",
                Sentences(again, "If another day or card suits you better, choose it on your page."), "Choose day or card"),
            NoticeKind.PaymentFixData => Asked(
                "A look at your card, please", $"Your bank did not recognise something of your {card}. {Nothing}",
                "Please put it in once more, or another one.", "Put in my card"),
            NoticeKind.PaymentNewCard => Asked(
                "Your card no longer works", $"Your bank tells us that your {card} will not work any more. {Nothing}",
                "Please put in another one; what is open is then paid at once.", "Put in another card"),
            NoticeKind.PaymentToConfirm => Asked(
                "Your bank would like you to confirm", $"Your bank wants to hear from you before it lets {due} through. {Nothing}",
                "On your page you can confirm, or use another card.", "Confirm my payment"),
            NoticeKind.PaymentNeutral => Asked(
                "A payment did not go through", $"Your payment of {due} did not go through. {Nothing}",
                "Please use another card, or ask your bank.", "Put in another card"),
            NoticeKind.ConsentWithdrawn => Asked(
                "Would you like to leave?", "Your bank tells us that you no longer want us to charge your card. We have stopped, and do not try again.",
                "If that is what you want, you can leave with one click. If not, you can put in another card, take a break or move to a smaller plan.", MyPage),
            NoticeKind.PromiseBroken => Asked(
                "It did not go through today", $"On the day you chose, your bank did not let {due} through. {Nothing}",
                Sentences(again, "You can choose another day or card on your page."), "Choose day or card"),
            NoticeKind.LastCall => Asked(
                "Before your access rests", $"{due} is still open. If it stays open, your access rests for a while. Nothing is deleted.",
                "Pay now, choose another day, take a break, or move to a smaller plan: each is one click on your page.", "Pay or choose"),
            NoticeKind.Parked => Asked(
                "Your subscription rests", "Your access rests now. Nothing is deleted, and nothing more is charged.",
                "Whenever it suits you, one click on your page brings it all back.", "Come back"),
            _ => throw new InvalidOperationException($"{asking.Kind} asks for nothing."),
        };

        Said Asked(string subject, string lead, string after, string button) => new(
            subject, lead,
            Rows(
                ("Open", due), ("Card", asking.Card is null ? null : CardIs(asking.Card)),
                ("Next try", asking.NextTry is { } on ? Formats.Date(on) : null),
                ("Access rests from", asking.AccessUntil is { } rests ? Formats.Date(rests) : null)),
            after, button);
    }
}
