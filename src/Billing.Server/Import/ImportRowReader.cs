using System.Globalization;
using System.Text.RegularExpressions;
using Billing.Periods;
using Billing.Plans;
using Billing.Subscriptions;
using NodaTime;
using NodaTime.Text;

namespace Billing.Server.Import;

/// <summary>Makes a row of a line, or names everything that is wrong with it.</summary>
internal sealed partial class ImportRowReader(IReadOnlyList<string> header, LocalDate asOf)
{
    private const int TimeoutMilliseconds = 1000;

    private readonly Dictionary<string, int> positions =
        header.Select((name, i) => (name, i)).ToDictionary(c => c.name, c => c.i, StringComparer.Ordinal);

    /// <summary>Reads a line.</summary>
    /// <param name="record">The line.</param>
    /// <param name="troubles">What is wrong is added here.</param>
    /// <returns>The row, or <see langword="null"/> when something is wrong.</returns>
    public ImportRow? Read(ImportRecord record, ICollection<Trouble> troubles)
    {
        var before = troubles.Count;
        if (record.Malformed is { } malformed) troubles.Add(new(record.Line, "the line", malformed.Reason));
        else if (record.Fields.Count != header.Count)
            troubles.Add(new(record.Line, "the line", $"It has {record.Fields.Count} values, the header has {header.Count}."));
        CheckText(record, troubles);
        if (troubles.Count > before) return null;

        var row = new Fields(positions, record, troubles);
        var externalId = row.Text(ImportColumns.CustomerId, 200);
        var plan = row.Text(ImportColumns.Plan, 60);
        var currency = row.Currency();
        var amount = row.Number(ImportColumns.UnitAmount, 0, Price.LargestUnitAmount);
        var quantity = row.Number(ImportColumns.Quantity, 1, Subscription.MostSeats, whenEmpty: 1);
        var customer = (
            Name: row.TextOrNull(ImportColumns.Name, 200),
            Email: row.Matching(ImportColumns.Email, 254, Mail(), "That is not a mail address."),
            Country: row.Matching(ImportColumns.Country, 2, TwoLetters(), "A country has two capital letters (ISO 3166)."),
            Locale: row.Matching(ImportColumns.Locale, 20, Languages(), "The languages are en and bn."),
            Zone: row.TimeZone(),
            Card: row.TextOrNull(ImportColumns.CardToken, 200));
        var terms = row.Terms(asOf);

        return troubles.Count > before
            ? null
            : new(record, externalId!, currency!, customer.Name, customer.Email, customer.Country, customer.Locale, customer.Zone,
                customer.Card, plan!, new(amount!.Value, currency!), (int)quantity!.Value, terms!);
    }

    // Every column, also those that are not kept: what must not come here must not come here anywhere.
    private void CheckText(ImportRecord record, ICollection<Trouble> troubles)
    {
        for (var i = 0; i < record.Fields.Count; i++)
        {
            var text = record.Fields[i];
            var reason = CardNumbers.IsIn(text) ? CardNumbers.Reason
                : text.Contains(CardNumbers.Mark, StringComparison.Ordinal) ? "A card number stood here: put in what belongs here, or nothing."
                : text.Contains('\uFFFD', StringComparison.Ordinal) ? "That is not UTF-8."
                : text.Any(char.IsControl) ? "There is an invisible character in it."
                : null;
            if (reason is not null) troubles.Add(new(record.Line, i < header.Count ? header[i] : $"column {i + 1}", reason));
        }
    }

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+$", RegexOptions.None, TimeoutMilliseconds)]
    private static partial Regex Mail();

    [GeneratedRegex("^[A-Z]{2}$", RegexOptions.None, TimeoutMilliseconds)]
    private static partial Regex TwoLetters();

    [GeneratedRegex("^(en|bn)$", RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex Languages();

    /// <summary>The values of one line by their columns; what is wrong is named and gives <see langword="null"/>.</summary>
    private sealed class Fields(Dictionary<string, int> positions, ImportRecord record, ICollection<Trouble> troubles)
    {
        public string? Text(string column, int longest) =>
            IsEmpty(column) ? Wrong<string>(column, "It is empty.") : TextOrNull(column, longest);

        public string? TextOrNull(string column, int longest)
        {
            if (IsEmpty(column)) return null;
            var text = record.Fields[positions[column]];
            return text.Length <= longest ? text : Wrong<string>(column, $"It is longer than {longest} characters.");
        }

        public string? Matching(string column, int longest, Regex pattern, string reason) =>
            TextOrNull(column, longest) is not { } text ? null : pattern.IsMatch(text) ? text : Wrong<string>(column, reason);

        public Currency? Currency()
        {
            if (Text(ImportColumns.Currency, 3) is not { } code) return null;
            return Billing.Currency.TryOf(code, out var currency)
                ? currency
                : Wrong<Currency>(ImportColumns.Currency, "That is not the code of a currency in use (ISO 4217), such as USD.");
        }

        public string? TimeZone()
        {
            if (TextOrNull(ImportColumns.TimeZone, CustomerZone.MaxIdLength) is not { } id) return null;
            return Kept(ImportColumns.TimeZone, () => CustomerZone.Of(id)) is null ? null : id;
        }

        public long? Number(string column, long least, long most, long? whenEmpty = null)
        {
            if (whenEmpty is not null && IsEmpty(column)) return whenEmpty;
            if (Text(column, 200) is not { } text) return null;
            return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
                ? number
                : Wrong<object>(column, $"A whole number from {least} to {most} belongs here, in digits only.") as long?;
        }

        public ImportTerms? Terms(LocalDate asOf)
        {
            var before = troubles.Count;
            var (unit, count) = (Unit(), Number(ImportColumns.IntervalCount, 1, 10_000, whenEmpty: 1));
            LocalDate? started = Date(ImportColumns.StartedOn, required: true), trial = Date(ImportColumns.TrialEndsOn);
            var (ended, reason) = (Date(ImportColumns.EndedOn), Reason());
            if (troubles.Count > before) return null;

            return Kept(ImportColumns.IntervalCount, () => (object)new Cadence(unit!.Value, (int)count!.Value)) is Cadence cadence
                ? Kept(ImportColumns.StartedOn, () => ImportTerms.Of(cadence, started!.Value, trial, ended, reason, asOf))
                : null;
        }

        private CadenceUnit? Unit() => Text(ImportColumns.Interval, 20) switch
        {
            null => null,
            "day" => CadenceUnit.Day,
            "week" => CadenceUnit.Week,
            "month" => CadenceUnit.Month,
            "year" => CadenceUnit.Year,
            _ => Wrong<object>(ImportColumns.Interval, "It is day, week, month or year.") as CadenceUnit?,
        };

        private EndReason? Reason() => TextOrNull(ImportColumns.EndedReason, 20) switch
        {
            null => null,
            "voluntary" => EndReason.Voluntary,
            "involuntary" => EndReason.Involuntary,
            _ => Wrong<object>(ImportColumns.EndedReason, "It is voluntary or involuntary.") as EndReason?,
        };

        private LocalDate? Date(string column, bool required = false)
        {
            if ((required ? Text(column, 20) : TextOrNull(column, 20)) is not { } text) return null;
            return LocalDatePattern.Iso.Parse(text) is { Success: true } date
                ? date.Value
                : Wrong<object>(column, "A date is written 2026-11-01, and must exist.") as LocalDate?;
        }

        private bool IsEmpty(string column) =>
            !positions.TryGetValue(column, out var position) || record.Fields[position].Length == 0;

        private T? Kept<T>(string column, Func<T> rule) where T : class
        {
            try
            {
                return rule();
            }
            catch (Refused refused)
            {
                return Wrong<T>(ColumnOf(refused.Field) ?? column, refused.Message);
            }
        }

        private T? Wrong<T>(string column, string reason) where T : class
        {
            troubles.Add(new(record.Line, column, reason));
            return null;
        }
    }

    /// <summary>The column that a rule means by its field; <see langword="null"/> when the file has none for it.</summary>
    private static string? ColumnOf(string? field) => field switch
    {
        "startedOn" => ImportColumns.StartedOn,
        "trialEndsOn" => ImportColumns.TrialEndsOn,
        "endedOn" => ImportColumns.EndedOn,
        "endedReason" => ImportColumns.EndedReason,
        _ => null,
    };
}
