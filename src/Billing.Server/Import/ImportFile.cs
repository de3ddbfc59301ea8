using CsvHelper;

namespace Billing.Server.Import;

/// <summary>One line of the file.</summary>
/// <param name="Line">Counted from 1, header and empty lines too.</param>
/// <param name="Fields">As they stand there, without the spaces around.</param>
/// <param name="Malformed">What is wrong with its quotes, and the line as it is; otherwise <see langword="null"/>.</param>
internal sealed record ImportRecord(int Line, IReadOnlyList<string> Fields, MalformedLine? Malformed);

/// <summary>A line whose quotes do not add up.</summary>
internal sealed record MalformedLine(string Reason, string Text);

/// <summary>
/// Reads a file line by line, in memory that does not grow with it: UTF-8, RFC 4180, except that no value may hold a line
/// break, so that one forgotten quote spoils one line and not the rest of the file.
/// </summary>
internal static class ImportFile
{
    /// <summary>The longest line, in bytes.</summary>
    public const int LongestLine = 1024 * 1024;

    /// <summary>The lines, header first, empty ones left out.</summary>
    /// <exception cref="CsvFormatException">A line is longer than <see cref="LongestLine"/>.</exception>
    public static async IAsyncEnumerable<ImportRecord> ReadAsync(
        Stream stream, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        MalformedLine? malformed = null;
        var options = new CsvReaderOptions
        {
            Separator = ',',
            HasHeader = false,
            AllowLineBreaksInQuotes = false,
            TrimWhitespace = true,
            TrackLineNumbers = true,
            PoolStrings = true,
            MaxRecordSize = LongestLine,
            OnMalformedRecord = record => malformed = new(Sentence(record.Reason), record.RawRecord),
        };

        await using var reader = CsvReader.Create(stream, options, leaveOpen: true);
        while (await reader.ReadAsync(cancellationToken))
        {
            var fields = new string[reader.FieldCount];
            for (var i = 0; i < fields.Length; i++) fields[i] = reader.GetString(i);
            yield return new((int)reader.LineNumber, fields, malformed);
            malformed = null;
        }
    }

    private static string Sentence(CsvMalformedReason reason) => reason switch
    {
        CsvMalformedReason.StrayQuote => "There is a quote inside a value that is not quoted.",
        CsvMalformedReason.TextAfterClosingQuote => "There is text after a closing quote.",
        CsvMalformedReason.UnterminatedQuote or CsvMalformedReason.LineBreakInQuotes =>
            "A quote is not closed on its line; values hold no line breaks.",
        CsvMalformedReason.FieldCountMismatch or CsvMalformedReason.TrailingEscape => "The line cannot be read.",
    };
}
