using System.Globalization;
using System.Text;

namespace Billing.Simulation;

/// <summary>The figures of all worlds, for the screen and for the page.</summary>
internal static class Table
{
    private const string Begin = "<!-- simulation: begin -->", End = "<!-- simulation: end -->";

    private static readonly (string What, Func<Figures, double> Of)[] Rows =
    [
        ("recovered of what failed, by amount, %", f => f.RecoveredShare),
        ("recovered of what failed, by number, %", f => f.RecoveredCasesShare),
        ("recovered, USD a customer", f => f.RecoveredEach),
        ("messages for each recovered payment", f => f.ContactsPerRecovered),
        ("healed without a message, % of cases", f => f.HealedShare),
        ("customers lost, %", f => f.LostShare),
        ("received in all, USD a customer", f => f.ReceivedEach),
    ];

    /// <summary>As a page has it.</summary>
    public static string Of(IReadOnlyList<(Figures Ours, Figures Classic)> worlds, Options options)
    {
        var text = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"{worlds.Sum(w => w.Ours.Customers):N0} customers in {worlds.Count} worlds, {options.Months} months; ")
            .Append("mean over the worlds ± half the 95 % interval, differences paired world by world.\n\n")
            .Append("| | our default | classic ladder | difference |\n|---|---:|---:|---:|\n");
        foreach (var (what, of) in Rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {what} | {Interval.Of([.. worlds.Select(w => of(w.Ours))]).Said()} ")
                .Append(CultureInfo.InvariantCulture, $"| {Interval.Of([.. worlds.Select(w => of(w.Classic))]).Said()} ")
                .Append(CultureInfo.InvariantCulture, $"| {Interval.Of([.. worlds.Select(w => of(w.Ours) - of(w.Classic))]).Said(signed: true)} |\n");
        }

        text.Append('\n').Append(Met([.. worlds.Select(w => w.Ours)])).Append("\n\nThe world:\n\n| assumed | value | from |\n|---|---|---|\n");
        foreach (var (what, value, source) in Assumptions.Told) text.Append(CultureInfo.InvariantCulture, $"| {what} | {value} | {source} |\n");
        return text.ToString();
    }

    /// <summary>Rewrites what stands between the marks.</summary>
    public static async Task WriteAsync(string table, string page)
    {
        var text = await File.ReadAllTextAsync(page);
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        if (begin < 0 || end < begin) throw new InvalidOperationException($"{page} has no {Begin} … {End}.");
        await File.WriteAllTextAsync(page, $"{text[..(begin + Begin.Length)]}\n{table}{text[end..]}");
    }

    /// <summary>What the simulated banks really said, to lay beside what was assumed of them.</summary>
    private static string Met(IReadOnlyList<Figures> lives)
    {
        var cases = lives.Sum(f => f.Ladders.Values.Sum());
        var ladders = lives.SelectMany(f => f.Ladders).GroupBy(l => l.Key, l => l.Value, StringComparer.Ordinal)
            .Select(g => (Name: g.Key, Cases: g.Sum())).OrderByDescending(g => g.Cases)
            .Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Name} {100.0 * g.Cases / cases:N1} %"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Met under our default: {lives.Sum(f => f.Charges):N0} renewals, of which {100.0 * cases / lives.Sum(f => f.Charges):N2} % began a case; by class {string.Join(", ", ladders)}.");
    }
}
