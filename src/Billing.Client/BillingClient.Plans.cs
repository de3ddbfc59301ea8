using Billing.Client.Contract;

namespace Billing.Client;

/// <content>Plans, prices and discounts.</content>
public sealed partial class BillingClient
{
    /// <summary>All plans, newest first.</summary>
    public IAsyncEnumerable<PlanView> ListPlansAsync(CancellationToken cancellationToken = default) =>
        ListAsync<PlanView>("v1/plans", cancellationToken);

    /// <summary>A plan, by its code.</summary>
    public Task<PlanView> GetPlanAsync(string code, CancellationToken cancellationToken = default) =>
        GetAsync<PlanView>($"v1/plans/{Uri.EscapeDataString(code)}", cancellationToken);

    /// <summary>Makes a plan, without prices.</summary>
    public Task<PlanView> CreatePlanAsync(
        NewPlan plan, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<PlanView>("v1/plans", plan, once, cancellationToken);

    /// <summary>Sets the price for a currency and cadence.</summary>
    public Task<PriceView> SetPriceAsync(
        string code, NewPrice price, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<PriceView>($"v1/plans/{Uri.EscapeDataString(code)}/prices", price, once, cancellationToken);

    /// <summary>A plan's price versions, newest first.</summary>
    public IAsyncEnumerable<PriceView> ListPricesAsync(string code, CancellationToken cancellationToken = default) =>
        ListAsync<PriceView>($"v1/plans/{Uri.EscapeDataString(code)}/prices", cancellationToken);

    /// <summary>Says what a break from a plan costs and allows, in one currency.</summary>
    public Task<BreakTermsView> AllowBreaksAsync(
        string code, BreakTermsView terms, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<BreakTermsView>($"v1/plans/{Uri.EscapeDataString(code)}/break-terms", terms, once, cancellationToken);

    /// <summary>What a break from a plan costs and allows, by currency.</summary>
    public Task<IReadOnlyList<BreakTermsView>> GetBreakTermsAsync(string code, CancellationToken cancellationToken = default) =>
        GetAsync<IReadOnlyList<BreakTermsView>>($"v1/plans/{Uri.EscapeDataString(code)}/break-terms", cancellationToken);

    /// <summary>Plans a move of existing customers to the newest price; the next run tells them.</summary>
    public Task<PriceMoveView> SchedulePriceMoveAsync(
        string code, NewPriceMove move, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<PriceMoveView>($"v1/plans/{Uri.EscapeDataString(code)}/price-moves", move, once, cancellationToken);

    /// <summary>A plan's price moves, newest first.</summary>
    public IAsyncEnumerable<PriceMoveView> ListPriceMovesAsync(string code, CancellationToken cancellationToken = default) =>
        ListAsync<PriceMoveView>($"v1/plans/{Uri.EscapeDataString(code)}/price-moves", cancellationToken);

    /// <summary>Takes a price move back, and its announcement from everybody who was told.</summary>
    public Task<PriceMoveView> WithdrawPriceMoveAsync(
        string code, Guid id, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<PriceMoveView>($"v1/plans/{Uri.EscapeDataString(code)}/price-moves/{id}/withdraw", null, once, cancellationToken);

    /// <summary>Stops selling a plan.</summary>
    public Task<PlanView> RetirePlanAsync(
        string code, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<PlanView>($"v1/plans/{Uri.EscapeDataString(code)}/retire", null, once, cancellationToken);

    /// <summary>All discounts, newest first.</summary>
    public IAsyncEnumerable<DiscountView> ListDiscountsAsync(CancellationToken cancellationToken = default) =>
        ListAsync<DiscountView>("v1/discounts", cancellationToken);

    /// <summary>Makes a discount.</summary>
    public Task<DiscountView> CreateDiscountAsync(
        NewDiscount discount, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<DiscountView>("v1/discounts", discount, once, cancellationToken);
}
