using Billing.Client.Contract;
using Billing.Invoicing;
using Billing.Server.Cards;
using Billing.Server.Customers;
using Billing.Server.Invoicing;
using Billing.Server.Payments;
using Billing.Server.Plans;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Slices;

/// <summary>Kuwaiti dinars have a thousand fils, and card networks know hundredths only.</summary>
public sealed class ThreeDecimalTests
{
    private static readonly Instant FirstOfMarch = Instant.FromUtc(2026, 3, 1, 10, 0);

    [Fact]
    public async Task A_price_with_fils_is_charged_in_steps_and_nothing_is_lost()
    {
        await using var house = await SoldAsync();
        var customer = await CustomerAsync(house);
        await house.SendAsync(new StartSubscription(customer, new NewSubscription(Merchant.Pro, new CadenceView("month"))));

        foreach (var month in new[] { 3, 4, 5 })
        {
            house.Clock.Now = Instant.FromUtc(2026, month, 1, 10, 0);
            await house.RunAsync();
        }

        var invoices = await house.InvoicesAsync();
        Assert.All(invoices, i => Assert.Equal((InvoiceStatus.Paid, 4_905L), (i.Status, i.TotalMinor)));
        Assert.Equal([4_900, 4_910, 4_900], invoices.Select(i => house.Gateway.Ledger.CapturesOf(i.Id).Sum(c => c.Amount.Minor)));
        Assert.Equal(-5, await BalanceAsync(house));
        Assert.Empty(await house.ReadAsync(db => db.Alarms.ToListAsync(TestHouse.Cancellation)));
        await house.MustAgreeAsync();
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task What_a_credit_note_left_with_fils_is_charged_in_steps(bool byHand)
    {
        await using var house = await SoldAsync();
        var customer = await CustomerAsync(house);
        var draft = await house.SendAsync(new DraftInvoice(customer, new([new("Setting up", new(4_900, "KWD"))])));
        await house.SendAsync(new IssueInvoice(draft.Id));
        await house.SendAsync(new CreditInvoice(draft.Id, new NewCreditNote(new Amount(1_003, "KWD"), "Sorry")));
        var foretold = await house.ReadAsync(db => db.OutlookAsync(customer, house.Gateway, FirstOfMarch, TestHouse.Cancellation));

        if (byHand) await house.SendAsync(new PayInvoice(draft.Id));
        else await house.RunAsync();

        var invoice = Assert.Single(await house.InvoicesAsync());
        Assert.Equal((InvoiceStatus.Paid, 3_890, 7), (invoice.Status, invoice.PaidMinor, invoice.CarriedForwardMinor));
        Assert.Equal([3_890], house.Gateway.Ledger.CapturesOf(invoice.Id).Select(c => c.Amount.Minor));
        Assert.Equal(3_890, Assert.Single(foretold.Entries).Due!.Value);
        await house.MustAgreeAsync();
    }

    [Fact]
    public async Task A_part_with_fils_is_not_sent_back_and_all_that_is_left_goes_in_steps()
    {
        await using var house = await SoldAsync();
        var customer = await CustomerAsync(house);
        var draft = await house.SendAsync(new DraftInvoice(customer, new([new("Setting up", new(4_900, "KWD"))])));
        await house.SendAsync(new IssueInvoice(draft.Id));
        var payment = await house.SendAsync(new PayInvoice(draft.Id));

        var refused = await Assert.ThrowsAsync<Refused>(() => house.SendAsync(new RefundPayment(payment.Id, new("Sorry", new(1_005, "KWD")))));
        Assert.Equal("amount_not_chargeable", refused.Code);
        Assert.Empty(await house.ReadAsync(db => db.CreditNotes.ToListAsync(TestHouse.Cancellation)));

        Assert.Equal("succeeded", (await house.SendAsync(new RefundPayment(payment.Id, new("Sorry")))).State);
        Assert.Equal(4_900, house.Gateway.Ledger.AllRefunds().Sum(r => r.Amount.Minor));
    }

    [Fact]
    public async Task Paid_days_and_what_no_invoice_wanted_go_back_to_the_card_in_steps()
    {
        var policy = Path.GetTempFileName();
        await File.WriteAllTextAsync(policy, (await File.ReadAllTextAsync(Repository.At("src", "Billing.Server", "Retention", "leaving.json"), ApiHouse.Cancellation))
            .Replace("\"refund\": \"prorated\"", "\"refund\": \"to_card\"", StringComparison.Ordinal), ApiHouse.Cancellation);
        await using var house = await ApiHouse.OnSqliteAsync(FirstOfMarch, ("Billing:Leaving:File", policy), ("Billing:Payments:Overpayment", "refund"));
        await house.Client.CreatePlanAsync(new("pro", "Pro"));
        await house.Client.SetPriceAsync("pro", new(new(4_900, "KWD"), new("month")));
        var customer = (await house.Client.AddCustomerAsync(new("KWD", "UTC"))).Id;
        await house.Client.AddCardAsync(customer, new("pm_card_visa"));
        var subscription = await house.Client.StartSubscriptionAsync(customer, new("pro", new("month")));
        await house.RunAsync();

        // 20 of 31 days: 3.161, of which 3.160 go back.
        house.Clock.Now = Instant.FromUtc(2026, 3, 12, 10, 0);
        await house.Client.CancelSubscriptionAsync(subscription.Id, new("now"));
        await house.RunAsync();
        Assert.Equal([3_160], house.Gateway.Ledger.AllRefunds().Select(r => r.Amount.Minor));
        Assert.Equal(1, (await house.Client.GetCustomerAsync(customer)).Balance.Value);

        // 1.003 of 5.000 in cash while nobody knows that the card paid all: 1.000 go back.
        var invoice = (await house.Client.IssueInvoiceAsync((await house.Client.DraftInvoiceAsync(customer, new([new("Setup", new(5_001, "KWD"))]))).Id)).Id;
        house.Gateway.Faults.LoseAfterCapture(1);
        await house.Client.PayInvoiceAsync(invoice);
        await house.Client.RecordPaymentAsync(invoice, new("cash", new(1_003, "KWD"), "till 17", "2026-03-12"));
        house.Clock.Now += Duration.FromMinutes(3);
        await house.RunAsync();
        Assert.Equal([3_160, 1_000], house.Gateway.Ledger.AllRefunds().Select(r => r.Amount.Minor));
        Assert.Equal(3, (await house.Client.GetCustomerAsync(customer)).Balance.Value);
        File.Delete(policy);
    }

    private static async Task<TestHouse> SoldAsync()
    {
        var house = await TestHouse.OnSqliteAsync(FirstOfMarch);
        await house.SendAsync(new CreatePlan(new NewPlan(Merchant.Pro, "Pro")));
        await house.SetPriceAsync(4_905, "month", currency: "KWD");
        return house;
    }

    private static async Task<Guid> CustomerAsync(TestHouse house)
    {
        var customer = await house.AddCustomerAsync("KWD");
        await house.SendAsync(new AddCard(customer.Id, new NewCard("pm_card_visa")));
        return customer.Id;
    }

    private static Task<long> BalanceAsync(TestHouse house) =>
        house.ReadAsync(db => db.Customers.Select(c => c.BalanceMinor).SingleAsync(TestHouse.Cancellation));
}
