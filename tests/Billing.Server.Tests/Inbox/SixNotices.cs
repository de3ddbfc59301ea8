using Billing.Client.Contract;
using Billing.Payments;
using Billing.Server.Cards;
using Billing.Server.Invoicing;
using Billing.Server.Payments;
using Billing.Server.Payments.Gateways.Sandbox;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Inbox;

/// <summary>
/// A customer with two payments. One waits for the bank's confirmation and is confirmed; of the other a part is on its way
/// back and arrives, and then the bank asks for the rest and gets it. Six notices, of which the house has heard none.
/// </summary>
internal sealed class SixNotices
{
    private SixNotices(CustomerId customer, string paid, string asked)
    {
        Customer = customer;
        Paid = paid;
        Asked = asked;
    }

    /// <summary>What happens at the gateway, in its order; the house is told of each by one notice.</summary>
    public static string[] Types { get; } =
        ["payment.action_required", "payment.succeeded", "refund.created", "refund.changed", "dispute.opened", "dispute.lost"];

    public CustomerId Customer { get; }

    /// <summary>The payment that is refunded and disputed.</summary>
    public string Paid { get; }

    /// <summary>The payment that waits for the customer.</summary>
    public string Asked { get; }

    public static async Task<SixNotices> BeginAsync(TestHouse house)
    {
        var subscription = await house.SubscribeAsync("pm_card_pendingRefund");
        await house.RunAsync();
        var paid = await AttemptAsync(house, subscription.CustomerId, AttemptState.Succeeded);

        await house.SendAsync(new AddCard(subscription.CustomerId, new("pm_card_authenticationRequired")));
        var draft = await house.SendAsync(new DraftInvoice(subscription.CustomerId, new([new("Setup", new(9_000, "USD"))])));
        await house.SendAsync(new IssueInvoice(draft.Id));
        await house.RunAsync();
        var asked = await AttemptAsync(house, subscription.CustomerId, AttemptState.ActionRequired);

        await house.SendAsync(new RefundPayment(paid.Id.Value, new("A kindness", new Amount(1_000, "USD"))));
        return new(new(subscription.CustomerId), paid.GatewayReference!, asked.GatewayReference!);
    }

    /// <summary>Something happens at the gateway: step 0 to 5. The first and third happened when it began.</summary>
    public void Happens(SandboxGateway gateway, int step)
    {
        if (step == 1) gateway.Answer(Asked, yes: true);
        if (step == 4) gateway.OpenDispute(Paid, reason: "subscription_canceled");
        if (step == 5) gateway.DecideDispute(DisputeOf(gateway), DisputeState.Lost);
    }

    /// <summary>The six notices, in the order of what they tell of; those that were told so far.</summary>
    public List<SandboxNotice> Told(SandboxGateway gateway)
    {
        var told = gateway.Notices();
        var mine = gateway.Ledger.RefundsOf(Paid).Select(r => r.Reference).Append(Asked).Append(Dispute(gateway)).ToHashSet();
        return [.. Types.Select(type => told.SingleOrDefault(n => n.Type == type && mine.Contains(n.Reference))).OfType<SandboxNotice>()];
    }

    private static async Task<PaymentAttempt> AttemptAsync(TestHouse house, Guid customer, AttemptState state) => await house.ReadAsync(
        db => db.PaymentAttempts.SingleAsync(a => a.CustomerId == new CustomerId(customer) && a.State == state, TestHouse.Cancellation));

    private string DisputeOf(SandboxGateway gateway) => Dispute(gateway) ?? throw new InvalidOperationException("Not disputed yet.");

    private string? Dispute(SandboxGateway gateway) => gateway.Ledger.DisputesOf(Paid).SingleOrDefault()?.Reference;
}
