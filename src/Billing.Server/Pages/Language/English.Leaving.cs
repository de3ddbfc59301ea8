using Billing.Retention;
using Billing.Server.Retention;

namespace Billing.Server.Pages.Language;

/// <content>Leaving.</content>
internal sealed partial class English
{
    public override string LeaveAtEnd(LeaveMeaning meaning)
    {
        var due = meaning.Due.Minor > 0 ? $" {Formats.Money(meaning.Due)} for this period stays to pay." : "";
        return $"At the end of the period: {Formats.Date(meaning.PeriodEnd.PlusDays(-1))} is your last day, nothing new is charged, and you can change your mind until then.{due}";
    }

    public override string LeaveNow(LeaveMeaning meaning)
    {
        List<string> parts = ["Now: it ends today."];
        var days = meaning.Days == 1 ? "1 day" : $"{Formats.Number(meaning.Days)} days";
        if (meaning.Refund.Minor > 0) parts.Add(meaning.ToCard
            ? $"{Formats.Money(meaning.Refund)} for {days} you do not use goes back to the card that paid; what no card paid becomes your credit."
            : $"{Formats.Money(meaning.Refund)} for {days} you do not use becomes your credit.");
        if (meaning.Kept.Minor > 0) parts.Add($"{days} that are paid for are not given back.");
        if (meaning.OffDue.Minor > 0) parts.Add($"{Formats.Money(meaning.OffDue)} for {days} you do not use comes off what is to pay.");
        if (meaning.Due > meaning.OffDue) parts.Add($"{Formats.Money(meaning.Due - meaning.OffDue)} for the days you used stays to pay.");
        return string.Join(' ', parts);
    }

    public override string LeaveKeeps => "Your invoices and your history are kept, and you can come back at any time.";

    public override string MailboxTitle => "Letters of this sandbox";
    public override string Mailbox => "What customers would have received, newest first. Nothing leaves this machine unless a mail server is configured.";
    public override string MailboxEmpty => "No letter has been written yet.";

    public override string Offer(SaveOffer offer) => offer switch
    {
        SaveOffer.Break away => $"Take a break of about {Formats.Number(away.Days)} days instead: everything waits for you as it is.",
        SaveOffer.SmallerPlan plan => $"Move to {plan.Name} for {Formats.Money(plan.Price)}: {Formats.Money(plan.Saving)} less, from your next period on.",
        SaveOffer.Discount { Periods: 1 } off => $"Stay with {Formats.Percent(off.BasisPoints)} off your next period.",
        SaveOffer.Discount off => $"Stay with {Formats.Percent(off.BasisPoints)} off your next {Formats.Number(off.Periods)} periods.",
        SaveOffer.LaterPaymentDay later => $"Pay later: choose a day up to {Formats.Date(later.Latest)}, and we leave your card alone until then.",
        SaveOffer.TalkToAPerson => "Tell a person: somebody reads what you wrote and answers you.",
        _ => throw new InvalidOperationException($"{offer.GetType().Name} is no offer we know."),
    };
}
