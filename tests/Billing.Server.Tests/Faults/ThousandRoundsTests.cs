using System.Diagnostics;
using Billing.Customers;
using Billing.Invoicing;
using Billing.Payments;
using Billing.Server.BillingRun;
using Billing.Server.Cards;
using Billing.Server.Customers;
using Billing.Server.Ledger;
using Billing.Server.Payments;
using Billing.Server.Payments.Gateways;
using Billing.Server.Payments.Inbox;
using Billing.Server.Persistence;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Faults;

/// <summary>
/// The customer pays on the page, the run tries the card, and the gateway's notices come in, all from one starting line, a
/// thousand times over: what was captured is the invoice's total, by the gateway's own ledger. The rounds run side by side in
/// lanes, each with a house, a database, a gateway and a starting line of its own.
/// </summary>
public sealed class ThousandRoundsTests(PostgresServer postgres, ITestOutputHelper output)
{
    private const int Lanes = 4, RoundsOfLane = 250, Rounds = Lanes * RoundsOfLane, Racers = 3;
    private static readonly Instant FirstOfMay = Instant.FromUtc(2026, 5, 1, 9, 0);
    private static readonly string[] Losing = ["payment_in_progress", "invoice_not_open", "changed_meanwhile"];

    [Fact]
    public async Task Portal_payment_retry_and_notice_racing_capture_the_total_once()
    {
        var watch = Stopwatch.StartNew();
        var lanes = await Task.WhenAll(Enumerable.Range(0, Lanes).Select(_ => RunLaneAsync()));
        var (paying, collecting, told) = (lanes.Sum(l => l.Paying), lanes.Sum(l => l.Collecting), lanes.Sum(l => l.Told));

        output.WriteLine($"{Rounds} rounds in {watch.Elapsed.TotalSeconds:F0} s: the page was first {paying} times, the run {collecting}, {told} notices");
        // A race that always ends the same way is none.
        Assert.InRange(paying, 20, Rounds - 20);
        Assert.InRange(collecting, 20, Rounds - 20);
    }

    private async Task<(int Paying, int Collecting, int Told)> RunLaneAsync()
    {
        using var captured = new SemaphoreSlim(0);
        await using var house = await TestHouse.OnPostgresAsync(postgres, FirstOfMay, new() { Gateway = sandbox => new TellingGateway(sandbox, captured) });
        var invoices = await IssuedAsync(house);
        using var line = new Barrier(Racers);
        var (paying, collecting, told) = (0, 0, 0);

        await Task.WhenAll(
            RaceAsync(line, async round =>
            {
                if (await PayAsync(house, invoices[round])) paying++;
            }),
            RaceAsync(line, async round =>
            {
                // Every third answer to a charge is lost: nobody who asked knows, and the notice tells.
                if (round % 3 == 0) house.Gateway.Faults.LoseAfterCapture(1);
                if (await CollectAsync(house, invoices[round])) collecting++;
            }),
            RaceAsync(line, async round =>
            {
                // The gateway tells as soon as it has captured, which is before whoever asked has heard it.
                Assert.True(await captured.WaitAsync(TimeSpan.FromMinutes(1), TestHouse.Cancellation), "Nobody charged.");
                do told += await NoticesAsync(house);
                while (house.Gateway.HasNews);
            }));

        await MustHoldAsync(house, invoices);
        return (paying, collecting, told);
    }

    private static async Task MustHoldAsync(TestHouse house, IReadOnlyList<InvoiceId> invoices)
    {
        var captures = house.Gateway.Ledger.AllCaptures().ToLookup(c => c.InvoiceId);
        var paid = (await house.InvoicesAsync()).ToDictionary(i => i.Id);
        foreach (var id in invoices)
        {
            Assert.Equal([Merchant.Price], captures[id].Select(c => c.Amount.Minor));
            Assert.Equal((InvoiceStatus.Paid, Merchant.Price, 0L), (paid[id].Status, paid[id].PaidMinor, paid[id].DueMinor));
        }

        await house.NothingIsLeftUnknownAsync();
        Assert.Equal(0, await house.ReadAsync(db => db.Customers.SumAsync(c => c.BalanceMinor, TestHouse.Cancellation)));
        Assert.Empty(await house.ReadAsync(db => db.Alarms.ToListAsync(TestHouse.Cancellation)));
        await house.MustAgreeAsync();
    }

    private static Task RaceAsync(Barrier line, Func<int, Task> act) => Task.Factory.StartNew(
        () =>
        {
            try
            {
                for (var round = 0; round < RoundsOfLane; round++)
                {
                    line.SignalAndWait(TestHouse.Cancellation);
                    act(round).GetAwaiter().GetResult();
                }
            }
            finally
            {
                // Whoever fails must not leave the others waiting.
                line.RemoveParticipant();
            }
        },
        TestHouse.Cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static async Task<bool> PayAsync(TestHouse house, InvoiceId invoice)
    {
        try
        {
            return (await house.SendAsync(new PayInvoice(invoice.Value))).Trigger == "manual";
        }
        catch (Refused refused) when (Losing.Contains(refused.Code))
        {
            return false;
        }
        catch (Exception e) when (LostRace(e))
        {
            return false;
        }
    }

    private static async Task<bool> CollectAsync(TestHouse house, InvoiceId invoice)
    {
        try
        {
            var desk = house.Get<PaymentDesk>();
            var begun = await desk.BeginAsync([invoice], AttemptTrigger.Automatic, house.Clock.Now, TestHouse.Cancellation);
            await desk.AskAndSettleAsync(begun, house.Clock, TestHouse.Cancellation);
            return begun.Count > 0;
        }
        catch (Exception e) when (LostRace(e))
        {
            return false;
        }
    }

    private static async Task<int> NoticesAsync(TestHouse house)
    {
        var (inbox, pass) = (house.Get<NoticeInbox>(), house.Get<TakeInNotices>());
        var count = await house.Gateway.DeliverNoticesAsync(
            async (body, signature, stop) =>
            {
                await inbox.TakeAsync(body, signature, stop);
                return true;
            },
            house.Get<BillingClock>().WallNow, TestHouse.Cancellation);
        while (await pass.NextDueAsync(house.Clock.Now, TestHouse.Cancellation) is { Count: > 0 } ids)
            await pass.DoAsync(ids, house.Clock.Now, TestHouse.Cancellation);
        return count;
    }

    private static bool LostRace(Exception e) =>
        e is DbUpdateConcurrencyException || Deadlock.Is(e) || e is DbUpdateException && UniqueViolation.Is(e.GetBaseException());

    /// <summary>Tells of each charge that was carried out, before its answer is on the way.</summary>
    private sealed class TellingGateway(IPaymentGateway gateway, SemaphoreSlim captured) : GatewayBehind
    {
        protected override IPaymentGateway Behind => gateway;

        public override async Task<ChargeOutcome> ChargeAsync(ChargeRequest request, CancellationToken cancellationToken)
        {
            var outcome = await gateway.ChargeAsync(request, cancellationToken);
            captured.Release();
            return outcome;
        }
    }

    /// <summary>A customer with a good card, and as many open invoices as its lane has rounds.</summary>
    private static async Task<IReadOnlyList<InvoiceId>> IssuedAsync(TestHouse house)
    {
        var customer = await house.AddCustomerAsync();
        await house.SendAsync(new AddCard(customer.Id, new("pm_card_visa")));
        await using var db = house.Database.Open();
        var owner = await db.Customers.WithIdAsync(customer.Id, TestHouse.Cancellation);
        for (var i = 1; i <= RoundsOfLane; i++)
        {
            var invoice = Issue(owner, i);
            db.Invoices.Add(invoice);
            db.BookIssued(invoice, FirstOfMay);
        }

        await db.SaveChangesAsync(TestHouse.Cancellation);
        return await db.Invoices.OrderBy(i => i.Number).Select(i => i.Id).ToListAsync(TestHouse.Cancellation);
    }

    private static Invoice Issue(Customer owner, int number)
    {
        var price = new Money(Merchant.Price, owner.Currency);
        var invoice = Invoice.Draft(new(NewId.At(FirstOfMay)), owner, FirstOfMay);
        invoice.AddItem("Setting up", 1, price);
        invoice.Issue(owner, price, FirstOfMay);
        invoice.GiveNumber(NumberSeries.Format(NumberSeries.Invoices, number));
        return invoice;
    }
}
