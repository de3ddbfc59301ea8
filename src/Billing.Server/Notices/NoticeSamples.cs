using Billing.Cards;
using Billing.Notices;
using Billing.Periods;
using Billing.Subscriptions;
using NodaTime;

namespace Billing.Server.Notices;

/// <summary>One example of every message, for whoever wants to read them before customers do.</summary>
internal static class NoticeSamples
{
    /// <summary>The message of this kind, in this currency.</summary>
    public static NoticeContent Of(NoticeKind kind, Currency currency, LocalDate today)
    {
        const string Plan = "Sloop";
        var card = Card.Keep(default, default, "", "", "visa", "4242", 3, today.Year + 2, default);
        var (price, dearer, fee) = (Whole(29), Whole(35), Whole(2));
        return kind switch
        {
            NoticeKind.Receipt => new NoticeContent.Receipt(price, today, "INV-000128", Plan, today, today.PlusMonths(1), card),
            NoticeKind.PriceMoveAhead => new NoticeContent.PriceMoveAhead(Plan, new(today.PlusMonths(2), price, dearer), Cadence.Monthly),
            NoticeKind.PriceMoveOff => new NoticeContent.PriceMoveOff(Plan, price, Cadence.Monthly),
            NoticeKind.TrialEnding => new NoticeContent.TrialEnding(Plan, today.PlusDays(FactNotices.TrialLead), price, card),
            NoticeKind.RenewalAhead => new NoticeContent.RenewalAhead(
                Plan, today.PlusDays(FactNotices.RenewalLead), today.PlusDays(FactNotices.RenewalLead).PlusYears(1), Whole(290), card),
            NoticeKind.BreakPlanned => new NoticeContent.BreakPlanned(Plan, today.PlusDays(12), today.PlusDays(73), fee, "Everything you made, and your price"),
            NoticeKind.BreakBegun => new NoticeContent.BreakBegun(Plan, today.PlusDays(61), 12, fee, "Everything you made, and your price"),
            NoticeKind.BreakExtended => new NoticeContent.BreakExtended(Plan, today.PlusDays(90)),
            NoticeKind.ReturnAhead => new NoticeContent.ReturnAhead(
                Plan, today.PlusDays(7), today.PlusDays(19), price, price, CardOnReturn.Valid, card),
            NoticeKind.BreakEnded => new NoticeContent.BreakEnded(Plan, 12, today.PlusDays(12)),
            NoticeKind.CancelPlanned => new NoticeContent.CancelPlanned(Plan, today.PlusDays(17)),
            NoticeKind.CancelWithdrawn => new NoticeContent.CancelWithdrawn(Plan),
            NoticeKind.Ended => new NoticeContent.Ended(Plan, today.PlusDays(-1), ByChoice: true, Whole(4)),
            NoticeKind.CameBack => new NoticeContent.CameBack(Plan, price, Cadence.Monthly),
            NoticeKind.CardAdded => new NoticeContent.CardAdded(card),
            NoticeKind.Credited => new NoticeContent.Credited(Whole(7), "INV-000128", "CN-000009"),
            NoticeKind.PaidThanks => new NoticeContent.PaidThanks(price),
            NoticeKind.CardExpiredAsk or NoticeKind.PaymentFixData or NoticeKind.PaymentNewCard or NoticeKind.PaymentToConfirm
                or NoticeKind.PaymentNeutral or NoticeKind.ConsentWithdrawn => new NoticeContent.Asking(kind, price, card, null, null),
            NoticeKind.PaymentFailed or NoticeKind.PromiseBroken => new NoticeContent.Asking(kind, price, card, today.PlusDays(4), null),
            NoticeKind.LastCall => new NoticeContent.Asking(kind, price, card, today.PlusDays(2), today.PlusDays(7)),
            NoticeKind.Parked => new NoticeContent.Asking(kind, price, card, null, null),
        };

        Money Whole(long major)
        {
            for (var i = 0; i < currency.Exponent; i++) major *= 10;
            return new(major, currency);
        }
    }
}
