using Billing.Server.Payments.Gateways;
using Billing.Server.Payments.Gateways.Stripe;
using Billing.Server.Persistence;

namespace Billing.Server.Tests.Gateways.Stripe;

/// <summary>The adapter before its loopback, with a clock to move; every test's requests are held against Stripe's facts, and its log searched for secrets.</summary>
public abstract class StripeTests(StripeBook book) : IClassFixture<StripeBook>, IAsyncLifetime
{
    private StripeGateway? gateway;

    internal StripeLoopback Loopback { get; private set; } = null!;

    internal StripeGateway Gateway => gateway ??= new(Settings(), Database, Log);

    internal LogBook Log { get; } = new();

    internal MovableClock Clock { get; } = new(Instant.FromUtc(2027, 1, 15, 9, 0));

    protected BillingDatabase Database => book.Database;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Loopback = await StripeLoopback.OpenAsync(Clock);

    public async ValueTask DisposeAsync()
    {
        gateway?.Dispose();
        await Loopback.DisposeAsync();
        Assert.Empty(Loopback.Violations);
        Assert.DoesNotContain(Log.Lines, StripeSecrets.In);
        GC.SuppressFinalize(this);
    }

    internal virtual StripeSettings Settings() => Loopback.Settings();

    protected async Task<ChargeRequest> RequestAsync(string token = "pm_card_visa", Money? amount = null)
    {
        var customer = new CustomerId(Guid.NewGuid());
        var card = await Gateway.AttachCardAsync(customer, token, Cancellation);
        return new(
            new(Guid.NewGuid()), customer, new(Guid.NewGuid()), card.Token, amount ?? new Money(4_900, Currency.Of("USD")));
    }

    /// <summary>How often such a request came.</summary>
    protected int Requests(string line) => Loopback.Requests.Count(r => r.Line == line);
}
