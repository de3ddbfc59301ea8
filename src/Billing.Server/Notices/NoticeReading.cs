using Billing.Cards;
using Billing.Customers;
using Billing.History;
using Billing.Invoicing;
using Billing.Notices;
using Billing.Payments;
using Billing.Server.Customers;
using Billing.Server.Dunning;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Notices;

/// <summary>Reads what a batch of notices speaks of, as it stands now: a handful of queries, however many notices there are.</summary>
internal sealed class NoticeReading(IPaymentGateway gateway)
{
    public async Task<NoticeBatch> ReadAsync(BillingDbContext db, IReadOnlyList<Guid> ids, Instant due, Instant now, CancellationToken stop)
    {
        var notices = await db.Notices.AsNoTracking().Where(n => ids.Contains(n.Id) && n.DueAt <= due).ToListAsync(stop);
        var customerIds = notices.Select(n => n.CustomerId).Distinct().ToList();
        var customers = await db.Customers.AsNoTracking().Where(c => customerIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, stop);
        var preferences = await db.NoticePreferences.AsNoTracking().Where(p => customerIds.Contains(p.CustomerId))
            .ToDictionaryAsync(p => p.CustomerId, stop);
        var since = now - Duration.FromDays(NoticePolicy.BudgetDays);
        var sent = (await db.Notices.Where(n => customerIds.Contains(n.CustomerId))
            .Where(n => (n.State == NoticeState.Sent && n.DoneAt > since) || n.State == NoticeState.Written)
            .Select(n => new { n.CustomerId, n.DoneAt }).ToListAsync(stop)).ToLookup(n => n.CustomerId, n => n.DoneAt ?? now);

        var subjects = notices.ConvertAll(n => n.SubjectId);
        var facts = (await db.History.AsNoTracking().Where(h => subjects.Contains(h.Id)).ToListAsync(stop)).ToDictionary(h => h.Id, h => h.Read());
        var known = await KnownAsync(db, [.. facts.Values], [.. customers.Values], stop);

        var open = await OpenAsync(db, notices, stop);
        var told = await ToldAsync(db, notices, stop);
        var ahead = await AheadAsync(db, notices, customers, now, stop);
        var cases = await CaseSaying.ReadAsync(db, notices, customers, now, stop);
        return new(
            [.. notices.Select(notice => known.Fill(
                new NoticeFacts(notice, customers[notice.CustomerId], now)
                {
                    Fact = facts.GetValueOrDefault(notice.SubjectId),
                    Preferences = preferences.GetValueOrDefault(notice.CustomerId),
                    Open = [.. open[notice.CustomerId]],
                    WasTold = told.Contains(notice.CustomerId),
                    Ahead = ahead.GetValueOrDefault(notice.CustomerId, []),
                    CaseIsOpen = cases.GetValueOrDefault(notice.Id)?.IsTrue ?? true,
                    AccessUntil = cases.GetValueOrDefault(notice.Id)?.AccessUntil,
                    Recovered = cases.GetValueOrDefault(notice.Id)?.Recovered,
                }))],
            customerIds.ToDictionary(id => id, id => sent[id].ToList()));
    }

    private static async Task<ILookup<CustomerId, Invoice>> OpenAsync(BillingDbContext db, List<Notice> notices, CancellationToken stop)
    {
        var asked = notices.Where(n => n.Kind.Weight() == NoticeWeight.Asking || n.Kind is NoticeKind.LastCall or NoticeKind.Parked)
            .Select(n => n.CustomerId).Distinct().ToList();
        List<Invoice> open = asked.Count == 0 ? [] : await db.Invoices.AsNoTracking()
            .Where(i => asked.Contains(i.CustomerId) && i.Status == InvoiceStatus.Open && i.DueMinor > 0).ToListAsync(stop);
        return open.ToLookup(i => i.CustomerId);
    }

    private static async Task<HashSet<CustomerId>> ToldAsync(BillingDbContext db, List<Notice> notices, CancellationToken stop)
    {
        var asked = notices.Where(n => n.Kind == NoticeKind.PriceMoveOff).Select(n => n.CustomerId).Distinct().ToList();
        return asked.Count == 0 ? [] : await db.Notices
            .Where(n => asked.Contains(n.CustomerId) && n.Kind == NoticeKind.PriceMoveAhead && n.State == NoticeState.Sent)
            .Select(n => n.CustomerId).ToHashSetAsync(stop);
    }

    /// <summary>What lies ahead is the outlook's business, and nobody else's: so the mail says what the page says.</summary>
    private async Task<Dictionary<CustomerId, IReadOnlyList<OutlookEntry>>> AheadAsync(
        BillingDbContext db, List<Notice> notices, Dictionary<CustomerId, Customer> customers, Instant now, CancellationToken stop)
    {
        Dictionary<CustomerId, IReadOnlyList<OutlookEntry>> ahead = [];
        foreach (var id in notices.Where(n => n.Kind is NoticeKind.TrialEnding or NoticeKind.RenewalAhead).Select(n => n.CustomerId).Distinct())
        {
            var facts = await db.OutlookFactsAsync(customers[id], gateway, now, stop);
            ahead[id] = Outlook.Of(facts, now + Duration.FromDays(Outlook.Days * 2));
        }

        return ahead;
    }

    private static async Task<Known> KnownAsync(BillingDbContext db, IReadOnlyList<Fact> facts, IReadOnlyList<Customer> customers, CancellationToken stop)
    {
        var attemptIds = facts.OfType<PaymentSucceeded>().Select(f => f.AttemptId).ToList();
        var attempts = attemptIds.Count == 0 ? [] : await db.PaymentAttempts.AsNoTracking().Where(a => attemptIds.Contains(a.Id)).ToDictionaryAsync(a => a.Id, stop);
        var invoiceIds = facts.Select(Subjects.InvoiceOf).OfType<InvoiceId>().Distinct().ToList();
        var invoices = invoiceIds.Count == 0 ? [] : await db.Invoices.AsNoTracking().Include(i => i.Lines).Where(i => invoiceIds.Contains(i.Id)).ToDictionaryAsync(i => i.Id, stop);
        var breakIds = facts.Select(Subjects.BreakOf).OfType<BreakId>().Distinct().ToList();
        var breaks = breakIds.Count == 0 ? [] : await db.Breaks.AsNoTracking().Where(b => breakIds.Contains(b.Id)).ToDictionaryAsync(b => b.Id, stop);
        var subscriptionIds = facts.Select(Subjects.SubscriptionOf).OfType<SubscriptionId>().Concat(invoices.Values.Select(i => i.SubscriptionId).OfType<SubscriptionId>())
            .Distinct().ToList();
        var subscriptions = await db.Subscriptions.AsNoTracking().Where(s => subscriptionIds.Contains(s.Id)).ToDictionaryAsync(s => s.Id, stop);
        var planIds = subscriptions.Values.Select(s => s.PlanId).Distinct().ToList();
        var plans = await db.Plans.Where(p => planIds.Contains(p.Id)).Select(p => new { p.Id, p.Name }).ToDictionaryAsync(p => p.Id, p => p.Name, stop);
        var cardIds = attempts.Values.Select(a => a.CardId).Concat(facts.OfType<CardAdded>().Select(f => f.CardId))
            .Concat(customers.Select(c => c.DefaultCardId).OfType<CardId>()).Distinct().ToList();
        var cards = await db.Cards.AsNoTracking().Where(c => cardIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, stop);
        return new(attempts, invoices, breaks, subscriptions, plans, cards);
    }

    private sealed record Known(
        Dictionary<PaymentAttemptId, PaymentAttempt> Attempts, Dictionary<InvoiceId, Invoice> Invoices, Dictionary<BreakId, Break> Breaks,
        Dictionary<SubscriptionId, Subscription> Subscriptions, Dictionary<PlanId, string> Plans, Dictionary<CardId, Card> Cards)
    {
        public NoticeFacts Fill(NoticeFacts facts)
        {
            var attempt = facts.Fact is PaymentSucceeded paid ? Attempts.GetValueOrDefault(paid.AttemptId) : null;
            var invoice = Subjects.InvoiceOf(facts.Fact) is { } invoiceId ? Invoices.GetValueOrDefault(invoiceId) : null;
            var of = Subjects.SubscriptionOf(facts.Fact) ?? invoice?.SubscriptionId;
            var subscription = of is { } id ? Subscriptions.GetValueOrDefault(id) : null;
            var card = attempt?.CardId ?? (facts.Fact as CardAdded)?.CardId ?? facts.Customer.DefaultCardId;
            return facts with
            {
                Attempt = attempt,
                Invoice = invoice,
                Subscription = subscription,
                Plan = subscription is null ? "" : Plans[subscription.PlanId],
                Break = Subjects.BreakOf(facts.Fact) is { } away ? Breaks.GetValueOrDefault(away) : null,
                Card = card is { } wanted ? Cards.GetValueOrDefault(wanted) : null,
            };
        }
    }
}

/// <summary>Notices that are due and what is known of each; and when their customers were written to.</summary>
/// <param name="Facts">One for each.</param>
/// <param name="Sent">Grows as this batch is said.</param>
internal sealed record NoticeBatch(IReadOnlyList<NoticeFacts> Facts, Dictionary<CustomerId, List<Instant>> Sent)
{
    /// <summary>The weightiest first, so that room in the budget goes to what matters; then as they were planned.</summary>
    public IEnumerable<NoticeFacts> InOrder => Facts.OrderByDescending(f => f.Notice.Kind.Weight()).ThenBy(f => f.Notice.PlannedAt).ThenBy(f => f.Notice.Id);

    /// <summary>Whether the same act gave rise to a notice that says more.</summary>
    public bool IsSaidWith(NoticeFacts facts) => facts.Notice.Kind.Tells() is > 0 and var tells && Facts.Any(
        other => other.Notice.CustomerId == facts.Notice.CustomerId && other.Notice.PlannedAt == facts.Notice.PlannedAt && other.Notice.Kind.Tells() > tells);
}

/// <summary>What facts are about.</summary>
internal static class Subjects
{
    public static SubscriptionId? SubscriptionOf(Fact? fact) => fact switch
    {
        SubscriptionStarted f => f.SubscriptionId,
        PeriodBilled f => f.SubscriptionId,
        CancelPlanned f => f.SubscriptionId,
        CancelWithdrawn f => f.SubscriptionId,
        SubscriptionEnded f => f.SubscriptionId,
        CameBack f => f.SubscriptionId,
        PriceMoveAnnounced f => f.SubscriptionId,
        PriceMoveWithdrawn f => f.SubscriptionId,
        BreakPlanned f => f.SubscriptionId,
        WentToBeach f => f.SubscriptionId,
        BreakExtended f => f.SubscriptionId,
        ReturnAnnounced f => f.SubscriptionId,
        CameBackFromBeach f => f.SubscriptionId,
        _ => null,
    };

    public static BreakId? BreakOf(Fact? fact) => fact switch
    {
        BreakPlanned f => f.BreakId,
        WentToBeach f => f.BreakId,
        BreakExtended f => f.BreakId,
        ReturnAnnounced f => f.BreakId,
        CameBackFromBeach f => f.BreakId,
        _ => null,
    };

    public static InvoiceId? InvoiceOf(Fact? fact) => fact switch
    {
        PaymentSucceeded f => f.InvoiceId,
        InvoiceCredited f => f.InvoiceId,
        _ => null,
    };
}
