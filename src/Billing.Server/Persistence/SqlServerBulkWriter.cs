using System.Data;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Billing.Server.Persistence;

internal sealed class SqlServerBulkWriter(BillingDbContext db) : BulkWriter
{
    private SqlConnection Connection => (SqlConnection)db.Database.GetDbConnection();

    private SqlTransaction? Transaction => (SqlTransaction?)db.Database.CurrentTransaction?.GetDbTransaction();

    public override async Task InsertAsync<T>(IReadOnlyList<T> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0) return;
        var shape = TableShape<T>.Of(db);
        await CopyAsync($"[{shape.Table}]", rows, shape.Columns, SqlBulkCopyOptions.CheckConstraints, cancellationToken);
    }

    protected override async Task<int> UpdateUnchangedAsync<T>(
        IReadOnlyList<T> rows, IReadOnlyList<string> properties, CancellationToken cancellationToken)
    {
        var shape = TableShape<T>.Of(db);
        var set = shape.Named(properties);
        var match = shape.Version is null ? shape.Key : [.. shape.Key, shape.Version];

        await ExecuteAsync(MakeRoomSql(shape, [.. match, .. set]), cancellationToken);
        await CopyAsync("#changed", rows, [.. match, .. set], SqlBulkCopyOptions.Default, cancellationToken);
        var changed = await ExecuteAsync(UpdateSql(shape, set, match), cancellationToken);
        await ExecuteAsync("DROP TABLE #changed", cancellationToken);
        return changed;
    }

    /// <summary>A temporary table of these columns; the left join against nothing makes every one of them nullable.</summary>
    internal static string MakeRoomSql<T>(TableShape<T> shape, IReadOnlyList<ColumnShape<T>> columns) where T : class =>
        $"DROP TABLE IF EXISTS #changed; SELECT {string.Join(", ", columns.Select(c => $"t.[{c.Name}]"))} INTO #changed "
        + $"FROM (SELECT 1 AS one) AS n LEFT JOIN [{shape.Table}] AS t ON 1 = 0 WHERE 1 = 0";

    internal static string UpdateSql<T>(
        TableShape<T> shape, IReadOnlyList<ColumnShape<T>> set, IReadOnlyList<ColumnShape<T>> match) where T : class
    {
        var assignments = set.Select(c => $"[{c.Name}] = u.[{c.Name}]");
        if (shape.Version is { } version) assignments = assignments.Append($"[{version.Name}] = t.[{version.Name}] + 1");
        return $"UPDATE t SET {string.Join(", ", assignments)} FROM [{shape.Table}] AS t INNER JOIN #changed AS u ON "
            + string.Join(" AND ", match.Select(c => $"t.[{c.Name}] = u.[{c.Name}]"));
    }

    /// <summary>The rows as the driver copies them; dates as date-times, which every version of it takes for a <c>date</c>.</summary>
    internal static DataTable Table<T>(IReadOnlyList<T> rows, IReadOnlyList<ColumnShape<T>> columns) where T : class
    {
        var data = new DataTable();
        foreach (var column in columns)
            data.Columns.Add(column.Name, column.StoredAs == typeof(DateOnly) ? typeof(DateTime) : column.StoredAs);
        foreach (var row in rows) data.Rows.Add([.. columns.Select(c => Plain(c.Read(row)))]);
        return data;

        static object Plain(object? value) => value switch
        {
            null => DBNull.Value,
            DateOnly date => date.ToDateTime(TimeOnly.MinValue),
            _ => value,
        };
    }

    private async Task CopyAsync<T>(
        string table, IReadOnlyList<T> rows, IReadOnlyList<ColumnShape<T>> columns, SqlBulkCopyOptions options,
        CancellationToken cancellationToken) where T : class
    {
        using var data = Table(rows, columns);
        using var copy = new SqlBulkCopy(Connection, options, Transaction) { DestinationTableName = table };
        foreach (var column in columns) copy.ColumnMappings.Add(column.Name, column.Name);
        await copy.WriteToServerAsync(data, cancellationToken);
    }

    private async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = new SqlCommand(sql, Connection, Transaction);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
