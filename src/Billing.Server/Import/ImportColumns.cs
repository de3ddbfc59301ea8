namespace Billing.Server.Import;

/// <summary>The columns a file may have. A column nobody knows is refused, so that a misspelt one is heard.</summary>
internal static class ImportColumns
{
    public const string CustomerId = "customer_id";
    public const string Plan = "plan";
    public const string Currency = "currency";
    public const string UnitAmount = "unit_amount_minor";
    public const string Interval = "billing_interval";
    public const string IntervalCount = "interval_count";
    public const string Quantity = "quantity";
    public const string StartedOn = "started_on";
    public const string TrialEndsOn = "trial_ends_on";
    public const string EndedOn = "ended_on";
    public const string EndedReason = "ended_reason";
    public const string Name = "name";
    public const string Email = "email";
    public const string Country = "country";
    public const string Locale = "locale";
    public const string TimeZone = "time_zone";
    public const string CardToken = "card_token";

    /// <summary>Ours: in a file of rejected rows it says why, and is passed over when the file comes back.</summary>
    public const string RejectReason = "reject_reason";

    /// <summary>What no row can do without.</summary>
    public static readonly IReadOnlyList<string> Required = [CustomerId, Plan, Currency, UnitAmount, Interval, StartedOn];

    /// <summary>What may be left out.</summary>
    public static readonly IReadOnlyList<string> Optional =
    [
        IntervalCount, Quantity, TrialEndsOn, EndedOn, EndedReason, Name, Email, Country, Locale, TimeZone, CardToken,
    ];

    /// <summary>Known and read, but there is nothing here to keep it in.</summary>
    public static readonly IReadOnlyList<string> NotKept = ["commitment", "payment_method", "total_charges"];

    private static readonly HashSet<string> Known = [.. Required, .. Optional, .. NotKept, RejectReason];

    /// <summary>What is wrong with a header; nothing when the file can be read.</summary>
    public static IEnumerable<Trouble> Check(ImportRecord header)
    {
        var names = header.Fields;
        for (var i = 0; i < names.Count; i++)
        {
            if (CardNumbers.IsIn(names[i])) yield return new(header.Line, $"column {i + 1}", CardNumbers.Reason);
            else if (!Known.Contains(names[i])) yield return new(header.Line, Shown(names[i]), "No such column.");
            else if (names.Take(i).Contains(names[i])) yield return new(header.Line, names[i], "The column is there twice.");
        }

        foreach (var missing in Required.Except(names)) yield return new(header.Line, missing, "The column is missing.");
    }

    private static string Shown(string name) => name.Length <= 40 ? $"\"{name}\"" : $"\"{name[..40]}…\"";
}
