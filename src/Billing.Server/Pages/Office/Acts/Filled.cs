using System.Globalization;

namespace Billing.Server.Pages.Office.Acts;

/// <summary>A form as it came back: text without surrounding space, and what can be read from it.</summary>
public sealed class Filled(IReadOnlyDictionary<string, string> values)
{
    /// <summary>What was written into a field; empty when it was not there.</summary>
    public string this[string name] => values.GetValueOrDefault(name, "");

    /// <summary>The same, with nothing for an empty field.</summary>
    public string? Optional(string name) => this[name] is { Length: > 0 } text ? text : null;

    public static async Task<Filled> ReadAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        // No database keeps NUL in a text.
        return new(form.ToDictionary(f => f.Key, f => f.Value.ToString().Replace("\0", "", StringComparison.Ordinal).Trim(), StringComparer.Ordinal));
    }

    /// <summary>An amount as people write it, in digits of either language: 12.50, ১২.৫০, 1,200.</summary>
    /// <exception cref="Refused"><c>not_an_amount</c>.</exception>
    public long Amount(string name, Currency currency)
    {
        var refused = new Refused("not_an_amount", $"Write an amount of {currency}, such as {Sample(currency)}.", name);
        if (!decimal.TryParse(Latin(this[name]), NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var major))
            throw refused;
        // Whole minor units or nothing: what is finer than the currency is a slip of the keyboard.
        for (var i = 0; i < currency.Exponent; i++) major *= 10;
        return major == decimal.Truncate(major) && major <= long.MaxValue ? (long)major : throw refused;
    }

    /// <exception cref="Refused"><c>not_a_number</c>.</exception>
    public int Number(string name) =>
        int.TryParse(Latin(this[name]), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new Refused("not_a_number", "Write a whole number.", name);

    /// <summary>Nothing when it is none.</summary>
    public Guid? Id(string name) => Guid.TryParse(this[name], out var id) ? id : null;

    private static string Sample(Currency currency) => currency.Exponent == 0 ? "1200" : "12." + new string('5', 1) + new string('0', currency.Exponent - 1);

    private static string Latin(string text) => string.Concat(text.Select(c => c is >= '০' and <= '৯' ? (char)('0' + (c - '০')) : c));
}
