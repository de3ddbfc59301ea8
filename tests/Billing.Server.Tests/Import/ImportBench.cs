using Billing.Server.BillingRun;
using Billing.Server.Import;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Import;

/// <summary>A house, a folder, and an operator who imports files.</summary>
internal sealed class ImportBench(TestHouse house) : IAsyncDisposable
{
    public const string Header = "customer_id,plan,currency,unit_amount_minor,billing_interval,started_on,ended_on";

    public static readonly Instant FirstOfNovember = Instant.FromUtc(2026, 11, 1, 12, 0);

    private readonly string folder = Directory.CreateTempSubdirectory("billing-import-").FullName;

    public TestHouse House => house;

    public string Rejects => Path.Combine(folder, "rejects.csv");

    /// <summary>Everything that was said while it went on.</summary>
    public List<string> Progress { get; } = [];

    public static async Task<ImportBench> OnAsync(string database, PostgresServer postgres) =>
        new(await TestHouse.OnAsync(database, postgres, FirstOfNovember));

    public static async Task<ImportBench> OnSqliteAsync() => new(await TestHouse.OnSqliteAsync(FirstOfNovember));

    public Task<ImportReport> ImportAsync(params string[] lines) => ImportTextAsync(string.Join('\n', lines));

    public async Task<ImportReport> ImportTextAsync(string text, string? rejects = null, LocalDate? asOf = null)
    {
        var path = Path.Combine(folder, $"{Guid.NewGuid():N}.csv");
        await File.WriteAllTextAsync(path, text, TestHouse.Cancellation);
        return await ImportFileAsync(new(path, rejects, asOf));
    }

    public Task<ImportReport> ImportFileAsync(ImportRequest request) =>
        new CsvImport(house.Database, house.Gateway, house.Get<BillingClock>(), "UTC", Progress.Add)
            .RunAsync(request, TestHouse.Cancellation);

    /// <summary>How many rows the tables hold that an import writes to.</summary>
    public Task<int> RowsAsync() => house.ReadAsync(async db =>
        await db.Plans.CountAsync(TestHouse.Cancellation) + await db.Prices.CountAsync(TestHouse.Cancellation)
        + await db.Customers.CountAsync(TestHouse.Cancellation) + await db.Subscriptions.CountAsync(TestHouse.Cancellation)
        + await db.MrrMovements.CountAsync(TestHouse.Cancellation) + await db.History.CountAsync(TestHouse.Cancellation)
        + await db.Cards.CountAsync(TestHouse.Cancellation));

    public Task<List<string>> CustomersAsync() => house.ReadAsync(db =>
        db.Customers.OrderBy(c => c.ExternalId).Select(c => c.ExternalId!).ToListAsync(TestHouse.Cancellation));

    public Task<Billing.Subscriptions.Subscription> OnlySubscriptionAsync() =>
        house.ReadAsync(db => db.Subscriptions.AsNoTracking().SingleAsync(TestHouse.Cancellation));

    public async ValueTask DisposeAsync()
    {
        await house.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
