using Billing.Payments;

namespace Billing.Server.Payments.Gateways.Stripe;

internal sealed partial class StripeGateway
{
    /// <inheritdoc/>
    public async Task<AttachedCard> AttachCardAsync(CustomerId customerId, string token, CancellationToken cancellationToken)
    {
        if (!StripeWire.IsId(token)) throw UnknownToken();
        var customer = await customers.OfAsync(customerId, cancellationToken);
        var reply = await PostAsync($"/v1/payment_methods/{token}/attach", new StripeForm { { "customer", customer } }, cancellationToken);
        if (reply.Ok) return StripeMapping.CardOf(reply.Read<StripeMethod>());
        if (reply.Error is { Type: "card_error" })
            throw new Refused("card_declined", "The bank did not accept this card; another card may work.", "token");

        // Kept already: twice changes nothing.
        return await MethodAsync(token, cancellationToken) is { } method && method.Customer?.Value == customer
            ? StripeMapping.CardOf(method)
            : throw UnknownToken();
    }

    /// <inheritdoc/>
    public async Task<CardSetup> BeginCardSetupAsync(CustomerId customerId, Uri returnTo, CancellationToken cancellationToken)
    {
        // Stripe puts the session's id where the words in braces stand.
        var back = returnTo.AbsoluteUri;
        var fragment = returnTo.Fragment;
        var address = fragment.Length == 0 ? back : back[..^fragment.Length];
        var form = new StripeForm
        {
            { "mode", "setup" },
            { "customer", await customers.OfAsync(customerId, cancellationToken) },
            { "allowed_payment_method_types", ["card"] },
            { "success_url", $"{address}{(returnTo.Query.Length > 0 ? "&" : "?")}setup={{CHECKOUT_SESSION_ID}}{fragment}" },
            { "cancel_url", back },
            { "metadata", new StripeForm { { StripeMapping.Customer, customerId.ToString() } } },
            { "setup_intent_data", new StripeForm { { "metadata", new StripeForm { { StripeMapping.Customer, customerId.ToString() } } } } },
        };
        var page = (await PostAsync("/v1/checkout/sessions", form, cancellationToken)).Read<StripeSetupPage>();
        return new(page.Id, page.Url ?? throw new InvalidOperationException("Stripe opened no page to put a card in."));
    }

    /// <inheritdoc/>
    /// <remarks>Takes the reference of the page's session, and that of the setup behind it, which notices tell.</remarks>
    public async Task<AttachedCard?> FinishCardSetupAsync(CustomerId customerId, string reference, CancellationToken cancellationToken)
    {
        if (await customers.KnownAsync(customerId, cancellationToken) is not { } customer) throw UnknownSetup();
        var setup = reference.StartsWith("seti_", StringComparison.Ordinal)
            ? await SetupAsync(reference, cancellationToken)
            : await SetupOfPageAsync(reference, cancellationToken);
        if (setup is null || setup.Customer?.Value != customer) throw UnknownSetup();
        if (setup is not { Status: "succeeded", PaymentMethod: { } method }) return null;
        return method.Customer?.Value == customer ? StripeMapping.CardOf(method) : throw UnknownSetup();
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AttachedCard>> CardsAsync(CustomerId customerId, CancellationToken cancellationToken)
    {
        if (await customers.KnownAsync(customerId, cancellationToken) is not { } customer) return [];
        List<AttachedCard> cards = [];
        var path = $"/v1/customers/{customer}/payment_methods";
        var query = new StripeForm { { "type", "card" } };
        await foreach (var method in wire.ListAsync<StripeMethod>(path, query, m => m.Id, somebodyWaits: true, cancellationToken))
            cards.Add(StripeMapping.CardOf(method));
        return cards;
    }

    /// <inheritdoc/>
    public async Task DetachCardAsync(CustomerId customerId, string cardToken, CancellationToken cancellationToken)
    {
        if (await customers.KnownAsync(customerId, cancellationToken) is not { } customer) return;
        if (await MethodAsync(cardToken, cancellationToken) is not { } method || method.Customer?.Value != customer) return;
        var reply = await PostAsync($"/v1/payment_methods/{cardToken}/detach", [], cancellationToken);
        // Gone between the look and the call is gone.
        if (!reply.Ok && (await MethodAsync(cardToken, cancellationToken))?.Customer?.Value == customer) reply.Read<StripeMethod>();
    }

    /// <inheritdoc/>
    public async Task<Uri?> ConfirmationPageAsync(
        PaymentAttemptId attemptId, string reference, Uri returnTo, CancellationToken cancellationToken)
    {
        var intent = await IntentAsync(reference, somebodyWaits: true, cancellationToken);
        if (intent is null || StripeMapping.OutcomeOf(intent) is not ChargeOutcome.ActionRequired) return null;
        if (intent.NextAction?.RedirectToUrl?.Url is { } open) return open;

        // The charge was tried without the customer; now with them, by the card it was tried with.
        var form = new StripeForm { { "return_url", returnTo.AbsoluteUri } };
        if (intent.LastPaymentError?.PaymentMethod is { } method) form.Add("payment_method", method.Value);
        var reply = await PostAsync($"/v1/payment_intents/{reference}/confirm", form, cancellationToken);
        return reply.Ok ? reply.Read<StripeIntent>().NextAction?.RedirectToUrl?.Url : null;
    }

    /// <inheritdoc/>
    public async Task<ChargeOutcome> GiveUpAsync(PaymentAttemptId attemptId, string reference, CancellationToken cancellationToken)
    {
        var before = await OutcomeAsync(reference, cancellationToken);
        if (before is not ChargeOutcome.ActionRequired) return before;
        var reply = await PostAsync(
            $"/v1/payment_intents/{reference}/cancel", new StripeForm { { "cancellation_reason", "abandoned" } }, cancellationToken);
        // Not any more: whatever came first.
        return reply.Ok ? StripeMapping.OutcomeOf(reply.Read<StripeIntent>()) : await OutcomeAsync(reference, cancellationToken);
    }

    private async Task<ChargeOutcome> OutcomeAsync(string reference, CancellationToken cancellationToken) =>
        StripeMapping.OutcomeOf(await IntentAsync(reference, somebodyWaits: true, cancellationToken)
            ?? throw new InvalidOperationException("Stripe does not know a payment that it told us of."));

    private Task<StripeMethod?> MethodAsync(string token, CancellationToken cancellationToken) =>
        FoundAsync<StripeMethod>("/v1/payment_methods/", token, [], somebodyWaits: true, cancellationToken);

    private async Task<StripeSetupIntent?> SetupOfPageAsync(string reference, CancellationToken cancellationToken)
    {
        var query = new StripeForm { { "expand", ["setup_intent.payment_method"] } };
        return (await FoundAsync<StripeSession>("/v1/checkout/sessions/", reference, query, somebodyWaits: true, cancellationToken))?.SetupIntent;
    }

    private Task<StripeSetupIntent?> SetupAsync(string reference, CancellationToken cancellationToken) => FoundAsync<StripeSetupIntent>(
        "/v1/setup_intents/", reference, new StripeForm { { "expand", ["payment_method"] } }, somebodyWaits: true, cancellationToken);

    // What moves no money needs a key only so that its own tries are one.
    private Task<StripeReply> PostAsync(string path, StripeForm form, CancellationToken cancellationToken) =>
        wire.PostAsync(path, form, Guid.NewGuid().ToString(), somebodyWaits: true, cancellationToken);

    private static Refused UnknownToken() => new("card_token_unknown", "No card goes by this token; start again with a new one.", "token");

    private static Refused UnknownSetup() => new("card_setup_unknown", "No card was being put in under this reference; start again.");
}
