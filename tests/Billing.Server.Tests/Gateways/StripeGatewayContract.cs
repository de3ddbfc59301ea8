using System.Text.Json.Nodes;
using Billing.Payments;
using Billing.Server.Payments.Gateways;
using Billing.Server.Payments.Gateways.Stripe;
using Billing.Server.Tests.Gateways.Stripe;

namespace Billing.Server.Tests.Gateways;

/// <summary>
/// Stripe keeps the contract every gateway keeps: over real HTTP against the loopback, or, where <c>STRIPE_TEST_KEY</c> holds
/// a key of a test account, against Stripe itself.
/// </summary>
public sealed class StripeGatewayContract(StripeBook book) : PaymentGatewayContract, IClassFixture<StripeBook>, IAsyncLifetime
{
    private static readonly HttpClient Customer = new(new HttpClientHandler { AllowAutoRedirect = false });

    private readonly MovableClock clock = new(Instant.FromUtc(2027, 1, 15, 9, 0));
    private readonly LogBook log = new();
    private readonly StripeItself? itself = StripeItself.IfThereIsAKey();
    private StripeLoopback loopback = null!;
    private StripeGateway gateway = null!;

    protected override IPaymentGateway Gateway => gateway;

    protected override GatewayTestCards Cards => itself is not null ? StripeItself.Cards : new()
    {
        Succeeds = "pm_card_visa",
        NeedsAuthentication = "pm_card_authenticationRequired",
        RefusedWhenKept = "pm_card_visa_chargeDeclinedStolenCard",
        Declining = new Dictionary<DeclineClass, string>
        {
            [DeclineClass.Soft] = "pm_card_chargeCustomerFail",
            [DeclineClass.Technical] = "pm_loopback_declines_processing_error",
            [DeclineClass.FixCardData] = "pm_loopback_declines_incorrect_cvc",
            [DeclineClass.NeedsNewCard] = "pm_loopback_declines_invalid_account",
            [DeclineClass.NeedsAuthentication] = "pm_loopback_declines_pin_try_exceeded",
            [DeclineClass.Fraud] = "pm_loopback_declines_stolen_card",
            [DeclineClass.ConsentWithdrawn] = "pm_loopback_declines_stop_payment_order",
            [DeclineClass.OurFault] = "pm_loopback_declines_duplicate_transaction",
        },
        TimesOutCaptured = "pm_loopback_loses_answers",
        TimesOutNotCaptured = "pm_loopback_loses_requests",
        Disputed = "pm_card_createDispute",
        RefundPending = "pm_card_pendingRefund",
        RefundReturned = "pm_card_refundFail",
    };

    protected override (string InUse, string Replaced) NoticeSecrets => ("whsec_new", "whsec_old");

    protected override Instant Now => itself?.Now ?? clock.Now;

    public async ValueTask InitializeAsync()
    {
        loopback = await StripeLoopback.OpenAsync(clock);
        gateway = new(itself?.Settings ?? loopback.Settings(), book.Database, log);
    }

    public async ValueTask DisposeAsync()
    {
        gateway.Dispose();
        await loopback.DisposeAsync();
        itself?.Dispose();

        // Whatever a test did: Stripe would have taken every request, and nothing secret was logged.
        Assert.Empty(loopback.Violations);
        Assert.DoesNotContain(log.Lines, line => StripeSecrets.In(line));
    }

    protected override async Task<IReadOnlyList<Money>> CapturesOfAsync(InvoiceId invoiceId) => itself is not null
        ? await itself.CapturesOfAsync(invoiceId)
        : [.. loopback.Captures.Where(c => c.Invoice == invoiceId.ToString()).Select(c => new Money(c.Amount, Currency.Of(c.Currency.ToUpperInvariant())))];

    protected override async Task<IReadOnlyList<Money>> RefundsOfAsync(string paymentReference) => itself is not null
        ? await itself.RefundsOfAsync(paymentReference)
        : [.. loopback.RefundsOf(paymentReference).Select(amount => new Money(amount, Usd))];

    protected override Task UntilBanksHaveDecidedAsync()
    {
        loopback.DecideRefunds();
        return Task.CompletedTask;
    }

    protected override async Task<Instant> LaterAsync() =>
        itself is not null ? await itself.LaterAsync(Cancellation) : clock.Now += Duration.FromSeconds(1);

    protected override byte[] NoticeOf(string id, ChargeRequest request, string paymentReference) => StripeLoopback.NoticeOf(
        id, "payment_intent.succeeded",
        new JsonObject
        {
            ["id"] = paymentReference,
            ["object"] = "payment_intent",
            ["metadata"] = new JsonObject
            {
                ["billing_attempt"] = request.AttemptId.ToString(),
                ["billing_customer"] = request.CustomerId.ToString(),
            },
        },
        Now.ToUnixTimeSeconds());

    protected override byte[] StrangeNotice(string id) => StripeLoopback.NoticeOf(
        id, "payout.paid", new JsonObject { ["id"] = "po_1", ["object"] = "payout" }, Now.ToUnixTimeSeconds());

    protected override Task<bool> PutInAsync(CardSetup setup, string testToken) => OnPageAsync(setup.Page, "card", testToken);

    protected override Task<bool> AnswerBankAsync(Uri page, bool yes) => OnPageAsync(page, "answer", yes ? "yes" : "no");

    private async Task<bool> OnPageAsync(Uri page, string field, string choice)
    {
        if (itself is not null) return false;
        using var answer = await Customer.PostAsync(page, new FormUrlEncodedContent([KeyValuePair.Create(field, choice)]), Cancellation);
        Assert.StartsWith(Back.GetLeftPart(UriPartial.Authority), answer.Headers.Location!.AbsoluteUri, StringComparison.Ordinal);
        return true;
    }
}

/// <summary>The one test that says whether Stripe itself was asked.</summary>
public sealed class StripePresenceTests
{
    [Fact]
    public async Task Stripe_itself_answers_in_the_version_this_is_written_for()
    {
        using var itself = StripeItself.IfThereIsAKey();
        if (itself is null)
        {
            Assert.Skip($"{StripeItself.Variable} holds no test key: the contract ran against the loopback.");
            return;
        }

        using var wire = new StripeWire(itself.Settings, new LogBook());
        var reply = await wire.GetAsync("/v1/customers", new() { { "limit", 1 } }, somebodyWaits: true, TestContext.Current.CancellationToken);
        Assert.True(reply.Ok, reply.ToString());
    }
}
