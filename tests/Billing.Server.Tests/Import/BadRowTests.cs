using Billing.Server.Import;
using Billing.Server.Tests.Infrastructure;

namespace Billing.Server.Tests.Import;

/// <summary>What is wrong is named by line, column and reason, and nothing of its file is in.</summary>
public sealed class BadRowTests
{
    private const string AllColumns =
        "customer_id,plan,currency,unit_amount_minor,billing_interval,interval_count,quantity,started_on,trial_ends_on,ended_on,"
        + "ended_reason,name,email,country,locale,time_zone,card_token";

    private const string Good = "c-1,pro,USD,4900,month,1,1,2026-01-15,,,,Ada,ada@example.org,GB,en,Europe/London,pm_card_visa";

    [Theory]
    [InlineData("customer_id", "", "It is empty.")]
    [InlineData("plan", "", "It is empty.")]
    [InlineData("currency", "usd", "ISO 4217")]
    [InlineData("currency", "DOLLAR", "longer")]
    [InlineData("unit_amount_minor", "", "It is empty.")]
    [InlineData("unit_amount_minor", "49.00", "digits only")]
    [InlineData("unit_amount_minor", "-1", "digits only")]
    [InlineData("unit_amount_minor", "1000000000001", "digits only")]
    [InlineData("unit_amount_minor", "99999999999999999999999", "digits only")]
    [InlineData("billing_interval", "monthly", "day, week, month or year")]
    [InlineData("interval_count", "0", "from 1")]
    [InlineData("interval_count", "121", "ten years|10 years")]
    [InlineData("quantity", "0", "from 1")]
    [InlineData("quantity", "two", "digits only")]
    [InlineData("started_on", "", "It is empty.")]
    [InlineData("started_on", "2026-02-30", "must exist")]
    [InlineData("started_on", "01/15/2026", "must exist")]
    [InlineData("started_on", "2062-01-15", "between 1970")]
    [InlineData("trial_ends_on", "2026-01-15", "365 days after")]
    [InlineData("ended_on", "2026-01-15", "after the first day")]
    [InlineData("ended_on", "2026-12-24", "end of the period under way")]
    [InlineData("ended_reason", "voluntary", "no end")]
    [InlineData("ended_reason", "left", "voluntary or involuntary")]
    [InlineData("email", "ada", "mail address")]
    [InlineData("country", "gb", "capital letters")]
    [InlineData("locale", "fr", "en and bn")]
    [InlineData("time_zone", "London", "IANA")]
    [InlineData("name", "Ada\u0007", "invisible")]
    [InlineData("name", "Ada\0", "invisible")]
    [InlineData("name", "Ad\uFFFD", "UTF-8")]
    [InlineData("name", "[card number removed]", "card number stood here")]
    [InlineData("name", "\"Ada\nLovelace\"", "line breaks", "the line")]
    [InlineData("name", "Ada \"L\"", "not quoted", "the line")]
    [InlineData("name", "\"Ada\" L", "after a closing quote", "the line")]
    [InlineData("name", "\"Ada", "not closed", "the line")]
    [InlineData("name", "Ada,Lovelace", "18 values, the header has 17", "the line")]
    public async Task A_bad_value_is_named_by_line_column_and_reason_and_nothing_is_in(
        string column, string value, string reason, string? named = null)
    {
        await using var bench = await ImportBench.OnSqliteAsync();

        var report = await bench.ImportAsync(AllColumns, Good, "", With(column, value).Replace("c-1", "c-2", StringComparison.Ordinal));

        var trouble = report.Tally.FirstTroubles[0];
        Assert.Equal((4, named ?? column), (trouble.Line, trouble.Column));
        Assert.Contains(reason.Split('|'), r => trouble.Reason.Contains(r, StringComparison.Ordinal));
        Assert.Equal((1, false, 0), (report.ExitCode, report.IsIn, await bench.RowsAsync()));
        Assert.DoesNotContain(report.Lines(null), line => value.Length > 6 && value != "[card number removed]" && line.Contains(value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_a_row_is_named_at_once()
    {
        await using var bench = await ImportBench.OnSqliteAsync();

        var report = await bench.ImportAsync(ImportBench.Header, ",pro,US,x,never,2026-13-01,", "c,pro,USD,1,month,2026-01-01,");

        Assert.Equal(
            ["customer_id", "currency", "unit_amount_minor", "billing_interval", "started_on"],
            report.Tally.FirstTroubles.Select(t => t.Column));
        Assert.Equal(0, await bench.RowsAsync());
    }

    [Fact]
    public async Task A_hundred_troubles_are_shown_and_all_are_counted()
    {
        await using var bench = await ImportBench.OnSqliteAsync();

        var report = await bench.ImportAsync([ImportBench.Header, .. Enumerable.Range(0, 250).Select(i => $"c{i},pro,USD,x,month,2026-01-01,")]);

        Assert.Equal((250, 100), (report.Tally.Troubles, report.Tally.FirstTroubles.Count));
        Assert.Contains("… and 150 more.", report.Lines(null));
    }

    [Theory]
    [InlineData("4242 4242 4242 4242")]
    [InlineData("4242-4242-4242-4242")]
    [InlineData("378282246310005")]
    [InlineData("card 5555555555554444 of mine")]
    [InlineData("12 4242 4242 4242 4242 34")]
    [InlineData("6011.1111.1111.1117")]
    public async Task What_looks_like_a_card_number_is_refused_in_any_column_and_never_repeated(string number)
    {
        string[] columns = [.. AllColumns.Split(','), "payment_method"];
        foreach (var (column, position) in columns.Select((c, i) => (c, i)))
        {
            await using var bench = await ImportBench.OnSqliteAsync();
            var fields = (Good + ",Card").Split(',');
            fields[position] = number;

            var report = await bench.ImportTextAsync(string.Join('\n', string.Join(',', columns), string.Join(',', fields)), bench.Rejects);

            Assert.Contains(report.Tally.FirstTroubles, t => t is { Line: 2, Reason: CardNumbers.Reason } && t.Column == column);
            var said = string.Join('\n', [.. report.Lines(bench.Rejects), .. bench.Progress, await File.ReadAllTextAsync(bench.Rejects, TestHouse.Cancellation)]);
            Assert.DoesNotContain(Digits(number), Digits(said), StringComparison.Ordinal);
            Assert.Equal(0, await bench.RowsAsync());
        }
    }

    [Theory]
    [InlineData("4242424242424241")] // Luhn's check fails
    [InlineData("424242424242")] // 12 digits
    [InlineData("42424242424242424242")] // 20 digits
    [InlineData("2026-11-01")]
    public void Other_digits_are_not_taken_for_a_card_number(string text) => Assert.False(CardNumbers.IsIn(text));

    [Theory]
    [InlineData("customer_id,plan,currency,unit_amount_minor,billing_interval,started", "started_on", "missing")]
    [InlineData("customer_id,plan,currency,unit_amount_minor,billing_interval,started_on,e-mail", "\"e-mail\"", "No such column")]
    [InlineData("customer_id,plan,currency,unit_amount_minor,billing_interval,started_on,plan", "plan", "twice")]
    [InlineData("customer_id;plan;currency;unit_amount_minor;billing_interval;started_on", "plan", "missing")]
    [InlineData("customer_id,plan,currency,unit_amount_minor,billing_interval,started_on,4242424242424242", "column 7", "card number")]
    [InlineData("", "the file", "empty")]
    public async Task A_header_that_is_not_understood_is_refused_by_column(string header, string column, string reason)
    {
        await using var bench = await ImportBench.OnSqliteAsync();

        var report = await bench.ImportAsync(header, "c,pro,USD,1,month,2026-01-01,x");

        Assert.Contains(header.Length == 0 ? "\"c\"" : column, report.Tally.FirstTroubles.Select(t => t.Column));
        Assert.Contains(report.Tally.FirstTroubles, t => header.Length == 0 || t.Reason.Contains(reason, StringComparison.Ordinal));
        Assert.Equal((1, 0), (report.ExitCode, await bench.RowsAsync()));
    }

    [Fact]
    public async Task An_empty_file_is_refused()
    {
        await using var bench = await ImportBench.OnSqliteAsync();

        Assert.Equal(["line 1, the file: It is empty."], (await bench.ImportTextAsync("")).Tally.FirstTroubles.Select(t => t.ToString()));
    }

    [Fact]
    public async Task An_as_of_date_to_come_is_refused()
    {
        await using var bench = await ImportBench.OnSqliteAsync();

        var refused = await Assert.ThrowsAsync<Refused>(() => bench.ImportTextAsync(ImportBench.Header, asOf: new(2026, 11, 2)));

        Assert.Equal("as_of_in_future", refused.Code);
    }

    private static string With(string column, string value)
    {
        var fields = Good.Split(',');
        fields[Array.IndexOf(AllColumns.Split(','), column)] = value;
        return string.Join(',', fields);
    }

    private static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit));
}
