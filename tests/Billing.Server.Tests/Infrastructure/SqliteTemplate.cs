using Billing.Server.Persistence;
using Microsoft.Data.Sqlite;

namespace Billing.Server.Tests.Infrastructure;

/// <summary>A SQLite file with today's schema and nothing in it, made once and copied for each house: its schema takes longer than most tests.</summary>
internal static class SqliteTemplate
{
    private static readonly Lazy<Task<byte[]>> Schema = new(MakeAsync);

    /// <summary>Puts a new file with the schema there.</summary>
    public static async Task CopyToAsync(string path) => await File.WriteAllBytesAsync(path, await Schema.Value, CancellationToken.None);

    private static async Task<byte[]> MakeAsync()
    {
        var folder = Directory.CreateTempSubdirectory("billing-schema-").FullName;
        var path = Path.Combine(folder, "billing.db");
        await new BillingDatabase(DatabaseProvider.Sqlite, $"Data Source={path};Pooling=False").MigrateAsync(CancellationToken.None);
        await using (var file = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            await file.OpenAsync();
            await using var whole = file.CreateCommand();
            whole.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            await whole.ExecuteNonQueryAsync();
        }

        var schema = await File.ReadAllBytesAsync(path);
        Directory.Delete(folder, recursive: true);
        return schema;
    }
}
