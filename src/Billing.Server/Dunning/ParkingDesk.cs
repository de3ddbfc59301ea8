using Billing.Cards;
using Billing.Dunning;
using Billing.Notices;
using Billing.Server.Customers;
using Billing.Server.Invoicing;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using Billing.Server.Subscriptions;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Dunning;

/// <summary>Parks what an exhausted case leads to, and ends it after months.</summary>
internal sealed class ParkingDesk(IPaymentGateway gateway)
{
    /// <summary>Access ends, nothing is deleted, nothing more is charged.</summary>
    public async Task ParkAsync(BillingDbContext db, CaseFile file, LocalDate today, Instant now, CancellationToken cancellationToken)
    {
        foreach (var subscription in file.ToPark.ToList()) await ParkAsync(db, subscription, now, cancellationToken);
        foreach (var invoice in file.Open) invoice.PlanAttempt(null);
        db.Record(file.Case.Park(today), Actors.Run, now);
        if (file.Watch?.End(WatchEvidence.CaseEnded, today) is { } over) db.Record(over, Actors.Run, now);
        db.Plan(Notice.Plan(NewId.At(now), file.Customer.Id, NoticeKind.Parked, file.Case.Id.Value, 0, NoticeChannel.Mail, now, now));
    }

    /// <summary>Parked for months: it ends as what it is, a customer we lost.</summary>
    public static async Task EndAsync(BillingDbContext db, CaseFile file, LocalDate today, Instant now, CancellationToken cancellationToken)
    {
        foreach (var parked in file.Subscriptions.Where(s => s.Lifecycle == Lifecycle.Parked))
            await db.FileAsync(new(null, [], [], [], parked.EndParked(EndReason.Involuntary, now).Facts), file.Customer, Actors.Run, now, cancellationToken);
        await db.CloseCaseAsync(file.Customer.Id, CaseState.Ended, "Parked for months; it has ended.", Actors.Run, now, cancellationToken);
    }

    private async Task ParkAsync(BillingDbContext db, Subscription subscription, Instant now, CancellationToken cancellationToken)
    {
        if (await db.Breaks.LiveAsync(subscription, cancellationToken) is { } planned) db.Record(subscription.WithdrawBreak(planned, now), Actors.Run, now);
        var plan = await db.Plans.SingleAsync(p => p.Id == subscription.PlanId, cancellationToken);
        var facts = await db.ChangeFactsAsync(subscription, plan, gateway, now, cancellationToken);
        var parked = subscription.Park(facts, () => new(NewId.At(now)));
        await db.FileAsync(new(parked), facts.Customer, Actors.Run, now, cancellationToken);
    }
}
