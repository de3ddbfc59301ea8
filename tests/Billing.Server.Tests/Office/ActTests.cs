using System.Net;
using Billing.Server.Customers;
using Billing.Server.Invoicing;
using Billing.Server.Plans;
using Billing.Server.Staff;
using Billing.Server.Tests.Browser;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Office;

/// <summary>What the staff does for a customer: shown before, done as shown, once, with who and why.</summary>
public sealed class ActTests
{
    [Fact]
    public async Task What_is_confirmed_is_what_was_shown_once_and_the_history_says_who_and_why()
    {
        await using var house = await PageHouse.OpenAsync();
        var olivia = await house.OliviaAsync();
        using var mina = await house.SignedInAsync(await house.InviteAsync("mina", StaffRole.Support));
        var path = $"/office/customers/{olivia}/acts/credit";

        using var shown = await mina.SendFormAsync(path, path, ("amount", "5.00"), ("why", "The outage on Monday"));
        var page = await shown.TextAsync();
        Assert.Contains("$5.00 of credit was granted.", page, StringComparison.Ordinal);
        Assert.Contains("Credit afterwards: $12.65", Plain(page), StringComparison.Ordinal);
        Assert.Equal(765, await BalanceAsync(house, olivia));

        // Twice: a double click, or somebody who goes back and presses again.
        var raw = await (await mina.SendFormAsync(path, path, ("amount", "5.00"), ("why", "The outage on Monday"))).Content.ReadAsStringAsync(ApiHouse.Cancellation);
        for (var press = 0; press < 2; press++)
        {
            using var done = await mina.SendAgainAsync(raw, path, ("step", "do"));
            Assert.Contains("Done: Grant credit.", await done.TextAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(1_265, await BalanceAsync(house, olivia));
        var file = Plain(await (await mina.GetAsync($"/office/customers/{olivia}", ApiHouse.Cancellation)).TextAsync());
        Assert.Contains("$5.00 of credit was granted. “The outage on Monday” mina · 15:30", file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_changed_since_it_was_shown_is_shown_again_and_not_done()
    {
        await using var house = await PageHouse.OpenAsync();
        var olivia = await house.OliviaAsync();
        var subscription = await house.ReadAsync(db => db.Subscriptions.Select(s => s.Id).SingleAsync(ApiHouse.Cancellation));
        using var mina = await house.SignedInAsync(await house.InviteAsync("mina", StaffRole.Support));
        var path = $"/office/customers/{olivia}/acts/cancel?on={subscription}";
        var shown = await (await mina.SendFormAsync(path, path, ("when", "now"), ("why", "Asked by phone"))).Content.ReadAsStringAsync(ApiHouse.Cancellation);
        Assert.Contains("It ended, as the customer wished.", WebUtility.HtmlDecode(shown), StringComparison.Ordinal);

        await house.SendAsync(new GrantCredit(olivia, new(new(100, "USD"))));
        using var late = await mina.SendAgainAsync(shown, path, ("step", "do"), ("when", "now"));
        Assert.Contains("Something changed since you looked. Nothing was done.", await late.TextAsync(), StringComparison.Ordinal);
        Assert.Null(await house.ReadAsync(db => db.Subscriptions.Select(s => s.EndedOn).SingleAsync(ApiHouse.Cancellation)));

        using var now = await mina.SendAgainAsync(await late.Content.ReadAsStringAsync(ApiHouse.Cancellation), path, ("step", "do"));
        Assert.NotNull(await house.ReadAsync(db => db.Subscriptions.Select(s => s.EndedOn).SingleAsync(ApiHouse.Cancellation)));
    }

    [Fact]
    public async Task What_is_wrong_is_said_at_its_field_and_nothing_is_lost_or_done()
    {
        await using var house = await PageHouse.OpenAsync();
        var rahima = await house.RahimaAsync();
        using var mina = await house.SignedInAsync(await house.InviteAsync("mina", StaffRole.Support));
        var path = $"/office/customers/{rahima}/acts/credit";

        foreach (var (amount, why, said) in new[] { ("5,00.5x", "x", "Write an amount of BDT"), ("5.001", "x", "Write an amount"), ("0", "x", "must be between"), ("-4", "x", "Write an amount"), ("12.50", "", "Say why") })
        {
            using var answer = await mina.SendFormAsync(path, path, ("amount", amount), ("why", why));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            var page = await answer.TextAsync();
            Assert.Contains(said, page, StringComparison.Ordinal);
            Assert.Contains($"value=\"{amount}\"", page, StringComparison.Ordinal);
        }

        using var bengali = await mina.SendFormAsync(path, path, ("amount", "১২.৫০"), ("why", "ধন্যবাদ"));
        Assert.Contains("৳12.50 of credit was granted.", await bengali.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await BalanceAsync(house, rahima));

        using var details = await mina.SendFormAsync(
            $"/office/customers/{rahima}/acts/details", $"/office/customers/{rahima}/acts/details", ("timeZone", "Mars/Olympus"), ("locale", "bn"));
        Assert.Contains("id=\"f-timeZone-trouble\"", await details.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_break_is_arranged_extended_and_ended_and_an_end_is_planned_and_taken_back()
    {
        await using var house = await PageHouse.OpenAsync();
        await house.SendAsync(new AllowBreaks("crew", new(new(200, "USD"), 7, 180)));
        var olivia = await house.OliviaAsync();
        var on = await house.ReadAsync(db => db.Subscriptions.Select(s => s.Id).SingleAsync(ApiHouse.Cancellation));
        using var mina = await house.SignedInAsync(await house.InviteAsync("mina", StaffRole.Support));

        await DoAsync("break", ("when", "period_end"), ("returnOn", "2027-02-01"), ("why", "A long trip"));
        await DoAsync("withdraw-break");
        await DoAsync("break", ("when", "now"), ("returnOn", "2026-12-20"));
        await DoAsync("extend", ("returnOn", "2027-01-20"));
        await DoAsync("return");
        await DoAsync("cancel", ("when", "period_end"), ("why", "Wrote to us"));
        await DoAsync("stay");
        await DoAsync("discount", ("discount", "founders"), ("why", "Thanks"));
        await DoAsync("cancel", ("when", "now"), ("why", "Wrote again"));
        await DoAsync("take-up");

        Assert.Equal(
            ["staff:mina"],
            await house.ReadAsync(db => db.History.Where(h => h.Type == "BreakExtended" || h.Type == "CancelWithdrawn" || h.Type == "CameBack").Select(h => h.Actor).Distinct().ToListAsync(ApiHouse.Cancellation)));
        Assert.Equal("A long trip", await house.ReadAsync(db => db.Breaks.OrderBy(b => b.Number).Select(b => b.Reason).FirstAsync(ApiHouse.Cancellation)));

        Task DoAsync(string act, params (string, string)[] filled) => mina.DoAsync($"/office/customers/{olivia}/acts/{act}?on={on}", filled);
    }

    [Fact]
    public async Task Documents_are_corrected_by_finance_and_nobody_acts_on_another_customers_invoice()
    {
        await using var house = await PageHouse.OpenAsync();
        var (olivia, rahima) = (await house.OliviaAsync(), await house.RahimaAsync());
        var invoices = await house.ReadAsync(db => db.Invoices.ToDictionaryAsync(i => i.CustomerId.Value, i => i.Id.Value, ApiHouse.Cancellation));
        var drafts = new List<Guid>();
        for (var i = 0; i < 2; i++)
        {
            drafts.Add((await house.SendAsync(new DraftInvoice(olivia, new([new("Setup", new(10_000, "USD"))])))).Id);
            await house.SendAsync(new IssueInvoice(drafts[i]));
        }

        using var mina = await house.SignedInAsync(await house.InviteAsync("mina", StaffRole.Finance));
        using var arif = await house.SignedInAsync(await house.InviteAsync("arif", StaffRole.Support));

        var note = $"/office/customers/{olivia}/acts/credit-note?on={invoices[olivia]}";
        using var refused = await arif.GetAsync(note, ApiHouse.Cancellation);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var elsewhere = await mina.GetAsync($"/office/customers/{olivia}/acts/credit-note?on={invoices[rahima]}", ApiHouse.Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);

        using var tooMuch = await mina.SendFormAsync(note, note, ("amount", "86.41"), ("why", "Too much"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tooMuch.StatusCode);
        await mina.DoAsync(note, ("amount", "6.40"), ("why", "One seat too many"));
        await mina.DoAsync($"/office/customers/{olivia}/acts/write-off?on={drafts[0]}", ("why", "Bankrupt"));
        await mina.DoAsync($"/office/customers/{olivia}/acts/void?on={drafts[1]}", ("why", "Never ordered"));

        Assert.Equal("One seat too many", await house.ReadAsync(db => db.CreditNotes.Select(n => n.Reason).SingleAsync(ApiHouse.Cancellation)));
        var page = Plain(await (await mina.GetAsync($"/office/invoices/{invoices[olivia]}", ApiHouse.Cancellation)).TextAsync());
        Assert.Contains("One seat too many $6.40", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_price_is_compared_with_what_customers_pay_before_it_is_published_and_a_move_is_planned_and_taken_back()
    {
        await using var house = await PageHouse.OpenAsync();
        await house.OliviaAsync();
        using var mina = await house.SignedInAsync(await house.InviteAsync("mina", StaffRole.Finance));

        var shown = await ShowAsync("price", ("currency", "usd"), ("amount", "15"), ("count", "1"), ("unit", "month"));
        Assert.Contains("Whoever starts from now on pays $15.00 every month.", Plain(shown), StringComparison.Ordinal);
        Assert.Contains("$12.00 version 1 $15.00 +$3.00 1 8 +$24.00", Plain(shown), StringComparison.Ordinal);
        Assert.Equal(2, await house.ReadAsync(db => db.Prices.CountAsync(ApiHouse.Cancellation)));
        for (var press = 0; press < 2; press++) await mina.SendAgainAsync(shown, "/office/plans/crew/price", ("step", "do"));
        Assert.Equal(3, await house.ReadAsync(db => db.Prices.CountAsync(ApiHouse.Cancellation)));

        using var soon = await mina.SendFormAsync("/office/plans/crew/move", "/office/plans/crew/move", ("currency", "USD"), ("count", "1"), ("unit", "month"), ("from", "2026-11-30"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, soon.StatusCode);
        var moving = await ShowAsync("move", ("currency", "USD"), ("count", "1"), ("unit", "month"), ("from", "2027-01-24"));
        Assert.Contains("All together a period: +$24.00, if nobody leaves.", Plain(moving), StringComparison.Ordinal);
        await mina.SendAgainAsync(moving, "/office/plans/crew/move", ("step", "do"));
        var move = await house.ReadAsync(db => db.PriceMoves.SingleAsync(ApiHouse.Cancellation));
        await mina.SendFormAsync($"/office/plans/crew/moves/{move.Id}/withdraw", $"/office/plans/crew/moves/{move.Id}/withdraw");
        Assert.NotNull(await house.ReadAsync(db => db.PriceMoves.Select(m => m.WithdrawnAt).SingleAsync(ApiHouse.Cancellation)));

        await mina.SendAgainAsync(await ShowAsync("breaks", ("currency", "USD"), ("amount", "2"), ("keeps", "Your boats")), "/office/plans/crew/breaks", ("step", "do"));
        await mina.SendAgainAsync(await ShowAsync("retire"), "/office/plans/crew/retire", ("step", "do"));
        await mina.SendFormAsync("/office/plans", "/office/plans", ("code", "raft"), ("name", "Raft"), ("pricing", "flat"), ("trialDays", "0"));
        using var twice = await mina.SendFormAsync("/office/plans", "/office/plans", ("code", "raft"), ("name", "Raft"), ("pricing", "flat"), ("trialDays", "0"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, twice.StatusCode);

        Assert.Equal(
            ["AllowBreaks", "CreatePlan", "RetirePlan", "SchedulePriceMove", "SetPrice", "WithdrawPriceMove"],
            await house.ReadAsync(db => db.HouseActs.Where(a => a.Actor == "staff:mina").Select(a => a.What).Order().ToListAsync(ApiHouse.Cancellation)));
        var audit = Plain(await (await mina.GetAsync("/office/audit?person=staff:mina", ApiHouse.Cancellation)).TextAsync());
        Assert.Contains("mina Published a price: crew: USD 15.00 / 1 month", audit, StringComparison.Ordinal);

        async Task<string> ShowAsync(string act, params (string, string)[] filled)
        {
            using var answer = await mina.SendFormAsync($"/office/plans/crew/{act}", $"/office/plans/crew/{act}", [.. Defaults(act), .. filled]);
            Assert.True(answer.IsSuccessStatusCode, Plain(await answer.TextAsync()));
            return await answer.Content.ReadAsStringAsync(ApiHouse.Cancellation);
        }

        static (string, string)[] Defaults(string act) => act == "breaks"
            ? [("shortest", "14"), ("longest", "90"), ("perYear", "2"), ("between", "0"), ("access", "read_only")]
            : [];
    }

    private static Task<long> BalanceAsync(ApiHouse house, Guid customer) =>
        house.ReadAsync(db => db.Customers.Where(c => c.Id == new CustomerId(customer)).Select(c => c.BalanceMinor).SingleAsync(ApiHouse.Cancellation));

    /// <summary>A page as it is read: without its tags, and with one space between words.</summary>
    internal static string Plain(string html) => string.Join(
        ' ', WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Replace(html, "<[^>]+>", " ", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)))
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
