using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Billing.Server.Persistence;

internal sealed class PostgresBulkWriter(BillingDbContext db) : BulkWriter
{
    private NpgsqlConnection Connection => (NpgsqlConnection)db.Database.GetDbConnection();

    public override async Task InsertAsync<T>(IReadOnlyList<T> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0) return;
        var shape = TableShape<T>.Of(db);
        var columns = string.Join(", ", shape.Columns.Select(c => Quoted(c.Name)));

        await using var importer = await Connection.BeginBinaryImportAsync(
            $"COPY {shape.Table} ({columns}) FROM STDIN (FORMAT BINARY)", cancellationToken);
        var sink = new Sink(importer);
        foreach (var row in rows)
        {
            await importer.StartRowAsync(cancellationToken);
            foreach (var column in shape.Columns) column.WriteTo(sink, row);
        }

        await importer.CompleteAsync(cancellationToken);
    }

    protected override async Task<int> UpdateUnchangedAsync<T>(
        IReadOnlyList<T> rows, IReadOnlyList<string> properties, CancellationToken cancellationToken)
    {
        var shape = TableShape<T>.Of(db);
        var set = shape.Named(properties);
        var match = shape.Version is null ? shape.Key : [.. shape.Key, shape.Version];

        await using var command = new NpgsqlCommand(UpdateSql(shape, set, match), Connection);
        foreach (var column in match.Concat(set))
            command.Parameters.Add(new() { Value = column.ReadAll(rows), DataTypeName = column.PlainType + "[]" });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string UpdateSql<T>(
        TableShape<T> shape, IReadOnlyList<ColumnShape<T>> set, IReadOnlyList<ColumnShape<T>> match) where T : class
    {
        var all = match.Concat(set).ToList();
        var assignments = set.Select(c => $"{Quoted(c.Name)} = u.{Quoted(c.Name)}");
        if (shape.Version is { } version) assignments = assignments.Append($"{version.Name} = t.{version.Name} + 1");

        return $"""
            UPDATE {shape.Table} AS t SET {string.Join(", ", assignments)}
            FROM unnest({string.Join(", ", all.Select((_, i) => $"${i + 1}"))}) AS u({string.Join(", ", all.Select(c => Quoted(c.Name)))})
            WHERE {string.Join(" AND ", match.Select(c => $"t.{Quoted(c.Name)} = u.{Quoted(c.Name)}"))}
            """;
    }

    // `on` and the like are words of SQL; everything is lower case, so quoting changes nothing else.
    private static string Quoted(string name) => $"\"{name}\"";

    private sealed class Sink(NpgsqlBinaryImporter importer) : IColumnSink
    {
        // The importer buffers and goes to the network only when its buffer is full, so the calls stay synchronous.
#pragma warning disable CA1849, MA0042 // one await a value would cost more than the write
        public void Write<TValue>(TValue value, string plainType) => importer.Write(value, plainType);

        public void WriteNull() => importer.WriteNull();
#pragma warning restore CA1849, MA0042
    }
}
