using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Payments.Gateways.Stripe;

/// <summary>Which of Stripe's customers is which of ours. See docs/decisions/0030.</summary>
internal sealed class StripeCustomers(BillingDatabase database, StripeWire wire, StripeSettings settings)
{
    private readonly string gateway = settings.IsTest ? "stripe-test" : "stripe-live";

    /// <summary>Stripe's id of a customer; <see langword="null"/> for one who was never sent there, and so has nothing there.</summary>
    public async Task<string?> KnownAsync(CustomerId id, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await db.GatewayCustomers.Where(c => c.CustomerId == id && c.Gateway == gateway)
            .Select(c => c.Reference).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Stripe's id of a customer, made where there is none; written down before it is used for anything.</summary>
    public async Task<string> OfAsync(CustomerId id, CancellationToken cancellationToken)
    {
        if (await KnownAsync(id, cancellationToken) is { } known) return known;

        var form = new StripeForm { { "metadata", new StripeForm { { StripeMapping.Customer, id.ToString() } } } };
        var made = (await wire.PostAsync("/v1/customers", form, $"customer-{id}", somebodyWaits: true, cancellationToken)).Read<Made>();
        try
        {
            await using var db = database.Open();
            db.GatewayCustomers.Add(GatewayCustomer.Of(id, gateway, made.Id));
            await db.SaveChangesAsync(cancellationToken);
            return made.Id;
        }
        catch (DbUpdateException e) when (UniqueViolation.Is(e.GetBaseException()))
        {
            // Somebody else was faster; by the same key it is the same customer as a rule, and theirs counts anyway.
            return await KnownAsync(id, cancellationToken)
                ?? throw new InvalidOperationException("Stripe gave two of our customers one id.", e);
        }
    }

    private sealed record Made(string Id);
}
