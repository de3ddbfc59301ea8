using Billing.Customers;
using Billing.Server.Cards;
using Billing.Server.Customers;
using Billing.Server.Invoicing;
using Billing.Server.Plans;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Slices;

/// <summary>A balance never moves without the history saying so.</summary>
public sealed class BalanceHistoryTests(PostgresServer postgres)
{
    private static readonly Instant Start = Instant.FromUtc(2026, 4, 1, 10, 0);

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Every_move_of_a_balance_is_in_the_history(string database)
    {
        await using var house = await TestHouse.OnAsync(database, postgres, Start);
        await house.SellProAsync();
        await house.SendAsync(new CreatePlan(new("small", "Small")));
        await house.SendAsync(new SetPrice("small", new(new(1900, "USD"), new("month"))));
        await house.SendAsync(new CreatePlan(new("crumb", "Crumb")));
        await house.SendAsync(new SetPrice("crumb", new(new(30, "USD"), new("month"))));
        var paying = await house.SubscribeAsync();
        var cardless = await house.SubscribeAsync(card: null);
        var small = await house.AddCustomerAsync(zone: "Pacific/Kiritimati");
        await house.SendAsync(new StartSubscription(small.Id, new("crumb", new("month"))));

        // The run: credit is applied, and what is too small is carried forward.
        await house.SendAsync(new GrantCredit(paying.CustomerId, new(new(1000, "USD"))));
        await house.SendAsync(new GrantCredit(cardless.CustomerId, new(new(500, "USD"))));
        await house.RunAsync();

        // A change at once gives paid time back by credit notes; a hand-written credit note does the same.
        house.Clock.Now += Duration.FromDays(10);
        var quote = await house.SendAsync(new QuoteChange(paying.Id, new("small", When: "now")));
        await house.SendAsync(new ConfirmChange(paying.Id, new(quote.Token)));
        var first = Assert.Single((await house.InvoicesAsync()), i => i.CustomerId.Value == paying.CustomerId && i.ChangeNumber == 0);
        await house.SendAsync(new CreditInvoice(first.Id.Value, new(new(100, "USD"), "A kindness")));

        // A void gives credit back; an invoice issued by hand uses it.
        var open = Assert.Single((await house.InvoicesAsync()), i => i.CustomerId.Value == cardless.CustomerId);
        await house.SendAsync(new VoidInvoice(open.Id.Value));
        var draft = await house.SendAsync(new DraftInvoice(cardless.CustomerId, new([new("Setup", new(9000, "USD"))])));
        await house.SendAsync(new IssueInvoice(draft.Id));

        // What a credit note leaves too small to charge is carried forward by the payment desk.
        await house.SendAsync(new CreditInvoice(draft.Id, new(new(8470, "USD"), "Nearly all of it")));
        await house.SendAsync(new AddCard(cardless.CustomerId, new("pm_card_visa")));
        await house.RunAsync();
        house.Clock.Now = Instant.FromUtc(2026, 6, 2, 10, 0);
        await house.RunAsync();

        var reasons = await house.ReadAsync(db => db.BalanceEntries.Select(e => e.Reason).Distinct().ToListAsync(TestHouse.Cancellation));
        Assert.Equal(
            [
                BalanceReason.AppliedToInvoice, BalanceReason.CarriedForward, BalanceReason.CreditNote, BalanceReason.Granted,
                BalanceReason.Restored,
            ],
            reasons.Order());
        await house.BalancesAreToldAsync();
    }
}
