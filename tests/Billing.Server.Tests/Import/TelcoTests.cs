using System.Globalization;
using Billing.Metrics;
using Billing.Server.Reports;
using Billing.Server.Tests.Infrastructure;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Import;

/// <summary>Seven thousand real customers, from another system's file to their first bills here.</summary>
public sealed class TelcoTests(PostgresServer postgres)
{
    private const int Rows = 7_043, Active = 5_174;
    private const long MrrMinor = 316_985_75;

    private static readonly string Telco = Repository.At("tests", "Billing.Server.Tests", "Data", "telco-subscriptions.csv");
    private static readonly LocalDate FirstOfNovember = new(2026, 11, 1);

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task The_telecom_file_is_imported_once_and_billed_once(string database)
    {
        await using var bench = await ImportBench.OnAsync(database, postgres);
        var house = bench.House;

        var first = await bench.ImportFileAsync(new(Telco, AsOf: FirstOfNovember));
        Assert.Equal((Rows, Active, Rows - Active, 3), (first.Tally.Read, first.Tally.Active, first.Tally.Ended, first.PlansMade));
        Assert.Equal(new Money(MrrMinor, Currency.Of("USD")), Assert.Single(first.Mrr));
        Assert.Contains("MRR at the end of 2026-11-01: 316,985.75 USD", first.Lines(null));
        Assert.Contains("Columns read but not kept: commitment, payment_method, total_charges.", first.Lines(null));

        var rows = await bench.RowsAsync();
        var second = await bench.ImportFileAsync(new(Telco, AsOf: FirstOfNovember));
        Assert.Equal((Rows, 0, Rows, 0), (second.Tally.Read, second.Tally.Taken, second.Tally.Known, second.ExitCode));
        Assert.Equal(rows, await bench.RowsAsync());
        Assert.Empty(await house.InvoicesAsync());

        await house.RunAsync();
        var invoices = await house.InvoicesAsync();
        Assert.Equal((Active, MrrMinor), (invoices.Count, invoices.Sum(i => i.TotalMinor)));
        Assert.All(invoices, i => Assert.Equal(FirstOfNovember, i.PeriodStart));
        Assert.Equal(rows + Active, await bench.RowsAsync()); // the history: one PeriodBilled each, and no second movement

        await house.RunAsync();
        Assert.Equal(Active, await house.ReadAsync(db => db.Invoices.CountAsync(TestHouse.Cancellation)));
        Assert.Equal(MrrMinor, await house.ReadAsync(db => db.Set<MrrDay>().SumAsync(d => d.AmountMinor, TestHouse.Cancellation)));
        Assert.Equal(0, await house.ReadAsync(db => db.SetAside.CountAsync(TestHouse.Cancellation)));
    }

    [Fact]
    public async Task What_is_here_agrees_with_a_sum_over_the_file_on_every_month_of_its_six_years()
    {
        await using var bench = await ImportBench.OnSqliteAsync();
        await bench.ImportFileAsync(new(Telco, AsOf: FirstOfNovember));
        var movements = await bench.House.ReadAsync(db => db.MrrMovements.AsNoTracking().ToListAsync(TestHouse.Cancellation));

        // Not the importer's reader, no library: the file has no quotes, so a comma is a comma.
        var told = File.ReadLines(Telco).Skip(1).Select(line => line.Split(',')).Select(f => (
            Amount: long.Parse(f[3], CultureInfo.InvariantCulture), Start: f[6], End: f[7].Length == 0 ? "9999" : f[7])).ToList();
        Assert.Equal((Rows, Active), (told.Count, told.Count(t => t.End == "9999")));

        for (var month = new LocalDate(2020, 10, 1); month <= FirstOfNovember; month = month.PlusMonths(1))
        {
            var day = month.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
            var expected = told.Where(t => string.CompareOrdinal(t.Start, day) <= 0 && string.CompareOrdinal(t.End, day) > 0).Sum(t => t.Amount);
            Assert.Equal(expected, movements.Where(m => m.On <= month).Sum(m => m.AmountMinor));
        }

        Assert.Equal(Rows, movements.Count(m => m.Kind == MrrMovementKind.New));
        Assert.Equal(Rows - Active, movements.Count(m => m.Kind == MrrMovementKind.VoluntaryChurn));
    }

    [Fact]
    public async Task Run_three_weeks_late_the_periods_of_the_first_of_November_are_billed_and_no_others()
    {
        await using var bench = await ImportBench.OnSqliteAsync();
        bench.House.Clock.Now = Instant.FromUtc(2026, 11, 24, 9, 0);
        await bench.ImportFileAsync(new(Telco, AsOf: FirstOfNovember));

        await bench.House.RunAsync();

        var invoices = await bench.House.InvoicesAsync();
        Assert.Equal((Active, MrrMinor), (invoices.Count, invoices.Sum(i => i.TotalMinor)));
        var next = await bench.House.ReadAsync(db => db.Subscriptions.Where(s => s.Lifecycle == Lifecycle.Active)
            .Select(s => s.CurrentEnd).Distinct().ToListAsync(TestHouse.Cancellation));
        Assert.Equal([new LocalDate(2026, 12, 1)], next);
    }
}
