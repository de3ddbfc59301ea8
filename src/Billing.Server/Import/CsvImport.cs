using System.Diagnostics;
using Billing.Periods;
using Billing.Server.BillingRun;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Import;

/// <summary>
/// Imports a file: reads it once to know its plans, and once more to write it, in one transaction. All or nothing, unless a
/// file for rejected rows is given. See docs/import.md.
/// </summary>
/// <param name="database">Where to.</param>
/// <param name="gateway">Keeps the cards.</param>
/// <param name="clock">Says what today is.</param>
/// <param name="merchantZone">The zone of customers for whom no other is named.</param>
/// <param name="progress">Told from time to time how far it is.</param>
internal sealed class CsvImport(
    BillingDatabase database, IPaymentGateway gateway, BillingClock clock, string merchantZone, Action<string> progress)
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);

    /// <summary>Does it.</summary>
    /// <exception cref="Refused"><c>as_of_in_future</c>, <c>unknown_time_zone</c>, <c>rejects_exists</c>.</exception>
    public async Task<ImportReport> RunAsync(ImportRequest request, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        var zone = request.TimeZone ?? merchantZone;
        var today = CustomerZone.DateAt(now, CustomerZone.Of(zone));
        var asOf = request.AsOf ?? today;
        if (asOf > today) throw new Refused("as_of_in_future", "The as-of date is today or earlier: import on the day the billing moves here.");
        if (request.Rejects is { } taken && File.Exists(taken))
            throw new Refused("rejects_exists", "The file for rejected rows is there already; it is not overwritten.");

        var watch = Stopwatch.StartNew();
        await using var file = File.OpenRead(request.File);
        var (header, survey, count) = await SurveyAsync(file, asOf, cancellationToken);
        var troubles = header is null ? [new(1, "the file", "It is empty.")] : ImportColumns.Check(header).ToList();
        if (troubles.Count > 0) return ImportReport.Unreadable(troubles, asOf);

        await using var rejects = request.Rejects is { } path ? new RejectsFile(path, header!.Fields) : null;
        var tally = new ImportTally(rejects);
        file.Position = 0;
        var (isIn, plans) = await WriteAsync(file, survey, count, tally, rejects, new(asOf, zone, now), cancellationToken);
        var cards = isIn ? await new ImportedCards(database, gateway).KeepAsync(tally, now, cancellationToken) : 0;

        return new(asOf, header!.Fields, tally, isIn, plans, cards, await MrrAsync(asOf, cancellationToken), watch.Elapsed);
    }

    private async Task<(ImportRecord? Header, ImportSurvey Survey, int Rows)> SurveyAsync(
        Stream file, LocalDate asOf, CancellationToken cancellationToken)
    {
        ImportRecord? header = null;
        ImportRowReader? reader = null;
        var survey = new ImportSurvey();
        var (rows, pace) = (0, new Pace(progress, "looked at"));
        await foreach (var record in ImportFile.ReadAsync(file, cancellationToken))
        {
            if (header is null)
            {
                header = record;
                if (ImportColumns.Check(record).Any()) break;
                reader = new(record.Fields, asOf);
            }
            else
            {
                if (reader!.Read(record, []) is { } row) survey.Add(row);
                pace.At(++rows, 0);
            }
        }

        return (header, survey, rows);
    }

    private async Task<(bool IsIn, int Plans)> WriteAsync(
        Stream file, ImportSurvey survey, int count, ImportTally tally, RejectsFile? rejects, Terms terms,
        CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var plans = new ImportPlans(db, survey, terms.Now);
        await plans.LoadAsync(cancellationToken);

        var pace = new Pace(progress, "written");
        await foreach (var rows in BatchesAsync(file, tally, terms.AsOf, cancellationToken))
        {
            await new ImportBatch(db, plans, tally, terms.TimeZone, terms.Now).WriteAsync(rows, cancellationToken);
            pace.At(tally.Read, count);
        }

        if (tally.Rejected > 0 && rejects is null) return (false, 0);
        await transaction.CommitAsync(cancellationToken);
        if (rejects is not null) await rejects.FinishAsync();
        return (true, plans.Made);
    }

    private static async IAsyncEnumerable<IReadOnlyList<ImportRow>> BatchesAsync(
        Stream file, ImportTally tally, LocalDate asOf,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ImportRowReader? reader = null;
        List<ImportRow> rows = [];
        await foreach (var record in ImportFile.ReadAsync(file, cancellationToken))
        {
            if (reader is null)
            {
                reader = new(record.Fields, asOf);
                continue;
            }

            tally.Read++;
            List<Trouble> troubles = [];
            if (reader.Read(record, troubles) is { } row) rows.Add(row);
            else await tally.RejectAsync(record, troubles);
            if (rows.Count < ImportBatch.Size) continue;
            yield return rows;
            rows = [];
        }

        yield return rows;
    }

    private async Task<IReadOnlyList<Money>> MrrAsync(LocalDate asOf, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var sums = await db.MrrMovements.Where(m => m.On <= asOf).GroupBy(m => m.Currency)
            .Select(g => new { Currency = g.Key, Minor = g.Sum(m => m.AmountMinor) }).ToListAsync(cancellationToken);
        return [.. sums.Select(s => new Money(s.Minor, s.Currency)).OrderBy(m => m.Currency.Code, StringComparer.Ordinal)];
    }

    /// <summary>What holds for every row.</summary>
    private sealed record Terms(LocalDate AsOf, string TimeZone, Instant Now);

    /// <summary>Says every other second how far it is and how fast.</summary>
    private sealed class Pace(Action<string> progress, string done)
    {
        private readonly Stopwatch watch = Stopwatch.StartNew();
        private TimeSpan next = Beat;

        public void At(int rows, int of)
        {
            if (watch.Elapsed < next) return;
            next = watch.Elapsed + Beat;
            var rate = rows * 1000L / watch.ElapsedMilliseconds;
            progress(of == 0 ? $"{rows:N0} rows {done}, {rate:N0}/s" : $"{rows:N0} of {of:N0} rows {done}, {rate:N0}/s");
        }
    }
}
