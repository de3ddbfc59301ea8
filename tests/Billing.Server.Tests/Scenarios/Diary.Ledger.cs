using System.Globalization;
using Billing.Client.Contract;
using Billing.Ledger;
using Billing.Server.Invoicing;
using Billing.Server.Payments;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using NodaTime.Text;

namespace Billing.Server.Tests.Scenarios;

/// <content>What finance does, and what the books then say.</content>
internal sealed partial class Diary
{
    public Task<CreditNoteView> TheMerchantCredits(decimal amount) => WithLastInvoiceAsync(id =>
        house.SendAsync(new CreditInvoice(id, new(new Amount((long)(amount * 100), "USD"), "Our mistake"))));

    public Task TheMerchantVoidsIt() => WithLastInvoiceAsync(id => house.SendAsync(new VoidInvoice(id)));

    public Task TheMerchantGivesItUp() => WithLastInvoiceAsync(id => house.SendAsync(new WriteOffInvoice(id)));

    public Task TheCustomerPaysIt() => WithLastInvoiceAsync(id => house.SendAsync(new PayInvoice(id)));

    /// <summary>Another cadence of the same plan, now, for exactly what was quoted.</summary>
    public async Task TheCustomerChangesTo(decimal price, string every)
    {
        await house.SetPriceAsync((long)(price * 100), every);
        var quote = await house.SendAsync(new QuoteChange(subscription, new PlanChange(Cadence: new(every), When: "now")));
        await house.SendAsync(new ConfirmChange(subscription, new(quote.Token)));
    }

    /// <summary>All accounts that hold something: <c>"Deferred revenue 22.87"</c>, by number.</summary>
    public async Task TheBooksSay(params string[] accounts)
    {
        var balance = await house.ReadAsync(db => Billing.Server.Ledger.LedgerReading.TrialBalanceAsync(
            db, new(9999, 12, 31), null, TestHouse.Cancellation));
        var currency = Assert.Single(balance.Currencies);
        Assert.Equal(currency.Debits, currency.Credits);
        Assert.Equal(accounts, currency.Accounts.Where(a => a.Balance != 0).Select(a => $"{a.Name} {InDollars(a.Balance)}"));
    }

    /// <summary>The entries of these rules: <c>"2026-04-01 invoice issued: receivables to deferred revenue 49.00"</c>.</summary>
    public async Task TheEntriesAre(params string[] entries) => Assert.Equal(entries, (await house.ReadAsync(db => db.LedgerEntries
            .Where(e => e.Rule != PostingRule.DayDelivered).OrderBy(e => e.Id).ToListAsync(TestHouse.Cancellation)))
        .Select(e => $"{LocalDatePattern.Iso.Format(e.On)} {Words(e.Rule.ToString())}: {Words(e.Debit.ToString())} to {Words(e.Credit.ToString())} {InDollars(e.AmountMinor)}"));

    /// <summary>The revenue of a day.</summary>
    public async Task OnThatDayWasDelivered(string day, decimal amount)
    {
        var date = LocalDatePattern.Iso.Parse(day).Value;
        var entries = await house.ReadAsync(db => db.LedgerEntries
            .Where(e => e.Rule == PostingRule.DayDelivered && e.On == date).ToListAsync(TestHouse.Cancellation));
        Assert.Equal((long)(amount * 100), entries.Sum(e => e.Debit == Account.DeferredRevenue ? e.AmountMinor : -e.AmountMinor));
    }

    private static string InDollars(long minor) => (minor / 100m).ToString("F2", CultureInfo.InvariantCulture);

    private async Task<T> WithLastInvoiceAsync<T>(Func<Guid, Task<T>> act) => await act((await InvoicesAsync())[^1].Id.Value);
}
