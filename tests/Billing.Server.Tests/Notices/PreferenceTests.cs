using System.Net;
using System.Text.RegularExpressions;
using Billing.Notices;
using Billing.Server.Notices;
using Billing.Server.Tests.Browser;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Notices;

/// <summary>Mails over the whole server: links in them, ending them, reading them.</summary>
public sealed partial class PreferenceTests
{
    [Fact]
    public async Task A_mail_that_need_not_be_carries_its_end_at_one_click()
    {
        await using var office = new PostOffice();
        await using var house = await HouseAsync(office);
        var customer = await house.OliviaAsync();
        await house.RunAsync();
        var receipt = Assert.Single(office.Taken, m => m.Subject!.StartsWith("Thank you", StringComparison.Ordinal));
        Assert.Equal("List-Unsubscribe=One-Click", receipt.Headers["List-Unsubscribe-Post"]);
        Assert.Null(Assert.Single(office.Taken, m => m.Subject == "Your card is in place").Headers["List-Unsubscribe"]);

        // As a mail program does it: a bare POST, without cookies, and nothing else asked.
        var link = new Uri(receipt.Headers["List-Unsubscribe"]!.Trim('<', '>'));
        using var program = house.HttpWith(null);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["List-Unsubscribe"] = "One-Click" });
        Assert.Equal(HttpStatusCode.OK, (await program.PostAsync(link.PathAndQuery, form, ApiHouse.Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await program.PostAsync("/mails?token=un_nobodys", form, ApiHouse.Cancellation)).StatusCode);

        var said = await house.ReadAsync(db => db.NoticePreferences.SingleAsync(ApiHouse.Cancellation));
        Assert.Equal((new CustomerId(customer), false, true), (said.CustomerId, said.Receipts, said.Courtesies));

        // The next payment arrives without a mail.
        house.Clock.Now += Duration.FromDays(35);
        await house.RunAsync();
        Assert.Equal(2, office.Taken.Count);
        Assert.Equal(2, await house.ReadAsync(db => db.Notices.CountAsync(n => n.Kind == NoticeKind.Receipt, ApiHouse.Cancellation)));
    }

    [Fact]
    public async Task The_link_in_a_mail_opens_the_choice_and_looking_changes_nothing()
    {
        await using var office = new PostOffice();
        await using var house = await HouseAsync(office);
        await house.OliviaAsync();
        await house.RunAsync();
        var receipt = Assert.Single(office.Taken, m => m.Subject!.StartsWith("Thank you", StringComparison.Ordinal));
        var link = new Uri(receipt.Headers["List-Unsubscribe"]!.Trim('<', '>')).PathAndQuery;

        using var browser = new HttpClient(new HttpClientHandler { UseCookies = true }) { BaseAddress = house.Address };
        var page = await browser.GetStringAsync(link, ApiHouse.Cancellation);
        Assert.Equal(0, await house.ReadAsync(db => db.NoticePreferences.CountAsync(ApiHouse.Cancellation)));

        Dictionary<string, string> fields = [];
        foreach (Match hidden in Hidden().Matches(page)) fields[hidden.Groups["name"].Value] = WebUtility.HtmlDecode(hidden.Groups["value"].Value);
        fields["courtesies"] = "yes";
        using var form = new FormUrlEncodedContent(fields);
        var saved = await (await browser.PostAsync("/mails/choose", form, ApiHouse.Cancellation)).Content.ReadAsStringAsync(ApiHouse.Cancellation);

        Assert.Contains("No more receipts by mail", WebUtility.HtmlDecode(saved), StringComparison.Ordinal);
        Assert.False((await house.ReadAsync(db => db.NoticePreferences.SingleAsync(ApiHouse.Cancellation))).Receipts);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/mails?token=un_nobodys", ApiHouse.Cancellation)).StatusCode);
    }

    [Fact]
    public async Task The_button_of_a_mail_lets_in_once_and_the_mailbox_shows_both_views()
    {
        await using var house = await ApiHouse.OnSqliteAsync(PageHouse.Now, ("Billing:PublicUrl", "https://billing.example.com"));
        await house.SellCrewAsync();
        await house.OliviaAsync();
        await house.RunAsync();

        var letter = await house.ReadAsync(db => db.Letters.OrderBy(l => l.Id).FirstAsync(ApiHouse.Cancellation));
        var link = Link().Match(letter.Text).Value;
        using var stranger = house.HttpWith(null);
        Assert.Contains("token", await stranger.GetStringAsync(new Uri(link).PathAndQuery, ApiHouse.Cancellation), StringComparison.Ordinal);
        Assert.Contains(link, WebUtility.HtmlDecode(letter.Html), StringComparison.Ordinal);

        var mailbox = await stranger.GetStringAsync("/sandbox/mailbox", ApiHouse.Cancellation);
        Assert.Contains($"/sandbox/mailbox/{letter.Id}", mailbox, StringComparison.Ordinal);
        Assert.Contains("As plain text", mailbox, StringComparison.Ordinal);
        using var frame = await stranger.GetAsync($"/sandbox/mailbox/{letter.Id}", ApiHouse.Cancellation);
        Assert.Contains("frame-ancestors 'self'", frame.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("<base target=\"_blank\">", await frame.Content.ReadAsStringAsync(ApiHouse.Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_office_reads_every_message_before_customers_do()
    {
        await using var house = await ApiHouse.OnSqliteAsync(PageHouse.Now, ("Billing:Notices:Kinds:BreakBegun", "off"));
        using var office = await house.InOfficeAsync();

        var page = await office.GetStringAsync("/office/messages", ApiHouse.Cancellation);
        foreach (var kind in Enum.GetNames<NoticeKind>())
        {
            Assert.Contains($"/office/messages/{kind}/bn", page, StringComparison.Ordinal);
            Assert.Contains("<h1", await office.GetStringAsync($"/office/messages/{kind}/en", ApiHouse.Cancellation), StringComparison.Ordinal);
        }

        Assert.Contains("switched off", page, StringComparison.Ordinal);
        using var stranger = house.HttpWith(null);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/office/messages", ApiHouse.Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await office.GetAsync("/office/messages/Nothing/en", ApiHouse.Cancellation)).StatusCode);
    }

    [Theory]
    [InlineData("Billing:Notices:Budget", "3", "at least 5")]
    [InlineData("Billing:Notices:Speaks", "loud", "is mail, app or off")]
    [InlineData("Billing:Notices:Speaks", "off", "something has to be said")]
    [InlineData("Billing:Notices:Kinds:Gossip", "mail", "knows no Gossip")]
    [InlineData("Billing:Notices:Kinds:PriceMoveAhead", "off", "cannot be off")]
    public void What_cannot_be_meant_keeps_the_server_from_starting(string name, string value, string said)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { [name] = value }).Build();
        Assert.Contains(said, Assert.Throws<InvalidOperationException>(() => NoticeSettings.From(configuration)).Message, StringComparison.Ordinal);
    }

    private static async Task<ApiHouse> HouseAsync(PostOffice office)
    {
        var house = await ApiHouse.OnSqliteAsync(
            PageHouse.Now, ("Billing:PublicUrl", "https://billing.example.com"), ("Billing:Smtp:Host", "127.0.0.1"), ("Billing:Smtp:Port", $"{office.Port}"),
            ("Billing:Smtp:Security", "none"), ("Billing:Smtp:From", "billing@example.com"));
        await house.SellCrewAsync();
        return house;
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hidden();

    [GeneratedRegex(@"https://billing\.example\.com/portal/enter\?token=\S+", RegexOptions.None, 1000)]
    private static partial Regex Link();
}
