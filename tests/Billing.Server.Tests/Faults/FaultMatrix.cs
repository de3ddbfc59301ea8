using Billing.Invoicing;
using Billing.Payments;
using Billing.Server.BillingRun;
using Billing.Server.Cards;
using Billing.Server.Invoicing;
using Billing.Server.Payments.Gateways.Sandbox;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Faults;

/// <summary>A house to be killed anywhere, its gateway to be troubled, and what a case needs of it.</summary>
internal sealed class FaultMatrix : IAsyncDisposable
{
    private static readonly Type[] MoneyPasses = [typeof(ResolveUnknownAttempts), typeof(CollectOpenInvoices), typeof(SendRefunds)];

    private readonly TroubledGateway gateway;

    private FaultMatrix(TestHouse house, SuddenDeath death, TroubledGateway gateway) => (House, Death, this.gateway) = (house, death, gateway);

    public TestHouse House { get; }

    public SuddenDeath Death { get; }

    public SandboxLedger Ledger => House.Gateway.Ledger;

    public static async Task<FaultMatrix> OpenAsync()
    {
        var death = new SuddenDeath();
        TroubledGateway? troubled = null;
        var house = await TestHouse.OnSqliteAsync(Instant.FromUtc(2026, 5, 1, 6, 0), new()
        {
            Interceptors = [death],
            Gateway = sandbox => new MortalGateway(troubled = new TroubledGateway(sandbox), death),
        });
        _ = house.Get<Billing.Server.Payments.Gateways.IPaymentGateway>();
        return new(house, death, troubled!);
    }

    /// <summary>Makes the next call that moves money go wrong.</summary>
    public void Prepare(Answer answer)
    {
        gateway.Next = answer.Trouble;
        var faults = House.Gateway.Faults;
        faults.LoseBeforeCapture(answer.Lost == Lost.Before ? 1 : 0);
        faults.LoseAfterCapture(answer.Lost == Lost.After ? 1 : 0);
        faults.Refunds.LoseBefore(answer.Lost == Lost.Before ? 1 : 0);
        faults.Refunds.LoseAfter(answer.Lost == Lost.After ? 1 : 0);
    }

    /// <summary>A customer with this card; the card is gone at the gateway when the answer is to be a refusal.</summary>
    public async Task<Guid> CustomerAsync(Answer answer)
    {
        var customer = await House.AddCustomerAsync();
        await House.SendAsync(new AddCard(customer.Id, new(answer.Card)));
        return customer.Id;
    }

    public async Task TakeCardAwayAsync(Guid customer)
    {
        var cards = await House.Gateway.CardsAsync(new(customer), TestHouse.Cancellation);
        await House.Gateway.DetachCardAsync(new(customer), Assert.Single(cards).Token, TestHouse.Cancellation);
    }

    public async Task<InvoiceId> IssueAsync(Guid customer, long minor)
    {
        var draft = await House.SendAsync(new DraftInvoice(customer, new([new("Setting up", new(minor, "USD"))])));
        await House.SendAsync(new IssueInvoice(draft.Id));
        return new(draft.Id);
    }

    /// <summary>Does a pass as the run does, at the clock's present moment.</summary>
    public async Task RecoverAsync()
    {
        foreach (var pass in MoneyPasses)
            await House.Get<PassLoop>().RunAsync(House.GetPass(pass), new(), House.Clock.Now, (_, _) => Task.CompletedTask, TestHouse.Cancellation);
    }

    /// <summary>What a test looks up itself: no point to be killed at, and never too late for.</summary>
    public async Task<T> LookAsync<T>(Func<Billing.Server.Persistence.BillingDbContext, Task<T>> read)
    {
        Death.Watches = false;
        try
        {
            return await House.ReadAsync(read);
        }
        finally
        {
            Death.Watches = true;
        }
    }

    public Task<List<PaymentAttempt>> AttemptsAsync(InvoiceId invoice) => LookAsync(
        db => db.PaymentAttempts.AsNoTracking().Where(a => a.InvoiceId == invoice).OrderBy(a => a.Id).ToListAsync(TestHouse.Cancellation));

    public Task<Invoice> InvoiceAsync(InvoiceId id) => LookAsync(
        db => db.Invoices.AsNoTracking().SingleAsync(i => i.Id == id, TestHouse.Cancellation));

    public ValueTask DisposeAsync() => House.DisposeAsync();
}

/// <summary>Where the connection breaks.</summary>
internal enum Lost
{
    Never,
    Before,
    After,
}

/// <summary>One answer of the gateway, and what must have become of the money in the end.</summary>
/// <param name="Name">Its name in the output.</param>
/// <param name="Card">The test card.</param>
/// <param name="Moves">Whether money moves: captured, or sent back.</param>
internal sealed record Answer(string Name, string Card, bool Moves)
{
    public Lost Lost { get; init; }

    public Trouble Trouble { get; init; }

    /// <summary>The card is taken away before the charge.</summary>
    public bool Refused { get; init; }

    /// <summary>What the customer tells the bank; nothing: never comes.</summary>
    public bool? Confirms { get; init; }

    /// <summary>The bank returns the refund later, and a notice tells.</summary>
    public bool Returned { get; init; }

    public override string ToString() => Name;
}
