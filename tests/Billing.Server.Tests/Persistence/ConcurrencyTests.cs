using System.Collections.Concurrent;
using Billing.Customers;
using Billing.History;
using Billing.Invoicing;
using Billing.Server.BillingRun;
using Billing.Server.Invoicing;
using Billing.Server.Persistence;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Persistence;

/// <summary>Many at once, and each thing still happens once.</summary>
public sealed class ConcurrencyTests(PostgresServer postgres)
{
    private static readonly Instant Now = Instant.FromUtc(2026, 1, 1, 0, 0);

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Numbers_have_no_gap_and_no_twin_though_a_third_of_those_who_took_them_gave_up(string database)
    {
        await using var house = await TestHouse.OnAsync(database, postgres, Now);
        var kept = new ConcurrentBag<string>();

        await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(async () =>
        {
            await using var db = house.Database.Open();
            await using var transaction = await db.Database.BeginTransactionAsync(TestHouse.Cancellation);
            var numbers = await InvoiceNumbers.TakeAsync(db, NumberSeries.Invoices, 1 + (i % 4), TestHouse.Cancellation);
            if (i % 3 == 0) return;

            await transaction.CommitAsync(TestHouse.Cancellation);
            foreach (var number in numbers) kept.Add(number);
        }, TestHouse.Cancellation)));

        Assert.Equal(Enumerable.Range(1, kept.Count).Select(n => NumberSeries.Format("INV", n)), kept.Order(StringComparer.Ordinal));
        Assert.Equal(kept.Count + 1, await house.ReadAsync(db => db.NumberSeries.Where(s => s.Prefix == "INV").Select(s => s.Next).SingleAsync(TestHouse.Cancellation)));
        Assert.True(kept.Count > 90, $"{kept.Count} numbers");
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Of_two_who_change_the_same_version_of_anything_the_second_is_refused(string database)
    {
        await using var house = await TestHouse.OnAsync(database, postgres, Now);
        await using var writing = house.Database.Open();
        writing.AddRange(SampleRows.OfEach(writing, 1));
        await writing.SaveChangesAsync(TestHouse.Cancellation);
        var aggregates = writing.Model.GetEntityTypes().Where(e => typeof(IVersioned).IsAssignableFrom(e.ClrType)).ToList();

        foreach (var aggregate in aggregates)
        {
            await using var first = house.Database.Open();
            await using var second = house.Database.Open();
            Touch(first);
            Touch(second);

            await first.SaveChangesAsync(TestHouse.Cancellation);
            await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => second.SaveChangesAsync(TestHouse.Cancellation));

            void Touch(BillingDbContext db) => db.Attach(SampleRows.Of(aggregate, 1)).Properties
                .First(p => !p.Metadata.IsPrimaryKey() && !p.Metadata.IsConcurrencyToken).IsModified = true;
        }

        Assert.True(aggregates.Count >= 5, $"{aggregates.Count} aggregates");
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Two_who_invoice_the_same_period_at_the_same_instant_make_one_invoice(string database)
    {
        // On SQLite whoever comes second sleeps 150 ms before it asks again; there one writer at a time is all there is.
        var rounds = database == Databases.Sqlite ? 20 : 200;
        await using var house = await TestHouse.OnAsync(database, postgres, Now);
        await using (var db = house.Database.Open())
        {
            db.AddRange(SampleRows.OfEach(db, 1).Where(r => r is not Invoice && !LeadsToAnInvoice(db.Model.FindEntityType(r.GetType())!)));
            await db.SaveChangesAsync(TestHouse.Cancellation);
        }

        using var barrier = new Barrier(2);
        var made = await Task.WhenAll(Enumerable.Range(0, 2).Select(worker => Task.Factory.StartNew(
            () => Enumerable.Range(1, rounds).Count(round => TryInvoice(house, barrier, worker, round)),
            TestHouse.Cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        Assert.Equal(rounds, made.Sum());
        Assert.Equal(rounds, await house.ReadAsync(db => db.Invoices.CountAsync(TestHouse.Cancellation)));
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Fifty_who_spend_the_same_credit_spend_it_once(string database)
    {
        await using var house = await TestHouse.OnAsync(database, postgres, Now);
        var customer = CustomerId.From((await house.AddCustomerAsync()).Id);
        await MoveAsync(house, customer, 1000);

        var spent = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => MoveAsync(house, customer, -1000), TestHouse.Cancellation)));

        Assert.Equal(1, spent.Count(s => s));
        Assert.Equal(0, await house.ReadAsync(db => db.Customers.Select(c => c.BalanceMinor).SingleAsync(TestHouse.Cancellation)));
        Assert.Equal(0, await house.ReadAsync(db => db.BalanceEntries.SumAsync(e => e.AmountMinor, TestHouse.Cancellation)));
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_lease_is_one_runs_until_it_is_silent_too_long_and_then_it_is_lost(string database)
    {
        await using var house = await TestHouse.OnAsync(database, postgres, Now);
        var leases = house.Get<RunLeases>();
        Guid first = Guid.NewGuid(), second = Guid.NewGuid();
        Assert.True(await leases.TakeAsync(first, TestHouse.Cancellation));
        Assert.False(await leases.TakeAsync(second, TestHouse.Cancellation));

        house.Clock.Now += RunLease.Time - Duration.FromSeconds(1);
        Assert.True(await leases.KeepAsync(first, TestHouse.Cancellation));
        house.Clock.Now += Duration.FromSeconds(30);
        Assert.False(await leases.TakeAsync(second, TestHouse.Cancellation));

        house.Clock.Now += RunLease.Time;
        Assert.True(await leases.TakeAsync(second, TestHouse.Cancellation));
        house.Clock.Now += Duration.FromSeconds(30);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leases.KeepAsync(first, TestHouse.Cancellation));
    }

    private static async Task<bool> MoveAsync(TestHouse house, CustomerId id, long minor)
    {
        await using var db = house.Database.Open();
        var customer = await db.Customers.SingleAsync(c => c.Id == id, TestHouse.Cancellation);
        if (customer.BalanceMinor + minor < 0) return false;

        db.BalanceEntries.Add(customer.MoveBalance(new(minor, customer.Currency), BalanceReason.Granted, Now));
        try
        {
            await db.SaveChangesAsync(TestHouse.Cancellation);
            return true;
        }
        catch (DbUpdateException)
        {
            return false;
        }
    }

    private static bool LeadsToAnInvoice(Microsoft.EntityFrameworkCore.Metadata.IEntityType type) => type.GetForeignKeys()
        .Any(k => k.PrincipalEntityType.ClrType == typeof(Invoice) || k.PrincipalEntityType != type && LeadsToAnInvoice(k.PrincipalEntityType));

    private static bool TryInvoice(TestHouse house, Barrier barrier, int worker, int round)
    {
        using var db = house.Database.Open();
        var number = (round * 2) + worker + 10;
        var first = SampleRows.Of<Customer>(db, 1).Id;
        db.Add(SampleRows.Of<Invoice>(db, number, (nameof(Invoice.CustomerId), first), (nameof(Invoice.Kind), InvoiceKind.Period),
            (nameof(Invoice.ChangeNumber), 0),
            (nameof(Invoice.SubscriptionId), SubscriptionId.From(first.Value)), (nameof(Invoice.PeriodStart), new LocalDate(2026, 1, 1).PlusDays(round))));
        barrier.SignalAndWait(TestHouse.Cancellation);
        try
        {
            db.SaveChanges();
            return true;
        }
        catch (DbUpdateException)
        {
            return false;
        }
    }
}
