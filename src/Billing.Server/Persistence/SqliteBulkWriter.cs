using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Billing.Server.Persistence;

internal sealed class SqliteBulkWriter(BillingDbContext db) : BulkWriter
{
    public override Task InsertAsync<T>(IReadOnlyList<T> rows, CancellationToken cancellationToken)
    {
        var shape = TableShape<T>.Of(db);
        var columns = string.Join(", ", shape.Columns.Select(c => Quoted(c.Name)));
        var values = string.Join(", ", shape.Columns.Select((_, i) => $"@p{i}"));
        return EachAsync(rows, shape.Columns, $"INSERT INTO {shape.Table} ({columns}) VALUES ({values})", cancellationToken);
    }

    protected override Task<int> UpdateUnchangedAsync<T>(
        IReadOnlyList<T> rows, IReadOnlyList<string> properties, CancellationToken cancellationToken)
    {
        var shape = TableShape<T>.Of(db);
        var set = shape.Named(properties);
        var match = shape.Version is null ? shape.Key : [.. shape.Key, shape.Version];
        var assignments = set.Select((c, i) => $"{Quoted(c.Name)} = @p{match.Count + i}");
        if (shape.Version is { } version) assignments = assignments.Append($"{version.Name} = {version.Name} + 1");

        var sql = $"UPDATE {shape.Table} SET {string.Join(", ", assignments)} WHERE "
            + string.Join(" AND ", match.Select((c, i) => $"{Quoted(c.Name)} = @p{i}"));
        return EachAsync(rows, [.. match, .. set], sql, cancellationToken);
    }

    private static string Quoted(string name) => $"\"{name}\"";

    private async Task<int> EachAsync<T>(
        IReadOnlyList<T> rows, IReadOnlyList<ColumnShape<T>> columns, string sql, CancellationToken cancellationToken)
        where T : class
    {
        if (rows.Count == 0) return 0;
        await using var command = (SqliteCommand)db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        command.Transaction = (SqliteTransaction?)db.Database.CurrentTransaction?.GetDbTransaction();
        var parameters = new DbParameter[columns.Count];
        for (var i = 0; i < parameters.Length; i++) parameters[i] = command.Parameters.Add(new SqliteParameter($"@p{i}", null));
        await command.PrepareAsync(cancellationToken);

        var changed = 0;
        foreach (var row in rows)
        {
            for (var i = 0; i < parameters.Length; i++) parameters[i].Value = columns[i].Read(row) ?? DBNull.Value;
            changed += await command.ExecuteNonQueryAsync(cancellationToken);
        }

        return changed;
    }
}
