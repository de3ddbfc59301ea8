using System.Globalization;
using Billing.Client.Contract;
using Billing.Invoicing;
using Billing.Payments;
using Billing.Server.Cards;
using Billing.Server.Customers;
using Billing.Server.Plans;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using NodaTime.Text;

namespace Billing.Server.Tests.Scenarios;

/// <summary>The story of one customer: a date, what happens on it, what the customer then has.</summary>
/// <remarks>Each day that is named is lived at ten in the morning where the customer lives, and the billing run runs first.</remarks>
internal sealed partial class Diary : IAsyncDisposable
{
    private static readonly LocalTime Morning = new(10, 0);
    private readonly TestHouse house;
    private readonly DateTimeZone zone;
    private Guid customer;
    private Guid subscription;

    private Diary(TestHouse house, DateTimeZone zone) => (this.house, this.zone) = (house, zone);

    public TestHouse House => house;

    /// <summary>A customer with a card, if one is named, on the first day of the story.</summary>
    public static async Task<Diary> BeginAsync(string date, string? card = "pm_card_visa", string zone = "UTC", string currency = "USD")
    {
        var there = DateTimeZoneProviders.Tzdb[zone];
        var start = (LocalDatePattern.Iso.Parse(date).Value + Morning).InZoneLeniently(there).ToInstant();
        var diary = new Diary(await TestHouse.OnChosenAsync(start), there);
        diary.customer = (await diary.house.AddCustomerAsync(currency, zone)).Id;
        if (card is not null) await diary.TheCustomerPutsIn(card);
        await diary.house.SendAsync(new CreatePlan(new NewPlan(Merchant.Pro, "Pro")));
        return diary;
    }

    /// <summary>Lives that day: the billing run runs.</summary>
    public async Task On(string date)
    {
        house.Clock.Now = (LocalDatePattern.Iso.Parse(date).Value + Morning).InZoneLeniently(zone).ToInstant();
        await house.RunAsync();
    }

    /// <summary>Lives every day from tomorrow to that day.</summary>
    public async Task EveryDayUntil(string date)
    {
        var last = LocalDatePattern.Iso.Parse(date).Value;
        for (var day = house.Clock.Now.InZone(zone).Date.PlusDays(1); day <= last; day = day.PlusDays(1)) await On(LocalDatePattern.Iso.Format(day));
    }

    public async Task TheCustomerSubscribes(
        decimal price, string every = "month", int trialDays = 0, string? discount = null, int count = 1)
    {
        var currency = (await CustomerAsync()).Currency;
        var minor = (long)(price * (decimal)Math.Pow(10, currency.Exponent));
        await house.SetPriceAsync(minor, every, count, currency.Code);
        var terms = new NewSubscription(
            Merchant.Pro, new CadenceView(every, count), TrialDays: trialDays, Discounts: discount is null ? null : [discount]);
        subscription = (await house.SendAsync(new StartSubscription(customer, terms))).Id;
        await house.RunAsync();
    }

    public Task ThereIsADiscount(string code, int percent, int? periods) =>
        house.SendAsync(new CreateDiscount(new NewDiscount(code, code, PercentBasisPoints: percent * 100, Periods: periods)));

    public Task TheCustomerPutsIn(string card) => house.SendAsync(new AddCard(customer, new NewCard(card)));

    public Task TheCustomerIsGranted(decimal credit) =>
        house.SendAsync(new GrantCredit(customer, new NewCredit(new Amount((long)(credit * 100), "USD"))));

    public Task TheCustomerCancels(string when = "period_end") =>
        house.SendAsync(new CancelSubscription(subscription, new Cancellation(when)));

    /// <summary>Takes the same subscription up again, and says at which price.</summary>
    public async Task TheCustomerComesBack(string price)
    {
        Assert.Equal(price, (await house.SendAsync(new ComeBack(subscription))).Price);
        await house.RunAsync();
    }

    public Task ThePriceBecomes(decimal price) => house.SetPriceAsync((long)(price * 100), "month");

    public Task TheCustomerStaysAfterAll() => house.SendAsync(new WithdrawCancel(subscription));

    /// <summary>The customer's invoices, oldest first, in the words of <see cref="Line"/>.</summary>
    public async Task TheCustomerHas(params string[] invoices) => Assert.Equal(invoices, (await InvoicesAsync()).Select(Line));

    /// <summary>The last of the customer's invoices.</summary>
    public async Task TheLastInvoiceIs(string invoice) => Assert.Equal(invoice, Line((await InvoicesAsync())[^1]));

    public async Task TheBalanceIs(decimal balance) => Assert.Equal(balance, Whole((await CustomerAsync()).Balance));

    /// <summary>What was tried so far: <c>"2026-05-04 09:00 declined (insufficient_funds)"</c>, where the customer lives.</summary>
    public async Task TheCardWasTried(params string[] attempts) => Assert.Equal(attempts, (await house.ReadAsync(db =>
            db.PaymentAttempts.OrderBy(a => a.StartedAt).ToListAsync(TestHouse.Cancellation)))
        .Select(a => a.StartedAt.InZone(zone).ToString("uuuu-MM-dd HH:mm ", CultureInfo.InvariantCulture) + Outcome(a)));

    public async Task TheSubscriptionIs(string lifecycle, decimal mrr)
    {
        var now = await house.ReadAsync(db => db.Subscriptions.SingleAsync(s => s.Id == new SubscriptionId(subscription), TestHouse.Cancellation));
        Assert.Equal((lifecycle, mrr), (now.Lifecycle.ToString().ToLowerInvariant(), Whole(now.Mrr)));
    }

    /// <summary>The moves of MRR: <c>"2026-01-31 new 49.00"</c>.</summary>
    public async Task MrrMoved(params string[] movements) => Assert.Equal(movements, (await house.ReadAsync(db =>
            db.MrrMovements.OrderBy(m => m.Sequence).ToListAsync(TestHouse.Cancellation)))
        .Select(m => $"{LocalDatePattern.Iso.Format(m.On)} {Words(m.Kind.ToString())} {Shown(new(m.AmountMinor, m.Currency))}"));

    public Task TheBooksAgree() => house.MustAgreeAsync();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    /// <summary><c>"2026-01-31 to 2026-02-27: 49.00 paid"</c>, with what settled it when that was not the card.</summary>
    private static string Line(Invoice invoice)
    {
        List<string> parts = [$"{Shown(invoice.Total)} {invoice.Status.ToString().ToLowerInvariant()}"];
        Money In(long minor) => new(minor, invoice.Currency);
        if (invoice.BalanceAppliedMinor > 0) parts.Add($"{Shown(In(invoice.BalanceAppliedMinor))} from credit");
        if (invoice.BalanceAppliedMinor < 0) parts.Add($"{Shown(In(-invoice.BalanceAppliedMinor))} from before");
        if (invoice.CarriedForwardMinor > 0) parts.Add($"{Shown(In(invoice.CarriedForwardMinor))} carried forward");
        if (invoice.DueMinor > 0) parts.Add($"{Shown(invoice.Due)} due");
        var (start, end) = (invoice.PeriodStart!.Value, invoice.PeriodEnd!.Value.PlusDays(-1));
        var away = invoice.Kind == InvoiceKind.Break ? ", away" : "";
        return $"{LocalDatePattern.Iso.Format(start)} to {LocalDatePattern.Iso.Format(end)}{away}: {string.Join(", ", parts)}";
    }

    private static string Outcome(PaymentAttempt attempt) => attempt.State switch
    {
        AttemptState.Declined => $"declined ({attempt.DeclineCode})",
        _ => attempt.State.ToString().ToLowerInvariant(),
    };

    private static string Words(string name) =>
        string.Concat(name.Select((letter, i) => i > 0 && char.IsUpper(letter) ? " " + letter : letter.ToString())).ToLowerInvariant();

    private static string Shown(Money money) => Whole(money).ToString("F" + money.Currency.Exponent, CultureInfo.InvariantCulture);

    private static decimal Whole(Money money) => money.Minor / (decimal)Math.Pow(10, money.Currency.Exponent);

    private Task<List<Invoice>> InvoicesAsync() => house.ReadAsync(db => db.Invoices
        .Where(i => i.CustomerId == new CustomerId(customer)).OrderBy(i => i.Number).ToListAsync(TestHouse.Cancellation));

    private Task<Billing.Customers.Customer> CustomerAsync() =>
        house.ReadAsync(db => db.Customers.SingleAsync(c => c.Id == new CustomerId(customer), TestHouse.Cancellation));
}
