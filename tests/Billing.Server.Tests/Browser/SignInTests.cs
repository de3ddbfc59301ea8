using System.Net;
using System.Text.RegularExpressions;
using Billing.Server.Http;
using Billing.Server.Pages;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Browser;

/// <summary>Who gets in, who does not, and what every page is sent with.</summary>
public sealed partial class SignInTests
{
    [Fact]
    public async Task A_link_lets_in_once_and_looking_at_it_does_not_use_it_up()
    {
        await using var house = await PageHouse.OpenAsync();
        var link = await house.LinkAsync(await house.OliviaAsync());

        // A mail scanner, twice.
        Assert.Equal(HttpStatusCode.OK, (await Visitor(house).GetAsync(link, ApiHouse.Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Visitor(house).GetAsync(link, ApiHouse.Cancellation)).StatusCode);
        using var first = Visitor(house);
        Assert.Equal(HttpStatusCode.OK, (await EnterAsync(first, link)).StatusCode);

        using var second = Visitor(house);
        var answer = await second.GetAsync(link, ApiHouse.Cancellation);
        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
        Assert.Contains("This link no longer works", await answer.Content.ReadAsStringAsync(ApiHouse.Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_who_press_at_once_one_gets_in()
    {
        await using var house = await PageHouse.OpenAsync();
        var link = await house.LinkAsync(await house.OliviaAsync());
        var forms = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            var visitor = Visitor(house);
            return (visitor, form: await FormAsync(visitor, link));
        }));

        var answers = await Task.WhenAll(forms.Select(f => f.visitor.PostAsync(new Uri("/portal/enter", UriKind.Relative), f.form, ApiHouse.Cancellation)));

        Assert.Equal(1, answers.Count(a => a.StatusCode == HttpStatusCode.OK));
        Assert.Equal(7, answers.Count(a => a.StatusCode == HttpStatusCode.Gone));
    }

    [Fact]
    public async Task An_old_link_an_unknown_one_and_one_to_another_door_let_nobody_in()
    {
        await using var house = await PageHouse.OpenAsync();
        var link = await house.LinkAsync(await house.OliviaAsync());
        using var visitor = Visitor(house);

        Assert.Equal(HttpStatusCode.Gone, (await visitor.GetAsync(link.Replace("/portal", "/office", StringComparison.Ordinal), ApiHouse.Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.Gone, (await visitor.GetAsync("/portal/enter?token=pl_nobody", ApiHouse.Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.Gone, (await visitor.GetAsync("/portal/enter", ApiHouse.Cancellation)).StatusCode);

        var form = await FormAsync(visitor, link);
        house.Clock.Now += SignInLink.Lifetime;
        Assert.Equal(HttpStatusCode.Gone, (await visitor.GetAsync(link, ApiHouse.Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.Gone, (await visitor.PostAsync("/portal/enter", form, ApiHouse.Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Another_customers_invoice_is_not_there()
    {
        await using var house = await PageHouse.OpenAsync();
        var olivia = await house.OliviaAsync();
        var rahima = await house.RahimaAsync();
        var invoices = await house.ReadAsync(db => db.Invoices.ToDictionaryAsync(i => i.CustomerId.Value, i => i.Id.Value, ApiHouse.Cancellation));
        using var visitor = Visitor(house);
        await EnterAsync(visitor, await house.LinkAsync(olivia));

        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync($"/portal/invoices/{invoices[olivia]}", ApiHouse.Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"/portal/invoices/{invoices[rahima]}", ApiHouse.Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"/portal/invoices/{Guid.Empty}", ApiHouse.Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.GetAsync("/office", ApiHouse.Cancellation)).StatusCode);
    }

    [Fact]
    public async Task A_form_that_we_did_not_hand_out_is_not_taken()
    {
        await using var house = await PageHouse.OpenAsync();
        var link = await house.LinkAsync(await house.OliviaAsync());
        using var visitor = Visitor(house);
        using var forged = new FormUrlEncodedContent([new("token", link.Split('=')[1])]);

        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.PostAsync("/portal/enter", forged, ApiHouse.Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await EnterAsync(visitor, link)).StatusCode);
        using var retry = new FormUrlEncodedContent([new("pass", "renew"), new("subject", Guid.Empty.ToString())]);
        await EnterAsync(visitor, await house.OfficeLinkAsync());
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.PostAsync("/office/runs/retry", retry, ApiHouse.Cancellation)).StatusCode);
    }

    [Fact]
    public async Task A_session_outlives_a_restart()
    {
        await using var house = await PageHouse.OpenAsync();
        var cookies = new CookieContainer();
        using var visitor = Visitor(house, cookies);
        await EnterAsync(visitor, await house.LinkAsync(await house.OliviaAsync()));
        var session = Assert.Single(cookies.GetCookies(new(house.Address, "/portal")), c => c.Name == "billing-portal");
        Assert.True(session.HttpOnly);

        await house.RestartAsync();

        var after = new CookieContainer();
        after.Add(new Uri(house.Address, "/portal"), new Cookie(session.Name, session.Value, "/portal"));
        using var again = Visitor(house, after);
        Assert.Equal(HttpStatusCode.OK, (await again.GetAsync("/portal", ApiHouse.Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Every_page_allows_our_script_file_alone_no_frame_and_no_keeping_and_is_light()
    {
        await using var house = await PageHouse.OpenAsync();
        var olivia = await house.OliviaAsync();
        var link = await house.LinkAsync(olivia);
        using var visitor = Visitor(house);
        await EnterAsync(visitor, await house.LinkAsync(olivia));
        await EnterAsync(visitor, await house.OfficeLinkAsync());
        using var stranger = Visitor(house);

        foreach (var (who, path) in new[] { (visitor, "/portal"), (visitor, "/office"), (visitor, link), (visitor, "/"), (visitor, "/portal/nowhere"), (stranger, "/portal"), (stranger, "/office") })
        {
            using var answer = await who.GetAsync(path, ApiHouse.Cancellation);
            Assert.Equal([PageHeaders.ContentSecurityPolicy], answer.Headers.GetValues("Content-Security-Policy"));
            Assert.Equal(["DENY"], answer.Headers.GetValues("X-Frame-Options"));
            Assert.True(answer.Headers.CacheControl?.NoStore, path);

            var body = await answer.Content.ReadAsStringAsync(ApiHouse.Cancellation);
            var style = await who.GetByteArrayAsync(Sheet().Match(body).Groups["address"].Value, ApiHouse.Cancellation);
            var script = await who.GetByteArrayAsync(Script().Match(body).Groups["address"].Value, ApiHouse.Cancellation);
            var icon = await who.GetByteArrayAsync("/icon.svg", ApiHouse.Cancellation);
            Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(body) + style.Length + script.Length + icon.Length, 1_000, 100_000);
            Assert.Single(AnyScript().Matches(body));
            Assert.DoesNotContain(" style=", body, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("https://", body, StringComparison.OrdinalIgnoreCase);
        }
    }

    internal static HttpClient Visitor(ApiHouse house, CookieContainer? cookies = null) =>
        new(new HttpClientHandler { CookieContainer = cookies ?? new() }) { BaseAddress = house.Address };

    internal static async Task<HttpResponseMessage> EnterAsync(HttpClient visitor, string link) =>
        await visitor.PostAsync(link.Split('?')[0], await FormAsync(visitor, link), ApiHouse.Cancellation);

    /// <summary>The form on the page behind a link, as its button would send it.</summary>
    private static async Task<FormUrlEncodedContent> FormAsync(HttpClient visitor, string link)
    {
        var page = await visitor.GetStringAsync(link, ApiHouse.Cancellation);
        return new(Field().Matches(page).Select(m => KeyValuePair.Create(m.Groups["name"].Value, WebUtility.HtmlDecode(m.Groups["value"].Value))));
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Field();

    [GeneratedRegex("<script", RegexOptions.IgnoreCase, 1_000)]
    private static partial Regex AnyScript();

    [GeneratedRegex("<script src=\"(?<address>/billing[.]js[?]v=[0-9a-f]+)\" defer></script>", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Script();

    [GeneratedRegex("<link rel=\"stylesheet\" href=\"(?<address>[^\"]+)\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Sheet();
}
