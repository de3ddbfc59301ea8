using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Billing.Server.BillingRun;
using Billing.Server.Payments.Inbox;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Infrastructure;

/// <summary>
/// Every business row as a line, sorted, so that two states can be laid side by side. Left out is what tells of deliveries and
/// runs and not of business. Ids that were drawn since a beginning are hidden: they differ each time.
/// </summary>
internal static partial class BooksAsText
{
    private static readonly Type[] NoBusiness = [typeof(InboxNotice), typeof(RunRecord), typeof(RunPass), typeof(RunLease)];

    /// <summary>All lines.</summary>
    /// <param name="house">Whose.</param>
    /// <param name="known">Ids that stay as they are; all of them when left out.</param>
    public static async Task<List<string>> BooksAsTextAsync(this TestHouse house, IReadOnlySet<string>? known = null)
    {
        await using var db = house.Database.Open();
        await db.Database.OpenConnectionAsync(TestHouse.Cancellation);
        List<string> lines = [];
        foreach (var table in db.Model.GetEntityTypes().Where(e => !NoBusiness.Contains(e.ClrType)).Select(e => e.GetTableName()!))
            lines.AddRange(await LinesAsync(db, table));
        if (known is not null)
            lines = lines.ConvertAll(line => Ids().Replace(line, id => known.Contains(id.Value.ToUpperInvariant()) ? id.Value.ToUpperInvariant() : "new"));
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    /// <summary>The ids in these lines.</summary>
    public static HashSet<string> IdsIn(IEnumerable<string> lines) =>
        lines.SelectMany(line => Ids().Matches(line)).Select(id => id.Value.ToUpperInvariant()).ToHashSet(StringComparer.Ordinal);

    private static async Task<List<string>> LinesAsync(BillingDbContext db, string table)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // The table's name is the model's.
        command.CommandText = $"SELECT * FROM {table}";
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(TestHouse.Cancellation);
        List<string> lines = [];
        while (await reader.ReadAsync(TestHouse.Cancellation))
            lines.Add($"{table} {string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(i => Cell(reader, i)))}");
        return lines;
    }

    private static string Cell(DbDataReader reader, int i) =>
        $"{reader.GetName(i)}={(reader.IsDBNull(i) ? "" : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))}";

    [GeneratedRegex("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ids();
}
