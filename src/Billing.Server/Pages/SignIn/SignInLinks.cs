using Billing.Server.Http;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Pages.SignIn;

/// <summary>Links that sign in once: made here, used up here. They live by the wall's clock, never the sandbox's.</summary>
internal static class SignInLinks
{
    private const string Prefix = "pl_";

    /// <summary>Makes a link to a customer's own page; whoever calls saves it.</summary>
    /// <returns>The path with the token in it: a secret, shown once.</returns>
    public static string NewToPortal(BillingDbContext db, CustomerId customer, Instant wallNow)
    {
        var token = Secrets.New(Prefix);
        db.SignInLinks.Add(SignInLink.ToPortal(token, customer, wallNow + SignInLink.Lifetime));
        return SignInLink.Path + token;
    }

    /// <summary>Makes a link to the office; whoever calls saves it.</summary>
    /// <returns>The path with the token in it: a secret, shown once.</returns>
    public static string NewToOffice(BillingDbContext db, string name, Instant wallNow, Guid? staff = null)
    {
        var token = Secrets.New(Prefix);
        db.SignInLinks.Add(SignInLink.ToOffice(token, name, wallNow + SignInLink.Lifetime, staff));
        return $"/office/enter?token={token}";
    }

    /// <summary>Whether a link would open this door now. Looking does not use it up, so mail scanners do no harm.</summary>
    public static Task<bool> OpensAsync(
        BillingDbContext db, SignInDoor door, string? token, Instant wallNow, CancellationToken cancellationToken) =>
        Usable(db, door, token, wallNow).AnyAsync(cancellationToken);

    /// <summary>Uses a link up. Of two who try at once the database lets one through.</summary>
    /// <returns>The link, or <see langword="null"/> when it is unknown, used or too old, or opens another door.</returns>
    public static async Task<SignInLink?> UseAsync(
        BillingDbContext db, SignInDoor door, string? token, Instant wallNow, CancellationToken cancellationToken)
    {
        var used = await Usable(db, door, token, wallNow)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.UsedAt, wallNow), cancellationToken);
        var hash = Secrets.Hash(token ?? "");
        return used == 1 ? await db.SignInLinks.AsNoTracking().SingleAsync(l => l.TokenHash == hash, cancellationToken) : null;
    }

    private static IQueryable<SignInLink> Usable(BillingDbContext db, SignInDoor door, string? token, Instant wallNow)
    {
        var hash = Secrets.Hash(token ?? "");
        return db.SignInLinks.Where(l => l.TokenHash == hash && l.Door == door && l.UsedAt == null && l.ExpiresAt > wallNow);
    }
}
