using Microsoft.Data.Sqlite;

namespace Billing.Server.Payments.Gateways.Sandbox;

/// <summary>The sandbox's own file. Nothing of the product reads or writes it, so it can bear witness.</summary>
/// <remarks>
/// One connection, one caller at a time. Write-ahead log with <c>synchronous = NORMAL</c>: what was committed survives
/// the death of the process at any point (only a power cut could cost the last moments). Several processes may share
/// one file; SQLite lets one write at a time.
/// </remarks>
internal sealed class SandboxStore : IDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS cards (
            token TEXT PRIMARY KEY, customer TEXT NOT NULL, test_token TEXT NOT NULL, brand TEXT NOT NULL,
            last_four TEXT NOT NULL, expiry_month INTEGER NOT NULL, expiry_year INTEGER NOT NULL,
            fingerprint TEXT NOT NULL, tries INTEGER NOT NULL, captures INTEGER NOT NULL,
            UNIQUE (customer, test_token)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS detached_cards (
            token TEXT PRIMARY KEY, customer TEXT NOT NULL, test_token TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS ailments (
            card TEXT NOT NULL, from_day TEXT NOT NULL, until_day TEXT NOT NULL, code TEXT NOT NULL,
            PRIMARY KEY (card, from_day)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS card_setups (
            reference TEXT PRIMARY KEY, customer TEXT NOT NULL, return_to TEXT NOT NULL, card TEXT) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS confirmations (
            reference TEXT PRIMARY KEY, return_to TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS payments (
            id INTEGER PRIMARY KEY, attempt TEXT NOT NULL, customer TEXT NOT NULL, invoice TEXT NOT NULL,
            card TEXT NOT NULL, amount INTEGER NOT NULL, currency TEXT NOT NULL, at INTEGER NOT NULL,
            verdict TEXT NOT NULL, code TEXT, reference TEXT NOT NULL UNIQUE);
        CREATE INDEX IF NOT EXISTS payments_attempt ON payments (attempt);
        CREATE INDEX IF NOT EXISTS payments_invoice ON payments (invoice);
        CREATE TABLE IF NOT EXISTS calls (
            id INTEGER PRIMARY KEY, attempt TEXT NOT NULL, at INTEGER NOT NULL, answer TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS calls_attempt ON calls (attempt);
        CREATE TABLE IF NOT EXISTS refunds (
            id INTEGER PRIMARY KEY, refund TEXT, payment TEXT NOT NULL, amount INTEGER NOT NULL, currency TEXT NOT NULL,
            at INTEGER NOT NULL, course TEXT NOT NULL, reference TEXT NOT NULL UNIQUE);
        CREATE INDEX IF NOT EXISTS refunds_refund ON refunds (refund);
        CREATE INDEX IF NOT EXISTS refunds_payment ON refunds (payment);
        CREATE TABLE IF NOT EXISTS refund_calls (
            id INTEGER PRIMARY KEY, refund TEXT NOT NULL, at INTEGER NOT NULL, answer TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS refund_calls_refund ON refund_calls (refund);
        """;

    private readonly Lock gate = new();
    private readonly SqliteConnection connection;
    private readonly Dictionary<string, SqliteCommand> commands = new(StringComparer.Ordinal);

    public SandboxStore(string connectionString)
    {
        // A pooled handle would keep the file open, and an in-memory one alive, after Dispose.
        connection = new(new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        connection.Open();
        Execute("PRAGMA busy_timeout = 10000");
        Execute("PRAGMA journal_mode = WAL");
        Execute("PRAGMA synchronous = NORMAL");
        InTransaction(() => Execute(Schema) + Execute(SandboxNotice.Schema));
    }

    /// <summary>Does all of it or nothing; when this returns it is committed.</summary>
    public T InTransaction<T>(Func<T> work)
    {
        lock (gate)
        {
            Execute("BEGIN IMMEDIATE");
            try
            {
                var result = work();
                Execute("COMMIT");
                return result;
            }
            catch
            {
                Execute("ROLLBACK");
                throw;
            }
        }
    }

    /// <summary>Runs one statement; parameters are <c>$1</c>, <c>$2</c> and so on.</summary>
    public int Execute(string sql, params object?[] parameters)
    {
        lock (gate)
            return Command(sql, parameters).ExecuteNonQuery();
    }

    /// <summary>Reads rows; parameters as in <see cref="Execute"/>.</summary>
    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> row, params object?[] parameters)
    {
        lock (gate)
        {
            using var reader = Command(sql, parameters).ExecuteReader();
            var rows = new List<T>();
            while (reader.Read())
                rows.Add(row(reader));
            return rows;
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            foreach (var command in commands.Values)
                command.Dispose();
            connection.Dispose();
        }
    }

    private SqliteCommand Command(string sql, object?[] parameters)
    {
        if (!commands.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 1; i <= parameters.Length; i++)
                command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
            commands.Add(sql, command);
        }

        for (var i = 0; i < parameters.Length; i++)
            command.Parameters[i].Value = parameters[i] ?? DBNull.Value;
        return command;
    }
}
