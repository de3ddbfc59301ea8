using System.Net;
using Billing.Server.Reports;
using Billing.Server.Staff;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Browser;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Office;

/// <summary>Finance reads its figures, opens what is behind them, and closes its months.</summary>
public sealed class OfficeBooksTests
{
    [Fact]
    public async Task A_month_is_closed_after_it_is_over_once_and_by_name()
    {
        await using var house = await PageHouse.OpenAsync();
        await house.OliviaAsync();
        var who = await house.InviteAsync("mina", StaffRole.Finance);
        using var first = await house.SignedInAsync(who);
        using var arif = await house.SignedInAsync(await house.InviteAsync("arif", StaffRole.Support));
        Assert.Equal(HttpStatusCode.Forbidden, (await arif.GetAsync("/office/books", ApiHouse.Cancellation)).StatusCode);

        // Eight seats at 12.00 less a tenth: 86.40, captured on the 24th, delivered over 30 days.
        var books = ActTests.Plain(await first.GetStringAsync("/office/books", ApiHouse.Cancellation));
        Assert.Contains("1000 Cash at the gateway 86.40 0.00 86.40", books, StringComparison.Ordinal);
        Assert.Contains("Every account says what its documents say.", books, StringComparison.Ordinal);
        Assert.DoesNotContain("Close November", books, StringComparison.Ordinal);

        house.Clock.Now = Instant.FromUtc(2026, 12, 1, 11, 0);
        using var mina = await house.SignedInAsync(who);
        var close = "/office/books/close?month=2026-11";
        var asked = await mina.GetStringAsync(close, ApiHouse.Cancellation);
        Assert.Contains("It cannot be opened again.", asked, StringComparison.Ordinal);
        using var early = await mina.SendFormAsync(close, "/office/books/close");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, early.StatusCode);
        Assert.Contains("an hour after it is over everywhere on earth", await early.TextAsync(), StringComparison.Ordinal);

        house.Clock.Now = Instant.FromUtc(2026, 12, 1, 14, 0);
        await house.RunAsync();
        using var later = await house.SignedInAsync(who);
        using var closed = await later.SendFormAsync(close, "/office/books/close");
        Assert.Contains("The month is closed.", await closed.TextAsync(), StringComparison.Ordinal);
        using var twice = await later.SendFormAsync(close, "/office/books/close");
        Assert.Contains("This month is closed already.", await twice.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(
            ("CloseMonth", "2026-11", "staff:mina"),
            await house.ReadAsync(db => db.HouseActs.Where(a => a.What == "CloseMonth").Select(a => ValueTuple.Create(a.What, a.About, a.Actor)).SingleAsync(ApiHouse.Cancellation)));
    }

    [Fact]
    public async Task A_figure_opens_the_subscriptions_behind_it_and_all_of_them_are_there_as_CSV()
    {
        await using var house = await PageHouse.OpenAsync();
        var olivia = await house.OliviaAsync();
        var subscription = await house.ReadAsync(db => db.Subscriptions.Select(s => s.Id).SingleAsync(ApiHouse.Cancellation));
        await house.SendAsync(new CancelSubscription(subscription.Value, new("now")));
        using var mina = await house.SignedInAsync(await house.InviteAsync("mina", StaffRole.Finance));

        var moved = await mina.GetStringAsync("/office/reports/moved?currency=USD&month=2026-11&kind=voluntary_churn", ApiHouse.Cancellation);
        Assert.Contains($"href=\"/office/customers/{olivia}\"", moved, StringComparison.Ordinal);
        Assert.Contains("−86.40", ActTests.Plain(moved), StringComparison.Ordinal);
        using var nothing = await mina.GetAsync("/office/reports/moved?currency=USD&month=2026-11&kind=up", ApiHouse.Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);

        var csv = (await mina.GetStringAsync("/office/reports.csv?currency=USD", ApiHouse.Cancellation)).Split("\r\n");
        Assert.Equal("currency,month,figure,value,unit,part,whole,maturity,formula", csv[0]);
        Assert.Contains("USD,2026-11,mrr,0,money,0,1,running,opening MRR + all movements of the month", csv);
        Assert.Equal(1 + 21, csv.Count(line => line.Length > 0));
    }

    [Fact]
    public async Task All_of_a_month_is_in_one_file_and_says_what_the_reports_say()
    {
        await using var house = await PageHouse.OpenAsync();
        await house.OliviaAsync();
        using var mina = await house.SignedInAsync(await house.InviteAsync("mina", StaffRole.Finance));

        await using var bytes = await mina.GetStreamAsync("/office/reports/pack?month=2026-11", ApiHouse.Cancellation);
        using var whole = new MemoryStream();
        await bytes.CopyToAsync(whole, ApiHouse.Cancellation);
        using var zip = new System.IO.Compression.ZipArchive(whole);
        Assert.Equal(
            ["billing-2026-11.xlsx", "checks.csv", "cohorts.csv", "deferred-revenue.csv", "definitions.csv", "figures.csv", "movements.csv", "survival.csv", "trial-balance.csv"],
            zip.Entries.Select(e => e.Name).Order(StringComparer.Ordinal));
        Assert.Contains("USD,1000,Cash at the gateway,86.40,0.00,86.40", await TextAsync("trial-balance.csv"), StringComparison.Ordinal);
        Assert.Contains("USD,2026-11-24,new,86.40,crew,", await TextAsync("movements.csv"), StringComparison.Ordinal);
        Assert.Contains("USD,2026-11,mrr,8640,money,8640,1,running", await TextAsync("figures.csv"), StringComparison.Ordinal);

        using var workbook = new ClosedXML.Excel.XLWorkbook(await CopyAsync("billing-2026-11.xlsx"));
        var cash = workbook.Worksheet("trial-balance").RowsUsed().Single(r => r.Cell(2).GetString() == "1000");
        Assert.Equal((86.4, "#,##0.00"), (cash.Cell(4).GetDouble(), cash.Cell(4).Style.NumberFormat.Format));
        Assert.All(workbook.Worksheets.SelectMany(s => s.CellsUsed()), c => Assert.False(c.HasFormula));

        using var none = await mina.GetAsync("/office/reports/pack?month=November", ApiHouse.Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);

        async Task<string> TextAsync(string name) => System.Text.Encoding.UTF8.GetString((await CopyAsync(name)).ToArray());

        async Task<MemoryStream> CopyAsync(string name)
        {
            var copy = new MemoryStream();
            await using var entry = await zip.GetEntry(name)!.OpenAsync(ApiHouse.Cancellation);
            await entry.CopyToAsync(copy, ApiHouse.Cancellation);
            copy.Position = 0;
            return copy;
        }
    }

    [Fact]
    public async Task What_winning_customers_cost_is_entered_by_month_and_a_slip_is_shown_at_its_field()
    {
        await using var house = await PageHouse.OpenAsync();
        await house.OliviaAsync();
        using var mina = await house.SignedInAsync(await house.InviteAsync("mina", StaffRole.Finance));

        using var slip = await mina.SendFormAsync("/office/reports", "/office/reports/spent", ("month", "2026-10"), ("spent", "a lot"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, slip.StatusCode);
        Assert.Contains("Write an amount of USD", await slip.TextAsync(), StringComparison.Ordinal);
        using var month = await mina.SendFormAsync("/office/reports", "/office/reports/spent", ("month", "October"), ("spent", "12.50"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, month.StatusCode);
        using var done = await mina.SendFormAsync("/office/reports", "/office/reports/spent", ("month", "2026-11"), ("spent", "12.50"));
        Assert.Contains("Entered.", await done.TextAsync(), StringComparison.Ordinal);

        var cost = Assert.Single(await house.ReadAsync(db => db.Set<AcquisitionCost>().ToListAsync(ApiHouse.Cancellation)));
        Assert.Equal((1_250, "USD", new LocalDate(2026, 11, 1), "staff:mina"), (cost.AmountMinor, cost.Currency.Code, cost.Month, cost.Actor));
    }
}
