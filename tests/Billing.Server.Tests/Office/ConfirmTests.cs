using Billing.Notices;
using Billing.Server.Http;
using Billing.Server.Pages.Office;
using Billing.Server.Pages.Office.Acts;
using Billing.Server.Persistence;
using Billing.Server.Plans;
using Billing.Server.Staff;
using Billing.Server.Tests.Browser;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Office;

/// <summary>What cannot be taken back, or is noticed by others, is asked about first; and refusals are read in one's own language.</summary>
public sealed partial class ConfirmTests
{
    [Fact]
    public async Task A_key_is_ended_or_replaced_only_after_reading_what_that_means()
    {
        await using var house = await PageHouse.OpenAsync();
        var made = await house.SendAsync(new CreateApiKey(new("the main app", ["read"])));
        using var admin = await house.SignedInAsync(await house.InviteAsync("mina", StaffRole.Admin));
        var list = await admin.GetStringAsync("/office/settings", ApiHouse.Cancellation);
        Assert.DoesNotContain($"action=\"/office/settings/keys/{made.Key.Id}", list, StringComparison.Ordinal);

        foreach (var (act, told) in new[] { ("rotate", "works beside it for 24 hours"), ("revoke", "cannot be taken back") })
        {
            var path = $"/office/settings/keys/{made.Key.Id}/{act}";
            Assert.Contains($"href=\"{path}\"", list, StringComparison.Ordinal);
            Assert.Contains(told, await admin.GetStringAsync(path, ApiHouse.Cancellation), StringComparison.Ordinal);
            Assert.Equal(2, await house.ReadAsync(db => db.ApiKeys.CountAsync(ApiHouse.Cancellation)));
        }

        using var ended = await admin.SendFormAsync($"/office/settings/keys/{made.Key.Id}/revoke", $"/office/settings/keys/{made.Key.Id}/revoke");
        Assert.Contains("The key has ended.", await ended.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_price_move_is_taken_back_only_after_reading_who_was_told()
    {
        await using var house = await PageHouse.OpenAsync();
        await house.SendAsync(new SetPrice("crew", new(new(1_500, "USD"), new("month"))));
        var olivia = await house.OliviaAsync();
        await house.SendAsync(new SetPrice("crew", new(new(1_800, "USD"), new("month"))));
        var move = await house.SendAsync(new SchedulePriceMove("crew", new("USD", new("month"), "2027-03-01")));
        using var finance = await house.SignedInAsync(await house.InviteAsync("mina", StaffRole.Finance));
        var path = $"/office/plans/crew/moves/{move.Id}/withdraw";

        Assert.Contains("Nobody was told of it yet", await finance.GetStringAsync(path, ApiHouse.Cancellation), StringComparison.Ordinal);
        Assert.Null(await house.ReadAsync(db => db.PriceMoves.Select(m => m.WithdrawnAt).SingleAsync(ApiHouse.Cancellation)));
        using var back = await finance.SendFormAsync(path, path);
        Assert.True(back.IsSuccessStatusCode);
        Assert.NotNull(await house.ReadAsync(db => db.PriceMoves.Select(m => m.WithdrawnAt).SingleAsync(ApiHouse.Cancellation)));
        Assert.NotEqual(Guid.Empty, olivia);
    }

    [Fact]
    public async Task A_message_is_read_without_its_links_and_one_that_was_given_up_is_tried_again_after_a_question()
    {
        await using var house = await PageHouse.OpenAsync();
        await house.OliviaAsync();
        using var support = await house.SignedInAsync(await house.InviteAsync("mina", StaffRole.Support));
        var receipt = await house.ReadAsync(db => db.Letters.FirstAsync(l => l.NoticeId != null, ApiHouse.Cancellation));
        Assert.Contains("token=pl_", receipt.Text, StringComparison.Ordinal);
        var read = await (await support.GetAsync($"/office/notices/{receipt.NoticeId}", ApiHouse.Cancellation)).TextAsync();
        Assert.Contains(receipt.Subject, read, StringComparison.Ordinal);
        Assert.DoesNotContain("token=pl_", read, StringComparison.Ordinal);

        var id = receipt.NoticeId!.Value;
        await using (var db = house.Get<BillingDatabase>().Open())
        {
            await db.Notices.Where(n => n.Id == id).ExecuteUpdateAsync(
                set => set.SetProperty(n => n.State, NoticeState.GivenUp), ApiHouse.Cancellation);
        }

        var path = $"/office/notices/{id}/again";
        Assert.Contains(path, await support.GetStringAsync($"/office/notices/{id}", ApiHouse.Cancellation), StringComparison.Ordinal);
        Assert.Contains("only if it is still true", await support.GetStringAsync(path, ApiHouse.Cancellation), StringComparison.Ordinal);
        Assert.Equal(NoticeState.GivenUp, await StateAsync());
        using var again = await support.SendFormAsync(path, path);
        Assert.Contains("looks at it again", await again.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(NoticeState.Planned, await StateAsync());
        await house.RunAsync();
        Assert.Equal(NoticeState.Sent, await StateAsync());

        Task<NoticeState> StateAsync() => house.ReadAsync(db => db.Notices.Where(n => n.Id == id).Select(n => n.State).SingleAsync(ApiHouse.Cancellation));
    }

    [Fact]
    public async Task A_refusal_inside_a_Bengali_page_is_in_Bengali()
    {
        await using var house = await PageHouse.OpenAsync();
        var olivia = await house.OliviaAsync();
        using var mina = await house.SignedInAsync(await house.InviteAsync("mina", StaffRole.Support));
        using var language = await mina.SendFormAsync("/office", "/office/language", ("language", "bn"));
        var subscription = await house.ReadAsync(db => db.Subscriptions.Select(s => s.Id).SingleAsync(ApiHouse.Cancellation));
        var path = $"/office/customers/{olivia}/acts/break?on={subscription}";

        using var refused = await mina.SendFormAsync(path, path, ("when", "now"), ("returnOn", "2026-12-20"));

        var text = await refused.TextAsync();
        Assert.Contains(RefusalWords.Of("no_breaks", "", Tongue.Bengali), text, StringComparison.Ordinal);
        Assert.DoesNotContain("This plan has no breaks", text, StringComparison.Ordinal);
    }

    /// <summary>What the rules refuse, in <c>src/Billing</c>, as its own code says it.</summary>
    [Fact]
    public void Every_refusal_that_a_form_of_the_office_can_meet_has_its_Bengali()
    {
        // Met by programs, by the customer's own page, or by an import, and by no form of the office.
        string[] elsewhere =
        [
            "as_of_in_future", "card_is_default", "end_not_at_period_end", "ended_before_started", "feedback_out_of_range", "invoice_empty",
            "no_backup_card", "no_offer", "nothing_to_wait_for", "payment_day_chosen", "quote_stale", "quote_unreadable", "reason_given", "reason_without_end",
            "session_closed", "start_out_of_range", "too_many_lines", "unknown_reason",
        ];
        var codes = Directory.EnumerateFiles(Repository.At("src", "Billing"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(path => Code().Matches(File.ReadAllText(path)).Select(m => m.Groups["code"].Value)).Distinct().ToList();

        Assert.InRange(codes.Count, 40, 200);
        Assert.Empty(codes.Except(elsewhere).Where(code => RefusalWords.Find(code) is null).Order(StringComparer.Ordinal));
    }

    [System.Text.RegularExpressions.GeneratedRegex(
        "Refused\\(\\s*\"(?<code>[a-z_]+)\"", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, 1_000)]
    private static partial System.Text.RegularExpressions.Regex Code();
}
