using System.Net;
using Billing.Server.BillingRun;
using Billing.Server.Http;
using Billing.Server.Pages.Office.Staff;
using Billing.Server.Pages.SignIn;
using Billing.Server.Staff;
using Billing.Server.Tests.Browser;
using Billing.Server.Tests.Infrastructure;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Office;

/// <summary>Who works in the office, what their role opens, and how it is taken away.</summary>
public sealed class StaffTests(PostgresServer postgres)
{
    private static readonly string[] Support =
        ["/office", "/office/customers", "/office/invoices", "/office/payments", "/office/breaks", "/office/plans", "/office/plans/leaving",
        "/office/dunning", "/office/notices", "/office/alarms", "/office/messages"];

    private static readonly string[] Finance = ["/office/runs", "/office/audit", "/office/plans/crew/price", "/office/gateway", "/office/dunning/policies"];
    private static readonly string[] Admin = ["/office/staff", "/office/settings"];

    [Fact]
    public async Task A_role_opens_its_own_pages_and_the_rest_is_kindly_for_other_hands()
    {
        await using var house = await PageHouse.OpenAsync();
        foreach (var role in Enum.GetValues<StaffRole>())
        {
            using var visitor = await house.SignedInAsync(await house.InviteAsync($"{role}", role));
            await AllAsync(visitor, Support, HttpStatusCode.OK);
            await AllAsync(visitor, Finance, role >= StaffRole.Finance ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
            await AllAsync(visitor, Admin, role == StaffRole.Admin ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
        }

        using var supporter = await house.SignedInAsync(await house.InviteAsync("another", StaffRole.Support));
        Assert.Contains("This is for other hands", await (await supporter.GetAsync("/office/staff", ApiHouse.Cancellation)).TextAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("/office/audit", await supporter.GetStringAsync("/office", ApiHouse.Cancellation), StringComparison.Ordinal);
        using var invoice = await supporter.PostAsync("/office/runs/start", null, ApiHouse.Cancellation);
        Assert.Equal(HttpStatusCode.Forbidden, invoice.StatusCode);

        static async Task AllAsync(HttpClient visitor, string[] paths, HttpStatusCode wanted)
        {
            foreach (var path in paths)
            {
                using var answer = await visitor.GetAsync(path, ApiHouse.Cancellation);
                Assert.Equal((path, wanted), (path, answer.StatusCode));
            }
        }
    }

    [Fact]
    public async Task Every_page_and_post_of_the_office_asks_for_a_role()
    {
        await using var house = await PageHouse.OpenAsync();
        var open = new[] { "/office/enter", "/office/sign-in", "/office/leave" };

        var unguarded = house.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/office", StringComparison.Ordinal) && !open.Contains(e.RoutePattern.RawText))
            .Where(e => !e.Metadata.OfType<IAuthorizeData>().Any(a => Enum.GetValues<StaffRole>().Select(OfficeDoor.Policy).Contains(a.Policy)))
            .Select(e => e.RoutePattern.RawText);

        Assert.Empty(unguarded);
    }

    [Fact]
    public async Task A_session_that_was_ended_a_role_that_was_changed_and_a_person_who_left_count_from_the_next_click()
    {
        await using var house = await PageHouse.OpenAsync();
        var boss = await house.InviteAsync("boss", StaffRole.Admin);
        var mina = await house.InviteAsync("mina", StaffRole.Finance);
        using var admin = await house.SignedInAsync(boss);
        using var one = await house.SignedInAsync(mina);
        using var other = await house.SignedInAsync(mina);
        var sessions = await house.ReadAsync(db => db.OfficeSessions.Where(s => s.StaffId == mina.Id).OrderBy(s => s.BegunAt).ThenBy(s => s.Id).Select(s => s.Id).ToListAsync(ApiHouse.Cancellation));
        Assert.Equal(2, sessions.Count);

        await admin.SendFormAsync("/office/staff", $"/office/staff/{mina.Id}/role", ("role", "Support"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(one, "/office/runs"));

        await admin.SendFormAsync("/office/staff", $"/office/staff/sessions/{sessions[0]}/end");
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Unauthorized], new[] { await StatusAsync(one, "/office"), await StatusAsync(other, "/office") }.Order());

        await admin.SendFormAsync($"/office/staff/{mina.Id}/leave", $"/office/staff/{mina.Id}/leave");
        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized], [await StatusAsync(one, "/office"), await StatusAsync(other, "/office")]);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(admin, "/office/staff"));
        Assert.Equal(
            ["ChangeStaffRole", "EndOfficeSession", "TakeStaffAway"],
            await house.ReadAsync(db => db.HouseActs.Where(a => a.Actor == "staff:boss").Select(a => a.What).Order().ToListAsync(ApiHouse.Cancellation)));
    }

    [Fact]
    public async Task A_session_unused_for_an_hour_or_older_than_twelve_is_over()
    {
        await using var house = await PageHouse.OpenAsync();
        var mina = await house.InviteAsync("mina", StaffRole.Support);
        using var idle = await house.SignedInAsync(mina);
        house.Clock.Now += OfficeSession.Idle;
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(idle, "/office"));

        using var busy = await house.SignedInAsync(mina);
        for (var half = 0; half < 23; half++)
        {
            house.Clock.Now += Duration.FromMinutes(30);
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(busy, "/office"));
        }

        house.Clock.Now += Duration.FromMinutes(30);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(busy, "/office"));
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_a_copy_of_its_cookie_opens_nothing()
    {
        await using var house = await PageHouse.OpenAsync();
        var cookies = new CookieContainer();
        using var visitor = SignInTests.Visitor(house, cookies);
        await SignInTests.EnterAsync(visitor, await house.LinkOfAsync(await house.InviteAsync("mina", StaffRole.Support)));
        var copy = new CookieContainer();
        foreach (var cookie in cookies.GetCookies(new(house.Address, "/office")).Cast<Cookie>()) copy.Add(house.Address, new Cookie(cookie.Name, cookie.Value, cookie.Path));
        using var thief = SignInTests.Visitor(house, copy);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(thief, "/office"));

        await visitor.SendFormAsync("/office", "/office/leave");

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(thief, "/office"));
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task The_last_admin_stays(string database)
    {
        await using var house = await TestHouse.OnAsync(database, postgres, PageHouse.Now);
        var first = await house.SendAsync(new InviteStaff("Ada", "ada@example.com", StaffRole.Admin));
        var second = await house.SendAsync(new InviteStaff("Bo", "bo@example.com", StaffRole.Admin));
        await house.SendAsync(new InviteStaff("Cy", "cy@example.com", StaffRole.Finance));

        await Task.WhenAll(TryAsync(new TakeStaffAway(first.Id, "Ada")), TryAsync(new ChangeStaffRole(second.Id, StaffRole.Support, "Bo")));

        var last = Assert.Single(await house.ReadAsync(db => db.StaffMembers.Where(m => m.Role == StaffRole.Admin && m.LeftAt == null).ToListAsync(TestHouse.Cancellation)));
        Assert.Equal("last_admin", (await Assert.ThrowsAsync<Refused>(() => house.SendAsync(new TakeStaffAway(last.Id, last.Name)))).Code);
        Assert.Equal("last_admin", (await Assert.ThrowsAsync<Refused>(() => house.SendAsync(new ChangeStaffRole(last.Id, StaffRole.Finance, last.Name)))).Code);

        async Task TryAsync(MediatR.IRequest<StaffMember> change)
        {
            try
            {
                await house.SendAsync(change);
            }
            catch (Exception late) when (late is Refused { Code: "last_admin" } || Problems.Of(late) is { Code: Problems.ChangedMeanwhile })
            {
                // The other was first.
            }
        }
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_name_in_the_history_is_one_persons_and_whoever_comes_back_keeps_it(string database)
    {
        await using var house = await TestHouse.OnAsync(database, postgres, PageHouse.Now);
        await house.SendAsync(new InviteStaff("Ada", "ada@example.com", StaffRole.Admin));
        var mina = await house.SendAsync(new InviteStaff("Mina", "Mina@Example.com", StaffRole.Support));

        Assert.Equal("name_taken", (await Assert.ThrowsAsync<Refused>(() => house.SendAsync(new InviteStaff("mina ", "other@example.com", StaffRole.Support)))).Code);
        Assert.Equal("already_staff", (await Assert.ThrowsAsync<Refused>(() => house.SendAsync(new InviteStaff("Else", "mina@example.com", StaffRole.Support)))).Code);

        await house.SendAsync(new TakeStaffAway(mina.Id, "Mina"));
        var back = await house.SendAsync(new InviteStaff("Somebody", "mina@example.com", StaffRole.Finance));
        Assert.Equal((mina.Id, "Mina", StaffRole.Finance), (back.Id, back.Name, back.Role));
        await using var db = house.Database.Open();
        Assert.Equal(2, (await StaffPage.ReadAsync(db, house.Get<BillingClock>(), TestHouse.Cancellation)).Members.Count);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient visitor, string path)
    {
        using var answer = await visitor.GetAsync(path, ApiHouse.Cancellation);
        return answer.StatusCode;
    }
}
