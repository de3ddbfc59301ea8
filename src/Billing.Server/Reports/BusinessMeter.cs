using System.Data.Common;
using System.Diagnostics.Metrics;
using Billing.Dunning;
using Billing.Invoicing;
using Billing.Server.BillingRun;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace Billing.Server.Reports;

/// <summary>
/// The figures of the business as OpenTelemetry metrics, sent to where <c>Billing:Otlp:Endpoint</c> points (OTLP over HTTP); nothing is
/// read or sent when it is left out.
/// </summary>
internal sealed class BusinessMeter : BackgroundService
{
    /// <summary>The meter's name.</summary>
    public const string Name = "Billing";

    private static readonly Duration Every = Duration.FromMinutes(1);

    private readonly BillingDatabase database;
    private readonly BillingClock clock;
    private readonly ILogger<BusinessMeter> log;
    private readonly Meter meter = new(Name);
    private readonly MeterProvider provider;
    private IReadOnlyList<Reading> readings = [];

    public BusinessMeter(BillingDatabase database, BillingClock clock, Uri endpoint, ILogger<BusinessMeter> log)
    {
        (this.database, this.clock, this.log) = (database, clock, log);
        Observe("billing.mrr", "Monthly recurring revenue, in minor units.");
        Observe("billing.subscriptions.paying", "Subscriptions worth something.");
        Observe("billing.subscriptions.on_beach", "Subscriptions On the Beach.");
        Observe("billing.receivables", "Due on open invoices, in minor units.");
        Observe("billing.dunning.cases", "Customers being asked for money.");
        Observe("billing.alarms", "Alarms nobody has seen to.");
        Observe("billing.set_aside", "Items the billing run set aside.");
        provider = Sdk.CreateMeterProviderBuilder().AddMeter(Name)
            .AddOtlpExporter((o, reader) =>
            {
                o.Endpoint = new(endpoint, "v1/metrics");
                o.Protocol = OtlpExportProtocol.HttpProtobuf;
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)Every.TotalMilliseconds;
            })
            .Build();
    }

    /// <summary>Reads the figures anew and sends them.</summary>
    /// <returns>Whether they were taken.</returns>
    public async Task<bool> SendAsync(CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken);
        return provider.ForceFlush();
    }

    public override void Dispose()
    {
        provider.Dispose();
        meter.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every.ToTimeSpan());
        do
        {
            try
            {
                await ReadAsync(stoppingToken);
            }
            catch (DbException e)
            {
                log.LogWarning(e, "The figures of the business could not be read; those read last are sent until they can be");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var month = clock.GetCurrentInstant().InUtc().Date.With(DateAdjusters.EndOfMonth);
        List<Reading> read = [];
        foreach (var (currency, moves) in await CohortReading.ReadAsync(db, month, null, cancellationToken))
        {
            read.Add(new("billing.mrr", moves.Sum(m => m.AmountMinor), currency.Code));
            read.Add(new("billing.subscriptions.paying", moves.Sum(m => m.Paying), currency.Code));
            read.Add(new("billing.subscriptions.on_beach", -moves.Where(m => m.IsBreak).Sum(m => m.Paying), currency.Code));
        }

        var due = await db.Invoices.Where(i => i.Status == InvoiceStatus.Open).GroupBy(i => i.Currency)
            .Select(g => new { Currency = g.Key, Minor = g.Sum(i => i.DueMinor) }).ToListAsync(cancellationToken);
        read.AddRange(due.Select(d => new Reading("billing.receivables", d.Minor, d.Currency.Code)));
        read.Add(new("billing.dunning.cases", await db.DunningCases.CountAsync(c => c.State == CaseState.Open, cancellationToken)));
        read.Add(new("billing.alarms", await db.Alarms.CountAsync(a => a.ClosedAt == null, cancellationToken)));
        read.Add(new("billing.set_aside", await db.SetAside.CountAsync(cancellationToken)));
        readings = read;
    }

    private void Observe(string instrument, string description) => meter.CreateObservableGauge(
        instrument,
        () => readings.Where(r => r.Instrument == instrument)
            .Select(r => r.Currency is null ? new Measurement<long>(r.Value) : new Measurement<long>(r.Value, new KeyValuePair<string, object?>("currency", r.Currency))),
        description: description);

    private sealed record Reading(string Instrument, long Value, string? Currency = null);
}
