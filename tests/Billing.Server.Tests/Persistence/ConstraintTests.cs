using Billing.Cards;
using Billing.Customers;
using Billing.Dunning;
using Billing.Invoicing;
using Billing.Notices;
using Billing.Payments;
using Billing.Plans;
using Billing.Server.Persistence;
using Billing.Server.Tests.Infrastructure;
using Billing.Subscriptions;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Billing.Server.Tests.Persistence;

/// <summary>Lines that the database itself does not let anyone cross, whatever the code believes.</summary>
public sealed class ConstraintTests(PostgresServer postgres)
{
    private static readonly Instant Now = Instant.FromUtc(2026, 1, 1, 0, 0);

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public Task A_period_has_one_invoice(string database) => RefusedAsync(database,
        "ux_invoices_one_per_period", "invoices.subscription_id, invoices.period_start, invoices.kind",
        db => SampleRows.Of<Invoice>(db, 8, Like(db, 1, nameof(Invoice.SubscriptionId), nameof(Invoice.PeriodStart), nameof(Invoice.Kind),
            nameof(Invoice.ChangeNumber), nameof(Invoice.CustomerId))),
        db => SampleRows.Of<Invoice>(db, 8, Like(db, 1, nameof(Invoice.SubscriptionId), nameof(Invoice.CustomerId))));

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public Task A_number_is_given_once(string database) => RefusedAsync(database,
        "ix_invoices_number", "invoices.number",
        db => SampleRows.Of<Invoice>(db, 8, [.. Like(db, 1, nameof(Invoice.Number), nameof(Invoice.CustomerId)), (nameof(Invoice.SubscriptionId), null)]),
        db => SampleRows.Of<Invoice>(db, 8, [.. Like(db, 1, nameof(Invoice.CustomerId)), (nameof(Invoice.SubscriptionId), null)]));

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public Task An_issued_invoice_has_a_number(string database) => RefusedAsync(database,
        "ck_invoices_numbered_when_issued", "ck_invoices_numbered_when_issued",
        db => Free(db, (nameof(Invoice.Number), null), (nameof(Invoice.Status), InvoiceStatus.Open)),
        db => Free(db, (nameof(Invoice.Number), null), (nameof(Invoice.Status), InvoiceStatus.Draft)));

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public Task An_invoice_adds_up(string database) => RefusedAsync(database,
        "ck_invoices_add_up", "ck_invoices_add_up",
        db => Free(db, (nameof(Invoice.Status), InvoiceStatus.Open), (nameof(Invoice.CreditedMinor), 1L)),
        db => Free(db, (nameof(Invoice.Status), InvoiceStatus.Open)));

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public Task A_total_is_the_subtotal_less_discount(string database) => RefusedAsync(database,
        "ck_invoices_total_is_subtotal_less_discount", "ck_invoices_total_is_subtotal_less_discount",
        db => Free(db, (nameof(Invoice.SubtotalMinor), 2L)),
        db => Free(db));

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public Task A_settled_invoice_owes_nothing(string database) => RefusedAsync(database,
        "ck_invoices_settled_owe_nothing", "ck_invoices_settled_owe_nothing",
        db => Free(db, (nameof(Invoice.Status), InvoiceStatus.Paid), (nameof(Invoice.PaidMinor), 0L), (nameof(Invoice.DueMinor), long.MaxValue - 8)),
        db => Free(db, (nameof(Invoice.Status), InvoiceStatus.Open), (nameof(Invoice.PaidMinor), 0L), (nameof(Invoice.DueMinor), long.MaxValue - 8)));

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public Task An_invoice_is_never_credited_beyond_its_total(string database) => RefusedAsync(database,
        "ck_invoices_never_owe_less_than_nothing", "ck_invoices_never_owe_less_than_nothing",
        db => Free(db, (nameof(Invoice.CreditNotesMinor), long.MaxValue)),
        db => Free(db, (nameof(Invoice.CreditNotesMinor), 1L)));

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task An_invoice_has_one_live_attempt(string database)
    {
        foreach (var live in new[] { AttemptState.Started, AttemptState.ActionRequired, AttemptState.Unknown, AttemptState.Succeeded })
        {
            await RefusedAsync(database, "ux_payment_attempts_one_live_per_invoice", "payment_attempts.invoice_id",
                db => Attempt(db, live), db => Attempt(db, AttemptState.Declined));
        }

        static PaymentAttempt Attempt(BillingDbContext db, AttemptState state) => SampleRows.Of<PaymentAttempt>(db, 8,
            (nameof(PaymentAttempt.InvoiceId), InvoiceId.From(Id(db))), (nameof(PaymentAttempt.CustomerId), CustomerId.From(Id(db))),
            (nameof(PaymentAttempt.CardId), CardId.From(Id(db))), (nameof(PaymentAttempt.State), state));
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public Task A_customer_has_a_plan_once_at_a_time(string database) => RefusedAsync(database,
        "ux_subscriptions_one_live_per_plan", "subscriptions.customer_id, subscriptions.plan_id",
        db => Second(db, Lifecycle.Trialing), db => Second(db, Lifecycle.Ended));

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_customer_has_one_live_case(string database)
    {
        foreach (var live in new[] { CaseState.Open, CaseState.Parked })
        {
            await RefusedAsync(database, "ux_dunning_cases_one_live_per_customer", "dunning_cases.customer_id",
                db => Another(db, live), db => Another(db, CaseState.Left));
        }

        static DunningCase Another(BillingDbContext db, CaseState state) => SampleRows.Of<DunningCase>(db, 8,
            (nameof(DunningCase.CustomerId), CustomerId.From(Id(db))), (nameof(DunningCase.CardId), null), (nameof(DunningCase.State), state));
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public Task A_card_has_one_open_watch(string database) => RefusedAsync(database,
        "ux_card_watches_one_open_per_card", "card_watches.card_id",
        db => Watch(db, 8, WatchState.Asked), db => Watch(db, 8, WatchState.Healed));

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_subscription_has_one_live_break(string database)
    {
        foreach (var live in new[] { BreakState.Planned, BreakState.Away })
        {
            await RefusedAsync(database, "ux_breaks_one_live_per_subscription", "breaks.subscription_id",
                db => Another(db, live), db => Another(db, BreakState.Returned));
        }

        static Break Another(BillingDbContext db, BreakState state) => SampleRows.Of<Break>(db, 8,
            (nameof(Break.SubscriptionId), SubscriptionId.From(Id(db))), (nameof(Break.CustomerId), CustomerId.From(Id(db))),
            (nameof(Break.State), state));
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public Task A_step_of_a_balance_is_taken_once(string database) => RefusedAsync(database,
        "pk_balance_entries", "balance_entries.customer_id, balance_entries.sequence",
        db => SampleRows.Of<BalanceEntry>(db, 1),
        db => SampleRows.Of<BalanceEntry>(db, 1, (nameof(BalanceEntry.Sequence), 77)));

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Texts_that_differ_only_in_case_are_two(string database)
    {
        await using var house = await TestHouse.OnAsync(database, postgres, Now);
        await using var db = house.Database.Open();
        db.AddRange(SampleRows.Of<Customer>(db, 1, (nameof(Customer.ExternalId), "a")), SampleRows.Of<Customer>(db, 2, (nameof(Customer.ExternalId), "A")));
        await db.SaveChangesAsync(TestHouse.Cancellation);

        Assert.Equal(1, await db.Customers.CountAsync(c => c.ExternalId == "A", TestHouse.Cancellation));
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public Task One_price_move_goes_to_a_price_at_a_time(string database) => RefusedAsync(database,
        "ux_price_moves_one_per_price", "price_moves.to_price_id", db => Move(db, null), db => Move(db, Now));

    private static CardWatch Watch(BillingDbContext db, int number, WatchState state) => SampleRows.Of<CardWatch>(db, number,
        (nameof(CardWatch.CustomerId), CustomerId.From(Id(db))), (nameof(CardWatch.CardId), CardId.From(Id(db))), (nameof(CardWatch.State), state));

    private static PriceMove Move(BillingDbContext db, Instant? withdrawn) => SampleRows.Of<PriceMove>(db, 8,
        (nameof(PriceMove.PlanId), PlanId.From(Id(db))), (nameof(PriceMove.ToPriceId), PriceId.From(Id(db))),
        (nameof(PriceMove.WithdrawnAt), withdrawn));

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public Task Of_one_case_nothing_is_said_twice_at_a_step_and_by_a_way(string database) => RefusedAsync(database,
        "ix_notices_subject_id_kind_step_channel", "notices.subject_id, notices.kind, notices.step, notices.channel",
        db => Said(db, laterBy: 0),
        db => Said(db, laterBy: 1));

    private static Notice Said(BillingDbContext db, int laterBy)
    {
        var first = SampleRows.Of<Notice>(db, 1);
        return SampleRows.Of<Notice>(db, 8, (nameof(Notice.CustomerId), first.CustomerId), (nameof(Notice.SubjectId), first.SubjectId),
            (nameof(Notice.Kind), first.Kind), (nameof(Notice.Step), first.Step + laterBy), (nameof(Notice.Channel), first.Channel));
    }

    private static Guid Id(BillingDbContext db) => SampleRows.Of<Customer>(db, 1).Id.Value;

    private static (string, object?)[] Like(BillingDbContext db, int number, params string[] properties)
    {
        var other = SampleRows.Of<Invoice>(db, number);
        return [.. properties.Select(p => (p, typeof(Invoice).GetProperty(p)!.GetValue(other)))];
    }

    private static Invoice Free(BillingDbContext db, params (string, object?)[] given) => SampleRows.Of<Invoice>(
        db, 8, [.. Like(db, 1, nameof(Invoice.CustomerId)), (nameof(Invoice.SubscriptionId), null), .. given]);

    private static Subscription Second(BillingDbContext db, Lifecycle lifecycle) => SampleRows.Of<Subscription>(db, 8,
        (nameof(Subscription.CustomerId), CustomerId.From(Id(db))), (nameof(Subscription.PlanId), PlanId.From(Id(db))),
        (nameof(Subscription.PriceId), PriceId.From(Id(db))), (nameof(Subscription.Lifecycle), lifecycle),
        (nameof(Subscription.PlannedPlanId), null), (nameof(Subscription.PlannedPriceId), null), (nameof(Subscription.MovesToPriceId), null));

    /// <summary>Beside a first row of everything, the one is refused by that constraint and the other is taken.</summary>
    private async Task RefusedAsync(
        string database, string constraint, string toSqlite, Func<BillingDbContext, object> refused, Func<BillingDbContext, object> taken)
    {
        await using var house = await TestHouse.OnAsync(database, postgres, Now);
        await using (var first = house.Database.Open())
        {
            foreach (var row in SampleRows.OfEach(first, 1).Where(r => r is not PaymentAttempt and not CardWatch and not DunningCase and not Subscription and not PriceMove and not Break)) first.Add(row);
            first.AddRange(
                Watch(first, 1, WatchState.Quiet),
                SampleRows.Of<DunningCase>(first, 1, (nameof(DunningCase.State), CaseState.Open)),
                SampleRows.Of<Break>(first, 1, (nameof(Break.State), BreakState.Planned)),
                SampleRows.Of<PaymentAttempt>(first, 1, (nameof(PaymentAttempt.State), AttemptState.Started)),
                SampleRows.Of<Subscription>(first, 1, (nameof(Subscription.Lifecycle), Lifecycle.Active)),
                SampleRows.Of<PriceMove>(first, 1, (nameof(PriceMove.WithdrawnAt), null)));
            await first.SaveChangesAsync(TestHouse.Cancellation);
        }

        await using (var db = house.Database.Open())
        {
            db.Add(refused(db));
            var trouble = await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(TestHouse.Cancellation));
            Assert.Contains(trouble.InnerException is SqliteException ? toSqlite : constraint, Named(trouble.InnerException!), StringComparison.Ordinal);
        }

        await using var again = house.Database.Open();
        again.Add(taken(again));
        await again.SaveChangesAsync(TestHouse.Cancellation);
    }

    private static string Named(Exception trouble) => trouble switch
    {
        SqliteException { SqliteErrorCode: 19 } e => e.Message,
        PostgresException e => e.ConstraintName ?? "",
        SqlException { Number: 547 or 2601 or 2627 } e => e.Message,
        _ => $"no constraint but {trouble}",
    };
}
