using Billing.Cards;
using Billing.Customers;
using Billing.Dunning;
using Billing.Invoicing;
using Billing.Notices;
using Billing.Payments;
using Billing.Server.Payments;
using Billing.Server.Persistence;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Dunning;

/// <summary>
/// What outcomes of attempts mean for the case, in the transaction that writes them down: a decline begins one or climbs its
/// ladder, money closes it, a charge that succeeded heals an expired card.
/// </summary>
internal sealed class DunningDesk(DunningPolicies policies)
{
    /// <summary>What the networks allow, as of now: a case keeps its ladder, not an old network's rule.</summary>
    public async Task<IReadOnlyList<NetworkLimit>> LimitsAsync(CancellationToken cancellationToken) =>
        (await policies.CurrentAsync(cancellationToken)).Limits;

    /// <summary>Follows attempts whose outcome was just written down.</summary>
    public async Task FollowAsync(
        BillingDbContext db, IReadOnlyList<UnderPayment> settled, string actor, Instant now, CancellationToken cancellationToken)
    {
        if (settled.Count == 0) return;
        var (customers, cardIds) = (settled.Select(s => s.Customer.Id).Distinct().ToList(), settled.Select(s => s.Attempt.CardId).Distinct().ToList());
        var cases = await db.DunningCases.Where(c => customers.Contains(c.CustomerId) && (c.State == CaseState.Open || c.State == CaseState.Parked))
            .ToDictionaryAsync(c => c.CustomerId, cancellationToken);
        var cards = await db.Cards.Where(c => cardIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellationToken);

        foreach (var one in settled)
        {
            var card = cards[one.Attempt.CardId];
            switch (one.Attempt.State)
            {
                case AttemptState.Declined or AttemptState.ActionRequired:
                    await DeclinedAsync(db, one, card, cases, actor, now, cancellationToken);
                    break;
                case AttemptState.Succeeded or AttemptState.CapturedLate when cases.ContainsKey(one.Customer.Id) || card.HasExpired(one.Customer.Today(now)):
                    await PaidAsync(db, one, card, cases.GetValueOrDefault(one.Customer.Id), actor, now, cancellationToken);
                    break;
            }
        }
    }

    /// <summary>These tries were not made; each says why, and what is open is asked for all the same.</summary>
    public async Task NotMadeAsync(BillingDbContext db, IReadOnlyList<NotMade> refused, string actor, Instant now, CancellationToken cancellationToken)
    {
        foreach (var (invoice, customer, card, why, code) in refused)
        {
            invoice.PlanAttempt(null);
            db.Record(new TryNotMade(customer.Id, customer.Today(now), invoice.Id, card.Id, why.Code, why.Words), actor, now);
            if (await db.LiveCaseAsync(customer.Id, cancellationToken) is { } live)
            {
                if (live.IsOpen && invoice.JoinCase(live.Id)) live.Join(invoice.Due);
            }
            else if (await BeginAsync(db, invoice, customer, code, card.Id, actor, now, cancellationToken) is { } it)
            {
                db.Replan(await db.FileOfAsync(it, customer, policies, cancellationToken), actor, now);
            }
        }
    }

    private async Task DeclinedAsync(
        BillingDbContext db, UnderPayment one, Card card, Dictionary<CustomerId, DunningCase> cases, string actor, Instant now, CancellationToken cancellationToken)
    {
        var (attempt, invoice, customer) = one;
        var (today, code) = (customer.Today(now), attempt.DeclineCode ?? "authentication_required");
        var it = cases.GetValueOrDefault(customer.Id);
        var ofTheLadder = attempt.Trigger == AttemptTrigger.Automatic && it?.IsTheTry(attempt.StartedAt) == true && invoice.CaseId == it.Id;
        if (it is null && attempt.Trigger == AttemptTrigger.Automatic
            && await BeginAsync(db, invoice, customer, code, card.Id, actor, now, cancellationToken) is { } begun)
            cases[customer.Id] = it = begun;
        if (it is not { IsOpen: true }) return;

        if (invoice.JoinCase(it.Id)) it.Join(invoice.Due);
        if (invoice.OnBackupCard && attempt.Trigger == AttemptTrigger.Automatic)
        {
            it.BackupDeclined(now);
            db.Replan(await db.FileOfAsync(it, customer, policies, cancellationToken), actor, now);
            return;
        }

        var broken = it.Declined(code, card.Id, ofTheLadder, today, now);
        if (DunningPolicy.LadderOf(code) == DunningPolicy.Expired) await ExpiredAsync(db, it, card, customer, actor, now, cancellationToken);
        if (broken is not null) TellOfBrokenPromise(db, it, broken, customer, actor, now);
        db.Replan(await db.FileOfAsync(it, customer, policies, cancellationToken), actor, now);
    }

    /// <summary>Begins a case, unless the customer is gone: who left is not chased.</summary>
    private async Task<DunningCase?> BeginAsync(
        BillingDbContext db, Invoice invoice, Customer customer, string code, CardId card, string actor, Instant now, CancellationToken cancellationToken)
    {
        var theirs = await db.Subscriptions.Where(s => s.CustomerId == customer.Id).ToListAsync(cancellationToken);
        if (invoice.IsLetBe || theirs.Count > 0 && !theirs.Exists(s => s.Lifecycle is Lifecycle.Active or Lifecycle.Trialing or Lifecycle.Paused && s.PlannedEnd is null))
            return null;

        var it = DunningCase.Begin(
            new(NewId.At(now)), customer, await policies.CurrentAsync(cancellationToken), code, card, now);
        db.DunningCases.Add(it);
        db.Record(new DunningBegan(customer.Id, customer.Today(now), it.Id, it.Ladder, code), actor, now);
        if (invoice.JoinCase(it.Id)) it.Join(invoice.Due);
        return it;
    }

    private async Task ExpiredAsync(
        BillingDbContext db, DunningCase it, Card card, Customer customer, string actor, Instant now, CancellationToken cancellationToken)
    {
        var policy = await policies.OfAsync(db, it.PolicyVersion, cancellationToken);
        (await db.WatchAsync(card, customer, policy.Quiet, actor, now, cancellationToken)).Declined(customer.Today(now));
    }

    private static void TellOfBrokenPromise(BillingDbContext db, DunningCase it, PromiseBroken broken, Customer customer, string actor, Instant now)
    {
        db.Record(broken, actor, now);
        if (customer.IsExempt) return;
        db.Record(it.WroteBesides(NoticeKind.PromiseBroken, customer.Today(now)), actor, now);
        db.Plan(Notice.Plan(NewId.At(now), customer.Id, NoticeKind.PromiseBroken, it.Id.Value, it.Contacts, NoticeChannel.Mail, now, now));
    }

    private async Task PaidAsync(
        BillingDbContext db, UnderPayment one, Card card, DunningCase? it, string actor, Instant now, CancellationToken cancellationToken)
    {
        var (attempt, invoice, customer) = one;
        var today = customer.Today(now);
        var watch = await db.OpenWatchAsync(card.Id, cancellationToken);
        if (card.HasExpired(today)) card.KnowStaleDate();
        if (watch?.End(WatchEvidence.ChargedAfterDate, today) is { } healed) db.Record(healed, actor, now);
        if (it is not { IsOpen: true }) return;

        if (invoice.CaseId == it.Id) it.Received(attempt.Amount);
        var file = await db.FileOfAsync(it, customer, policies, cancellationToken);
        if (file.Open.Count > 0)
        {
            if (it.PromisedOn is null)
                file.Plan(Billing.Dunning.Dunning.CardPaysAgain(file.FactsAt(now), await DeclinedLatelyAsync(db, card, now, cancellationToken)), now);
            return;
        }

        db.Record(it.Close(CaseState.Recovered, "Everything that was open is paid.", today, RouteOf(attempt, invoice, it, watch))!, actor, now);
        if (it.Contacts > 0)
            db.Plan(Notice.Plan(NewId.At(now), customer.Id, NoticeKind.PaidThanks, it.Id.Value, 0, NoticeChannel.Mail, now, now));
    }

    private static Task<Instant?> DeclinedLatelyAsync(BillingDbContext db, Card card, Instant now, CancellationToken cancellationToken)
    {
        var since = now - Duration.FromDays(1);
        return db.PaymentAttempts
            .Where(a => a.CustomerId == card.CustomerId && a.CardId == card.Id && a.State == AttemptState.Declined && a.StartedAt > since)
            .MaxAsync(a => (Instant?)a.StartedAt, cancellationToken);
    }

    private static RecoveryRoute RouteOf(PaymentAttempt attempt, Invoice invoice, DunningCase it, CardWatch? watch) =>
        it.PromisedOn is not null && attempt.Trigger == AttemptTrigger.Automatic ? RecoveryRoute.Promise
        : invoice.OnBackupCard && attempt.Trigger == AttemptTrigger.Automatic ? RecoveryRoute.BackupCard
        : attempt.CardId != it.CardId ? RecoveryRoute.NewCard
        : attempt.Trigger == AttemptTrigger.Manual ? RecoveryRoute.PaidNow
        : watch is not null ? RecoveryRoute.CardHealed
        : it.Contacts == 0 ? RecoveryRoute.SilentRetry
        : RecoveryRoute.RetryAfterMessage;
}

/// <summary>A try that was not made.</summary>
/// <param name="Invoice">Of which invoice.</param>
/// <param name="Customer">Whose.</param>
/// <param name="Card">With which card.</param>
/// <param name="Why">Why not.</param>
/// <param name="Code">What the bank had said of the card.</param>
internal sealed record NotMade(Invoice Invoice, Customer Customer, Card Card, TryRefused Why, string Code);
