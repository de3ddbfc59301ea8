using Billing.Customers;
using Billing.Notices;
using Billing.Periods;
using Billing.Retention;
using Billing.Server.BillingRun;
using Billing.Server.Http;
using Billing.Server.Notices;
using Billing.Server.Pages;
using Billing.Server.Pages.Language;
using Billing.Server.Persistence;
using Billing.Server.Subscriptions;
using Billing.Subscriptions;
using MediatR;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Retention;

/// <summary>The one button behind a mailed link: the subscription ends as was asked, and a letter says so at once.</summary>
internal sealed record ConfirmLeave(string? Token) : ICommand<LeaveConfirmed?>;

/// <summary>What the page says afterwards.</summary>
/// <param name="Plan">What ends.</param>
/// <param name="End">First day without it.</param>
/// <param name="Language">The customer's.</param>
internal sealed record LeaveConfirmed(string Plan, LocalDate End, string Language);

internal sealed class ConfirmLeaveHandler(
    BillingDbContext db, Leaving leaving, BillingClock clock, IConfiguration configuration, Door door)
    : IRequestHandler<ConfirmLeave, LeaveConfirmed?>
{
    public async Task<LeaveConfirmed?> Handle(ConfirmLeave request, CancellationToken cancellationToken)
    {
        if (await db.UseLeaveLinkAsync(request.Token, clock.WallNow, cancellationToken) is not { } id) return null;
        var (session, subscription, _) = await db.CancelSessionAsync(id.Value, cancellationToken);
        var customer = await db.Customers.SingleAsync(c => c.Id == session.CustomerId, cancellationToken);
        var plan = await db.Plans.Where(p => p.Id == subscription.PlanId).Select(p => p.Name).SingleAsync(cancellationToken);

        var end = await EndAsync(subscription, session.WishedEnd, cancellationToken);
        if (session.IsOpen) session.Leave(SessionOutcome.LeftAtPeriodEnd, end, CustomerZone.Of(subscription.TimeZone), door.Now);
        if (session.Extraordinary)
            db.Record(new PersonAskedFor(customer.Id, customer.Today(door.Now), subscription.Id, session.Id), door.Actor, door.Now);

        Write(customer, new(plan, end, session.StartedAt.InZone(customer.Zone), door.Now.InZone(customer.Zone), session.Extraordinary, session.Text));
        return new(plan, end, session.Language);
    }

    /// <summary>As soon as possible, or as wished; an end that is sooner already stays, and from the beach it is today.</summary>
    private async Task<LocalDate> EndAsync(Subscription subscription, LocalDate? wished, CancellationToken cancellationToken)
    {
        if (subscription.EndedOn is { } ended) return ended;
        if (wished > subscription.CurrentEnd && subscription.PlannedEnd is null)
            await leaving.FromAsync(subscription, wished.Value, cancellationToken);
        else if (!subscription.CancelAtPeriodEnd && (wished is null || wished <= subscription.CurrentEnd))
            await leaving.AtPeriodEndAsync(subscription, cancellationToken);
        return subscription.EndedOn ?? subscription.PlannedEnd!.Value;
    }

    private void Write(Customer customer, LeftLetter left)
    {
        // This letter is the confirmation; a second mail about the same click would be one too many.
        PlannedNotices.SaidOtherwise(db, NoticeKind.CancelPlanned, NoticeKind.Ended);
        var words = Words.Of(customer.Locale);
        var merchant = Merchant.From(configuration).Name;
        db.Letters.Add(Letter.Write(
            NewId.At(door.Now), customer.Id, customer.Email!, words.LeftSubject(merchant, left.Plan), words.LeftText(merchant, left), words.Tag, door.Now));
    }
}

/// <summary>What the letter after leaving says.</summary>
/// <param name="Plan">What ends.</param>
/// <param name="End">First day without it.</param>
/// <param name="ReceivedAt">When it was asked for, where the customer lives.</param>
/// <param name="ConfirmedAt">When it was confirmed.</param>
/// <param name="Extraordinary">Whether for good cause.</param>
/// <param name="Text">Which cause.</param>
public sealed record LeftLetter(string Plan, LocalDate End, ZonedDateTime ReceivedAt, ZonedDateTime ConfirmedAt, bool Extraordinary, string? Text);
