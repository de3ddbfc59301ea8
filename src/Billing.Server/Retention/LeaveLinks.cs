using Billing.Retention;
using Billing.Server.Http;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Retention;

/// <summary>Links that leave: looked at and used up here. They live by the wall's clock, never the sandbox's.</summary>
internal static class LeaveLinks
{
    /// <summary>The session a link would confirm; looking does not use it up, so mail scanners do no harm.</summary>
    public static Task<CancelSession?> SessionBehindAsync(
        this BillingDbContext db, string? token, Instant wallNow, CancellationToken cancellationToken) =>
        Usable(db, token, wallNow).Join(db.CancelSessions, l => l.SessionId, s => s.Id, (_, session) => session)
            .AsNoTracking().SingleOrDefaultAsync(cancellationToken);

    /// <summary>Uses a link up. Of two who try at once the database lets one through.</summary>
    /// <returns>The session it confirms, or <see langword="null"/> when it is unknown, used or too old.</returns>
    public static async Task<CancelSessionId?> UseLeaveLinkAsync(
        this BillingDbContext db, string? token, Instant wallNow, CancellationToken cancellationToken)
    {
        var used = await Usable(db, token, wallNow).ExecuteUpdateAsync(set => set.SetProperty(l => l.UsedAt, wallNow), cancellationToken);
        var hash = Secrets.Hash(token ?? "");
        return used == 1 ? await db.LeaveLinks.Where(l => l.TokenHash == hash).Select(l => l.SessionId).SingleAsync(cancellationToken) : null;
    }

    private static IQueryable<LeaveLink> Usable(BillingDbContext db, string? token, Instant wallNow)
    {
        var hash = Secrets.Hash(token ?? "");
        return db.LeaveLinks.Where(l => l.TokenHash == hash && l.UsedAt == null && l.ExpiresAt > wallNow);
    }
}
