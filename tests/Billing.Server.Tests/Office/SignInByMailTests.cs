using System.Net;
using System.Text.RegularExpressions;
using Billing.Server.Staff;
using Billing.Server.Tests.Browser;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Office;

/// <summary>The staff's way in, by a real mail server on this machine.</summary>
public sealed partial class SignInByMailTests
{
    [Fact]
    public async Task Nobody_can_find_out_whether_an_address_is_staff()
    {
        await using var post = new PostOffice();
        await using var house = await OpenAsync(post);
        await house.InviteAsync("mina", StaffRole.Support);
        using var visitor = SignInTests.Visitor(house);

        var stranger = await AskAsync(visitor, "nobody@example.com");
        var staff = await AskAsync(visitor, "Mina@example.com");

        Assert.Equal(stranger, staff);
        var mail = await post.NextAsync(ApiHouse.Cancellation);
        Assert.Equal("mina@example.com", mail.To.Mailboxes.Single().Address);
        // They are answered in the order they asked: the stranger's turn is over, and nothing was written.
        Assert.Single(await house.ReadAsync(db => db.Letters.ToListAsync(ApiHouse.Cancellation)));

        using var other = SignInTests.Visitor(house);
        var link = Link().Match(mail.TextBody!).Value;
        Assert.Equal(HttpStatusCode.OK, (await SignInTests.EnterAsync(other, new Uri(link).PathAndQuery)).StatusCode);
        Assert.Contains("mina · support", await other.GetStringAsync("/office", ApiHouse.Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_asks_again_and_again_gets_three_links_and_whoever_left_gets_none()
    {
        await using var post = new PostOffice();
        await using var house = await OpenAsync(post);
        await house.InviteAsync("ada", StaffRole.Admin);
        await house.InviteAsync("mina", StaffRole.Support);
        var left = await house.InviteAsync("left", StaffRole.Support);
        await house.SendAsync(new TakeStaffAway(left.Id, "left"));
        using var visitor = SignInTests.Visitor(house);

        await AskAsync(visitor, "left@example.com");
        for (var i = 0; i < 5; i++) await AskAsync(visitor, "mina@example.com");
        await AskAsync(visitor, "ada@example.com");

        while ((await post.NextAsync(ApiHouse.Cancellation)).To.Mailboxes.Single().Address != "ada@example.com")
        {
        }

        Assert.Equal(
            ["ada@example.com", "mina@example.com", "mina@example.com", "mina@example.com"],
            post.Taken.Select(m => m.To.Mailboxes.Single().Address).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_no_address_is_said_so_and_a_link_never_leads_where_a_stranger_says()
    {
        await using var post = new PostOffice();
        await using var house = await OpenAsync(post);
        await house.InviteAsync("mina", StaffRole.Support);
        using var visitor = SignInTests.Visitor(house);

        using var wrong = await visitor.SendFormAsync("/office/sign-in", "/office/sign-in", ("email", "mina"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("does not look like a mail address", await wrong.TextAsync(), StringComparison.Ordinal);

        visitor.DefaultRequestHeaders.Host = "evil.example.com";
        await AskAsync(visitor, "mina@example.com");
        visitor.DefaultRequestHeaders.Host = null;
        await AskAsync(visitor, "mina@example.com");

        Assert.Contains($"{house.Address}office/enter", (await post.NextAsync(ApiHouse.Cancellation)).TextBody, StringComparison.Ordinal);
        Assert.Single(await house.ReadAsync(db => db.Letters.ToListAsync(ApiHouse.Cancellation)));
    }

    internal static Task<ApiHouse> OpenAsync(PostOffice post) => PageHouse.OpenAsync(
        ("Billing:Smtp:Host", "127.0.0.1"), ("Billing:Smtp:Port", $"{post.Port}"), ("Billing:Smtp:Security", "none"), ("Billing:Smtp:From", "office@example.com"));

    internal static string LinkIn(string text) => Link().Match(text).Value;

    private static async Task<string> AskAsync(HttpClient visitor, string email)
    {
        using var answer = await visitor.SendFormAsync("/office/sign-in", "/office/sign-in", ("email", email));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.TextAsync();
    }

    [GeneratedRegex(@"http://\S+/office/enter\?token=\S+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();
}
