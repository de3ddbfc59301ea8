using System.Net;
using Billing.Server.Pages;
using Billing.Server.Pages.Language;
using Billing.Server.Pages.SignIn;
using Billing.Server.Staff;
using Billing.Server.Tests.Infrastructure;
using Billing.Server.Tests.Office;
using Microsoft.AspNetCore.Authorization;

namespace Billing.Server.Tests.Browser;

/// <summary>What stands at every door at once, asked of the doors there are: one that is added tomorrow is asked too.</summary>
public sealed class GuardTests
{
    [Fact]
    public async Task No_form_of_any_page_is_taken_that_we_did_not_hand_out()
    {
        await using var house = await PageHouse.OpenAsync();
        using var visitor = await house.SignedInAsync(await house.InviteAsync("boss", StaffRole.Admin));
        await SignInTests.EnterAsync(visitor, await house.LinkAsync(await house.OliviaAsync()));
        var posts = Endpoints(house).Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") == true)
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'))
            .Where(path => new[] { "/portal", "/office", "/leave", "/mails/", "/sandbox" }.Any(d => path.StartsWith(d, StringComparison.Ordinal))).ToList();

        Assert.InRange(posts.Count, 50, 200);
        List<string> taken = [];
        foreach (var path in posts)
        {
            // All that any of them cannot be read without, so that nothing but the missing token is wrong.
            using var form = new FormUrlEncodedContent(
                [new("seen", "1"), new("language", "en"), new("pass", "renew"), new("subject", Guid.Empty.ToString()), new("name", "mina"), new("role", "Support")]);
            var address = System.Text.RegularExpressions.Regex.Replace(path, "[{][^}]*[}]", Guid.Empty.ToString(), System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
            using var answer = await visitor.PostAsync(address, form, ApiHouse.Cancellation);
            var text = await answer.TextAsync();
            if (answer.StatusCode != HttpStatusCode.BadRequest || !text.Contains(Words.English.FormTooOldTitle, StringComparison.Ordinal)) taken.Add($"{path} {answer.StatusCode}");
        }

        Assert.Empty(taken);
    }

    [Fact]
    public async Task What_moves_money_or_the_house_asks_for_finance_or_an_admin()
    {
        await using var house = await PageHouse.OpenAsync();
        var asked = Endpoints(house).Where(e => e.RoutePattern.RawText!.StartsWith("/office/", StringComparison.Ordinal))
            .Select(e => (
                Path: e.RoutePattern.RawText!.TrimEnd('/'), IsPost: e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") == true,
                Policies: e.Metadata.OfType<IAuthorizeData>().Select(a => a.Policy).ToHashSet())).ToList();

        MustAsk(StaffRole.Admin, path => path.StartsWith("/office/staff", StringComparison.Ordinal) || path.StartsWith("/office/settings", StringComparison.Ordinal));
        MustAsk(
            StaffRole.Finance, path => new[] { "/office/runs", "/office/gateway", "/office/audit", "/office/dunning/policies" }
                .Any(p => path.StartsWith(p, StringComparison.Ordinal)) || path.EndsWith("/refund", StringComparison.Ordinal));
        MustAsk(
            StaffRole.Finance, path => new[] { "void", "write-off", "credit-note", "received", "answer", "release", "forgive" }
                .Any(act => path.EndsWith($"/acts/{act}", StringComparison.Ordinal)));
        MustAsk(StaffRole.Finance, path => path.StartsWith("/office/plans", StringComparison.Ordinal), postsOnly: true);

        void MustAsk(StaffRole role, Func<string, bool> which, bool postsOnly = false)
        {
            var doors = asked.Where(d => which(d.Path) && (d.IsPost || !postsOnly)).ToList();
            Assert.NotEmpty(doors);
            Assert.All(doors, d => Assert.Contains(OfficeDoor.Policy(role), d.Policies));
        }
    }

    [Fact]
    public void Nothing_but_our_own_files_runs_or_frames_a_page()
    {
        Assert.StartsWith("default-src 'none';", PageHeaders.ContentSecurityPolicy, StringComparison.Ordinal);
        foreach (var rule in new[] { "script-src 'self'", "style-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'" })
            Assert.Contains(rule, PageHeaders.ContentSecurityPolicy.Split("; "));
        Assert.DoesNotContain("unsafe", PageHeaders.ContentSecurityPolicy, StringComparison.Ordinal);
    }

    private static IEnumerable<RouteEndpoint> Endpoints(ApiHouse house) => house.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();
}
