using Billing.Server.BillingRun;
using Billing.Server.Persistence;
using Billing.Server.Staff;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Pages.Office.Staff;

/// <summary>Who works here, and which browsers are signed in.</summary>
public sealed record StaffPage(IReadOnlyList<StaffMember> Members, IReadOnlyList<OfficeSession> Sessions)
{
    private const int MostSessions = 100;

    public static async Task<StaffPage> ReadAsync(BillingDbContext db, BillingClock clock, CancellationToken cancellationToken)
    {
        var (begun, seen) = (clock.WallNow - OfficeSession.Longest, clock.WallNow - OfficeSession.Idle);
        return new(
            await db.StaffMembers.AsNoTracking().Where(m => m.LeftAt == null).OrderBy(m => m.NameKey).ToListAsync(cancellationToken),
            await db.OfficeSessions.AsNoTracking().Where(s => s.EndedAt == null && s.SeenAt > seen && s.BegunAt > begun)
                .OrderByDescending(s => s.SeenAt).Take(MostSessions).ToListAsync(cancellationToken));
    }
}
