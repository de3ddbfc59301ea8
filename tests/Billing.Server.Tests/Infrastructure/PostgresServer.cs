using System.Collections.Concurrent;
using Billing.Server.Tests.Infrastructure;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace Billing.Server.Tests.Infrastructure;

/// <summary>
/// One PostgreSQL server for all tests of this assembly, started by the first that asks. Each asks for a database of
/// its own; a clone of a template that is migrated once costs some 20 ms.
/// </summary>
/// <example>
/// <code>
/// public sealed class InvoiceStoreTests(PostgresServer postgres)
/// {
///     [Fact]
///     public async Task A_stored_invoice_is_read_back()
///     {
///         await postgres.EnsureTemplateAsync("billing", MigrateAsync);
///         var connectionString = await postgres.CreateDatabaseAsync("billing");
///     }
/// }
/// </code>
/// </example>
/// <remarks>Ask from a test or its <c>InitializeAsync</c>: where PostgreSQL is missing, that gets skipped.</remarks>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly Lazy<string?> _programs = new(PostgresProcess.FindPrograms);
    private readonly Lazy<Task<PostgresProcess>> _process;
    private readonly ConcurrentDictionary<string, Lazy<Task>> _templates = new();
    private int _databases;

    public PostgresServer() => _process = new(() => PostgresProcess.StartAsync(_programs.Value!));

    /// <summary>A new database: empty, or a copy of <paramref name="template"/>.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync(string? template = null)
    {
        var server = await RunningAsync();
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync(server, $"""CREATE DATABASE "{name}" TEMPLATE "{template ?? "template0"}" """);
        return server.ConnectionString(name);
    }

    /// <summary>Makes the template <paramref name="name"/> once, however many tests ask at the same time.</summary>
    /// <param name="name">What <see cref="CreateDatabaseAsync"/> is then asked for.</param>
    /// <param name="migrate">Fills the database behind the connection string it is given.</param>
    public async Task EnsureTemplateAsync(string name, Func<string, Task> migrate)
    {
        var server = await RunningAsync();
        await _templates.GetOrAdd(name, _ => new(() => MakeTemplateAsync(server, name, migrate))).Value;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.IsValueCreated || !_process.Value.IsCompletedSuccessfully) return;

        NpgsqlConnection.ClearAllPools();
        await (await _process.Value).DisposeAsync();
    }

    private Task<PostgresProcess> RunningAsync()
    {
        if (_programs.Value is null)
            Requirement.Missing("PostgreSQL is not installed: no postgres on the PATH or in /usr/lib/postgresql.");
        return _process.Value;
    }

    // PostgreSQL copies only what nobody is connected to, hence no pool here and no connections afterwards.
    private static async Task MakeTemplateAsync(PostgresProcess server, string name, Func<string, Task> migrate)
    {
        await ExecuteAsync(server, $"""CREATE DATABASE "{name}" TEMPLATE template0""");
        await migrate(server.ConnectionString(name, pooling: false));
        await ExecuteAsync(server, $"""ALTER DATABASE "{name}" ALLOW_CONNECTIONS false""");
    }

    private static async Task ExecuteAsync(PostgresProcess server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
