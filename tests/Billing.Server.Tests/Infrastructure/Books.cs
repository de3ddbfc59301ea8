using System.Text.Json;
using Billing.Customers;
using Billing.Invoicing;
using Billing.Payments;
using Billing.Server.Http;
using Billing.Server.Payments.Gateways.Sandbox;
using Billing.Server.Persistence;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Infrastructure;

/// <summary>What must be true of the books whatever happened, with the sandbox's own book as the witness.</summary>
internal static class Books
{
    /// <summary>Periods are billed once and without a gap, numbers have no gap, money and MRR add up, nothing is taken twice.</summary>
    public static Task MustAgreeAsync(this TestHouse house) => MustAgreeAsync(house.Database, house.Gateway.Ledger);

    /// <inheritdoc cref="MustAgreeAsync(TestHouse)"/>
    public static async Task MustAgreeAsync(BillingDatabase database, SandboxLedger ledger)
    {
        await using var db = database.Open();
        var invoices = await db.Invoices.AsNoTracking().ToListAsync(TestHouse.Cancellation);
        NumbersHaveNoGap(invoices);
        await PeriodsTileAsync(db, invoices);
        await MoneyAddsUpAsync(db, invoices, ledger);
        await MrrAddsUpAsync(db);
        await LedgerBooks.MustAgreeAsync(database);
    }

    /// <summary>Every move of a balance is a fact of the history, entry by entry, and they add up to the balance.</summary>
    public static async Task BalancesAreToldAsync(this TestHouse house)
    {
        await using var db = house.Database.Open();
        await BalancesAddUpAsync(db);
    }

    /// <summary>Nothing is left under way: each attempt has its answer.</summary>
    public static async Task NothingIsLeftUnknownAsync(this TestHouse house) => Assert.Empty(await house.ReadAsync(db => db.PaymentAttempts
        .Where(a => a.State == AttemptState.Started || a.State == AttemptState.Unknown).ToListAsync(TestHouse.Cancellation)));

    private static void NumbersHaveNoGap(List<Invoice> invoices) => Assert.Equal(
        Enumerable.Range(1, invoices.Count).Select(n => NumberSeries.Format(NumberSeries.Invoices, n)),
        invoices.Select(i => i.Number).Order(StringComparer.Ordinal));

    private static async Task PeriodsTileAsync(BillingDbContext db, List<Invoice> invoices)
    {
        var bySubscription = invoices.Where(i => i.SubscriptionId is not null && i.Kind == InvoiceKind.Period).ToLookup(i => i.SubscriptionId!.Value);
        foreach (var subscription in await db.Subscriptions.AsNoTracking().ToListAsync(TestHouse.Cancellation))
        {
            // What was billed before a break or a coming back was counted from another day.
            var counts = bySubscription[subscription.Id].OrderBy(i => i.PeriodStart).ToLookup(i => i.ChangeNumber, i => (i.PeriodStart, i.PeriodEnd));
            Assert.All(
                counts.Where(c => c.Key != subscription.Restarts),
                c => Assert.All(c.Zip(c.Skip(1)), pair => Assert.True(pair.First.PeriodEnd <= pair.Second.PeriodStart)));
            if (subscription.Changes == 0)
            {
                Assert.Equal(
                    Enumerable.Range(0, subscription.NextPeriodIndex).Select(subscription.Anchor.Period)
                        .Select(p => ((LocalDate?)p.Start, (LocalDate?)p.End)),
                    counts[subscription.Restarts]);
            }
        }

        await PeriodsAndBreaksTileAsync(db, bySubscription);
    }

    /// <summary>
    /// Of who neither changed terms nor came back after an end: each period begins where the one before is used up, or on the
    /// day a break ended and its banked days were used. Nothing is left out, nothing is there twice.
    /// </summary>
    private static async Task PeriodsAndBreaksTileAsync(BillingDbContext db, ILookup<SubscriptionId, Invoice> billed)
    {
        var breaks = (await db.Breaks.AsNoTracking().OrderBy(b => b.Number).ToListAsync(TestHouse.Cancellation)).ToLookup(b => b.SubscriptionId);
        foreach (var subscription in await db.Subscriptions.AsNoTracking().ToListAsync(TestHouse.Cancellation))
        {
            Assert.True(breaks[subscription.Id].Count(b => b.IsLive) <= 1);
            if (subscription is not { Changes: 0, ReactivatedOn: null }) continue;

            var returned = new Queue<Break>(breaks[subscription.Id].Where(b => b.State == BreakState.Returned));
            var paidUntil = subscription.TrialEndsOn ?? subscription.StartedOn;
            var returns = 0;
            foreach (var invoice in billed[subscription.Id].OrderBy(i => i.Number, StringComparer.Ordinal))
            {
                for (; returns < invoice.ChangeNumber; returns++) paidUntil = Back(returned.Dequeue(), paidUntil);
                Assert.Equal(paidUntil, invoice.PeriodStart);
                paidUntil = invoice.PeriodEnd!.Value;
            }

            while (returned.TryDequeue(out var back)) paidUntil = Back(back, paidUntil);
            var away = breaks[subscription.Id].SingleOrDefault(b => b.State == BreakState.Away);
            Assert.Equal(subscription.Lifecycle == Lifecycle.Paused, away is not null);
            if (away is not null) Assert.True(away.StartsOn.PlusDays(away.BankedDays) <= paidUntil, "More days wait than were left.");
            if (subscription.Lifecycle is Lifecycle.Trialing or Lifecycle.Active) Assert.Equal(paidUntil, subscription.CurrentEnd);
        }

        static LocalDate Back(Break away, LocalDate paidUntil)
        {
            Assert.True(away.StartsOn.PlusDays(away.BankedDays) <= paidUntil, "More days waited than were left.");
            return away.EndedOn!.Value.PlusDays(away.BankedDays);
        }
    }

    private static async Task MoneyAddsUpAsync(BillingDbContext db, List<Invoice> invoices, SandboxLedger ledger)
    {
        // Captured while it was credited, and so wanted no more: it became credit, and the entry names the invoice.
        var credited = (await db.BalanceEntries.AsNoTracking().Where(e => e.Reason == BalanceReason.Overpayment)
            .ToListAsync(TestHouse.Cancellation)).ToLookup(e => e.InvoiceId);
        var captures = ledger.AllCaptures().ToLookup(c => c.InvoiceId);
        var received = (await db.ReceivedPayments.AsNoTracking().ToListAsync(TestHouse.Cancellation)).ToLookup(p => p.InvoiceId);
        var live = await db.PaymentAttempts.AsNoTracking()
            .Where(a => a.State == AttemptState.Started || a.State == AttemptState.Unknown).Select(a => a.InvoiceId)
            .ToListAsync(TestHouse.Cancellation);
        foreach (var invoice in invoices)
        {
            Assert.True(captures[invoice.Id].Count() <= 1, $"{invoice.Number} was captured more than once.");
            // What is under way may be captured already without our knowing it; nothing else may differ.
            if (!live.Contains(invoice.Id)) Assert.Equal(
                captures[invoice.Id].Sum(c => c.Amount.Minor) + received[invoice.Id].Sum(p => p.AmountMinor),
                invoice.PaidMinor + credited[invoice.Id].Sum(e => e.AmountMinor));
        }

        await RefundsAgreeAsync(db, ledger);
        await BalancesAddUpAsync(db);
    }

    /// <summary>What we hold to be sent back was, once; never more of a payment than was captured; and what is set aside is what went.</summary>
    private static async Task RefundsAgreeAsync(BillingDbContext db, SandboxLedger ledger)
    {
        var sent = ledger.AllRefunds().Where(r => r.Course != RefundCourse.Refused).ToLookup(r => r.RefundId);
        var refunds = await db.Refunds.AsNoTracking().ToListAsync(TestHouse.Cancellation);
        foreach (var refund in refunds)
        {
            Assert.True(sent[refund.Id].Count() <= 1, $"Refund {refund.Id} was sent more than once.");
            if (refund.State is RefundState.Succeeded or RefundState.Pending) Assert.Equal(refund.Amount, sent[refund.Id].Single().Amount);
        }

        var payments = await db.PaymentAttempts.AsNoTracking().Where(a => a.RefundedMinor > 0).ToListAsync(TestHouse.Cancellation);
        Assert.All(payments, p => Assert.True(p.IsCaptured && p.RefundedMinor <= p.AmountMinor));
        Assert.Equal(
            refunds.Where(r => r.State != RefundState.Failed).GroupBy(r => r.AttemptId.Value, r => r.AmountMinor)
                .Select(g => (g.Key, g.Sum())).OrderBy(g => g.Key),
            payments.Select(p => (p.Id.Value, p.RefundedMinor)).OrderBy(p => p.Value));
    }

    private static async Task BalancesAddUpAsync(BillingDbContext db)
    {
        var entries = await db.BalanceEntries.AsNoTracking().ToListAsync(TestHouse.Cancellation);
        foreach (var customer in await db.Customers.AsNoTracking().ToListAsync(TestHouse.Cancellation))
            Assert.Equal(entries.Where(e => e.CustomerId == customer.Id).Sum(e => e.AmountMinor), customer.BalanceMinor);
        await EveryMoveIsInTheHistoryAsync(db, entries);
    }

    /// <summary>Entry by entry there is a fact that says the same, and no fact without an entry.</summary>
    private static async Task EveryMoveIsInTheHistoryAsync(BillingDbContext db, List<BalanceEntry> entries)
    {
        var told = await db.History.AsNoTracking().Where(h => h.Type == nameof(BalanceMoved)).ToListAsync(TestHouse.Cancellation);
        Assert.Equal(
            entries.Select(e => (e.CustomerId, e.Sequence, e.On, e.At, e.Reason, e.AmountMinor, e.Currency.Code, e.InvoiceId, e.CreditNoteId))
                .OrderBy(e => (e.CustomerId.Value, e.Sequence)),
            told.Select(h => (Entry: h, Fact: JsonSerializer.Deserialize<Moved>(h.Data, BillingJson.Options)!))
                .Select(h => (h.Entry.CustomerId, h.Fact.Sequence, h.Entry.On, h.Entry.At, h.Fact.Reason, h.Fact.AmountMinor, h.Fact.Currency,
                    h.Fact.InvoiceId, h.Fact.CreditNoteId))
                .OrderBy(h => (h.CustomerId.Value, h.Sequence)));
    }

    private static async Task MrrAddsUpAsync(BillingDbContext db)
    {
        var movements = await db.MrrMovements.AsNoTracking().ToListAsync(TestHouse.Cancellation);
        foreach (var subscription in await db.Subscriptions.AsNoTracking().ToListAsync(TestHouse.Cancellation))
            Assert.Equal(movements.Where(m => m.SubscriptionId == subscription.Id).Sum(m => m.AmountMinor), subscription.MrrMinor);

        var days = await db.MrrDays.AsNoTracking().ToListAsync(TestHouse.Cancellation);
        Assert.Equal(
            movements.Where(m => m.TotalledBy is not null).GroupBy(m => (m.Currency.Code, m.On, m.Kind))
                .Select(g => (g.Key, Amount: g.Sum(m => m.AmountMinor), Count: g.Count())).OrderBy(g => g.Key),
            days.Select(d => (Key: (d.Currency.Code, d.On, d.Kind), Amount: d.AmountMinor, Count: d.Movements)).OrderBy(d => d.Key));
    }

    /// <summary>What a stored <see cref="BalanceMoved"/> holds besides its columns.</summary>
    private sealed record Moved(
        int Sequence, BalanceReason Reason, long AmountMinor, string Currency, InvoiceId? InvoiceId, CreditNoteId? CreditNoteId);
}
