using Billing.Client;
using Billing.Client.Contract;
using Billing.Server.Tests.Infrastructure;
using static Billing.Server.Tests.Slices.SellingTests;

namespace Billing.Server.Tests.Slices;

/// <summary>Invoices, cards and payments over HTTP.</summary>
public sealed class PayingTests(PostgresServer postgres)
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 1, 10, 0);

    [Fact]
    public async Task An_invoice_is_drafted_issued_credited_and_paid()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var (client, customer) = (house.Client, await SoldAsync(house));
        await client.GrantCreditAsync(customer, new(new(500, "USD")));
        var draft = await client.DraftInvoiceAsync(customer, new([new("Setup", new(3000, "USD"))]));
        var longer = await client.AddInvoiceItemAsync(draft.Id, new("Training", new(1000, "USD"), 2));
        Assert.Equal(("draft", null, 5000, 2), (longer.Status, longer.Number, longer.Total.Value, longer.Version));

        var issued = await client.IssueInvoiceAsync(draft.Id);
        Assert.Equal(("open", "INV-000001", 500, 4500), (issued.Status, issued.Number, issued.BalanceApplied.Value, issued.Due.Value));
        Assert.Equal((409, "invoice_issued"), await StatusAndCode(client.AddInvoiceItemAsync(draft.Id, new("More", new(1, "USD")))));

        var note = await client.CreditInvoiceAsync(draft.Id, new(new(1000, "USD"), "Late"));
        Assert.Equal(("CN-000001", 1000, 0), (note.Number, note.Amount.Value, note.ToBalance.Value));
        var listed = Assert.Single(await client.ListCreditNotesAsync(draft.Id).ToListAsync(ApiHouse.Cancellation));
        Assert.Equal(note with { Lines = null }, listed with { Lines = null });
        Assert.Equal([600L, 400L], listed.Lines!.Select(l => l.Amount.Value));

        Assert.Equal((409, "no_card"), await StatusAndCode(client.PayInvoiceAsync(draft.Id)));
        var card = await client.AddCardAsync(customer, new("pm_card_visa"));
        Assert.Equal(("visa", "4242", true), (card.Brand, card.LastFour, card.IsDefault));
        var payment = await client.PayInvoiceAsync(draft.Id);
        Assert.Equal(("succeeded", "manual", 3500), (payment.State, payment.Trigger, payment.Amount.Value));
        Assert.Equal([payment], await client.ListPaymentsAsync(invoiceId: draft.Id).ToListAsync(ApiHouse.Cancellation));
        Assert.Equal(payment, await client.GetPaymentAsync(payment.Id));
        Assert.Equal((409, "invoice_not_open"), await StatusAndCode(client.PayInvoiceAsync(draft.Id)));

        var paid = await client.GetInvoiceAsync(draft.Id);
        Assert.Equal(("paid", 0, 2), (paid.Status, paid.Due.Value, paid.Lines!.Count));
        Assert.Equal([new Money(3500, Currency.Of("USD"))], house.Gateway.Ledger.CapturesOf(new InvoiceId(draft.Id)).Select(c => c.Amount));
        var history = await client.ListHistoryAsync(customer).ToListAsync(ApiHouse.Cancellation);
        Assert.Equal("key:test", history.Single(h => h.Type == "PaymentSucceeded").Actor);
    }

    [Fact]
    public async Task An_invoice_is_voided_or_written_off()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var (client, customer) = (house.Client, await SoldAsync(house));
        await client.GrantCreditAsync(customer, new(new(500, "USD")));
        var (one, two) = (await IssuedAsync(client, customer), await IssuedAsync(client, customer));

        Assert.Equal("void", (await client.VoidInvoiceAsync(one.Id)).Status);
        Assert.Equal(500, (await client.GetCustomerAsync(customer)).Balance.Value);
        Assert.Equal("uncollectible", (await client.WriteOffInvoiceAsync(two.Id)).Status);
        Assert.Equal((409, "invoice_not_open"), await StatusAndCode(client.VoidInvoiceAsync(two.Id)));
        Assert.Equal([one.Id], await client.ListInvoicesAsync(customer, "void").Select(i => i.Id).ToListAsync(ApiHouse.Cancellation));
    }

    [Theory]
    [InlineData("sandbox_timeout_captured", "unknown")]
    [InlineData("pm_card_authenticationRequired", "action_required")]
    public async Task While_a_payment_is_under_way_nobody_changes_what_is_owed(string token, string state)
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var (client, customer) = (house.Client, await SoldAsync(house, token));
        var invoice = await IssuedAsync(client, customer);
        Assert.Equal(state, (await client.PayInvoiceAsync(invoice.Id)).State);

        var busy = (409, "payment_in_progress");
        Assert.Equal(busy, await StatusAndCode(client.PayInvoiceAsync(invoice.Id)));
        Assert.Equal(busy, await StatusAndCode(client.VoidInvoiceAsync(invoice.Id)));
        Assert.Equal(busy, await StatusAndCode(client.WriteOffInvoiceAsync(invoice.Id)));
        Assert.Equal(busy, await StatusAndCode(client.CreditInvoiceAsync(invoice.Id, new(new(1, "USD"), "No"))));
    }

    [Fact]
    public async Task A_new_card_pays_what_is_open_at_the_next_run()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var (client, customer) = (house.Client, await SoldAsync(house, "sandbox_declines_do_not_honor"));
        var invoice = await IssuedAsync(client, customer);
        Assert.Equal(("declined", "do_not_honor"), await client.PayInvoiceAsync(invoice.Id) is var p ? (p.State, p.DeclineCode) : default);
        await house.RunAsync();
        Assert.Equal("2026-03-04T09:00:00Z", (await client.GetInvoiceAsync(invoice.Id)).NextAttemptAt);

        await client.AddCardAsync(customer, new("pm_card_visa"));
        await house.RunAsync();

        Assert.Equal("paid", (await client.GetInvoiceAsync(invoice.Id)).Status);
        var cards = await client.ListCardsAsync(customer).ToListAsync(ApiHouse.Cancellation);
        Assert.Equal([true, false], cards.Select(c => c.IsDefault));
        Assert.True((await client.MakeCardDefaultAsync(customer, cards[1].Id)).IsDefault);
        Assert.Equal(cards[0] with { IsDefault = true }, await client.AddCardAsync(customer, new("pm_card_visa")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Twenty_who_pay_at_the_same_moment_are_charged_once(bool onPostgres)
    {
        await using var house = onPostgres ? await ApiHouse.OnPostgresAsync(postgres, Now) : await ApiHouse.OnSqliteAsync(Now);
        var (client, customer) = (house.Client, await SoldAsync(house, "pm_card_visa"));
        var invoice = await IssuedAsync(client, customer);

        var said = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            try
            {
                return (await client.PayInvoiceAsync(invoice.Id)).State;
            }
            catch (BillingProblem problem)
            {
                return problem.Code;
            }
        }));

        Assert.Single(said, "succeeded");
        Assert.All(said, s => Assert.Contains(s, new[] { "succeeded", "payment_in_progress", "invoice_not_open" }));
        Assert.Single(house.Gateway.Ledger.CapturesOf(new InvoiceId(invoice.Id)));
    }

    private static async Task<InvoiceView> IssuedAsync(BillingClient client, Guid customer) =>
        await client.IssueInvoiceAsync((await client.DraftInvoiceAsync(customer, new([new("Setup", new(3000, "USD"))]))).Id);
}
