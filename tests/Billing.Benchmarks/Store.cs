using System.Data.Common;
using Billing.Server.Persistence;
using Billing.Server.Tests.Infrastructure;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Billing.Benchmarks;

/// <summary>A place for databases that are copied whole, so that every round begins with the same rows.</summary>
internal abstract class Store : IAsyncDisposable
{
    public abstract string Name { get; }

    public abstract DatabaseProvider Provider { get; }

    /// <summary>Makes an empty database with this name.</summary>
    public abstract Task CreateAsync(string name);

    /// <summary>Settles a filled database, as one that has been in use for a while is: statistics, visibility, no backlog.</summary>
    public abstract Task SettleAsync(string name);

    /// <summary>Makes <paramref name="copy"/> anew, row for row and page for page.</summary>
    public abstract Task CopyAsync(string name, string copy);

    public abstract string ConnectionString(string name);

    /// <summary>A connection beside the product's own.</summary>
    public abstract Task<DbConnection> ConnectAsync(string name);

    /// <summary>What to print of the database's own making.</summary>
    public abstract Task<string> DescribeAsync();

    public abstract ValueTask DisposeAsync();

    public static async Task<Store> OpenAsync(string provider) =>
        provider == "postgres" ? await PostgresStore.StartAsync() : new SqliteStore();

    public async Task<string> AskAsync(string name, string sql)
    {
        await using var connection = await ConnectAsync(name);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        return $"{await command.ExecuteScalarAsync()}";
    }
}

/// <summary>A server of its own that writes as carefully as a real one: nothing that makes a crash safe is switched off.</summary>
internal sealed class PostgresStore : Store
{
    private static readonly string[] Settings =
    [
        "fsync=on", "synchronous_commit=on", "full_page_writes=on", "autovacuum=on", "shared_buffers=1GB", "max_wal_size=4GB",
    ];

    private readonly PostgresProcess server;

    private PostgresStore(PostgresProcess server) => this.server = server;

    public override string Name => "PostgreSQL";

    public override DatabaseProvider Provider => DatabaseProvider.Postgres;

    public static async Task<Store> StartAsync() => new PostgresStore(await PostgresProcess.StartAsync(
        PostgresProcess.FindPrograms() ?? throw new InvalidOperationException("PostgreSQL is not installed."), Settings));

    public override async Task CreateAsync(string name) => await AskAsync("postgres", $"CREATE DATABASE {name} TEMPLATE template0");

    public override async Task SettleAsync(string name)
    {
        await AskAsync(name, "VACUUM (ANALYZE)");
        NpgsqlConnection.ClearAllPools();
    }

    public override async Task CopyAsync(string name, string copy)
    {
        NpgsqlConnection.ClearAllPools();
        await AskAsync("postgres", $"DROP DATABASE IF EXISTS {copy} WITH (FORCE)");
        await AskAsync("postgres", $"CREATE DATABASE {copy} TEMPLATE {name} STRATEGY file_copy");
        await AskAsync("postgres", "CHECKPOINT");
    }

    public override string ConnectionString(string name) => server.ConnectionString(name);

    public override async Task<DbConnection> ConnectAsync(string name)
    {
        var connection = new NpgsqlConnection(server.ConnectionString(name, pooling: false));
        await connection.OpenAsync();
        return connection;
    }

    public override async Task<string> DescribeAsync() =>
        $"PostgreSQL {await AskAsync("postgres", "SHOW server_version")}; {string.Join(", ", Settings)}";

    public override async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await server.DisposeAsync();
    }
}

/// <summary>Files in a folder of its own.</summary>
internal sealed class SqliteStore : Store
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("billing-benchmark-");

    public override string Name => "SQLite";

    public override DatabaseProvider Provider => DatabaseProvider.Sqlite;

    public override Task CreateAsync(string name) => Task.CompletedTask;

    public override async Task SettleAsync(string name)
    {
        await AskAsync(name, "ANALYZE");
        await AskAsync(name, "PRAGMA wal_checkpoint(TRUNCATE)");
        SqliteConnection.ClearAllPools();
    }

    public override Task CopyAsync(string name, string copy)
    {
        SqliteConnection.ClearAllPools();
        foreach (var rest in new[] { "-wal", "-shm" }) File.Delete(PathOf(copy) + rest);
        File.Copy(PathOf(name), PathOf(copy), overwrite: true);
        return Task.CompletedTask;
    }

    public override string ConnectionString(string name) => $"Data Source={PathOf(name)}";

    public override async Task<DbConnection> ConnectAsync(string name)
    {
        var connection = new SqliteConnection($"{ConnectionString(name)};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    public override async Task<string> DescribeAsync() =>
        $"SQLite {await AskAsync("version", "SELECT sqlite_version()")}; journal_mode=wal, synchronous=full";

    public override ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private string PathOf(string name) => Path.Combine(folder.FullName, $"{name}.db");
}
