using System.Text.Json;
using System.Text.Json.Serialization;
using Billing.Retention;
using Billing.Subscriptions;
using NodaTime;
using NodaTime.Text;

namespace Billing.Server.Retention;

/// <summary>
/// The merchant's choices about leaving as they are written down: our file, or the one that <c>Billing:Leaving:File</c> names.
/// What cannot be used keeps the server from starting.
/// </summary>
internal sealed record LeavingFile(
    RefundRule Refund, LeavingFile.SignedOutPart SignedOut, LeavingFile.OfferPart Offers, IReadOnlyList<LeavingFile.ReasonPart> Reasons)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>Reads it as this installation has it.</summary>
    /// <exception cref="InvalidOperationException">It cannot be used; the message says what is wrong with which file.</exception>
    public static LeavingPolicy Load(IConfiguration configuration)
    {
        var path = configuration["Billing:Leaving:File"];
        using var stream = path is null
            ? typeof(LeavingFile).Assembly.GetManifestResourceStream("leaving.json")!
            : File.Exists(path) ? File.OpenRead(path) : throw new InvalidOperationException($"Billing:Leaving:File names {path}, which is not there.");
        return Read(stream, path ?? "leaving.json");
    }

    /// <summary>Reads it from text.</summary>
    /// <exception cref="InvalidOperationException">It cannot be used.</exception>
    public static LeavingPolicy Read(Stream text, string name)
    {
        try
        {
            var policy = JsonSerializer.Deserialize<LeavingFile>(text, Json)!.ToPolicy();
            return policy.Troubles().ToList() is [_, ..] troubles
                ? throw new InvalidOperationException($"{name} cannot be used: {string.Join(' ', troubles)}")
                : policy;
        }
        catch (JsonException e)
        {
            throw new InvalidOperationException($"{name} cannot be read: {e.Message}", e);
        }
    }

    private LeavingPolicy ToPolicy() => new(Refund, [.. Reasons.Select(r => r.ToReason())], Offers.ToPolicy(), SignedOut.ToRules());

    internal sealed record SignedOutPart(bool Everybody, IReadOnlyList<CountryPart> Countries)
    {
        public SignedOutRules ToRules() => new(Everybody, [.. Countries.Select(c => c.ToRule())]);
    }

    internal sealed record CountryPart(string Country, string From, string Law, string? Until = null)
    {
        public CountryRule ToRule() => new(Country, Day(From), Until is null ? null : Day(Until), Law);

        private static LocalDate Day(string text) => LocalDatePattern.Iso.Parse(text) is { Success: true } day
            ? day.Value
            : throw new JsonException($"\"{text}\" is not a day such as 2022-07-01.");
    }

    internal sealed record ReasonPart(string Code, Dictionary<string, string> Labels, IReadOnlyList<OfferKind> Offers, bool WantsText = false)
    {
        public LeavingReason ToReason() => new(Code, Labels, Offers, WantsText);
    }

    internal sealed record OfferPart(
        [property: JsonPropertyName("break")] LimitWithDays Break, [property: JsonPropertyName("smaller_plan")] OfferLimit SmallerPlan,
        [property: JsonPropertyName("discount")] DiscountPart Discount,
        [property: JsonPropertyName("later_payment_day")] LimitWithDays LaterPaymentDay, [property: JsonPropertyName("talk")] OfferLimit Talk)
    {
        public OfferPolicy ToPolicy() => new(
            new Dictionary<OfferKind, OfferLimit>
            {
                [OfferKind.Break] = Break.Limit,
                [OfferKind.SmallerPlan] = SmallerPlan,
                [OfferKind.Discount] = new(Discount.MonthsBetween, Discount.FromMonths),
                [OfferKind.LaterPaymentDay] = LaterPaymentDay.Limit,
                [OfferKind.Talk] = Talk,
            },
            Break.Days, Discount.PercentBasisPoints, Discount.Periods, Discount.FloorBasisPoints, LaterPaymentDay.Days);
    }

    internal sealed record LimitWithDays(int MonthsBetween, int FromMonths, int Days)
    {
        [JsonIgnore]
        public OfferLimit Limit => new(MonthsBetween, FromMonths);
    }

    internal sealed record DiscountPart(int MonthsBetween, int FromMonths, int PercentBasisPoints, int Periods, int FloorBasisPoints);
}
