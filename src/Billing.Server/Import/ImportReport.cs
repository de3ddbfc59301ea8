using System.Globalization;
using NodaTime;

namespace Billing.Server.Import;

/// <summary>What an import did.</summary>
/// <param name="AsOf">Periods that begin on this day or later are billed here.</param>
/// <param name="Columns">Of the file.</param>
/// <param name="Tally">What became of the rows.</param>
/// <param name="IsIn">Whether anything was written: the good rows, or all of them.</param>
/// <param name="PlansMade">Plans that were not here before.</param>
/// <param name="CardsKept">Cards the gateway took.</param>
/// <param name="Mrr">At the end of the as-of day, of everything here, by currency.</param>
/// <param name="Took">How long it took.</param>
internal sealed record ImportReport(
    LocalDate AsOf, IReadOnlyList<string> Columns, ImportTally Tally, bool IsIn, int PlansMade, int CardsKept,
    IReadOnlyList<Money> Mrr, TimeSpan Took)
{
    /// <summary>The report of a file whose rows were not looked at.</summary>
    public static ImportReport Unreadable(IReadOnlyList<Trouble> troubles, LocalDate asOf)
    {
        var tally = new ImportTally(null);
        tally.Add(troubles);
        return new(asOf, [], tally, false, 0, 0, [], TimeSpan.Zero);
    }

    /// <summary>0: every row is in. 1: something wants a person's look.</summary>
    public int ExitCode => IsIn && Tally.Troubles == 0 ? 0 : 1;

    /// <summary>The report as an operator reads it.</summary>
    public IEnumerable<string> Lines(string? rejects)
    {
        foreach (var trouble in Tally.FirstTroubles) yield return trouble.ToString();
        if (Tally.Troubles > Tally.FirstTroubles.Count)
            yield return N($"… and {Tally.Troubles - Tally.FirstTroubles.Count:N0} more.");

        yield return N($"{Tally.Read:N0} rows read in {Took.TotalSeconds:0.0} s ({Tally.Read / Math.Max(Took.TotalSeconds, 0.001):N0}/s).");
        if (!IsIn)
        {
            yield return N($"Nothing was imported: {Tally.Troubles:N0} things are wrong.")
                + (Tally.Rejected > 0 ? " Correct them, or import the good rows with --rejects FILE." : "");
            yield break;
        }

        yield return N($"{Tally.Taken:N0} imported: {Tally.Active:N0} active, {Tally.Ended:N0} ended; {Tally.Known:N0} were already there.");
        if (Tally.Rejected > 0) yield return N($"{Tally.Rejected:N0} rows are not in; they are in {rejects}, with the reason in front.");
        yield return N($"{PlansMade:N0} plans made, {CardsKept:N0} cards kept.");
        if (Columns.Intersect(ImportColumns.NotKept).ToList() is { Count: > 0 } notKept)
            yield return $"Columns read but not kept: {string.Join(", ", notKept)}.";
        foreach (var mrr in Mrr) yield return $"MRR at the end of {Day(AsOf)}: {Shown(mrr)}";
        yield return $"Next: run bills every period that began on {Day(AsOf)} or later.";
    }

    // "USD 316985.75" as 316,985.75 USD: this figure is read aloud and compared.
    private static string Shown(Money money)
    {
        var amount = money.ToString()[(money.Currency.Code.Length + 1)..].Split('.');
        var whole = long.Parse(amount[0], CultureInfo.InvariantCulture).ToString("N0", CultureInfo.InvariantCulture);
        return $"{string.Join('.', amount.Skip(1).Prepend(whole))} {money.Currency}";
    }

    private static string Day(LocalDate date) => date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);

    private static string N(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
