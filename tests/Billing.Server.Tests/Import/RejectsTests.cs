using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Import;

/// <summary>With a file for rejected rows the good ones are in, and the others come back to be fixed.</summary>
public sealed class RejectsTests(PostgresServer postgres)
{
    private const string Header = ImportBench.Header + ",name";

    private static readonly (string Column, Func<string, string> Spoil)[] Spoilers =
    [
        ("currency", row => row.Replace("USD", "usd", StringComparison.Ordinal)),
        ("unit_amount_minor", row => row.Replace("4900", "49.00", StringComparison.Ordinal)),
        ("billing_interval", row => row.Replace("month", "moon", StringComparison.Ordinal)),
        ("started_on", row => row.Replace("2026-01", "2026-13", StringComparison.Ordinal)),
        ("plan", row => row.Replace("pro", "", StringComparison.Ordinal)),
        ("name", row => row + " 4242 4242 4242 4242"),
        ("the line", row => row + ",more"),
        ("the line", row => row + " \"quoted"),
        ("the line", row => row[..row.LastIndexOf(',')]),
        ("the line", row => row.Replace("Name", "\"Name", StringComparison.Ordinal)),
    ];

    [Fact]
    public async Task Rejected_rows_are_fixed_and_imported_again()
    {
        await using var bench = await ImportBench.OnSqliteAsync();
        var first = await bench.ImportTextAsync(
            string.Join('\n', Header, "a,pro,USD,4900,month,2026-01-15,,Ada", "b,pro,USD,49.00,month,2026-01-15,,\"Bob, \"\"B\"\"\"", "c,pro,USD,4900,month,2026-01-15,,Cy \"C\""),
            bench.Rejects);
        Assert.Equal((1, true, 1, 2), (first.ExitCode, first.IsIn, first.Tally.Taken, first.Tally.Rejected));
        Assert.Equal(["a"], await bench.CustomersAsync());

        var rejected = await File.ReadAllLinesAsync(bench.Rejects, TestHouse.Cancellation);
        Assert.Equal(3, rejected.Length);
        Assert.Equal("\"reject_reason\"," + Header, rejected[0]);
        Assert.StartsWith("\"unit_amount_minor: ", rejected[1], StringComparison.Ordinal);
        Assert.EndsWith("\",b,pro,USD,49.00,month,2026-01-15,,\"Bob, \"\"B\"\"\"", rejected[1], StringComparison.Ordinal);
        Assert.EndsWith("\",c,pro,USD,4900,month,2026-01-15,,Cy \"C\"", rejected[2], StringComparison.Ordinal);

        // As it is, it is refused again, with the same rows and one reason in front.
        var again = bench.Rejects + ".again";
        await bench.ImportTextAsync(string.Join('\n', rejected), again);
        Assert.Equal(rejected, await File.ReadAllLinesAsync(again, TestHouse.Cancellation));

        var healed = string.Join('\n', rejected).Replace("49.00", "4900", StringComparison.Ordinal).Replace("Cy \"C\"", "Cy", StringComparison.Ordinal);
        var second = await bench.ImportTextAsync(healed);
        Assert.Equal((0, 2), (second.ExitCode, second.Tally.Taken));
        Assert.Equal(["a", "b", "c"], await bench.CustomersAsync());
    }

    [Fact]
    public async Task A_file_without_bad_rows_leaves_no_file_of_rejected_ones()
    {
        await using var bench = await ImportBench.OnSqliteAsync();

        await bench.ImportTextAsync($"{ImportBench.Header}\na,pro,USD,4900,month,2026-01-15,", bench.Rejects);

        Assert.False(File.Exists(bench.Rejects));
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(bench.Rejects)!, "*.partial"));
    }

    [Fact]
    public async Task A_file_of_rejected_rows_is_never_overwritten()
    {
        await using var bench = await ImportBench.OnSqliteAsync();
        await File.WriteAllTextAsync(bench.Rejects, "work of an afternoon", TestHouse.Cancellation);

        var refused = await Assert.ThrowsAsync<Refused>(() => bench.ImportTextAsync(ImportBench.Header, bench.Rejects));

        Assert.Equal("rejects_exists", refused.Code);
        Assert.Equal("work of an afternoon", await File.ReadAllTextAsync(bench.Rejects, TestHouse.Cancellation));
    }

    public static TheoryData<string, int> Damages =>
        new(from database in Databases.All.Select(row => row.Data) from seed in Enumerable.Range(1, 12) select (database, seed));

    [Theory, MemberData(nameof(Damages))]
    public async Task However_a_file_is_damaged_nothing_is_in_or_exactly_the_good_rows(string database, int seed)
    {
        await using var bench = await ImportBench.OnAsync(database, postgres);
        var random = new Random(seed);
        var good = Enumerable.Range(0, 40).Select(i => $"c{i:00},pro,USD,4900,month,2026-01-15,,Name {i:00}").ToList();
        var damage = Enumerable.Range(0, good.Count).OrderBy(_ => random.Next()).Take(random.Next(1, 8))
            .ToDictionary(i => i, _ => Spoilers[random.Next(Spoilers.Length)]);
        var file = string.Join('\n', [Header, .. good.Select((row, i) => damage.TryGetValue(i, out var d) ? d.Spoil(row) : row)]);

        var whole = await bench.ImportTextAsync(file);
        Assert.Equal((false, 0), (whole.IsIn, await bench.RowsAsync()));
        Assert.Equal(
            damage.OrderBy(d => d.Key).Select(d => (d.Key + 2, d.Value.Column)), whole.Tally.FirstTroubles.Select(t => (t.Line, t.Column)));

        var partly = await bench.ImportTextAsync(file, bench.Rejects);
        Assert.Equal((true, good.Count - damage.Count), (partly.IsIn, partly.Tally.Taken));
        Assert.Equal(Enumerable.Range(0, good.Count).Where(i => !damage.ContainsKey(i)).Select(i => $"c{i:00}"), await bench.CustomersAsync());
        Assert.Equal(damage.Count + 1, (await File.ReadAllLinesAsync(bench.Rejects, TestHouse.Cancellation)).Length);

        var healed = await bench.ImportTextAsync(string.Join('\n', [Header, .. good]));
        Assert.Equal((0, damage.Count, good.Count - damage.Count), (healed.ExitCode, healed.Tally.Taken, healed.Tally.Known));
        Assert.Equal(good.Count, await bench.House.ReadAsync(db => db.Subscriptions.CountAsync(TestHouse.Cancellation)));
    }
}
