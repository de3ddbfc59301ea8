using Billing.Server.Persistence;
using Billing.Server.Tests.Infrastructure;
using Billing.Server.Tests.Persistence.OnSqlServer;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Persistence;

/// <summary>The migrations make the database that the model describes.</summary>
public sealed class MigrationTests(PostgresServer postgres)
{
    private static readonly Instant Now = Instant.FromUtc(2026, 1, 1, 0, 0);

    private static readonly string[] PostgresSchema =
    [
        "SELECT concat_ws(' ', table_name, column_name, data_type, character_maximum_length, datetime_precision, is_nullable) AS \"Value\" "
            + "FROM information_schema.columns WHERE table_schema = 'public'",
        "SELECT indexdef AS \"Value\" FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT conname || ' ' || pg_get_constraintdef(oid) AS \"Value\" FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
    ];

    private static readonly string[] SqliteSchema = ["SELECT name || ' ' || sql AS \"Value\" FROM sqlite_master WHERE sql IS NOT NULL"];

    [Fact]
    public void The_model_has_no_change_that_a_migration_lacks()
    {
        using var sqlite = new BillingDatabase(DatabaseProvider.Sqlite, "Data Source=:memory:").Open();
        using var postgresql = new BillingDatabase(DatabaseProvider.Postgres, "Host=nowhere").Open();
        using var sqlServer = ServerlessSqlServer.Open();

        Assert.All([sqlite, postgresql, sqlServer], db => Assert.False(db.Database.HasPendingModelChanges(), db.GetType().Name));
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task The_migrations_make_an_empty_database_into_one_that_works(string database)
    {
        await using var house = await TestHouse.OnAsync(database, postgres, Now);

        await using var db = house.Database.Open();
        Assert.Empty(await db.Database.GetPendingMigrationsAsync(TestHouse.Cancellation));
        Assert.Equal(["CN 1", "INV 1"], await db.NumberSeries.OrderBy(s => s.Prefix).Select(s => $"{s.Prefix} {s.Next}").ToListAsync(TestHouse.Cancellation));
        Assert.Equal(1, await db.RunLeases.CountAsync(TestHouse.Cancellation));
    }

    [Fact]
    public async Task What_the_migrations_make_on_PostgreSQL_is_what_the_model_describes()
    {
        await using var house = await TestHouse.OnPostgresAsync(postgres, Now);

        await SameAsync(house.Database, new(DatabaseProvider.Postgres, await postgres.CreateDatabaseAsync()), PostgresSchema);
    }

    [Fact]
    public async Task What_the_migrations_make_on_SQLite_is_what_the_model_describes()
    {
        await using var house = await TestHouse.OnSqliteAsync(Now);
        var connectionString = $"Data Source={Guid.NewGuid():N};Mode=Memory;Cache=Shared";
        await using var keptOpen = new SqliteConnection(connectionString);
        await keptOpen.OpenAsync(TestHouse.Cancellation);

        await SameAsync(house.Database, new(DatabaseProvider.Sqlite, connectionString), SqliteSchema);
    }

    [Fact]
    public async Task SQLite_keeps_to_its_foreign_keys_and_lets_people_read_while_the_run_writes()
    {
        await using var house = await TestHouse.OnSqliteAsync(Now);
        await using var db = house.Database.Open();

        Assert.Equal(1, await db.Database.SqlQueryRaw<long>("SELECT foreign_keys AS \"Value\" FROM pragma_foreign_keys").SingleAsync(TestHouse.Cancellation));
        Assert.Equal("wal", await db.Database.SqlQueryRaw<string>("SELECT journal_mode AS \"Value\" FROM pragma_journal_mode").SingleAsync(TestHouse.Cancellation));
    }

    private static async Task SameAsync(BillingDatabase migrated, BillingDatabase empty, IEnumerable<string> schema)
    {
        await using var made = migrated.Open();
        await using var described = empty.Open();
        await described.Database.EnsureCreatedAsync(TestHouse.Cancellation);

        foreach (var question in schema)
        {
            var expected = await AskAsync(described, question);
            Assert.True(expected.Count > 20, question);
            Assert.Equal(expected, await AskAsync(made, question));
        }
    }

    private static async Task<List<string>> AskAsync(BillingDbContext db, string question)
    {
        var answer = await db.Database.SqlQueryRaw<string>(question).ToListAsync(TestHouse.Cancellation);
        return [.. answer.Where(line => !line.Contains("__EFMigrations", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }
}
