using Billing.Server.Cards;
using Billing.Server.Customers;
using Billing.Server.Pages.Language;
using Billing.Server.Pages.Office;
using Billing.Server.Pages.Office.Acts;
using Billing.Server.Payments;
using Billing.Server.Payments.Reconciliation;
using Billing.Server.Plans;
using Billing.Server.Staff;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Infrastructure;
using Billing.Server.Tests.Office;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Billing.Server.Tests.Browser;

/// <summary>The staff at work, in a real browser: both languages, phone and desk, by mouse, without a script, and by keyboard alone.</summary>
public sealed class OfficeJourneyTests(BrowserFixture browser)
{
    [Theory]
    [InlineData("en-GB", false, true)]
    [InlineData("bn-BD", true, false)]
    public async Task Somebody_of_the_staff_comes_in_by_a_mailed_link_finds_a_customer_and_helps(string locale, bool phone, bool script)
    {
        await using var post = new PostOffice();
        await using var house = await SignInByMailTests.OpenAsync(post);
        await house.InviteAsync("mina", StaffRole.Support);
        var olivia = await house.OliviaAsync();
        await house.RahimaAsync();
        var t = locale == "bn-BD" ? Tongue.Bengali : Tongue.English;
        await using var context = await browser.NewContextAsync(phone ? BrowserFixture.Phone : BrowserFixture.Desktop, locale, script, baseAddress: house.Address);
        var page = await context.NewPageAsync();

        await page.GotoAsync("/office/sign-in");
        await page.FillAsync("#email", "mina@example.com");
        await page.ClickAsync("main button");
        Assert.Equal(t.Words.LinkSentTitle, await page.InnerTextAsync("h1"));
        // Customers get their receipts by the same post.
        var mail = await post.NextAsync(ApiHouse.Cancellation);
        while (mail.To.Mailboxes.Single().Address != "mina@example.com") mail = await post.NextAsync(ApiHouse.Cancellation);
        await page.GotoAsync(SignInByMailTests.LinkIn(mail.TextBody!));
        await page.ClickAsync("main button");
        Assert.Equal(OfficeSection.Overview.Name(t), await page.InnerTextAsync("h1"));

        await page.GotoAsync("/office/customers");
        await page.FillAsync("#q", "hart");
        await page.PressAsync("#q", "Enter");
        await page.ClickAsync("table.rows a");
        await BrowserFixture.ArriveAsync(page, $"/office/customers/{olivia}");
        await page.GetByRole(AriaRole.Link, new() { Name = CustomerActs.Credit.Title(t), Exact = true }).ClickAsync();
        await page.FillAsync("#f-amount", phone ? "৫.০০" : "5.00");
        await page.FillAsync("#f-why", "Thanks");
        await page.ClickAsync("form.fields button[type=submit]");
        Assert.Contains(t["$5.00 of credit was granted.", "$৫.০০ জমা দেওয়া হয়েছে।"], await page.InnerTextAsync(".effects"), StringComparison.Ordinal);
        await page.ClickAsync("button[value=do]");
        await BrowserFixture.ArriveAsync(page, $"/office/customers/{olivia}");
        Assert.Contains(CustomerActs.Credit.Title(t), await page.InnerTextAsync(".said"), StringComparison.Ordinal);
        Assert.Contains("mina", await page.InnerTextAsync(".timeline li >> nth=0"), StringComparison.Ordinal);

        // Loaded again: nothing is done twice.
        await page.ReloadAsync();
        Assert.Equal(1_265, await house.ReadAsync(db => db.Customers.Where(c => c.Id == new CustomerId(olivia)).Select(c => c.BalanceMinor).SingleAsync(ApiHouse.Cancellation)));
    }

    [Fact]
    public async Task The_office_is_worked_with_the_keyboard_alone()
    {
        await using var house = await PageHouse.OpenAsync();
        var olivia = await house.OliviaAsync();
        await using var context = await browser.NewContextAsync(BrowserFixture.Desktop, baseAddress: house.Address);
        var page = await PortalTests.SignedInAsync(context, await house.LinkOfAsync(await house.InviteAsync("mina", StaffRole.Support)));

        await PressAsync("Customers");
        await BrowserFixture.ArriveAsync(page, "/office/customers");
        await PressAsync("Olivia Hart");
        await BrowserFixture.ArriveAsync(page, $"/office/customers/{olivia}");
        await PressAsync("Grant credit");
        await BrowserFixture.ArriveAsync(page, $"/office/customers/{olivia}/acts/credit");
        await TabToAsync("element => element.id === 'f-amount'");
        await page.Keyboard.TypeAsync("1.00");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("Thanks");
        await PressAsync("See what happens");
        await page.Locator(".effects").WaitForAsync();
        await PressAsync("Do it: Grant credit");
        await BrowserFixture.ArriveAsync(page, $"/office/customers/{olivia}");
        await PressAsync("বাংলা");
        await page.Locator("html[lang=bn]").WaitForAsync();

        async Task PressAsync(string name)
        {
            await TabToAsync($"element => element.innerText?.trim() === '{name}'");
            Assert.NotEqual("none", await page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle"));
            await page.Keyboard.PressAsync("Enter");
        }

        async Task TabToAsync(string wanted)
        {
            for (var presses = 0; presses < 60; presses++)
            {
                await page.Keyboard.PressAsync("Tab");
                if (await page.EvaluateAsync<bool>($"({wanted})(document.activeElement)")) return;
            }

            Assert.Fail($"No tab leads there: {wanted}.");
        }
    }

    [Fact]
    public async Task Every_page_of_the_office_lets_everybody_in_fits_a_narrow_screen_and_has_its_picture()
    {
        await using var house = await PageHouse.OpenAsync();
        await house.SendAsync(new AllowBreaks("crew", new(new(200, "USD"), 7, 180, Keeps: "Your boats, and your price")));
        var olivia = await house.OliviaAsync();
        await house.RahimaAsync();
        await SomeLifeAsync(house, olivia);
        var invoice = await house.ReadAsync(db => db.Invoices.Where(i => i.CustomerId == new CustomerId(olivia)).OrderBy(i => i.Id).Select(i => i.Id).FirstAsync(ApiHouse.Cancellation));
        var mina = await house.InviteAsync("Mina", StaffRole.Admin);
        var arif = await house.InviteAsync("Arif", StaffRole.Support);
        var asked = await AskedAsync(house, arif.Id);

        foreach (var (language, screen, locale, colours) in new[]
        {
            ("en", "desk", "en-GB", ColorScheme.Light), ("bn", "phone", "bn-BD", ColorScheme.Dark),
        })
        {
            await using var context = await browser.NewContextAsync(
                screen == "desk" ? BrowserFixture.Desktop : BrowserFixture.Phone, locale, colours: colours, baseAddress: house.Address);
            var page = await PortalTests.SignedInAsync(context, await house.LinkOfAsync(mina));
            await Assert.MultipleAsync([.. OfficePagesTests.Pages(olivia.ToString(), invoice.ToString()).Concat(asked).Select<(string Name, string Path), Func<Task>>(at => async () =>
            {
                await page.GotoAsync(at.Path);
                await PageTests.MustBeFineAsync(page, $"office-{at.Name}-{language}", screen);
            })]);
            await page.GotoAsync($"/office/customers/{olivia}/acts/credit");
            await page.ClickAsync("form.fields button[type=submit]");
            await page.Locator(".troubles").WaitForAsync();
            await PageTests.MustBeFineAsync(page, $"office-act-trouble-{language}", screen);
            await page.FillAsync("#f-amount", "5");
            await page.FillAsync("#f-why", language == "en" ? "The outage on Monday" : "সোমবারের বিভ্রাট");
            await page.ClickAsync("form.fields button[type=submit]");
            await page.Locator(".effects").WaitForAsync();
            await PageTests.MustBeFineAsync(page, $"office-act-confirm-{language}", screen);
            await page.GotoAsync("/office/plans/crew/price");
            await page.FillAsync("#f-currency", "USD");
            await page.FillAsync("#f-amount", "15");
            await page.ClickAsync("form.fields button[type=submit]");
            await page.Locator(".effects").WaitForAsync();
            await PageTests.MustBeFineAsync(page, $"office-price-compared-{language}", screen);
            await page.GotoAsync("/office/dunning/policies");
            await page.FillAsync("#policy", (await page.InputValueAsync("#policy")).Replace("\"mostRetries\": 8", "\"mostRetries\": 6", StringComparison.Ordinal));
            await page.ClickAsync("form.fields button[type=submit]");
            await page.Locator("#changes").WaitForAsync();
            await PageTests.MustBeFineAsync(page, $"office-policy-compared-{language}", screen);
            await page.GotoAsync("/office/sign-in");
            await PageTests.MustBeFineAsync(page, $"office-sign-in-{language}", screen);
            await page.FillAsync("#email", "mina");
            await page.ClickAsync("main button");
            await page.Locator("#email-trouble").WaitForAsync();
            await PageTests.MustBeFineAsync(page, $"office-sign-in-again-{language}", screen);
            await page.FillAsync("#email", "nobody@example.com");
            await page.ClickAsync("main button");
            await page.GetByText(language == "en" ? Words.English.LinkSentTitle : Words.Bengali.LinkSentTitle).WaitForAsync();
            await PageTests.MustBeFineAsync(page, $"office-link-sent-{language}", screen);
            await page.GotoAsync(await house.LinkOfAsync(mina));
            await PageTests.MustBeFineAsync(page, $"office-enter-{language}", screen);
            await page.Context.ClearCookiesAsync();
            await page.GotoAsync("/office");
            await PageTests.MustBeFineAsync(page, $"office-signed-out-{language}", screen);
        }
    }

    /// <summary>The pages that ask before something is done, a message, and money that is sent back.</summary>
    private static async Task<(string Name, string Path)[]> AskedAsync(ApiHouse house, Guid colleague)
    {
        await house.SendAsync(new SetPrice("crew", new(new(1_500, "USD"), new("month"))));
        var move = await house.SendAsync(new SchedulePriceMove("crew", new("USD", new("month"), "2027-06-01")));
        var key = await house.ReadAsync(db => db.ApiKeys.Select(k => k.Id).FirstAsync(ApiHouse.Cancellation));
        var message = await house.ReadAsync(db => db.Letters.Where(l => l.NoticeId != null).OrderBy(l => l.Id).Select(l => l.NoticeId).FirstAsync(ApiHouse.Cancellation));
        var paid = await house.ReadAsync(db => db.PaymentAttempts.Where(a => a.State == Billing.Payments.AttemptState.Succeeded)
            .OrderBy(a => a.Id).Select(a => a.Id).FirstAsync(ApiHouse.Cancellation));
        await house.SendAsync(new RefundPayment(paid.Value, new("One seat too many", new(1_200, "USD"))));
        await house.SendAsync(new ReconcileSoon());
        await house.RunAsync();
        return
        [
            ("message", $"/office/notices/{message}"), ("refund", $"/office/payments/{paid}/refund"), ("staff-leave", $"/office/staff/{colleague}/leave"),
            ("key-end", $"/office/settings/keys/{key}/revoke"), ("key-replace", $"/office/settings/keys/{key}/rotate"),
            ("move-back", $"/office/plans/crew/moves/{move.Id}/withdraw"), ("not-there", "/office/nowhere"),
        ];
    }

    /// <summary>A decline, a break, a discount, credit with a reason: something for every list.</summary>
    private static async Task SomeLifeAsync(ApiHouse house, Guid olivia)
    {
        var zoe = (await house.SendAsync(new AddCustomer(new("USD", "Europe/Lisbon", "Z-9", "Zoë Almeida", "zoe@example.com")))).Id;
        await house.SendAsync(new AddCard(zoe, new("sandbox_declines_insufficient_funds")));
        await house.SendAsync(new StartSubscription(zoe, new("crew", new("month"), 3)));
        var noor = (await house.SendAsync(new AddCustomer(new("USD", "Asia/Dhaka", Name: "Noor Jahan", Locale: "bn")))).Id;
        await house.SendAsync(new AddCard(noor, new("pm_card_mastercard")));
        var away = (await house.SendAsync(new StartSubscription(noor, new("crew", new("month"), 1)))).Id;
        await house.RunAsync();
        await house.SendAsync(new TakeBreak(away, new("2026-12-20", Reason: "Between two jobs")));
        house.Clock.Now += Duration.FromDays(31);
        await house.RunAsync();
        using var visitor = await house.SignedInAsync(await house.InviteAsync("Rupa", StaffRole.Finance));
        var path = $"/office/customers/{olivia}/acts/credit";
        using var shown = await visitor.SendFormAsync(path, path, ("amount", "5.00"), ("why", "The outage on Monday"));
        using var done = await visitor.SendAgainAsync(await shown.Content.ReadAsStringAsync(ApiHouse.Cancellation), path, ("step", "do"));
        Assert.True(done.IsSuccessStatusCode);
    }
}
