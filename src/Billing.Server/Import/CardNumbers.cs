namespace Billing.Server.Import;

/// <summary>Finds what looks like the number of a card, so that it is refused and never repeated.</summary>
internal static class CardNumbers
{
    /// <summary>Why it is refused.</summary>
    public const string Reason = "It looks like a card number. Those never come here: remove it, and give the gateway's token in card_token.";

    /// <summary>What a file of rejected rows holds in its place; refused as long as it stands there.</summary>
    public const string Mark = "[card number removed]";

    private const int Shortest = 13, Longest = 19;

    /// <summary>
    /// Whether 13 to 19 digits in a row pass Luhn's check. Single spaces, dots or hyphens may stand between groups of them, and
    /// any group may be the first or the last: the house number before a card number does not hide it.
    /// </summary>
    public static bool IsIn(string text)
    {
        for (var start = 0; start + Shortest <= text.Length; start++)
        {
            var opensGroup = char.IsAsciiDigit(text[start]) && (start == 0 || !char.IsAsciiDigit(text[start - 1]));
            if (opensGroup && BeginsAt(text.AsSpan(start))) return true;
        }

        return false;
    }

    private static bool BeginsAt(ReadOnlySpan<char> text)
    {
        Span<byte> digits = stackalloc byte[Longest];
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiDigit(text[i]))
            {
                var joins = text[i] is ' ' or '-' or '.' && char.IsAsciiDigit(text[i - 1]);
                if (joins) continue;
                return false;
            }

            if (count == Longest) return false;
            digits[count++] = (byte)(text[i] - '0');
            var closesGroup = i + 1 == text.Length || !char.IsAsciiDigit(text[i + 1]);
            if (closesGroup && count >= Shortest && PassesLuhn(digits[..count])) return true;
        }

        return false;
    }

    private static bool PassesLuhn(ReadOnlySpan<byte> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[digits.Length - 1 - i];
            sum += i % 2 == 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0);
        }

        return sum % 10 == 0;
    }
}
