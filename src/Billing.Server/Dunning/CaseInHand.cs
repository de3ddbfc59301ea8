using Billing.Client.Contract;
using Billing.Customers;
using Billing.Dunning;
using Billing.Server.Customers;
using Billing.Server.Http;
using Billing.Server.Persistence;
using FluentValidation;
using NodaTime.Text;

namespace Billing.Server.Dunning;

/// <summary>A case that a person acts on: loaded, changed, replanned, shown.</summary>
internal sealed class CaseInHand(BillingDbContext db, DunningPolicies policies, Door door)
{
    public const int LongestReason = 500;

    /// <summary>The customer's open case.</summary>
    /// <exception cref="Refused"><c>case_closed</c>.</exception>
    public async Task<(Customer Customer, DunningCase Case)> OpenAsync(Guid customerId, CancellationToken cancellationToken)
    {
        var customer = await db.Customers.WithIdAsync(customerId, cancellationToken);
        var it = await db.LiveCaseAsync(customer.Id, cancellationToken);
        return it is { IsOpen: true } ? (customer, door.Current(it)) : throw new Refused("case_closed", "Nothing is being asked for at the moment.");
    }

    /// <summary>The policy it keeps.</summary>
    public Task<DunningPolicy> PolicyAsync(DunningCase it, CancellationToken cancellationToken) => policies.OfAsync(db, it.PolicyVersion, cancellationToken);

    /// <summary>What follows from what was done, planned and shown.</summary>
    public async Task<DunningView> ReplanAsync(DunningCase it, Customer customer, CancellationToken cancellationToken)
    {
        if (it.IsLive) db.Replan(await db.FileOfAsync(it, customer, policies, cancellationToken), door.Actor, door.Now);
        await db.SaveChangesAsync(cancellationToken);
        return await db.DunningViewAsync(customer, cancellationToken);
    }
}

internal static class DunningInput
{
    public static void Reason<T>(this IRuleBuilderInitial<T, string> rule) =>
        rule.NotEmpty().MaximumLength(CaseInHand.LongestReason).OverridePropertyName("reason");

    public static void Day<T>(this IRuleBuilderInitial<T, string> rule, string field) => rule
        .Must(text => text is { Length: 10 } && LocalDatePattern.Iso.Parse(text).Success)
        .WithMessage("A date is written 2026-12-31.").OverridePropertyName(field);
}
