using System.Text.Json;
using System.Text.Json.Serialization;
using Billing.Cards;
using Billing.Dunning;
using Billing.Notices;
using NodaTime;
using NodaTime.Text;

namespace Billing.Server.Dunning;

/// <summary>
/// The merchant's choices about failed payments as they are written down: our file, one that <c>Billing:Dunning:File</c> names,
/// or a version that was published. What cannot be used keeps the server from starting, and is not published.
/// </summary>
internal sealed record DunningFile(
    string Morning, IReadOnlyList<int> Paydays, int MostRetries, int DaysAfterFirstMessage, PromiseTerms Promise, int EndAfterMonths,
    QuietTerms Quiet, IReadOnlyDictionary<string, IReadOnlyList<DunningFile.RungPart>> Ladders, IReadOnlyList<DunningFile.LimitPart> Limits)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>The file as this installation has it, as text.</summary>
    /// <exception cref="InvalidOperationException">It cannot be used; the message says what is wrong with which file.</exception>
    public static string Load(IConfiguration configuration)
    {
        var path = configuration["Billing:Dunning:File"];
        using var stream = path is null
            ? typeof(DunningFile).Assembly.GetManifestResourceStream("dunning.json")!
            : File.Exists(path) ? File.OpenRead(path) : throw new InvalidOperationException($"Billing:Dunning:File names {path}, which is not there.");
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();
        return Read(text, 1) is (_, [_, ..] troubles)
            ? throw new InvalidOperationException($"{path ?? "dunning.json"} cannot be used: {string.Join(' ', troubles)}")
            : text;
    }

    /// <summary>Reads it from text.</summary>
    /// <returns>The policy, or what is wrong with it.</returns>
    public static (DunningPolicy? Policy, IReadOnlyList<string> Troubles) Read(string text, int version)
    {
        try
        {
            var policy = JsonSerializer.Deserialize<DunningFile>(text, Json)!.ToPolicy(version);
            return (policy, [.. policy.Troubles()]);
        }
        catch (JsonException e)
        {
            return (null, [e.Message]);
        }
    }

    private DunningPolicy ToPolicy(int version) => new(
        version,
        LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(Morning) is { Success: true } morning
            ? morning.Value
            : throw new JsonException($"\"{Morning}\" is not a time such as 09:00."),
        Paydays, MostRetries, DaysAfterFirstMessage, Promise, EndAfterMonths, Quiet,
        Ladders.ToDictionary(l => l.Key, l => new Ladder(l.Key, [.. l.Value.Select(r => r.ToRung())]), StringComparer.Ordinal),
        [.. Limits.Select(l => l.ToLimit())]);

    internal sealed record RungPart(
        RungDo Do, int After = 0, int Within = 0, int Hours = 0, NoticeKind? Template = null, NoticeChannel Channel = NoticeChannel.Mail)
    {
        public Rung ToRung() => new(Do, After, Within, Hours, Template, Channel);
    }

    internal sealed record LimitPart(string Brand, string From, int Most, int Hours, string Source, string? Until = null)
    {
        public NetworkLimit ToLimit() => new(Brand, Day(From), Until is null ? null : Day(Until), Most, Hours, Source);

        private static LocalDate Day(string text) => LocalDatePattern.Iso.Parse(text) is { Success: true } day
            ? day.Value
            : throw new JsonException($"\"{text}\" is not a day such as 2026-04-18.");
    }
}
