using Billing.Invoicing;
using Billing.Payments;
using Billing.Server.BillingRun;
using Billing.Server.Ledger;
using Billing.Server.Payments.Gateways;
using Billing.Server.Payments.Gateways.Sandbox;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Faults;

/// <summary>A gateway that throws or says nothing for one of many customers holds nobody else up.</summary>
public sealed class GatewayTroubleTests(PostgresServer postgres)
{
    private static readonly Instant FirstOfMay = Instant.FromUtc(2026, 5, 1, 9, 0);

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task An_item_that_fails_is_set_aside_and_the_others_are_done(string database)
    {
        var trouble = new Trouble();
        await using var house = await OpenAsync(database, trouble);
        var victim = trouble.Victim = await CustomerAsync(house, 1);

        var run = await house.RunAsync();
        Assert.Equal(RunState.Finished, run.State);
        Assert.Equal(2, (await house.InvoicesAsync()).Count(i => i.Status == InvoiceStatus.Paid));
        var bad = Assert.Single(await house.InvoicesAsync(), i => i.CustomerId == victim);
        var aside = Assert.Single(await house.ReadAsync(db => db.SetAside.ToListAsync(TestHouse.Cancellation)));
        Assert.Equal(("collect", bad.Id.Value, "InvalidDataException: The gateway spoke nonsense."), (aside.Pass, aside.SubjectId, aside.Error));

        trouble.Victim = null;
        house.Clock.Now += Duration.FromMinutes(3);
        await house.RunAsync();
        Assert.All(await house.InvoicesAsync(), i => Assert.Equal(InvoiceStatus.Paid, i.Status));
        await house.MustAgreeAsync();

        house.Clock.Now += Duration.FromHours(1);
        await house.RunAsync();
        Assert.Empty(await house.ReadAsync(db => db.SetAside.ToListAsync(TestHouse.Cancellation)));
    }

    [Fact]
    public async Task A_gateway_that_never_answers_holds_nobody_up()
    {
        var trouble = new Trouble { Silent = true };
        await using var house = await OpenAsync(Databases.Sqlite, trouble);
        trouble.Victim = await CustomerAsync(house, 1);

        await house.RunAsync();
        var attempt = await house.ReadAsync(db => db.PaymentAttempts.SingleAsync(a => a.CustomerId == trouble.Victim, TestHouse.Cancellation));
        Assert.Equal((AttemptState.Unknown, "The gateway did not answer in time."), (attempt.State, attempt.Detail));
        Assert.Equal(2, (await house.InvoicesAsync()).Count(i => i.Status == InvoiceStatus.Paid));

        trouble.Victim = null;
        house.Clock.Now += Duration.FromMinutes(3);
        await house.RunAsync();
        Assert.All(await house.InvoicesAsync(), i => Assert.Equal(InvoiceStatus.Paid, i.Status));
        await house.MustAgreeAsync();
    }

    [Fact]
    public async Task An_attempt_that_cannot_be_looked_up_is_set_aside_by_itself()
    {
        var trouble = new Trouble();
        await using var house = await OpenAsync(Databases.Sqlite, trouble);
        house.Gateway.Faults.LoseAfterCapture(3);
        await house.RunAsync();
        trouble.Victim = await CustomerAsync(house, 1);

        house.Clock.Now += Duration.FromMinutes(3);
        await house.RunAsync();

        Assert.Equal(2, (await house.InvoicesAsync()).Count(i => i.Status == InvoiceStatus.Paid));
        Assert.Equal("resolve", Assert.Single(await house.ReadAsync(db => db.SetAside.ToListAsync(TestHouse.Cancellation))).Pass);
        await house.MustAgreeAsync();
    }

    [Fact]
    public async Task What_a_credit_note_left_too_small_to_charge_is_carried_and_not_sent_to_the_gateway()
    {
        await using var house = await OpenAsync(Databases.Sqlite, new Trouble());
        await house.Get<PassLoop>().RunAsync(
            house.Get<RenewDueSubscriptions>(), new RunPass(), FirstOfMay, (_, _) => Task.CompletedTask, TestHouse.Cancellation);
        await CreditAsync(house, Merchant.Price - 30);

        await house.RunAsync();

        var invoice = (await house.InvoicesAsync())[0];
        Assert.Equal((InvoiceStatus.Paid, 30L), (invoice.Status, invoice.CarriedForwardMinor));
        Assert.Equal(2, house.Gateway.Ledger.ChargeCalls());
        Assert.Equal(-30, (await house.ReadAsync(db => db.Customers.SingleAsync(c => c.Id == invoice.CustomerId, TestHouse.Cancellation))).BalanceMinor);
        await house.MustAgreeAsync();
    }

    private static async Task CreditAsync(TestHouse house, long amount)
    {
        await using var db = house.Database.Open();
        var invoice = await db.Invoices.OrderBy(i => i.Number).FirstAsync(TestHouse.Cancellation);
        var customer = await db.Customers.SingleAsync(c => c.Id == invoice.CustomerId, TestHouse.Cancellation);
        var (note, _) = invoice.Credit(new(Guid.NewGuid()), customer, new(amount, invoice.Currency), "Sorry", house.Clock.Now);
        note.GiveNumber("CN-000001");
        db.CreditNotes.Add(note);
        await db.BookCreditedAsync(note, invoice, house.Clock.Now, TestHouse.Cancellation);
        await db.SaveChangesAsync(TestHouse.Cancellation);
    }

    private static Task<CustomerId> CustomerAsync(TestHouse house, int index) =>
        house.ReadAsync(db => db.Customers.OrderBy(c => c.Id).Select(c => c.Id).Skip(index).FirstAsync(TestHouse.Cancellation));

    private async Task<TestHouse> OpenAsync(string database, Trouble trouble)
    {
        var house = await TestHouse.OnAsync(database, postgres, FirstOfMay, new()
        {
            Gateway = sandbox =>
            {
                trouble.Sandbox = sandbox;
                return trouble;
            },
            LongestCall = TimeSpan.FromMilliseconds(50),
        });
        await house.SellProAsync();
        await house.SubscribeManyAsync(3);
        return house;
    }

    /// <summary>The sandbox, except for one customer.</summary>
    private sealed class Trouble : GatewayBehind
    {
        public SandboxGateway Sandbox { get; set; } = null!;

        public CustomerId? Victim { get; set; }

        /// <summary>Whether it says nothing for ever, and does not even listen to being told to stop; else it throws.</summary>
        public bool Silent { get; init; }

        protected override IPaymentGateway Behind => Sandbox;

        public override Task<ChargeOutcome> ChargeAsync(ChargeRequest request, CancellationToken cancellationToken) =>
            request.CustomerId != Victim ? Sandbox.ChargeAsync(request, cancellationToken)
            : Silent ? new TaskCompletionSource<ChargeOutcome>().Task
            : throw new InvalidDataException("The gateway spoke nonsense.");

        public override Task<ChargeOutcome?> FindAsync(
            PaymentAttemptId attemptId, CustomerId customerId, string? reference, CancellationToken cancellationToken) =>
            Sandbox.Ledger.CapturesOf(attemptId).Any(c => c.CustomerId == Victim)
                ? throw new InvalidDataException("The gateway spoke nonsense.")
                : Sandbox.FindAsync(attemptId, customerId, reference, cancellationToken);
    }
}
