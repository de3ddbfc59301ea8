using Billing.Customers;
using Billing.Plans;
using Billing.Server.Persistence;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Persistence;

/// <summary>A bulk update writes only over what it has read.</summary>
public sealed class BulkUpdateTests(PostgresServer postgres)
{
    private static readonly Instant Now = Instant.FromUtc(2026, 1, 1, 0, 0);
    private static readonly string[] Renamed = [nameof(Customer.Name), nameof(Customer.Email), nameof(Customer.DefaultCardId)];

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task The_named_properties_are_written_and_the_version_moves_on(string database)
    {
        await using var house = await HouseOfCustomersAsync(database);
        var customers = await house.ReadAsync(db => db.Customers.AsNoTracking().OrderBy(c => c.ExternalId).ToListAsync(TestHouse.Cancellation));
        foreach (var customer in customers) customer.Change(Details(customer, customer == customers[0] ? null : "রহিম 👩🏽‍💻"), Now);

        // Twice on one connection, as a batch of the run does: for different columns, then for rows of another kind.
        await using (var db = house.Database.Open())
        {
            await using var transaction = await db.Database.BeginTransactionAsync(TestHouse.Cancellation);
            await BulkWriter.For(db).UpdateAsync(customers, Renamed, TestHouse.Cancellation);
            var plans = await db.Plans.AsNoTracking().ToListAsync(TestHouse.Cancellation);
            plans.ForEach(p => p.Retire(Now));
            await BulkWriter.For(db).UpdateAsync(plans, [nameof(Plan.RetiredAt)], TestHouse.Cancellation);
            await transaction.CommitAsync(TestHouse.Cancellation);
        }

        var stored = await house.ReadAsync(db => db.Customers.OrderBy(c => c.ExternalId).ToListAsync(TestHouse.Cancellation));
        Assert.Equal([null, "রহিম 👩🏽‍💻", "রহিম 👩🏽‍💻"], stored.Select(c => c.Name));
        Assert.Equal(customers.Select(c => c.Version + 1), stored.Select(c => c.Version));
        // Not named, not written: the zone was changed in memory too.
        Assert.All(stored, c => Assert.NotEqual("Asia/Dhaka", c.TimeZone));
        Assert.All(await house.ReadAsync(db => db.Plans.ToListAsync(TestHouse.Cancellation)), p => Assert.Equal(Now, p.RetiredAt));
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task One_row_changed_by_another_refuses_them_all_and_nothing_is_written(string database)
    {
        await using var house = await HouseOfCustomersAsync(database);
        var customers = await house.ReadAsync(db => db.Customers.AsNoTracking().OrderBy(c => c.ExternalId).ToListAsync(TestHouse.Cancellation));
        await using (var other = house.Database.Open())
        {
            (await other.Customers.OrderBy(c => c.ExternalId).LastAsync(TestHouse.Cancellation)).UseCard(new(Guid.NewGuid()), Now);
            await other.SaveChangesAsync(TestHouse.Cancellation);
        }

        foreach (var customer in customers) customer.Change(Details(customer, "overwritten"), Now);
        await using (var db = house.Database.Open())
        {
            await using var transaction = await db.Database.BeginTransactionAsync(TestHouse.Cancellation);
            await Assert.ThrowsAsync<DbUpdateConcurrencyException>(
                () => BulkWriter.For(db).UpdateAsync(customers, Renamed, TestHouse.Cancellation));
        }

        var stored = await house.ReadAsync(db => db.Customers.ToListAsync(TestHouse.Cancellation));
        Assert.DoesNotContain(stored, c => c.Name == "overwritten");
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_row_refused_by_a_constraint_refuses_the_whole_insert(string database)
    {
        await using var house = await HouseOfCustomersAsync(database);
        await using (var db = house.Database.Open())
        {
            await using var transaction = await db.Database.BeginTransactionAsync(TestHouse.Cancellation);
            var twins = new[] { 7, 8, 8 }.Select(n => SampleRows.Of<Customer>(db, n)).ToList();
            await Assert.ThrowsAnyAsync<Exception>(() => BulkWriter.For(db).InsertAsync(twins, TestHouse.Cancellation));
        }

        Assert.Equal(3, await house.ReadAsync(db => db.Customers.CountAsync(TestHouse.Cancellation)));
    }

    private static CustomerDetails Details(Customer customer, string? name) =>
        new(customer.ExternalId, name, "a@example.com", null, "bn", "Asia/Dhaka");

    private async Task<TestHouse> HouseOfCustomersAsync(string database)
    {
        var house = await TestHouse.OnAsync(database, postgres, Now);
        await using var db = house.Database.Open();
        for (var n = 1; n <= 3; n++) db.AddRange(SampleRows.Of<Customer>(db, n, (nameof(Customer.TimeZone), "UTC")), SampleRows.Of<Plan>(db, n, (nameof(Plan.RetiredAt), null)));
        await db.SaveChangesAsync(TestHouse.Cancellation);
        return house;
    }
}
