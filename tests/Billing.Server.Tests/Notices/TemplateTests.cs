using System.Net;
using System.Text.RegularExpressions;
using Billing.Notices;
using Billing.Server.Notices;
using Billing.Server.Tests.Infrastructure;

namespace Billing.Server.Tests.Notices;

/// <summary>Every message in every language: it has its facts, it is all in that language, and text and HTML say the same.</summary>
public sealed partial class TemplateTests
{
    private const string Link = "https://example.com/your-own-link";
    private static readonly LocalDate Today = new(2026, 6, 3);

    /// <summary>Names, which stand in any language as they are.</summary>
    private static readonly string[] Names = ["Sloop", "Visa", "INV", "CN", "Billing", "Everything you made, and your price", "Olivia"];

    public static TheoryData<string, string> Messages
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var kind in Enum.GetNames<NoticeKind>())
            {
                all.Add(kind, "en");
                all.Add(kind, "bn");
            }

            return all;
        }
    }

    [Theory, MemberData(nameof(Messages))]
    public async Task Every_message_says_its_facts_in_its_language_and_the_same_as_text_and_as_HTML(string name, string language)
    {
        await using var house = await TestHouse.OnSqliteAsync(Instant.FromUtc(2026, 6, 3, 12, 0));
        var kind = Enum.Parse<NoticeKind>(name);
        var page = house.Get<NoticeRendering>().Page(language, "Olivia", NoticeSamples.Of(kind, Currency.Of(language == "bn" ? "BDT" : "USD"), Today), Link, null);
        var html = await house.Get<NoticeRendering>().ToHtmlAsync(page);
        var (text, seen) = ($"{page.Said.Subject}\n{page.ToText().Replace(Link, "", StringComparison.Ordinal)}", Seen(html));

        Assert.All([page.Said.Subject, page.Said.Lead, page.Said.After, page.Said.Button, .. page.Said.Rows.SelectMany(r => new[] { r.Label, r.Value })], part =>
        {
            Assert.False(string.IsNullOrWhiteSpace(part));
            Assert.DoesNotMatch("[{}]|  |null", part);
            Assert.Contains(part, text, StringComparison.Ordinal);
            Assert.Contains(part, seen, StringComparison.Ordinal);
        });
        Assert.Contains($"href=\"{Link}\"", html, StringComparison.Ordinal);
        Assert.Equal(Figures(text).Distinct().Order(StringComparer.Ordinal), Figures(seen).Distinct().Order(StringComparer.Ordinal));
        Assert.InRange(text.Length, 60, Letter.LongestText);
        Assert.InRange(html.Length, 1_000, Letter.LongestHtml);
        Assert.Empty(Foreign(text, language));
        Assert.Empty(Foreign(seen, language));
        Assert.Contains($"<html lang=\"{language}\">", html, StringComparison.Ordinal);
    }

    [Fact]
    public void No_message_blames_threatens_or_tells_what_the_bank_thinks()
    {
        foreach (var kind in Enum.GetValues<NoticeKind>())
        {
            var said = Billing.Server.Pages.Language.Words.English.Say(NoticeSamples.Of(kind, Currency.Of("USD"), Today));
            Assert.DoesNotMatch("(?i)fraud|stolen|lost card|debt|overdue|immediately|final notice|failed to pay|must pay", $"{said.Subject} {said.Lead} {said.After} {said.Button}");
        }
    }

    [Fact]
    public void What_stands_in_a_mail_is_text_and_never_markup()
    {
        var words = Billing.Server.Pages.Language.Words.English;
        var page = new MailPage(words, words.Say(NoticeSamples.Of(NoticeKind.CardAdded, Currency.Of("USD"), Today)), "<b>Eve</b>", new("A & B", null, null), null, null);
        Assert.Contains("<b>Eve</b>", page.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_with_signs_in_it_is_shown_as_it_is()
    {
        await using var house = await TestHouse.OnSqliteAsync(Instant.FromUtc(2026, 6, 3, 12, 0));
        var page = house.Get<NoticeRendering>().Page("en", "<b>Eve</b>", NoticeSamples.Of(NoticeKind.CardAdded, Currency.Of("USD"), Today), null, null);
        Assert.Contains("&lt;b&gt;Eve&lt;/b&gt;", await house.Get<NoticeRendering>().ToHtmlAsync(page), StringComparison.Ordinal);
    }

    private static string Seen(string html)
    {
        var body = html[html.IndexOf("<body", StringComparison.Ordinal)..];
        return Squeezed(WebUtility.HtmlDecode(Tags().Replace(body, " ")));
    }

    private static string Squeezed(string text) => Blanks().Replace(text, " ").Trim();

    /// <summary>Amounts, days and numbers, in either set of digits.</summary>
    private static IEnumerable<string> Figures(string text) => Numbers().Matches(text).Select(m => m.Value.TrimEnd('.', ','));

    private static IEnumerable<string> Foreign(string text, string language)
    {
        foreach (var name in Names) text = text.Replace(name, "", StringComparison.Ordinal);
        return (language == "bn" ? Latin() : Bengali()).Matches(text).Select(m => m.Value);
    }

    [GeneratedRegex("<[^>]+>", RegexOptions.None, 1000)]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Blanks();

    [GeneratedRegex("[0-9০-৯][0-9০-৯.,]*", RegexOptions.None, 1000)]
    private static partial Regex Numbers();

    [GeneratedRegex("[A-Za-z]{2,}", RegexOptions.None, 1000)]
    private static partial Regex Latin();

    [GeneratedRegex(@"\p{IsBengali}", RegexOptions.None, 1000)]
    private static partial Regex Bengali();
}
