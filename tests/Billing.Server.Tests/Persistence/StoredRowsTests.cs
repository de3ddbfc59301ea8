using System.Reflection;
using Billing.Customers;
using Billing.Server.Persistence;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Persistence;

/// <summary>What is stored comes back as it was, on every database and by either way of writing.</summary>
public sealed class StoredRowsTests(PostgresServer postgres)
{
    private const int Rows = 5;
    private static readonly Instant Now = Instant.FromUtc(2026, 1, 1, 0, 0);

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Every_property_of_every_entity_is_read_back_as_it_was_written(string database)
    {
        await using var house = await TestHouse.OnAsync(database, postgres, Now);
        await SaveAsync(house);

        await using var db = house.Database.Open();
        foreach (var entity in db.Model.GetEntityTypes())
        {
            var read = await ReadAsync(db, entity.ClrType);
            foreach (var written in Enumerable.Range(1, Rows).Select(n => SampleRows.Of(entity, n)).Select(row => Text(db, row)))
                Assert.Contains(written, read);
        }
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task What_may_be_missing_may_be_missing(string database)
    {
        await using var house = await TestHouse.OnAsync(database, postgres, Now);
        await using (var writing = house.Database.Open())
        {
            writing.AddRange(writing.Model.GetEntityTypes().Select(e => SampleRows.Sparse(e, 1)));
            await writing.SaveChangesAsync(TestHouse.Cancellation);
        }

        await using var db = house.Database.Open();
        foreach (var entity in db.Model.GetEntityTypes())
            Assert.Contains(Text(db, SampleRows.Sparse(entity, 1)), await ReadAsync(db, entity.ClrType));
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Rows_written_in_bulk_are_the_rows_that_SaveChanges_writes(string database)
    {
        await using var saved = await TestHouse.OnAsync(database, postgres, Now);
        await SaveAsync(saved);
        await using var copied = await TestHouse.OnAsync(database, postgres, Now);
        await CopyAsync(copied);

        await using var expected = saved.Database.Open();
        await using var actual = copied.Database.Open();
        foreach (var entity in expected.Model.GetEntityTypes())
            Assert.Equal(await ReadAsync(expected, entity.ClrType), await ReadAsync(actual, entity.ClrType));
    }

    private static async Task SaveAsync(TestHouse house)
    {
        await using var db = house.Database.Open();
        for (var number = 1; number <= Rows; number++) db.AddRange(SampleRows.OfEach(db, number));
        await db.SaveChangesAsync(TestHouse.Cancellation);
    }

    private static async Task CopyAsync(TestHouse house)
    {
        await using var db = house.Database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(TestHouse.Cancellation);
        HashSet<Type> done = [];
        while (db.Model.GetEntityTypes().FirstOrDefault(e => !done.Contains(e.ClrType)
            && e.GetForeignKeys().All(k => done.Contains(k.PrincipalEntityType.ClrType))) is { } entity)
        {
            var rows = Enumerable.Range(1, Rows).Select(n => SampleRows.Of(entity, n)).ToList();
            await (Task)Closed(CopyAsync<Customer>, entity.ClrType).Invoke(null, [db, rows])!;
            done.Add(entity.ClrType);
        }

        await transaction.CommitAsync(TestHouse.Cancellation);
        Assert.Equal(db.Model.GetEntityTypes().Count(), done.Count);
    }

    private static Task CopyAsync<T>(BillingDbContext db, List<object> rows) where T : class =>
        BulkWriter.For(db).InsertAsync(rows.Cast<T>().ToList(), TestHouse.Cancellation);

    private static Task<List<string>> ReadAsync(BillingDbContext db, Type entity) =>
        (Task<List<string>>)Closed(ReadAsync<Customer>, entity).Invoke(null, [db])!;

    private static async Task<List<string>> ReadAsync<T>(BillingDbContext db) where T : class =>
        [.. (await db.Set<T>().AsNoTracking().ToListAsync(TestHouse.Cancellation)).Select(row => Text(db, row)).Order(StringComparer.Ordinal)];

    private static MethodInfo Closed(Delegate method, Type entity) => method.Method.GetGenericMethodDefinition().MakeGenericMethod(entity);

    /// <summary>Every mapped property, to the last digit.</summary>
    private static string Text(BillingDbContext db, object row) => string.Join(" | ", db.Model.FindEntityType(row.GetType())!.GetProperties()
        .Select(p => $"{p.Name}={p.PropertyInfo!.GetValue(row) switch
        {
            null => "nothing",
            Instant instant => $"{instant.ToUnixTimeTicks()} ticks",
            byte[] bytes => Convert.ToHexString(bytes),
            var value => $"{value.GetType().Name} {value}",
        }}"));
}
