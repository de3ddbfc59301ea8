using Billing.Client.Contract;
using Billing.Retention;
using Billing.Server.Http;
using Billing.Server.Pages.Language;
using Billing.Server.Persistence;
using Billing.Server.Subscriptions;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Retention;

/// <summary>Cancel sessions as they are loaded and shown.</summary>
internal static class SessionViews
{
    /// <summary>The session, its subscription and that one's plan, to be changed.</summary>
    public static async Task<(CancelSession Session, Subscription Subscription, string Plan)> CancelSessionAsync(
        this BillingDbContext db, Guid id, CancellationToken cancellationToken)
    {
        var session = await db.CancelSessions.SingleOrDefaultAsync(s => s.Id == new CancelSessionId(id), cancellationToken)
            ?? throw NotFound.Of("cancel session");
        var (subscription, plan) = await db.SubscriptionAsync(session.SubscriptionId.Value, cancellationToken);
        return (session, subscription, plan);
    }

    /// <summary>
    /// A break was begun and named the session it was offered in: the session ends as taken. Whoever begins the break calls
    /// this in the same transaction.
    /// </summary>
    /// <exception cref="Refused"><c>not_found</c>, <c>session_closed</c>, <c>no_offer</c>.</exception>
    public static async Task CloseByBreakAsync(
        this BillingDbContext db, Guid sessionId, Subscription subscription, Door door, CancellationToken cancellationToken)
    {
        var (session, _, _) = await db.CancelSessionAsync(sessionId, cancellationToken);
        db.Record(session.TakeBreak(subscription, door.Now), door.Actor, door.Now);
    }

    /// <summary>While it is open: with the reasons and the ways out, in its language.</summary>
    public static CancelSessionView ToOpenView(this CancelSession session, LeavingPolicy policy, LeaveMeaning meaning)
    {
        var words = Words.Of(session.Language);
        return session.ToView() with
        {
            Reasons = session.Reason is not null ? null
                : [.. policy.Reasons.Select(r => new LeavingReasonView(r.Code, r.Label(words.Tag), r.WantsText))],
            WaysToLeave = meaning.Ways(words),
        };
    }

    public static CancelSessionView ToView(this CancelSession session) => new(
        session.Id.Value, session.SubscriptionId.Value, session.CustomerId.Value, Wire.Word(session.Channel), session.Language,
        session.StartedAt.Iso(), session.Words, session.WordsShownAt.Iso(), session.Reason, session.Text,
        session.Offer?.ToView(Words.Of(session.Language), session.OfferWhy!), session.Outcome is { } outcome ? Wire.Word(outcome) : null,
        session.ClosedAt?.Iso(), session.ConfirmedAt?.Iso(), session.EndsOn?.Iso(),
        session.After30 is { } after30 ? Wire.Word(after30) : null, session.After90 is { } after90 ? Wire.Word(after90) : null, session.Version);

    public static async Task<CancelSessionView> CancelSessionViewAsync(this BillingDbContext db, Guid id, CancellationToken cancellationToken) =>
        (await db.CancelSessions.AsNoTracking().SingleOrDefaultAsync(s => s.Id == new CancelSessionId(id), cancellationToken)
            ?? throw NotFound.Of("cancel session")).ToView();

    public static Task<Page<CancelSessionView>> CancelSessionPageAsync(
        this BillingDbContext db, Guid? customer, bool askedForAPerson, PageQuery page, CancellationToken cancellationToken)
    {
        IQueryable<CancelSession> rows = db.CancelSessions;
        if (customer is { } id) rows = rows.Where(s => s.CustomerId == new CustomerId(id));
        if (askedForAPerson) rows = rows.Where(s =>
            s.OfferKind == OfferKind.Talk && s.Outcome == SessionOutcome.TookOffer || s.Extraordinary && s.ConfirmedAt != null);
        return rows.ToPageAsync(s => s.Id, CancelSessionId.From, page, ToView, cancellationToken);
    }

    private static SaveOfferView ToView(this SaveOffer offer, Words words, string why)
    {
        var view = new SaveOfferView(Wire.Word(offer.Kind), words.Offer(offer), why);
        return offer switch
        {
            SaveOffer.Break away => view with { Days = away.Days },
            SaveOffer.SmallerPlan plan => view with { Plan = plan.Name, Price = plan.Price.ToAmount(), Saving = plan.Saving.ToAmount() },
            SaveOffer.Discount off => view with { PercentBasisPoints = off.BasisPoints, Periods = off.Periods },
            SaveOffer.LaterPaymentDay later => view with { LatestDay = later.Latest.Iso() },
            SaveOffer.TalkToAPerson => view,
            _ => throw new InvalidOperationException($"{offer.GetType().Name} is no offer we know."),
        };
    }
}
