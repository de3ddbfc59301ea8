using System.Collections.Concurrent;
using Billing.Server.Payments.Gateways.Stripe;
using Billing.Server.Persistence;
using Microsoft.Data.Sqlite;

namespace Billing.Server.Tests.Gateways.Stripe;

/// <summary>A database for all tests of a class: what the adapter keeps there is by customer, and every test has its own.</summary>
public sealed class StripeBook : IAsyncLifetime
{
    private readonly string file = Path.Combine(Path.GetTempPath(), $"billing-stripe-{Guid.NewGuid():N}.db");

    public BillingDatabase Database { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Database = new(DatabaseProvider.Sqlite, $"Data Source={file}");
        await Database.MigrateAsync(CancellationToken.None);
    }

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        foreach (var part in new[] { file, file + "-wal", file + "-shm" }) File.Delete(part);
        return ValueTask.CompletedTask;
    }
}

/// <summary>Keeps every line that is logged, whatever its level.</summary>
internal sealed class LogBook : ILogger<StripeWire>
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{formatter(state, exception)} {exception}");
}
