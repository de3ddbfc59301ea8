using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Billing.Server.Pages.Language;

/// <summary>Numbers, money and dates as a language writes them, digits included.</summary>
public sealed class Formats
{
    private const string Nbsp = "\u00A0";
    private const string Minus = "\u2212";
    private const int DaysOfAWeek = 7;

    private static readonly Dictionary<string, string> Symbols = new(StringComparer.Ordinal)
    {
        ["USD"] = "$", ["EUR"] = "€", ["GBP"] = "£", ["JPY"] = "¥", ["BDT"] = "৳", ["INR"] = "₹",
    };

    private readonly string digits;
    private readonly NumberFormatInfo numbers;
    private readonly LocalDatePattern date, shortDate, month, wholeMonth;

    private Formats(string culture, string digits, int[] groups, string datePattern, string shortPattern, string[] weekdays, IsoDayOfWeek firstDay)
    {
        this.digits = digits;
        FirstDayOfWeek = firstDay;
        numbers = new NumberFormatInfo { NumberGroupSeparator = ",", NumberDecimalSeparator = ".", NumberGroupSizes = groups };
        var names = CultureInfo.GetCultureInfo(culture);
        date = LocalDatePattern.Create(datePattern, names);
        shortDate = LocalDatePattern.Create(shortPattern, names);
        month = LocalDatePattern.Create("MMM uuuu", names);
        wholeMonth = LocalDatePattern.Create("MMMM uuuu", names);
        Weekdays = [.. Enumerable.Range((int)firstDay, DaysOfAWeek).Select(day => day % DaysOfAWeek)
            .Select(day => (weekdays[day], names.DateTimeFormat.DayNames[day]))];
    }

    public static Formats English { get; } = new(
        "en-GB", "0123456789", [3], "d MMMM uuuu", "d MMM uuuu", ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"], IsoDayOfWeek.Monday);

    /// <summary>Bengali digits, and lakh and crore between the commas: ৳১২,৩৪,৫৬৭.৮৯.</summary>
    public static Formats Bengali { get; } = new(
        "bn-BD", "০১২৩৪৫৬৭৮৯", [3, 2], "d MMMM, uuuu", "d MMM, uuuu",
        ["রবি", "সোম", "মঙ্গল", "বুধ", "বৃহঃ", "শুক্র", "শনি"], IsoDayOfWeek.Sunday);

    /// <summary>The day a week begins with.</summary>
    public IsoDayOfWeek FirstDayOfWeek { get; }

    /// <summary>The names of the days, short and whole, in the order of a calendar's columns.</summary>
    public IReadOnlyList<(string Short, string Whole)> Weekdays { get; }

    /// <summary>1 December 2026.</summary>
    public string Date(LocalDate value) => Digits(date.Format(value));

    /// <summary>1 Dec 2026.</summary>
    public string ShortDate(LocalDate value) => Digits(shortDate.Format(value));

    /// <summary>Dec 2026.</summary>
    public string Month(YearMonth value) => Digits(month.Format(value.OnDayOfMonth(1)));

    /// <summary>December 2026.</summary>
    public string MonthAndYear(YearMonth value) => Digits(wholeMonth.Format(value.OnDayOfMonth(1)));

    /// <summary>Both ends included, from a half-open period.</summary>
    public string Span(LocalDate start, LocalDate end) => end <= start.PlusDays(1)
        ? Date(start)
        : $"{Date(start)} – {Date(end.PlusDays(-1))}";

    /// <summary>1,234,567.</summary>
    public string Number(long value) => Digits(value.ToString("N0", numbers)).Replace("-", Minus, StringComparison.Ordinal);

    /// <summary>20 for 2000 basis points, 12.5 for 1250.</summary>
    public string Percent(int basisPoints) => Digits(FormattableString.Invariant($"{basisPoints / 100m:0.##}%"));

    /// <summary>With the currency's sign, or its code where there is none: $1,234.50, KWD 4.900, ¥4,900.</summary>
    public string Money(Money money) => Symbols.TryGetValue(money.Currency.Code, out var symbol)
        ? Signed(money, symbol)
        : Signed(money, money.Currency.Code + Nbsp);

    /// <summary>With the code in front, where several currencies stand beside each other: USD 1,234.50.</summary>
    public string MoneyWithCode(Money money) => Signed(money, money.Currency.Code + Nbsp);

    /// <summary>Without sign or code, where a heading names the currency: 1,234.50.</summary>
    public string Plain(Money money) => Signed(money, "");

    /// <summary>A whole number as somebody types it, in these digits or in ASCII's, with or without commas.</summary>
    /// <returns><see langword="null"/> for what is none.</returns>
    public int? Whole(string? typed)
    {
        var ascii = string.Concat((typed ?? "").Where(letter => letter != ',' && !char.IsWhiteSpace(letter))
            .Select(letter => digits.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var digit ? (char)('0' + digit) : letter));
        return int.TryParse(ascii, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    /// <summary>The language's own digits for 0 to 9.</summary>
    public string Digits(string text) => string.Create(text.Length, (text, digits), static (to, from) =>
    {
        for (var i = 0; i < to.Length; i++)
            to[i] = from.text[i] is >= '0' and <= '9' ? from.digits[from.text[i] - '0'] : from.text[i];
    });

    private string Signed(Money money, string before)
    {
        // Minor units become a decimal only here, to be written out; nothing is calculated with it.
        var exponent = money.Currency.Exponent;
        var major = Math.Abs((decimal)money.Minor);
        for (var i = 0; i < exponent; i++) major /= 10;
        var text = Digits(major.ToString($"N{exponent}", numbers));
        return (money.Minor < 0 ? Minus : "") + before + text;
    }
}
