namespace Billing.Tests;

public sealed class CurrencyTests
{
    [Theory]
    [InlineData("JPY", "392", 0, "Yen")]
    [InlineData("ISK", "352", 0, "Iceland Krona")]
    [InlineData("MGA", "969", 2, "Malagasy Ariary")]
    [InlineData("MRU", "929", 2, "Ouguiya")]
    [InlineData("BDT", "050", 2, "Taka")]
    [InlineData("ALL", "008", 2, "Lek")]
    [InlineData("KWD", "414", 3, "Kuwaiti Dinar")]
    [InlineData("UYW", "927", 4, "Unidad Previsional")]
    [InlineData("XCG", "532", 2, "Caribbean Guilder")]
    public void A_currency_knows_its_number_its_decimals_and_its_name(
        string code, string number, int exponent, string name)
    {
        var found = Currency.Of(code);

        Assert.Equal((code, number, exponent, name), (found.Code, found.NumericCode, found.Exponent, found.Name));
    }

    [Fact]
    public void A_currency_has_the_decimals_ISO_gives_it()
    {
        string CodesWith(int exponent) => string.Join(' ', Currency.All.Where(c => c.Exponent == exponent));

        Assert.Equal("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF", CodesWith(0));
        Assert.Equal("BHD IQD JOD KWD LYD OMR TND", CodesWith(3));
        Assert.Equal("CLF UYW", CodesWith(4));
        Assert.Equal(157 - 16 - 7 - 2, Currency.All.Count(c => c.Exponent == 2));
    }

    [Fact]
    public void Every_currency_is_listed_once_in_the_order_of_codes()
    {
        var codes = Currency.All.Select(c => c.Code).ToArray();

        Assert.Equal(157, codes.Length);
        Assert.Equal(codes.Order(StringComparer.Ordinal).Distinct(), codes);
        Assert.Equal(157, Currency.All.Select(c => c.NumericCode).Distinct().Count());
        Assert.All(Currency.All, c => Assert.Matches("^[A-Z]{3} [0-9]{3} ..", $"{c.Code} {c.NumericCode} {c.Name}"));
        Assert.All(Currency.All, c => Assert.Same(c, Currency.Of(c.Code)));
    }

    [Theory]
    [InlineData("XAU", "gold is not money one is billed in")]
    [InlineData("XDR", "the drawing right is between states")]
    [InlineData("XTS", "the test code")]
    [InlineData("XXX", "no currency")]
    [InlineData("USN", "a funds code")]
    [InlineData("BGN", "left for the euro on 1 January 2026")]
    [InlineData("usd", "ISO writes capitals")]
    [InlineData("US", "too short")]
    [InlineData("", "nothing")]
    [InlineData(" USD", "not exactly the code")]
    public void A_code_nobody_pays_in_is_refused(string code, string because)
    {
        var refused = Assert.Throws<Refused>(() => Currency.Of(code));

        Assert.Equal(("unknown_currency", "currency"), (refused.Code, refused.Field));
        Assert.False(Currency.TryOf(code, out _), because);
        Assert.False(Currency.TryOf(null, out _));
    }
}
