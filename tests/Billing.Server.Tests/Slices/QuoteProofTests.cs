using Billing.Client.Contract;
using Billing.Customers;
using Billing.Invoicing;
using Billing.Server.Cards;
using Billing.Server.Customers;
using Billing.Server.Http;
using Billing.Server.Plans;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Slices;

/// <summary>Random quotes on the real database: whatever is confirmed is charged, credited and billed next exactly as quoted.</summary>
public sealed class QuoteProofTests(PostgresServer postgres)
{
    private const int QuotesEach = 3;
    private static readonly string[] Plans = ["basic", "team", "firm"], Currencies = ["USD", "JPY", "KWD"];
    private static readonly string[] Whens = ["now", "now", "period_end", ""];

    [Theory]
    [InlineData(Databases.Sqlite, 22)]
    [InlineData(Databases.Postgres, 6)]
    public async Task Whatever_is_quoted_is_charged_credited_and_billed_next(string database, int customers)
    {
        await using var house = await TestHouse.OnAsync(database, postgres, Instant.FromUtc(2026, 3, 1, 10, 0));
        var random = new Random(20260301);
        await SellAsync(house);
        List<Guid> subscriptions = [];
        for (var i = 0; i < customers; i++) subscriptions.Add(await SubscribeAsync(house, random, i));

        List<Proof> proofs = [];
        for (var round = 0; round < QuotesEach; round++)
        {
            foreach (var subscription in subscriptions)
            {
                house.Clock.Now += Duration.FromHours(random.Next(1, 48 / Math.Max(1, customers / 6)));
                await house.RunAsync();
                if (random.Next(2) == 0) await GrantAsync(house, random, subscription);
                proofs.Add(await ProveAsync(house, random, subscription));
            }
        }

        await ProveNextChargesAsync(house, proofs.TakeLast(customers));
        await house.BalancesAreToldAsync();
        Assert.Equal(customers * QuotesEach, proofs.Count);
        if (database == Databases.Sqlite) MustBeVaried(proofs);
    }

    private static async Task<Proof> ProveAsync(TestHouse house, Random random, Guid subscription)
    {
        var (quote, change) = await QuoteAsync(house, random, subscription);
        var before = await LookAsync(house, subscription);
        await house.SendAsync(new ConfirmChange(subscription, new(quote.Token)));
        var after = await LookAsync(house, subscription);

        var told = $"{change} of {subscription}: {quote}";
        var made = after.Invoices.Where(i => before.Invoices.All(b => b.Id != i.Id)).ToList();
        Assert.True(made.Count == (quote.Lines.Count > 0 ? 1 : 0), told);
        foreach (var invoice in made)
        {
            Assert.Equal(
                (quote.Total.Value, quote.BalanceApplied.Value, quote.CarriedForward.Value, quote.DueNow.Value),
                (invoice.TotalMinor, invoice.BalanceAppliedMinor, invoice.CarriedForwardMinor, invoice.DueMinor));
            Assert.Equal(
                quote.Lines.Select(l => (l.Kind, l.Words, l.Amount.Value)),
                invoice.Lines.OrderBy(l => l.Position).Select(l => (Wire.Word(l.Kind), l.Description, l.AmountMinor)));
        }

        // Unpaid time came off what was due, paid time became credit, and by credit notes wherever there is an invoice.
        var notes = after.Notes.Where(n => before.Notes.All(b => b.Id != n.Id)).ToList();
        var dueOfOld = after.Invoices.Except(made).Sum(i => i.DueMinor);
        Assert.Equal(quote.OffUnpaid.Value, before.Invoices.Sum(i => i.DueMinor) - dueOfOld);
        Assert.Equal(quote.OffUnpaid.Value, notes.Sum(n => n.AmountMinor - n.ToBalanceMinor));
        var entries = after.Entries.Skip(before.Entries.Count).ToList();
        var credited = entries.Where(e => e.Reason is BalanceReason.CreditNote or BalanceReason.Proration).Sum(e => e.AmountMinor);
        Assert.Equal(quote.ToBalance.Value, credited);
        Assert.Equal(notes.Sum(n => n.ToBalanceMinor), entries.Where(e => e.Reason == BalanceReason.CreditNote).Sum(e => e.AmountMinor));
        Assert.Equal(
            quote.ToBalance.Value - quote.BalanceApplied.Value - quote.CarriedForward.Value, entries.Sum(e => e.AmountMinor));
        if (quote.When == "period_end") Assert.Equal((0, 0, 0), (made.Count, notes.Count, entries.Count));
        return new(subscription, quote, change, before.Invoices.Any(i => i.DueMinor > 0));
    }

    /// <summary>What was said to come after the last quote of each: every charge, on its day.</summary>
    private static async Task ProveNextChargesAsync(TestHouse house, IEnumerable<Proof> last)
    {
        foreach (var (proof, next) in last.SelectMany(p => p.Quote.NextCharges, (p, next) => (p, next)).OrderBy(n => n.next.On, StringComparer.Ordinal))
        {
            var day = NodaTime.Text.LocalDatePattern.Iso.Parse(next.On).Value;
            house.Clock.Now = Instant.Max(house.Clock.Now, (day + new LocalTime(10, 0)).InUtc().ToInstant());
            await house.RunAsync();
            var invoice = await house.ReadAsync(db => db.Invoices.SingleAsync(
                i => i.SubscriptionId == new SubscriptionId(proof.Subscription) && i.PeriodStart == day && i.Kind == InvoiceKind.Period,
                TestHouse.Cancellation));
            Assert.Equal(next.Total, new(invoice.TotalMinor, invoice.Currency.Code));
        }
    }

    /// <summary>A random change that changes something.</summary>
    private static async Task<(QuoteView Quote, PlanChange Change)> QuoteAsync(TestHouse house, Random random, Guid subscription)
    {
        while (true)
        {
            var plan = random.Next(3) == 0 ? null : Plans[random.Next(Plans.Length)];
            var flat = (plan ?? (await ViewAsync(house, subscription)).Plan) == "basic";
            var cadence = random.Next(3) switch { 0 => new CadenceView("month"), 1 => new CadenceView("year"), _ => null };
            var when = Whens[random.Next(Whens.Length)];
            PlanChange change = new(plan, flat ? 1 : random.Next(1, 10), cadence, When: when.Length == 0 ? null : when);
            try
            {
                return (await house.SendAsync(new QuoteChange(subscription, change)), change);
            }
            catch (Refused refused) when (refused.Code == "nothing_changes")
            {
                // The same as it has: another is drawn.
            }
        }
    }

    private static async Task SellAsync(TestHouse house)
    {
        foreach (var (plan, unit) in Plans.Zip([1_900L, 733, 1_251]))
        {
            await house.SendAsync(new CreatePlan(new(plan, plan, plan == "basic" ? "flat" : "per_seat")));
            foreach (var currency in Currencies)
            {
                await house.SendAsync(new SetPrice(plan, new(new(unit, currency), new("month"))));
                await house.SendAsync(new SetPrice(plan, new(new(unit * 10 + 7, currency), new("year"))));
            }
        }

        await house.SendAsync(new CreateDiscount(new("third", "A third", PercentBasisPoints: 3333, Periods: 4)));
        await house.SendAsync(new CreateDiscount(new("once", "Once", PercentBasisPoints: 5000, Periods: 1)));
        foreach (var currency in Currencies)
            await house.SendAsync(new CreateDiscount(new(OffIn(currency), "Off", Amount: new(177, currency))));
    }

    /// <summary>Every currency, every plan; some have no card and owe, some have credit, some a trial, some discounts.</summary>
    private static async Task<Guid> SubscribeAsync(TestHouse house, Random random, int number)
    {
        var currency = Currencies[random.Next(Currencies.Length)];
        var plan = Plans[random.Next(Plans.Length)];
        var customer = await house.AddCustomerAsync(currency);
        if (number % 2 == 0) await house.SendAsync(new AddCard(customer.Id, new("pm_card_visa")));
        if (number % 5 >= 3) await house.SendAsync(new GrantCredit(customer.Id, new(new(random.Next(1, 9_000), currency))));
        string[] discounts = [.. new[] { "third", "once", OffIn(currency) }.Where(_ => random.Next(2) == 0)];
        var started = await house.SendAsync(new StartSubscription(customer.Id, new(
            plan, new(random.Next(3) == 0 ? "year" : "month"), plan == "basic" ? 1 : random.Next(1, 10),
            TrialDays: number % 11 == 10 ? 14 : 0, Discounts: discounts)));
        return started.Id;
    }

    private static async Task GrantAsync(TestHouse house, Random random, Guid subscription)
    {
        var view = await ViewAsync(house, subscription);
        await house.SendAsync(new GrantCredit(view.CustomerId, new(new(random.Next(1, 2_000), view.UnitAmount.Currency))));
    }

    private static string OffIn(string currency) => "off-" + Array.IndexOf(Currencies, currency);

    private static Task<SubscriptionView> ViewAsync(TestHouse house, Guid subscription) =>
        house.ReadAsync(db => db.SubscriptionViewAsync(subscription, TestHouse.Cancellation));

    private static Task<Look> LookAsync(TestHouse house, Guid subscription) => house.ReadAsync(async db =>
    {
        var id = new SubscriptionId(subscription);
        var customer = (await db.Subscriptions.AsNoTracking().SingleAsync(s => s.Id == id, TestHouse.Cancellation)).CustomerId;
        var invoices = await db.Invoices.AsNoTracking().Include(i => i.Lines).Where(i => i.SubscriptionId == id).ToListAsync(TestHouse.Cancellation);
        var notes = await db.CreditNotes.AsNoTracking().Where(n => n.CustomerId == customer).ToListAsync(TestHouse.Cancellation);
        var entries = await db.BalanceEntries.AsNoTracking().Where(e => e.CustomerId == customer).OrderBy(e => e.Sequence).ToListAsync(TestHouse.Cancellation);
        return new Look(invoices, notes, entries);
    });

    /// <summary>Each kind of case is among them, so that none is lost unseen when a number changes.</summary>
    private static void MustBeVaried(List<Proof> proofs)
    {
        foreach (var currency in Currencies) Assert.True(proofs.Count(p => p.Quote.Total.Currency == currency) >= 15, currency);
        Assert.True(proofs.Count(p => p.Quote.When == "period_end") >= 10, "at period end");
        Assert.True(proofs.Count(p => p.Quote.OffUnpaid.Value > 0) >= 3, "off unpaid");
        Assert.True(proofs.Count(p => p.Quote.ToBalance.Value > 0) >= 5, "to balance");
        Assert.True(proofs.Count(p => p.Quote.BalanceApplied.Value > 0) >= 5, "credit used");
        Assert.True(proofs.Count(p => p.Quote.DueNow.Value > 0) >= 10, "charged");
        Assert.True(proofs.Count(p => p.Change.Cadence is not null) >= 15, "cadence");
        Assert.True(proofs.Count(p => p.Owing) >= 5, "owing");
        Assert.True(proofs.Exists(p => p is { Quote.When: "now", Quote.Lines.Count: 0 }), "in a trial");
    }

    private sealed record Look(List<Invoice> Invoices, List<CreditNote> Notes, List<BalanceEntry> Entries);

    private sealed record Proof(Guid Subscription, QuoteView Quote, PlanChange Change, bool Owing);
}
