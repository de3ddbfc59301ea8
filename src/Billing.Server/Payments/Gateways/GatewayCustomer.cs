namespace Billing.Server.Payments.Gateways;

/// <summary>By what name a gateway knows one of our customers; made once, before anything of theirs is sent there.</summary>
/// <remarks>Of ours it needs the id only, so no row of ours has to be there first.</remarks>
public sealed class GatewayCustomer
{
    private GatewayCustomer()
    {
    }

    /// <summary>Whose.</summary>
    public CustomerId CustomerId { get; private set; }

    /// <summary>Which gateway, and which of its worlds: <c>stripe-test</c> knows nobody of <c>stripe-live</c>.</summary>
    public string Gateway { get; private set; } = null!;

    /// <summary>The gateway's own id.</summary>
    public string Reference { get; private set; } = null!;

    public static GatewayCustomer Of(CustomerId id, string gateway, string reference) =>
        new() { CustomerId = id, Gateway = gateway, Reference = reference };
}
