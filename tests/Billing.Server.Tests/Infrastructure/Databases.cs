using Billing.Server.Persistence;
using Microsoft.Data.SqlClient;

namespace Billing.Server.Tests.Infrastructure;

/// <summary>The databases a test runs on: <c>[Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]</c>.</summary>
/// <remarks>
/// SQL Server is among them when <c>BILLING_TEST_SQLSERVER</c> holds the connection string of a server on which
/// databases may be made; each test makes one and drops it.
/// </remarks>
public static class Databases
{
    public const string Sqlite = "sqlite";

    public const string Postgres = "postgres";

    public const string SqlServer = "sqlserver";

    private const string Variable = "BILLING_TEST_SQLSERVER";

    /// <summary>SQLite, PostgreSQL and, where there is one, SQL Server.</summary>
    public static TheoryData<string> All => SqlServerAddress is null ? [Sqlite, Postgres] : [Sqlite, Postgres, SqlServer];

    internal static string? SqlServerAddress =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } address ? address : null;

    /// <summary>The connection string of a SQL Server database that does not exist yet.</summary>
    internal static string NewSqlServerDatabase()
    {
        if (SqlServerAddress is null) Assert.Skip($"{Variable} names no server: the SQL Server rows of every theory are left out.");
        return new SqlConnectionStringBuilder(SqlServerAddress) { InitialCatalog = $"billing_test_{Guid.NewGuid():N}" }.ConnectionString;
    }

    internal static async Task DropAsync(BillingDatabase database)
    {
        await using var db = database.Open();
        await db.Database.EnsureDeletedAsync(CancellationToken.None);
    }
}

/// <summary>The one test that says whether SQL Server was among the databases.</summary>
public sealed class SqlServerPresenceTests(PostgresServer postgres)
{
    [Fact]
    public async Task A_real_SQL_Server_runs_what_the_other_databases_run()
    {
        await using var house = await TestHouse.OnAsync(Databases.SqlServer, postgres, Instant.FromUtc(2026, 1, 1, 0, 0));

        Assert.Contains(Databases.SqlServer, Databases.All.Select(row => row.Data));
        Assert.Empty(await house.InvoicesAsync());
    }
}
