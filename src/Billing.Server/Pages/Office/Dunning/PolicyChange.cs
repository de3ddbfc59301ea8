using Billing.Dunning;

namespace Billing.Server.Pages.Office.Dunning;

/// <summary>One difference between two policies, as finance reads it.</summary>
public sealed record PolicyChange(string What, string Before, string After)
{
    public static IReadOnlyList<PolicyChange> Between(DunningPolicy before, DunningPolicy after, Tongue t)
    {
        List<PolicyChange> all =
        [
            new(t["Mornings begin", "সকাল শুরু"], $"{before.Morning.Hour:00}:{before.Morning.Minute:00}", $"{after.Morning.Hour:00}:{after.Morning.Minute:00}"),
            new(t["Paydays", "বেতনের দিন"], string.Join(", ", before.Paydays), string.Join(", ", after.Paydays)),
            new(t["Most retries of an invoice", "একটি বিলে সর্বোচ্চ চেষ্টা"], $"{before.MostRetries}", $"{after.MostRetries}"),
            new(t["Days of access after the first message", "প্রথম বার্তার পর ব্যবহারের দিন"], $"{before.DaysAfterFirstMessage}", $"{after.DaysAfterFirstMessage}"),
            new(t["Longest promise, days", "সবচেয়ে লম্বা কথা, দিন"], $"{before.Promise.LongestDays}", $"{after.Promise.LongestDays}"),
            new(t["Promises at most", "সর্বোচ্চ কতবার কথা"], $"{before.Promise.AtMost}", $"{after.Promise.AtMost}"),
            new(t["Months parked before the end", "শেষের আগে স্থগিত মাস"], $"{before.EndAfterMonths}", $"{after.EndAfterMonths}"),
        ];
        all.AddRange(before.Ladders.Keys.Union(after.Ladders.Keys).Order(StringComparer.Ordinal).Select(name =>
            new PolicyChange(name, Say(before.Ladders.GetValueOrDefault(name), t), Say(after.Ladders.GetValueOrDefault(name), t))));
        return [.. all.Where(c => c.Before != c.After)];
    }

    /// <summary>A ladder in a line: day 3 try, day 5 write, day 12 park.</summary>
    private static string Say(Ladder? ladder, Tongue t)
    {
        if (ladder is null) return "–";
        var day = 0;
        return string.Join(", ", ladder.Rungs.Select(r => $"{t["day", "দিন"]} {t.F.Number(day += r.After)} {Do(r.Do, t)}"));
    }

    private static string Do(RungDo what, Tongue t) => what switch
    {
        RungDo.Retry => t["try", "চেষ্টা"],
        RungDo.Write => t["write", "লেখা"],
        RungDo.Park => t["park", "স্থগিত"],
        RungDo.People => t["people", "মানুষ"],
    };
}
