using Billing.Server.Tests.Infrastructure;
using static Billing.Server.Tests.Slices.RefundingTests;
using static Billing.Server.Tests.Slices.SellingTests;

namespace Billing.Server.Tests.Slices;

/// <summary>Money that comes past the gateway, and cards charged by consent, over HTTP.</summary>
public sealed class ReceivingTests(PostgresServer postgres)
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 1, 10, 0);

    [Fact]
    public async Task The_same_reference_is_the_same_money()
    {
        await using var house = await ApiHouse.OnPostgresAsync(postgres, Now);
        var (client, customer) = (house.Client, await SoldAsync(house));
        var invoice = await IssuedAsync(house, customer);

        var first = await client.RecordPaymentAsync(invoice, new("bank_transfer", new(1_000, "USD"), "TRX-1", "2026-02-28"));
        Assert.Equal(first, await client.RecordPaymentAsync(invoice, new("bank_transfer", new(1_000, "USD"), "TRX-1", "2026-02-28")));
        Assert.Equal((422, "reference_used"), await StatusAndCode(client.RecordPaymentAsync(invoice, new("bank_transfer", new(1_001, "USD"), "TRX-1", "2026-02-28"))));
        Assert.Equal(("open", 2_000), (await client.GetInvoiceAsync(invoice) is var open ? (open.Status, open.Due.Value) : default));

        // Another way, another money; what is too much is credit, and a person is told.
        var second = await client.RecordPaymentAsync(invoice, new("cash", new(2_500, "USD"), "TRX-1", "2026-03-01"));
        Assert.Equal((500, 500), (second.Excess.Value, (await client.GetCustomerAsync(customer)).Balance.Value));
        Assert.Equal("paid", (await client.GetInvoiceAsync(invoice)).Status);
        Assert.Equal(second.Id, Assert.Single(await client.ListAlarmsAsync().ToListAsync(ApiHouse.Cancellation)).SubjectId);
        Assert.Equal([second, first], await client.ListReceivedPaymentsAsync(customer, invoice).ToListAsync(ApiHouse.Cancellation));
        Assert.Equal(2, await client.ListHistoryAsync(customer).CountAsync(h => h.Type == "PaymentReceived", ApiHouse.Cancellation));
        Assert.Equal((422, "validation_failed"), await StatusAndCode(client.RecordPaymentAsync(invoice, new("barter", new(1, "USD"), "goat", "2026-03-01"))));
        Assert.Equal((422, "validation_failed"), await StatusAndCode(client.RecordPaymentAsync(invoice, new("cash", new(1, "USD"), "r", "yesterday"))));
    }

    [Fact]
    public async Task A_second_card_is_seen_coming_charged_and_told()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var (client, customer) = (house.Client, await SoldAsync(house));
        var second = await client.AddCardAsync(customer, new("pm_card_mastercard"));
        var first = await client.AddCardAsync(customer, new("sandbox_declines_lost_card"));
        Assert.Equal((409, "card_is_default"), await StatusAndCode(client.AgreeToBackupCardAsync(customer, first.Id, new("Rina K."))));
        var agreed = await client.AgreeToBackupCardAsync(customer, second.Id, new("Rina K. by telephone"));
        Assert.Equal(("Rina K. by telephone", "2026-03-01T10:00:00Z"), (agreed.Backup!.AgreedBy, agreed.Backup.AgreedAt));

        var invoice = await IssuedAsync(house, customer);
        await house.RunAsync();
        Assert.Equal("open", (await client.GetInvoiceAsync(invoice)).Status);
        var coming = Assert.Single((await client.GetOutlookAsync(customer)).Entries, e => e.Kind == "collects");
        Assert.Equal("2026-03-03", coming.On);
        Assert.Contains("second card, as agreed", coming.Words, StringComparison.Ordinal);

        house.Clock.Now = Instant.FromUtc(2026, 3, 3, 9, 0);
        await house.RunAsync();
        var payment = (await client.ListPaymentsAsync(invoiceId: invoice).ToListAsync(ApiHouse.Cancellation))[0];
        Assert.Equal(("succeeded", second.Id), (payment.State, payment.CardId));
        var told = await client.ListHistoryAsync(customer).Select(h => h.Type).ToListAsync(ApiHouse.Cancellation);
        Assert.Contains("BackupCardAgreed", told);
        Assert.Contains("BackupCardPlanned", told);
    }

    [Fact]
    public async Task Who_takes_consent_back_is_not_charged_on_the_second_card()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var (client, customer) = (house.Client, await SoldAsync(house));
        var second = await client.AddCardAsync(customer, new("pm_card_mastercard"));
        await client.AddCardAsync(customer, new("sandbox_declines_lost_card"));
        await client.AgreeToBackupCardAsync(customer, second.Id, new("the customer"));
        var invoice = await IssuedAsync(house, customer);
        await house.RunAsync();

        await client.WithdrawBackupCardAsync(customer);
        Assert.DoesNotContain((await client.GetOutlookAsync(customer)).Entries, e => e.Kind == "collects");
        house.Clock.Now = Instant.FromUtc(2026, 3, 10, 9, 0);
        await house.RunAsync();

        Assert.Empty(house.Gateway.Ledger.CapturesOf(new InvoiceId(invoice)));
        Assert.Equal((409, "no_backup_card"), await StatusAndCode(client.WithdrawBackupCardAsync(customer)));

        // As the usual card it pays what is open, as any card does.
        await client.MakeCardDefaultAsync(customer, second.Id);
        await house.RunAsync();
        Assert.Equal("paid", (await client.GetInvoiceAsync(invoice)).Status);
    }
}
