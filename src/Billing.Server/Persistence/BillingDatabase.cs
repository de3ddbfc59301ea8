using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Billing.Server.Persistence;

/// <summary>Which database an installation runs on.</summary>
public enum DatabaseProvider
{
    /// <summary>Embedded; one process.</summary>
    Sqlite,

    /// <summary>PostgreSQL.</summary>
    Postgres,

    /// <summary>SQL Server.</summary>
    SqlServer,
}

/// <summary>Opens contexts on the installation's database. A context lives for one request or one batch.</summary>
public sealed class BillingDatabase
{
    private readonly Func<BillingDbContext> open;

    public BillingDatabase(DatabaseProvider provider, string connectionString, Action<DbContextOptionsBuilder>? configure = null)
    {
        Provider = provider;
        ConnectionString = connectionString;
        open = provider switch
        {
            DatabaseProvider.Sqlite => Opening<SqliteBillingDbContext>(o => o.UseSqlite(connectionString), o => new(o)),
            DatabaseProvider.Postgres => Opening<PostgresBillingDbContext>(o => o.UseNpgsql(connectionString), o => new(o)),
            DatabaseProvider.SqlServer => Opening<SqlServerBillingDbContext>(o => o.UseSqlServer(connectionString), o => new(o)),
        };

        Func<BillingDbContext> Opening<TContext>(
            Action<DbContextOptionsBuilder> use, Func<DbContextOptions<TContext>, TContext> create) where TContext : BillingDbContext
        {
            var builder = new DbContextOptionsBuilder<TContext>();
            use(builder);
            configure?.Invoke(builder);
            return () => create(builder.Options);
        }
    }

    /// <summary>Which database it is.</summary>
    public DatabaseProvider Provider { get; }

    /// <summary>Where it is; holds a secret, so it is never logged.</summary>
    internal string ConnectionString { get; }

    /// <summary>Opens a context of its own; whoever opens it disposes it.</summary>
    public BillingDbContext Open() => open();

    /// <summary>Brings the schema up to date.</summary>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var db = Open();
        await db.Database.MigrateAsync(cancellationToken);
    }
}

/// <summary>For the migrations tool alone: no connection is made.</summary>
internal sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteBillingDbContext>
{
    public SqliteBillingDbContext CreateDbContext(string[] args) =>
        (SqliteBillingDbContext)new BillingDatabase(DatabaseProvider.Sqlite, "Data Source=design.db").Open();
}

/// <summary>For the migrations tool alone: no connection is made.</summary>
internal sealed class PostgresDesign : IDesignTimeDbContextFactory<PostgresBillingDbContext>
{
    public PostgresBillingDbContext CreateDbContext(string[] args) =>
        (PostgresBillingDbContext)new BillingDatabase(DatabaseProvider.Postgres, "Host=design").Open();
}

/// <summary>For the migrations tool alone: no connection is made.</summary>
internal sealed class SqlServerDesign : IDesignTimeDbContextFactory<SqlServerBillingDbContext>
{
    public SqlServerBillingDbContext CreateDbContext(string[] args) =>
        (SqlServerBillingDbContext)new BillingDatabase(DatabaseProvider.SqlServer, "Server=design").Open();
}
