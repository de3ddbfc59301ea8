using Billing.Periods;
using NodaTime;
using NodaTime.Text;

namespace Billing.Server.Import;

/// <summary>What an operator asks for: <c>import FILE.csv [--rejects FILE] [--as-of YYYY-MM-DD] [--time-zone IANA]</c>.</summary>
/// <param name="File">The file to import.</param>
/// <param name="Rejects">Where rows go that cannot be taken; without it one such row stops the import.</param>
/// <param name="AsOf">Periods that begin on this day or later are billed here; today when left out.</param>
/// <param name="TimeZone">Zone of the customers whose row names none; the merchant's when left out.</param>
internal sealed record ImportRequest(string File, string? Rejects = null, LocalDate? AsOf = null, string? TimeZone = null)
{
    /// <summary>How it is asked for.</summary>
    public const string Usage = "import FILE.csv [--rejects FILE] [--as-of YYYY-MM-DD] [--time-zone IANA]";

    /// <summary>Reads the command line; settings (<c>--Billing:…</c>) are left to the configuration.</summary>
    /// <exception cref="Refused"><c>usage</c>, <c>unknown_time_zone</c>.</exception>
    public static ImportRequest Of(IReadOnlyList<string> args)
    {
        List<string> files = [];
        Dictionary<string, string> options = new(StringComparer.Ordinal);
        for (var i = 1; i < args.Count; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                files.Add(args[i]);
                continue;
            }

            var parts = args[i].Split('=', 2);
            var value = parts.Length == 2 ? parts[1] : i + 1 < args.Count ? args[++i] : throw Misread($"{parts[0]} needs a value.");
            if (parts[0].Contains(':', StringComparison.Ordinal)) continue;
            if (parts[0] is not ("--rejects" or "--as-of" or "--time-zone")) throw Misread($"There is no {parts[0]}.");
            if (!options.TryAdd(parts[0], value)) throw Misread($"{parts[0]} is there twice.");
        }

        if (files.Count != 1) throw Misread(files.Count == 0 ? "Which file?" : "One file at a time.");
        var zone = options.GetValueOrDefault("--time-zone");
        if (zone is not null) _ = CustomerZone.Of(zone);
        return new(files[0], options.GetValueOrDefault("--rejects"), Date(options.GetValueOrDefault("--as-of")), zone);
    }

    private static LocalDate? Date(string? text) => text is null ? null
        : LocalDatePattern.Iso.Parse(text) is { Success: true } date ? date.Value
        : throw Misread("--as-of is a date such as 2026-11-01.");

    private static Refused Misread(string message) => new("usage", $"{message} Usage: {Usage}");
}
