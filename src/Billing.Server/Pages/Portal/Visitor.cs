using Billing.Customers;
using Billing.Server.Customers;
using Billing.Server.Http;
using Billing.Server.Pages.Language;
using Billing.Server.Pages.SignIn;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Pages.Portal;

/// <summary>The customer who is signed in, for the length of one request, and what every request of one has to pass.</summary>
internal sealed class Visitor(BillingDbContext db, Door door)
{
    private Customer? customer;

    public Customer Customer => customer ?? throw new InvalidOperationException("Nobody is signed in here.");

    public Words Words => Words.Of(Customer.Locale);

    public Formats Formats => Words.Formats;

    /// <summary>Whoever is signed in is still there, is written down as the one who acts, and reads of trouble in their language.</summary>
    public static async ValueTask<object?> GuardAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var visitor = http.RequestServices.GetRequiredService<Visitor>();
        if (!await visitor.ArriveAsync(http)) return Messages.NotThere(Words.For(http), PortalRoutes.Home);
        try
        {
            return await next(context);
        }
        catch (Exception e) when (Problems.Of(e) is { } problem)
        {
            return problem.Code == NotFound.Code
                ? Messages.NotThere(visitor.Words, PortalRoutes.Home)
                : Messages.Trouble(visitor.Words, problem.Code);
        }
    }

    /// <summary>A subscription in the address is the visitor's own, or not there; the one guard of all that is done to one.</summary>
    public static async ValueTask<object?> OwnsAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var visitor = http.RequestServices.GetRequiredService<Visitor>();
        var id = new SubscriptionId(Guid.Parse((string)http.Request.RouteValues["id"]!));
        var owns = await visitor.OwnsAsync(id, http.RequestAborted);
        return owns ? await next(context) : Messages.NotThere(visitor.Words, PortalRoutes.Home);
    }

    /// <summary>Decides on what the page showed: a form names the version it was made from, and an older one is refused.</summary>
    public void Saw(int? version) => door.SeenVersion = version ?? 0;

    private Task<bool> OwnsAsync(SubscriptionId id, CancellationToken cancellationToken) =>
        db.Subscriptions.AnyAsync(s => s.Id == id && s.CustomerId == Customer.Id, cancellationToken);

    private async Task<bool> ArriveAsync(HttpContext http)
    {
        var id = Sessions.CustomerOf(http.User);
        door.Actor = Actors.Customer;
        customer = await db.Customers.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, http.RequestAborted);
        return customer is not null;
    }
}
