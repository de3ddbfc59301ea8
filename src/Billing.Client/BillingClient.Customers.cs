using Billing.Client.Contract;

namespace Billing.Client;

/// <content>Customers, their cards and their subscriptions.</content>
public sealed partial class BillingClient
{
    /// <summary>Adds a customer.</summary>
    public Task<CustomerView> AddCustomerAsync(
        NewCustomer customer, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<CustomerView>("v1/customers", customer, once, cancellationToken);

    /// <summary>A customer.</summary>
    public Task<CustomerView> GetCustomerAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetAsync<CustomerView>($"v1/customers/{id}", cancellationToken);

    /// <summary>The customer with your own id, or <see langword="null"/>.</summary>
    public async Task<CustomerView?> FindCustomerAsync(string externalId, CancellationToken cancellationToken = default)
    {
        var page = await GetAsync<Page<CustomerView>>(Query("v1/customers", ("externalId", externalId)), cancellationToken).ConfigureAwait(false);
        return page.Items.Count == 0 ? null : page.Items[0];
    }

    /// <summary>All customers, newest first.</summary>
    public IAsyncEnumerable<CustomerView> ListCustomersAsync(CancellationToken cancellationToken = default) =>
        ListAsync<CustomerView>("v1/customers", cancellationToken);

    /// <summary>Replaces what may change of a customer, if nobody changed it since <paramref name="version"/>.</summary>
    public Task<CustomerView> ChangeCustomerAsync(
        Guid id, CustomerChange change, int version, CancellationToken cancellationToken = default) =>
        PutAsync<CustomerView>($"v1/customers/{id}", change, version, cancellationToken);

    /// <summary>Grants credit that the next invoices use up.</summary>
    public Task<CustomerView> GrantCreditAsync(
        Guid customerId, NewCredit credit, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<CustomerView>($"v1/customers/{customerId}/credits", credit, once, cancellationToken);

    /// <summary>What happened to a customer, newest first.</summary>
    public IAsyncEnumerable<HistoryView> ListHistoryAsync(
        Guid customerId, CancellationToken cancellationToken = default) =>
        ListAsync<HistoryView>($"v1/customers/{customerId}/history", cancellationToken);

    /// <summary>A link that signs this one customer in, once.</summary>
    public Task<PortalLinkView> MakePortalLinkAsync(
        Guid customerId, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<PortalLinkView>($"v1/customers/{customerId}/portal-links", null, once, cancellationToken);

    /// <summary>Keeps a card by the gateway's token; what is open is collected with it.</summary>
    public Task<CardView> AddCardAsync(
        Guid customerId, NewCard card, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<CardView>($"v1/customers/{customerId}/cards", card, once, cancellationToken);

    /// <summary>A customer's cards, newest first.</summary>
    public IAsyncEnumerable<CardView> ListCardsAsync(Guid customerId, CancellationToken cancellationToken = default) =>
        ListAsync<CardView>($"v1/customers/{customerId}/cards", cancellationToken);

    /// <summary>Charges this card from now on.</summary>
    public Task<CardView> MakeCardDefaultAsync(
        Guid customerId, Guid cardId, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<CardView>($"v1/customers/{customerId}/cards/{cardId}/make-default", null, once, cancellationToken);

    /// <summary>Starts a subscription today.</summary>
    public Task<SubscriptionView> StartSubscriptionAsync(
        Guid customerId, NewSubscription subscription, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<SubscriptionView>($"v1/customers/{customerId}/subscriptions", subscription, once, cancellationToken);

    /// <summary>A subscription.</summary>
    public Task<SubscriptionView> GetSubscriptionAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetAsync<SubscriptionView>($"v1/subscriptions/{id}", cancellationToken);

    /// <summary>Subscriptions, all or one customer's, newest first.</summary>
    public IAsyncEnumerable<SubscriptionView> ListSubscriptionsAsync(
        Guid? customerId = null, CancellationToken cancellationToken = default) =>
        ListAsync<SubscriptionView>(Query("v1/subscriptions", ("customerId", customerId?.ToString())), cancellationToken);

    /// <summary>Ends a subscription, at the end of its period or now.</summary>
    public Task<SubscriptionView> CancelSubscriptionAsync(
        Guid id, Cancellation cancellation, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<SubscriptionView>($"v1/subscriptions/{id}/cancel", cancellation, once, cancellationToken);

    /// <summary>Takes a planned end back.</summary>
    public Task<SubscriptionView> WithdrawCancelAsync(
        Guid id, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<SubscriptionView>($"v1/subscriptions/{id}/withdraw-cancel", null, once, cancellationToken);

    /// <summary>Takes up a subscription that has ended, and says at which price.</summary>
    public Task<CameBackView> ComeBackAsync(
        Guid id, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<CameBackView>($"v1/subscriptions/{id}/come-back", null, once, cancellationToken);

    /// <summary>Works a change out, line by line; nothing changes yet.</summary>
    public Task<QuoteView> QuoteChangeAsync(
        Guid id, PlanChange change, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<QuoteView>($"v1/subscriptions/{id}/quotes", change, once, cancellationToken);

    /// <summary>Does what was quoted, or refuses with <c>quote_stale</c>.</summary>
    public Task<SubscriptionView> ConfirmChangeAsync(
        Guid id, string token, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<SubscriptionView>($"v1/subscriptions/{id}/change", new QuoteConfirmation(token), once, cancellationToken);

    /// <summary>Takes a planned change back.</summary>
    public Task<SubscriptionView> WithdrawChangeAsync(
        Guid id, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<SubscriptionView>($"v1/subscriptions/{id}/withdraw-change", null, once, cancellationToken);

    /// <summary>Gives a discount, from the next billed period on.</summary>
    public Task<SubscriptionView> GiveDiscountAsync(
        Guid id, DiscountGift gift, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<SubscriptionView>($"v1/subscriptions/{id}/discounts", gift, once, cancellationToken);

    /// <summary>What a break would do, cost and bring back; nothing changes yet.</summary>
    public Task<BreakPreview> PreviewBreakAsync(
        Guid id, NewBreak wanted, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<BreakPreview>($"v1/subscriptions/{id}/breaks/preview", wanted, once, cancellationToken);

    /// <summary>Goes On the Beach, now or when what is paid for is used up.</summary>
    public Task<BreakView> TakeBreakAsync(
        Guid id, NewBreak wanted, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<BreakView>($"v1/subscriptions/{id}/breaks", wanted, once, cancellationToken);

    /// <summary>Moves the return to a later day.</summary>
    public Task<BreakView> ExtendBreakAsync(
        Guid id, BreakExtension extension, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<BreakView>($"v1/subscriptions/{id}/breaks/extend", extension, once, cancellationToken);

    /// <summary>Comes back today.</summary>
    public Task<BreakView> ReturnFromBreakAsync(Guid id, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<BreakView>($"v1/subscriptions/{id}/breaks/return", null, once, cancellationToken);

    /// <summary>Takes a planned break back.</summary>
    public Task<BreakView> WithdrawBreakAsync(Guid id, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<BreakView>($"v1/subscriptions/{id}/breaks/withdraw", null, once, cancellationToken);

    /// <summary>A subscription's breaks, newest first.</summary>
    public IAsyncEnumerable<BreakView> ListBreaksAsync(Guid id, CancellationToken cancellationToken = default) =>
        ListAsync<BreakView>($"v1/subscriptions/{id}/breaks", cancellationToken);

    /// <summary>What will happen to a customer by itself in the next twelve months.</summary>
    public Task<OutlookView> GetOutlookAsync(Guid customerId, CancellationToken cancellationToken = default) =>
        GetAsync<OutlookView>($"v1/customers/{customerId}/outlook", cancellationToken);

    /// <summary>What a customer may use now, and until when that is certain.</summary>
    public Task<EntitlementView> GetEntitlementAsync(Guid customerId, CancellationToken cancellationToken = default) =>
        GetAsync<EntitlementView>($"v1/customers/{customerId}/entitlement", cancellationToken);
}
