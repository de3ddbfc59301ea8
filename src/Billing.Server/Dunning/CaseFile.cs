using Billing.Cards;
using Billing.Customers;
using Billing.Dunning;
using Billing.History;
using Billing.Invoicing;
using Billing.Notices;
using Billing.Payments;
using Billing.Server.Persistence;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Dunning;

/// <summary>One case and everything its next step rests on, as it stands in this transaction.</summary>
/// <param name="Case">The case.</param>
/// <param name="Customer">Whose.</param>
/// <param name="Policy">The version it began with.</param>
/// <param name="Open">What is still owed and asked for, oldest first.</param>
/// <param name="BeingPaid">Invoices whose payment is under way: nothing of them is planned anew.</param>
/// <param name="Subscriptions">The customer's.</param>
/// <param name="Watch">The watch over the card that was declined.</param>
/// <param name="FirstMessageAt">When the first message left us.</param>
internal sealed record CaseFile(
    DunningCase Case, Customer Customer, DunningPolicy Policy, IReadOnlyList<Invoice> Open, IReadOnlySet<InvoiceId> BeingPaid,
    IReadOnlyList<Subscription> Subscriptions, CardWatch? Watch, Instant? FirstMessageAt)
{
    /// <summary>Subscriptions that run and have something of theirs open.</summary>
    public IEnumerable<Subscription> ToPark => Subscriptions.Where(
        s => s.Lifecycle is Lifecycle.Active or Lifecycle.Trialing && Open.Any(i => i.SubscriptionId == s.Id));

    /// <summary>Nobody who is On the Beach is written to about money.</summary>
    private bool IsAway => !ToPark.Any() && Subscriptions.Any(s => s.Lifecycle == Lifecycle.Paused);

    public DunningFacts FactsAt(Instant now) => new(
        Case, Policy, Customer.Zone, Customer.DefaultCardId is not null,
        Customer.BackupCardId is { } backup && backup != Case.CardId, ToPark.Any(), Customer.IsExempt || IsAway,
        Open.Select(i => i.AutomaticAttempts).DefaultIfEmpty().Min(), Watch?.QuietUntil, FirstMessageAt, now);

    /// <summary>Decides anew what is next, and plans the tries of what is open accordingly.</summary>
    public IReadOnlyList<Fact> Replan(Instant now) => Plan(Billing.Dunning.Dunning.Next(FactsAt(now)), now);

    /// <summary>Plans this step. The first charge of an invoice goes ahead at its own time.</summary>
    /// <returns>For the history: that a second card will be tried.</returns>
    public IReadOnlyList<Fact> Plan(DunningAct act, Instant now)
    {
        List<Fact> facts = [];
        Case.Plan(act);
        if (!Case.IsOpen) return facts;
        foreach (var invoice in Open.Where(i => !BeingPaid.Contains(i.Id) && !IsFirstCharge(i)))
        {
            // What is left of an older case is asked for with the rest, and its try is the ladder's.
            if (invoice.JoinCase(Case.Id)) Case.Join(invoice.Due);
            var may = Case.PromisedOn is not null || invoice.AutomaticAttempts <= Policy.MostRetries;
            // A second card that is planned already keeps its day.
            if (invoice is { OnBackupCard: true, NextAttemptAt: not null } && act.Step != DunningStep.Retry) continue;
            if (act.OnBackup && invoice.PlanBackup(Customer, Case.CardId ?? default, now) is { } planned) facts.Add(planned);
            if (!act.OnBackup) invoice.LeaveBackup();
            invoice.PlanAttempt(act.Step == DunningStep.Retry && may ? act.At : null);
        }

        return facts;
    }

    private static bool IsFirstCharge(Invoice invoice) => invoice is { AutomaticAttempts: 0, NextAttemptAt: not null, CaseId: null };
}

internal static class CaseFiles
{
    /// <summary>Decides anew what is next and writes it down.</summary>
    public static void Replan(this BillingDbContext db, CaseFile file, string actor, Instant now)
    {
        foreach (var fact in file.Replan(now)) db.Record(fact, actor, now);
    }

    /// <summary>The customer's case that goes on, to be changed.</summary>
    public static async Task<DunningCase?> LiveCaseAsync(this BillingDbContext db, CustomerId customer, CancellationToken cancellationToken)
    {
        var found = db.Held<DunningCase>().FirstOrDefault(c => c.CustomerId == customer && c.IsLive)
            ?? await db.DunningCases.SingleOrDefaultAsync(
                c => c.CustomerId == customer && (c.State == CaseState.Open || c.State == CaseState.Parked), cancellationToken);
        // Closed in this very transaction.
        return found is { IsLive: true } ? found : null;
    }

    /// <summary>The watch over a card that goes on, to be changed.</summary>
    public static async Task<CardWatch?> OpenWatchAsync(this BillingDbContext db, CardId? card, CancellationToken cancellationToken)
    {
        if (card is not { } id) return null;
        var found = db.Held<CardWatch>().FirstOrDefault(w => w.CardId == id && w.IsOpen)
            ?? await db.CardWatches.SingleOrDefaultAsync(
                w => w.CardId == id && (w.State == WatchState.Quiet || w.State == WatchState.Asked), cancellationToken);
        return found is { IsOpen: true } ? found : null;
    }

    /// <summary>What is open of a customer and asked for; as it is in memory where it was changed already.</summary>
    public static async Task<List<Invoice>> OwedAsync(this BillingDbContext db, CustomerId customer, CancellationToken cancellationToken) =>
        [.. (await db.Invoices.Where(i => i.CustomerId == customer && i.Status == InvoiceStatus.Open).OrderBy(i => i.Id).ToListAsync(cancellationToken))
            .Where(i => i is { Status: InvoiceStatus.Open, DueMinor: > 0, IsLetBe: false })];

    /// <summary>Loads the file of a case.</summary>
    public static async Task<CaseFile> FileOfAsync(
        this BillingDbContext db, DunningCase it, Customer customer, DunningPolicies policies, CancellationToken cancellationToken) =>
        await db.FileOfAsync(it, customer, await policies.OfAsync(db, it.PolicyVersion, cancellationToken), cancellationToken);

    /// <summary>What the customer's case will do, for the outlook; nothing without one.</summary>
    public static async Task<DunningFacts?> DunningFactsAsync(
        this BillingDbContext db, Customer customer, Instant now, CancellationToken cancellationToken)
    {
        if (await db.LiveCaseAsync(customer.Id, cancellationToken) is not { } it) return null;
        if (await db.Disputes.AnyAsync(d => d.CustomerId == customer.Id && d.Holds, cancellationToken)) return null;
        var policy = await DunningPolicies.ReadAsync(db, it.PolicyVersion, cancellationToken);
        return (await db.FileOfAsync(it, customer, policy, cancellationToken)).FactsAt(now);
    }

    private static async Task<CaseFile> FileOfAsync(
        this BillingDbContext db, DunningCase it, Customer customer, DunningPolicy policy, CancellationToken cancellationToken)
    {
        var open = await db.OwedAsync(customer.Id, cancellationToken);
        var ids = open.ConvertAll(i => i.Id);
        var attempts = await db.PaymentAttempts
            .Where(a => ids.Contains(a.InvoiceId) && a.State != AttemptState.Declined && a.State != AttemptState.Failed).ToListAsync(cancellationToken);
        var subscriptions = await db.Subscriptions.Where(s => s.CustomerId == customer.Id).ToListAsync(cancellationToken);
        var told = await db.Notices
            .Where(n => n.SubjectId == it.Id.Value && (n.State == NoticeState.Sent || n.State == NoticeState.GivenUp))
            .MinAsync(n => n.DoneAt, cancellationToken);
        return new(
            it, customer, policy, open,
            attempts.Where(a => a.State is AttemptState.Started or AttemptState.Unknown or AttemptState.ActionRequired).Select(a => a.InvoiceId).ToHashSet(),
            subscriptions, await db.OpenWatchAsync(it.CardId, cancellationToken), told);
    }
}
