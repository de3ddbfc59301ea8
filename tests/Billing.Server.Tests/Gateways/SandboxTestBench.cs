using Billing.Payments;
using Billing.Server.Payments.Gateways;
using Billing.Server.Payments.Gateways.Sandbox;

namespace Billing.Server.Tests.Gateways;

/// <summary>One customer before one sandbox, with a clock to move.</summary>
internal sealed class SandboxTestBench : IDisposable
{
    public SandboxTestBench(string? connectionString = null)
    {
        ConnectionString = connectionString ?? $"Data Source={Guid.NewGuid():N};Mode=Memory;Cache=Shared";
        Sandbox = new(ConnectionString, Clock);
    }

    public string ConnectionString { get; }

    public MovableClock Clock { get; } = new(Instant.FromUtc(2027, 1, 15, 9, 0));

    public SandboxGateway Sandbox { get; private set; }

    public CustomerId Customer { get; } = new(Guid.NewGuid());

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void On(int year, int month, int day) => Clock.Now = Instant.FromUtc(year, month, day, 9, 0);

    public void Restart()
    {
        Sandbox.Dispose();
        Sandbox = new(ConnectionString, Clock);
    }

    public Task<AttachedCard> KeepAsync(string testToken) =>
        Sandbox.AttachCardAsync(Customer, testToken, Cancellation);

    public async Task<ChargeRequest> RequestAsync(string testToken) => Request(await KeepAsync(testToken));

    public ChargeRequest Request(AttachedCard card) => new(
        new PaymentAttemptId(Guid.NewGuid()),
        Customer,
        new InvoiceId(Guid.NewGuid()),
        card.Token,
        new Money(4_900, Currency.Of("USD")));

    /// <summary>Charges once more and says in a word what came of it.</summary>
    public async Task<string> ChargeAsync(AttachedCard card) =>
        await Sandbox.ChargeAsync(Request(card), Cancellation) switch
        {
            ChargeOutcome.Succeeded => "succeeded",
            ChargeOutcome.Declined declined => declined.Code,
            ChargeOutcome.ActionRequired => "action_required",
            ChargeOutcome.Unknown => "unknown",
            var other => other.ToString(),
        };

    public void Dispose() => Sandbox.Dispose();
}
