using Billing.Client.Contract;
using Billing.Server.Cards;
using Billing.Server.Invoicing;
using Billing.Server.Payments;
using Billing.Server.Persistence;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Faults;

/// <summary>Many who send back the same money at the same moment.</summary>
public sealed class RefundRaceTests(PostgresServer postgres)
{
    private const int AtOnce = 12, Third = 1_000;

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Refunds_at_one_moment_send_back_no_more_than_was_paid(string database)
    {
        await using var house = await TestHouse.OnAsync(database, postgres, Instant.FromUtc(2026, 5, 1, 9, 0));
        var customer = await house.AddCustomerAsync();
        await house.SendAsync(new AddCard(customer.Id, new("pm_card_visa")));
        for (var round = 0; round < 5; round++)
        {
            var draft = await house.SendAsync(new DraftInvoice(customer.Id, new([new("Setting up", new(3 * Third + 500, "USD"))])));
            await house.SendAsync(new IssueInvoice(draft.Id));
            var payment = await house.SendAsync(new PayInvoice(draft.Id));
            using var line = new Barrier(AtOnce);

            var made = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    line.SignalAndWait(TestHouse.Cancellation);
                    return TryAsync(house, payment.Id);
                },
                TestHouse.Cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));

            Assert.InRange(made.Count(m => m), 1, 3);
            var sent = house.Gateway.Ledger.RefundsOf(payment.GatewayReference!).Sum(r => r.Amount.Minor);
            Assert.Equal(made.Count(m => m) * Third, sent);
            Assert.Equal(sent, await house.ReadAsync(db => db.PaymentAttempts
                .Where(a => a.Id == new PaymentAttemptId(payment.Id)).Select(a => a.RefundedMinor).SingleAsync(TestHouse.Cancellation)));
        }

        await house.MustAgreeAsync();
    }

    private static async Task<bool> TryAsync(TestHouse house, Guid payment)
    {
        try
        {
            var refund = await house.SendAsync(new RefundPayment(payment, new NewRefund("Sorry", new(Third, "USD"))));
            return refund.State == "succeeded";
        }
        catch (Refused refused) when (refused.Code is "refund_exceeds_payment" or "credit_exceeds_invoice")
        {
            return false;
        }
        catch (Exception e) when (e is DbUpdateConcurrencyException || Deadlock.Is(e) || e is DbUpdateException && UniqueViolation.Is(e.GetBaseException()))
        {
            return false;
        }
    }
}
