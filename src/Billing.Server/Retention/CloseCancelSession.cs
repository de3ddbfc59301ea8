using Billing.Client.Contract;
using Billing.Periods;
using Billing.Retention;
using Billing.Server.Http;
using Billing.Server.Persistence;
using Billing.Server.Subscriptions;
using Billing.Subscriptions;
using FluentValidation;
using MediatR;
using NodaTime;
using NodaTime.Text;

namespace Billing.Server.Retention;

/// <summary>The customer leaves, stays, or takes the offer.</summary>
internal sealed record CloseCancelSession(Guid SessionId, LeavingOutcome Outcome) : ICommand<CancelSessionView>;

internal sealed class CloseCancelSessionValidator : AbstractValidator<CloseCancelSession>
{
    public CloseCancelSessionValidator()
    {
        RuleFor(c => c.Outcome).Must(o => (o.Leave, o.Stay, o.TakeOffer) is (not null, null, null) or (null, true, null) or (null, null, true))
            .WithMessage("Say exactly one of leave, stay: true and takeOffer: true.").OverridePropertyName("leave");
        RuleFor(c => c.Outcome.Leave).Must(l => l is null or "now" or "period_end")
            .WithMessage("One leaves at period_end or now.").OverridePropertyName("leave");
        RuleFor(c => c.Outcome.PaymentDay).Must(d => d is null || LocalDatePattern.Iso.Parse(d).Success)
            .WithMessage("A day is written 2026-03-31.").OverridePropertyName("paymentDay");
    }
}

internal sealed class CloseCancelSessionHandler(BillingDbContext db, Leaving leaving, TakenOffers offers, Door door)
    : IRequestHandler<CloseCancelSession, CancelSessionView>
{
    public async Task<CancelSessionView> Handle(CloseCancelSession request, CancellationToken cancellationToken)
    {
        var (session, subscription, plan) = await db.CancelSessionAsync(request.SessionId, cancellationToken);
        door.Current(session);
        if (!session.IsOpen) throw new Refused("session_closed", "This session has ended.");

        if (request.Outcome.Leave is { } when) await LeaveAsync(session, subscription, plan, when, cancellationToken);
        else if (request.Outcome.Stay is true) Stay(session, subscription);
        else await offers.TakeAsync(session, subscription, DayOf(request.Outcome), cancellationToken);

        await db.SaveChangesAsync(cancellationToken);
        return session.ToView();
    }

    private async Task LeaveAsync(CancelSession session, Subscription subscription, string plan, string when, CancellationToken cancellationToken)
    {
        var zone = CustomerZone.Of(subscription.TimeZone);
        if (when == "now")
        {
            await leaving.NowAsync(subscription, plan, cancellationToken);
            session.Leave(SessionOutcome.LeftNow, subscription.EndedOn!.Value, zone, door.Now);
        }
        else
        {
            // An end that is planned already is what the customer wants.
            if (!subscription.CancelAtPeriodEnd) await leaving.AtPeriodEndAsync(subscription, cancellationToken);
            session.Leave(SessionOutcome.LeftAtPeriodEnd, subscription.EndedOn ?? subscription.CurrentEnd, zone, door.Now);
        }
    }

    private void Stay(CancelSession session, Subscription subscription)
    {
        if (subscription.PlannedEnd is not null) db.Record(subscription.KeepGoing(door.Now), door.Actor, door.Now);
        db.Record(session.Stay(CustomerZone.Of(subscription.TimeZone), door.Now), door.Actor, door.Now);
    }

    private static LocalDate? DayOf(LeavingOutcome outcome) =>
        outcome.PaymentDay is { } day ? LocalDatePattern.Iso.Parse(day).Value : null;
}
