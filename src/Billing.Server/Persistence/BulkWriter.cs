using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Persistence;

/// <summary>
/// Set-based writes for the billing run, inside the context's current transaction. One way per database: binary copy and
/// arrays on PostgreSQL, bulk copy and a joined update on SQL Server, prepared statements on SQLite.
/// </summary>
internal abstract class BulkWriter
{
    /// <summary>The writer for the database this context is on.</summary>
    public static BulkWriter For(BillingDbContext db) => db switch
    {
        PostgresBillingDbContext => new PostgresBulkWriter(db),
        SqlServerBillingDbContext => new SqlServerBulkWriter(db),
        _ => new SqliteBulkWriter(db),
    };

    /// <summary>Inserts rows; a broken constraint fails them all.</summary>
    public abstract Task InsertAsync<T>(IReadOnlyList<T> rows, CancellationToken cancellationToken) where T : class;

    /// <summary>
    /// Writes the named properties of rows that nobody changed since they were read, and moves their version on.
    /// </summary>
    /// <exception cref="DbUpdateConcurrencyException">Some row was changed by another; the transaction must be rolled back.</exception>
    public async Task UpdateAsync<T>(
        IReadOnlyList<T> rows, IReadOnlyList<string> properties, CancellationToken cancellationToken) where T : class
    {
        if (rows.Count == 0) return;
        var changed = await UpdateUnchangedAsync(rows, properties, cancellationToken);
        if (changed != rows.Count)
            throw new DbUpdateConcurrencyException($"{rows.Count - changed} of {rows.Count} rows of {typeof(T).Name} were changed by another.");
    }

    protected abstract Task<int> UpdateUnchangedAsync<T>(
        IReadOnlyList<T> rows, IReadOnlyList<string> properties, CancellationToken cancellationToken) where T : class;
}
