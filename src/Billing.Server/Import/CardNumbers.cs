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
    /// Whether some run of 13 to 19 digits, single spaces, dots or hyphens between them allowed, passes Luhn's check.
    /// </summary>
    public static bool IsIn(string text)
    {
        if (text.Length < Shortest) return false;

        Span<byte> digits = stackalloc byte[Longest];
        var count = 0;
        var separated = false;
        foreach (var letter in text)
        {
            if (char.IsAsciiDigit(letter))
            {
                if (count < Longest) digits[count] = (byte)(letter - '0');
                count++;
                separated = false;
            }
            else if (count > 0 && !separated && letter is ' ' or '-' or '.')
            {
                separated = true;
            }
            else
            {
                if (Passes(digits, count)) return true;
                (count, separated) = (0, false);
            }
        }

        return Passes(digits, count);
    }

    private static bool Passes(ReadOnlySpan<byte> digits, int count)
    {
        if (count is < Shortest or > Longest) return false;
        var sum = 0;
        for (var i = 0; i < count; i++)
        {
            var digit = digits[count - 1 - i];
            sum += i % 2 == 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0);
        }

        return sum % 10 == 0;
    }
}
