using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Billing.Payments;
using Billing.Server.Persistence;
using NodaTime;

namespace Billing.Server.Payments.Gateways.Stripe;

/// <summary>Stripe behind the house's one door to the money.</summary>
internal sealed partial class StripeGateway : IPaymentGateway, IDisposable
{
    /// <summary>How far our clock may go before Stripe's when we look for what we sent.</summary>
    private static readonly Duration ClockMargin = Duration.FromDays(1);

    private readonly StripeWire wire;
    private readonly StripeCustomers customers;
    private readonly StripeNotices notices;

    public StripeGateway(StripeSettings settings, BillingDatabase database, ILogger<StripeWire> log)
    {
        IsTest = settings.IsTest;
        wire = new(settings, log);
        customers = new(database, wire, settings);
        notices = new(settings.WebhookSecrets);
    }

    /// <inheritdoc/>
    public string Name => "Stripe";

    /// <summary>No real money moves.</summary>
    public bool IsTest { get; }

    /// <inheritdoc/>
    /// <remarks>Stripe forgets a key after 24 hours at the earliest.</remarks>
    public Duration KeyLifetime => Duration.FromHours(24);

    /// <inheritdoc/>
    public Money MinimumCharge(Currency currency) => SmallestCharge.Of(currency);

    /// <inheritdoc/>
    public async Task<ChargeOutcome> ChargeAsync(ChargeRequest request, CancellationToken cancellationToken)
    {
        if (StripeAmounts.Of(request.Amount) is not { } amount) return CannotBeCharged(request.Amount.Currency);
        try
        {
            var customer = await customers.OfAsync(request.CustomerId, cancellationToken);
            var form = new StripeForm
            {
                { "amount", amount },
                { "currency", request.Amount.Currency.Code.ToLowerInvariant() },
                { "customer", customer },
                { "payment_method", request.CardToken },
                { "allowed_payment_method_types", ["card"] },
                { "confirm", true },
                // Nobody sits at the bank's page now; who does later is sent there by ConfirmationPageAsync.
                { "off_session", true },
                {
                    "metadata", new StripeForm
                    {
                        { StripeMapping.Attempt, request.AttemptId.ToString() },
                        { StripeMapping.Invoice, request.InvoiceId.ToString() },
                        { StripeMapping.Customer, request.CustomerId.ToString() },
                    }
                },
            };
            return StripeMapping.OutcomeOf(await wire.PostAsync(
                "/v1/payment_intents", form, request.AttemptId.ToString(), request.SomebodyWaits, cancellationToken));
        }
        catch (GatewaySilent silent)
        {
            return new ChargeOutcome.Unknown(silent.Message);
        }
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Stripe's search would find it by our id, and lags behind by a minute or more; a list does not. So the customer's payments
    /// are listed from the attempt's time on, which its id tells.
    /// </remarks>
    public async Task<ChargeOutcome?> FindAsync(
        PaymentAttemptId attemptId, CustomerId customerId, string? reference, CancellationToken cancellationToken)
    {
        if (reference is not null) return await IntentAsync(reference, somebodyWaits: false, cancellationToken) is { } intent
            ? StripeMapping.OutcomeOf(intent)
            : null;
        // Whoever is charged is made known first; so whoever is not known was never charged.
        if (await customers.KnownAsync(customerId, cancellationToken) is not { } customer) return null;

        var query = new StripeForm { { "customer", customer } };
        if (TimeOf(attemptId.Value) is { } begun)
            query.Add("created", new StripeForm { { "gte", (begun - ClockMargin).ToUnixTimeSeconds() } });
        ChargeOutcome? newest = null;
        await foreach (var payment in wire.ListAsync<StripeIntent>("/v1/payment_intents", query, i => i.Id, somebodyWaits: false, cancellationToken))
        {
            if (StripeMapping.IdIn<PaymentAttemptId>(payment.Metadata, StripeMapping.Attempt) != attemptId) continue;
            var outcome = StripeMapping.OutcomeOf(payment);
            // A capture tells more than any later try that failed.
            if (outcome is ChargeOutcome.Succeeded) return outcome;
            newest ??= outcome;
        }

        return newest;
    }

    /// <inheritdoc/>
    public async Task<RefundOutcome> RefundAsync(RefundRequest request, CancellationToken cancellationToken)
    {
        if (StripeAmounts.Of(request.Amount) is not { } amount) return new RefundOutcome.Failed(null, CannotBeCharged(request.Amount.Currency).Reason);
        var form = new StripeForm
        {
            { "payment_intent", request.PaymentReference },
            { "amount", amount },
            {
                "metadata", new StripeForm
                {
                    { StripeMapping.Refund, request.RefundId.ToString() },
                    { StripeMapping.Attempt, request.AttemptId.ToString() },
                }
            },
        };
        try
        {
            var reply = await wire.PostAsync("/v1/refunds", form, request.RefundId.ToString(), somebodyWaits: true, cancellationToken);
            return reply.Ok
                ? StripeMapping.OutcomeOf(reply.Read<StripeRefund>())
                : new RefundOutcome.Failed(null, $"{reply.Error?.Code ?? reply.Error?.Type ?? "refused"}: Stripe refused the refund as it stands ({reply}).");
        }
        catch (GatewaySilent silent)
        {
            return new RefundOutcome.Unknown(silent.Message);
        }
    }

    /// <inheritdoc/>
    public async Task<RefundOutcome?> FindRefundAsync(RefundId refundId, string paymentReference, CancellationToken cancellationToken)
    {
        var query = new StripeForm { { "payment_intent", paymentReference } };
        await foreach (var refund in wire.ListAsync<StripeRefund>("/v1/refunds", query, r => r.Id, somebodyWaits: false, cancellationToken))
        {
            if (StripeMapping.IdIn<RefundId>(refund.Metadata, StripeMapping.Refund) == refundId) return StripeMapping.OutcomeOf(refund);
        }

        return null;
    }

    /// <inheritdoc/>
    public async Task<GatewayPayment?> ReadPaymentAsync(string reference, CancellationToken cancellationToken) =>
        await IntentAsync(reference, somebodyWaits: false, cancellationToken) is { } intent ? StripeMapping.PaymentOf(intent) : null;

    /// <inheritdoc/>
    public async Task<GatewayRefund?> ReadRefundAsync(string reference, CancellationToken cancellationToken) =>
        await FoundAsync<StripeRefund>("/v1/refunds/", reference, [], somebodyWaits: false, cancellationToken) is { } refund
            ? StripeMapping.RefundOf(refund)
            : null;

    /// <inheritdoc/>
    public async Task<GatewayDispute?> FindDisputeAsync(string reference, CancellationToken cancellationToken) =>
        await FoundAsync<StripeDispute>("/v1/disputes/", reference, [], somebodyWaits: false, cancellationToken) is { } dispute
            ? StripeMapping.DisputeOf(dispute)
            : null;

    /// <inheritdoc/>
    public GatewayNotice ReadNotice(ReadOnlyMemory<byte> body, string? signature, Instant receivedAt) => notices.Read(body, signature, receivedAt);

    /// <inheritdoc/>
    public IAsyncEnumerable<GatewayPayment> PaymentsSinceAsync(Instant since, CancellationToken cancellationToken) =>
        OldestFirstAsync<StripeIntent, GatewayPayment>("/v1/payment_intents", since, i => i.Id, StripeMapping.PaymentOf, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<GatewayRefund> RefundsSinceAsync(Instant since, CancellationToken cancellationToken) =>
        OldestFirstAsync<StripeRefund, GatewayRefund>("/v1/refunds", since, r => r.Id, StripeMapping.RefundOf, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<GatewayDispute> DisputesSinceAsync(Instant since, CancellationToken cancellationToken) =>
        OldestFirstAsync<StripeDispute, GatewayDispute>("/v1/disputes", since, d => d.Id, StripeMapping.DisputeOf, cancellationToken);

    public void Dispose() => wire.Dispose();

    private Task<StripeIntent?> IntentAsync(string reference, bool somebodyWaits, CancellationToken cancellationToken) =>
        FoundAsync<StripeIntent>("/v1/payment_intents/", reference, [], somebodyWaits, cancellationToken);

    private async Task<T?> FoundAsync<T>(string path, string id, StripeForm query, bool somebodyWaits, CancellationToken cancellationToken)
        where T : class
    {
        if (!StripeWire.IsId(id)) return null;
        var reply = await wire.GetAsync($"{path}{id}", query, somebodyWaits, cancellationToken);
        return reply.Status == StatusCodes.Status404NotFound ? null : reply.Read<T>();
    }

    // Stripe lists the newest first, so the whole list is here before its oldest entry is told.
    private async IAsyncEnumerable<TTold> OldestFirstAsync<TRead, TTold>(
        string path, Instant since, Func<TRead, string> idOf, Func<TRead, TTold> tell, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = new StripeForm { { "created", new StripeForm { { "gte", since.ToUnixTimeSeconds() } } } };
        List<TTold> all = [];
        await foreach (var item in wire.ListAsync(path, query, idOf, somebodyWaits: false, cancellationToken)) all.Add(tell(item));
        for (var i = all.Count - 1; i >= 0; i--) yield return all[i];
    }

    private static ChargeOutcome.Failed CannotBeCharged(Currency currency) => new(
        $"amount_not_chargeable: Stripe takes {currency} in {(StripeAmounts.StepOf(currency) is { } step ? $"steps of {step}" : "no amount")} only.");

    /// <summary>When an id of ours was made; others tell no time.</summary>
    private static Instant? TimeOf(Guid id) => id.Version == 7
        ? Instant.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(id.ToByteArray(bigEndian: true)) >> 16)
        : null;
}
