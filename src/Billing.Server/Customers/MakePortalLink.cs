using Billing.Client.Contract;
using Billing.Server.BillingRun;
using Billing.Server.Http;
using Billing.Server.Persistence;
using MediatR;

namespace Billing.Server.Customers;

/// <summary>Makes a link that signs one customer in to the portal, once, within minutes.</summary>
/// <param name="CustomerId">Whom.</param>
/// <param name="Host">Where the caller found us, for an installation that does not say its public address.</param>
internal sealed record MakePortalLink(Guid CustomerId, string Host) : ICommand<PortalLinkView>;

internal sealed class MakePortalLinkHandler(BillingDbContext db, BillingClock clock, IConfiguration configuration)
    : IRequestHandler<MakePortalLink, PortalLinkView>
{
    public async Task<PortalLinkView> Handle(MakePortalLink request, CancellationToken cancellationToken)
    {
        var customer = await db.Customers.WithIdAsync(request.CustomerId, cancellationToken);

        var token = Secrets.New("");
        var link = SignInLink.ToPortal(token, customer.Id, clock.WallNow + SignInLink.Lifetime);

        db.SignInLinks.Add(link);
        var host = configuration["Billing:PublicUrl"] ?? request.Host;
        return new($"{host.TrimEnd('/')}{SignInLink.Path}{token}", link.ExpiresAt.Iso());
    }
}
