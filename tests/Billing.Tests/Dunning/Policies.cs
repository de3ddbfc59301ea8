using System.Text.Json;
using Billing.Cards;
using Billing.Dunning;
using Billing.Notices;
using NodaTime.Text;

namespace Billing.Tests.Dunning;

/// <summary>The policy that comes with the program, read from its file.</summary>
internal static class Policies
{
    public static DunningPolicy Shipped { get; } = Read();

    private static DunningPolicy Read()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Billing.sln"))) folder = folder.Parent!;
        using var file = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(folder.FullName, "src", "Billing.Server", "Dunning", "dunning.json")),
            new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        var all = file.RootElement;
        var (promise, quiet) = (all.GetProperty("promise"), all.GetProperty("quiet"));
        return new(
            1, LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(all.GetProperty("morning").GetString()!).Value,
            [.. all.GetProperty("paydays").EnumerateArray().Select(d => d.GetInt32())], Int(all, "mostRetries"), Int(all, "daysAfterFirstMessage"),
            new(Int(promise, "longestDays"), Int(promise, "atMost")), Int(all, "endAfterMonths"),
            new(Int(quiet, "days"), Int(quiet, "afterDecline"), Int(quiet, "least"), Int(quiet, "most"), Int(quiet, "enoughCases"), Int(quiet, "percent")),
            all.GetProperty("ladders").EnumerateObject().ToDictionary(
                l => l.Name, l => new Ladder(l.Name, [.. l.Value.EnumerateArray().Select(RungOf)]), StringComparer.Ordinal),
            [.. all.GetProperty("limits").EnumerateArray().Select(LimitOf)]);
    }

    private static Rung RungOf(JsonElement rung) => new(
        Enum.Parse<RungDo>(rung.GetProperty("do").GetString()!, ignoreCase: true), Int(rung, "after"), Int(rung, "within"), Int(rung, "hours"),
        rung.TryGetProperty("template", out var template)
            ? Enum.Parse<NoticeKind>(template.GetString()!.Replace("_", "", StringComparison.Ordinal), ignoreCase: true)
            : null);

    private static NetworkLimit LimitOf(JsonElement limit) => new(
        limit.GetProperty("brand").GetString()!, LocalDatePattern.Iso.Parse(limit.GetProperty("from").GetString()!).Value, null,
        Int(limit, "most"), Int(limit, "hours"), limit.GetProperty("source").GetString()!);

    private static int Int(JsonElement of, string name) => of.TryGetProperty(name, out var number) ? number.GetInt32() : 0;
}
