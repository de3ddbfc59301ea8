using System.Net;
using System.Text.RegularExpressions;
using Billing.Server.BillingRun;
using Billing.Server.Pages.SignIn;
using Billing.Server.Persistence;
using Billing.Server.Staff;
using Billing.Server.Tests.Browser;
using Billing.Server.Tests.Infrastructure;

namespace Billing.Server.Tests.Office;

/// <summary>A server with staff, and visitors who send forms as a browser would.</summary>
internal static partial class OfficeHouse
{
    public static Task<StaffMember> InviteAsync(this ApiHouse house, string name, StaffRole role) =>
        house.SendAsync(new InviteStaff(name, $"{name}@example.com", role));

    /// <summary>A browser in which this person is signed in.</summary>
    public static async Task<HttpClient> SignedInAsync(this ApiHouse house, StaffMember member)
    {
        var visitor = SignInTests.Visitor(house);
        await SignInTests.EnterAsync(visitor, await house.LinkOfAsync(member));
        return visitor;
    }

    /// <summary>A link to the office for somebody of the staff, as a path.</summary>
    public static async Task<string> LinkOfAsync(this ApiHouse house, StaffMember member)
    {
        await using var db = house.Get<BillingDatabase>().Open();
        var link = SignInLinks.NewToOffice(db, member.Name, house.Get<BillingClock>().WallNow, member.Id);
        await db.SaveChangesAsync(ApiHouse.Cancellation);
        return link;
    }

    /// <summary>Loads a page, fills its form to this address in, and sends it.</summary>
    public static async Task<HttpResponseMessage> SendFormAsync(
        this HttpClient visitor, string page, string action, params (string Name, string Value)[] filled) =>
        await SendAgainAsync(visitor, await visitor.GetStringAsync(page, ApiHouse.Cancellation), action, filled);

    /// <summary>Sends the form of a page that is already there.</summary>
    public static async Task<HttpResponseMessage> SendAgainAsync(
        this HttpClient visitor, string html, string action, params (string Name, string Value)[] filled)
    {
        var form = Form().Matches(html).Select(m => m.Value).FirstOrDefault(f => WebUtility.HtmlDecode(f).Contains($"action=\"{action}\"", StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"No form to {action} on this page.");
        var values = Hidden().Matches(form).ToDictionary(
            m => m.Groups["name"].Value, m => WebUtility.HtmlDecode(m.Groups["value"].Value), StringComparer.Ordinal);
        foreach (var (name, value) in filled) values[name] = value;
        using var content = new FormUrlEncodedContent(values);
        return await visitor.PostAsync(action, content, ApiHouse.Cancellation);
    }

    /// <summary>Fills an act in, looks at what it would do, and does it.</summary>
    public static async Task DoAsync(this HttpClient visitor, string path, params (string, string)[] filled)
    {
        using var shown = await visitor.SendFormAsync(path, path, filled);
        Assert.True(shown.IsSuccessStatusCode, $"{path}: {ActTests.Plain(await shown.TextAsync())}");
        using var done = await visitor.SendAgainAsync(await shown.Content.ReadAsStringAsync(ApiHouse.Cancellation), path, ("step", "do"));
        Assert.Contains("Done: ", await done.TextAsync(), StringComparison.Ordinal);
    }

    public static async Task<string> TextAsync(this HttpResponseMessage answer) =>
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(ApiHouse.Cancellation));

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hidden();
}
