using System.IO.Compression;
using Billing.Client.Contract;
using Billing.Server.Http;
using Billing.Server.Ledger;
using Billing.Server.Persistence;
using ClosedXML.Excel;
using MediatR;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Reports;

/// <summary>All that finance takes away of a month, in one file: a workbook, and each of its tables and the rows behind them as CSV.</summary>
internal sealed class MonthlyPack(BillingDbContext db, IMediator send, LedgerChecks checks, Door door)
{
    /// <summary>Its name.</summary>
    public static string NameOf(LocalDate month) => $"billing-{LedgerMonths.Word(month)}.zip";

    /// <summary>Makes it, as known now; whole before the first byte of it is sent.</summary>
    /// <returns>A file that is gone when it is closed.</returns>
    public async Task<Stream> MakeAsync(LocalDate month, CancellationToken cancellationToken)
    {
        var metrics = await send.Send(new ReadMetrics(month, month), cancellationToken);
        var balance = await db.TrialBalanceAsync(month.PlusMonths(1).PlusDays(-1), null, cancellationToken);
        var deferred = await send.Send(new ReadDeferred(month, month, null), cancellationToken);
        List<Sheet> sheets =
        [
            Figures(metrics), Definitions(metrics), Cohorts(metrics), Survival(metrics), Balance(balance), Deferred(deferred),
            Checks(await checks.ReadAsync(db, door.Now, cancellationToken)),
        ];
        return Zip(sheets, await MovementsAsync(month, cancellationToken), $"billing-{LedgerMonths.Word(month)}.xlsx");
    }

    private static FileStream Zip(List<Sheet> sheets, Sheet rows, string workbook)
    {
        var file = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16,
            FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var sheet in sheets.Append(rows))
            {
                using var entry = zip.CreateEntry($"{sheet.Name}.csv").Open();
                sheet.WriteCsv(entry);
            }

            using var book = new XLWorkbook();
            foreach (var sheet in sheets) sheet.WriteTo(book);
            using var whole = new MemoryStream();
            book.SaveAs(whole);
            whole.Position = 0;
            using var into = zip.CreateEntry(workbook).Open();
            whole.CopyTo(into);
        }

        file.Position = 0;
        return file;
    }

    private static Sheet Figures(MetricsReportView metrics) => new(
        "figures", ["currency", "month", "figure", "value", "unit", "part", "whole", "maturity"],
        metrics.Currencies.SelectMany(c => c.Months.SelectMany(m => m.Figures.Select(f => (IReadOnlyList<object?>)
            [c.Currency, m.Month, f.Name, f.Value, metrics.Definitions.Single(d => d.Name == f.Name).Unit, f.Part, f.Whole, f.Maturity]))));

    private static Sheet Definitions(MetricsReportView metrics) => new(
        "definitions", ["figure", "unit", "formula", "divided by", "left out"],
        metrics.Definitions.Select(d => (IReadOnlyList<object?>)[d.Name, d.Unit, d.Formula, d.Denominator, d.Filter]));

    private static Sheet Cohorts(MetricsReportView metrics) => new(
        "cohorts", ["currency", "began in", "subscriptions", "MRR then", "months after", "paying", "on the beach", "MRR", "lost"],
        metrics.Currencies.SelectMany(c => c.Cohorts.SelectMany(cohort => cohort.After.Select((left, after) => (IReadOnlyList<object?>)
            [c.Currency, cohort.Month, cohort.Subscriptions, Of(cohort.Mrr, c), after, left.Paying, left.OnBeach, Of(left.Mrr, c), left.Lost]))));

    private static Sheet Survival(MetricsReportView metrics) => new(
        "survival", ["currency", "months", "at risk", "lost", "share in millionths"],
        metrics.Currencies.SelectMany(c => c.Survival.Select(s => (IReadOnlyList<object?>)[c.Currency, s.Months, s.AtRisk, s.Lost, s.ShareMillionths])));

    private static Sheet Balance(TrialBalanceView balance) => new(
        "trial-balance", ["currency", "number", "account", "debits", "credits", "balance"],
        balance.Currencies.SelectMany(c => c.Accounts.Select(a => (IReadOnlyList<object?>)
            [c.Currency, a.Number, a.Name, Of(a.Debits, c.Currency), Of(a.Credits, c.Currency), Of(a.Balance, c.Currency)])));

    private static Sheet Deferred(DeferredReportView deferred) => new(
        "deferred-revenue", ["currency", "month", "opening", "billed", "delivered", "credited", "voided", "closing"],
        deferred.Currencies.SelectMany(c => c.Months.Select(m => (IReadOnlyList<object?>)
        [
            c.Currency, m.Month, Of(m.Opening, c.Currency), Of(m.Billed, c.Currency), Of(m.Delivered, c.Currency), Of(m.Credited, c.Currency),
            Of(m.Voided, c.Currency), Of(m.Closing, c.Currency),
        ])));

    private static Sheet Checks(IReadOnlyList<LedgerCheck> checks) => new(
        "checks", ["sub-ledger", "currency", "books", "documents", "difference"],
        checks.Select(c => (IReadOnlyList<object?>)
            [Wire.Word(c.Subledger), c.Currency.Code, new Money(c.BooksMinor, c.Currency), new Money(c.DocumentsMinor, c.Currency), new Money(c.Difference, c.Currency)]));

    /// <summary>The rows behind the movements; too many for a workbook, so as CSV alone.</summary>
    private async Task<Sheet> MovementsAsync(LocalDate month, CancellationToken cancellationToken)
    {
        var rows = await db.MrrMovements.AsNoTracking().Where(m => m.Month == month)
            .Join(db.Plans, m => m.PlanId, p => p.Id, (m, p) => new { m, p.Code })
            .OrderBy(r => r.m.SubscriptionId).ThenBy(r => r.m.Sequence).ToListAsync(cancellationToken);
        return new(
            "movements", ["currency", "on", "kind", "amount a month", "plan", "subscription", "customer", "recorded at"],
            rows.Select(r => (IReadOnlyList<object?>)
            [
                r.m.Currency.Code, r.m.On.Iso(), Wire.Word(r.m.Kind), new Money(r.m.AmountMinor, r.m.Currency), r.Code, $"{r.m.SubscriptionId}",
                $"{r.m.CustomerId}", r.m.RecordedAt.Iso(),
            ]));
    }

    private static Money Of(long minor, MetricsCurrencyView currency) => Of(minor, currency.Currency);

    private static Money Of(long minor, string currency) => new(minor, Currency.Of(currency));
}
