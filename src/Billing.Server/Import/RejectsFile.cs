using System.Text;
using CsvHelper;

namespace Billing.Server.Import;

/// <summary>
/// The rows that were not taken, as they were, with the reason in front: fixed, the file can be imported as it is. It is
/// there when the good rows are in, and only if some row was not taken.
/// </summary>
internal sealed class RejectsFile : IAsyncDisposable
{
    private readonly string path;
    private readonly IReadOnlyList<string> header;
    private readonly int oldReason;
    private StreamWriter? writer;
    private CsvWriter? csv;

    /// <param name="path">Where it will be.</param>
    /// <param name="header">The columns of the file that is imported.</param>
    public RejectsFile(string path, IReadOnlyList<string> header)
    {
        this.path = path;
        this.header = header;
        oldReason = header.ToList().IndexOf(ImportColumns.RejectReason);
    }

    private string Partial => path + ".partial";

    /// <summary>Adds a row.</summary>
    public async Task AddAsync(ImportRecord record, IReadOnlyList<Trouble> troubles)
    {
        if (csv is null)
        {
            writer = new StreamWriter(Partial, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            csv = CsvWriter.Create(writer, new() { ValidateFieldCount = false }, leaveOpen: true);
            await WriteAsync(ImportColumns.RejectReason, header);
        }

        var reason = string.Join(' ', troubles.Select(t => $"{t.Column}: {t.Reason}")).Replace('"', '\'');
        if (record.Malformed is { } malformed && !CardNumbers.IsIn(malformed.Text) && !record.Fields.Any(CardNumbers.IsIn))
            await WriteAsync(reason, malformed.Text);
        else await WriteAsync(reason, record.Fields);
    }

    /// <summary>Puts the file where it was asked for.</summary>
    public async Task FinishAsync()
    {
        if (csv is null) return;
        await CloseAsync();
        File.Move(Partial, path);
    }

    /// <summary>Leaves nothing behind that was not finished.</summary>
    public async ValueTask DisposeAsync()
    {
        if (csv is null) return;
        await CloseAsync();
        File.Delete(Partial);
    }

    private async Task WriteAsync(string reason, IReadOnlyList<string> fields)
    {
        csv!.WriteField(reason, CsvQuoting.Always);
        for (var i = 0; i < fields.Count; i++)
        {
            if (i != oldReason) csv.WriteField(CardNumbers.IsIn(fields[i]) ? CardNumbers.Mark : fields[i]);
        }

        await csv.EndRecordAsync(CancellationToken.None);
    }

    // A line whose quotes do not add up goes back as it came: nobody can say what its values were meant to be.
    private async Task WriteAsync(string reason, string line)
    {
        await csv!.FlushAsync(CancellationToken.None);
        var end = oldReason == 0 && line.StartsWith('"') ? line.IndexOf("\",", StringComparison.Ordinal) : -1;
        await writer!.WriteAsync($"\"{reason}\",{(end < 0 ? line : line[(end + 2)..])}\r\n");
    }

    private async Task CloseAsync()
    {
        await csv!.DisposeAsync();
        await writer!.DisposeAsync();
        csv = null;
    }
}
