using Billing.Server.BillingRun;
using Billing.Server.Http;
using Billing.Server.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Staff;

/// <summary>Gives somebody another role.</summary>
internal sealed record ChangeStaffRole(Guid StaffId, StaffRole Role, string Name) : ICommand<StaffMember>, IHouseChange
{
    public string About => $"{Name} ({Role})";
}

internal sealed class ChangeStaffRoleHandler(BillingDbContext db) : IRequestHandler<ChangeStaffRole, StaffMember>
{
    public async Task<StaffMember> Handle(ChangeStaffRole request, CancellationToken cancellationToken)
    {
        var member = await db.StaffMembers.WhoWorksHereAsync(request.StaffId, cancellationToken);
        if (request.Role != StaffRole.Admin) await db.AnotherAdminStaysAsync(member, cancellationToken);

        member.Become(request.Role);
        return member;
    }
}

/// <summary>Takes the office away from somebody; their sessions end at once.</summary>
internal sealed record TakeStaffAway(Guid StaffId, string Name) : ICommand<StaffMember>, IHouseChange
{
    public string About => Name;
}

internal sealed class TakeStaffAwayHandler(BillingDbContext db, BillingClock clock) : IRequestHandler<TakeStaffAway, StaffMember>
{
    public async Task<StaffMember> Handle(TakeStaffAway request, CancellationToken cancellationToken)
    {
        var member = await db.StaffMembers.WhoWorksHereAsync(request.StaffId, cancellationToken);
        await db.AnotherAdminStaysAsync(member, cancellationToken);

        member.Leave(clock.WallNow);

        await db.OfficeSessions.Where(s => s.StaffId == member.Id && s.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.EndedAt, clock.WallNow), cancellationToken);
        return member;
    }
}

/// <summary>Ends one session at once. Doing it twice changes nothing.</summary>
internal sealed record EndOfficeSession(Guid SessionId, string Name) : ICommand<bool>, IHouseChange
{
    public string About => Name;
}

internal sealed class EndOfficeSessionHandler(BillingDbContext db, BillingClock clock) : IRequestHandler<EndOfficeSession, bool>
{
    public async Task<bool> Handle(EndOfficeSession request, CancellationToken cancellationToken) =>
        await db.OfficeSessions.Where(s => s.Id == request.SessionId && s.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.EndedAt, clock.WallNow), cancellationToken) == 1;
}

internal static class StaffQueries
{
    public static async Task<StaffMember> WhoWorksHereAsync(
        this IQueryable<StaffMember> staff, Guid id, CancellationToken cancellationToken) =>
        await staff.SingleOrDefaultAsync(m => m.Id == id && m.LeftAt == null, cancellationToken) ?? throw NotFound.Of("member of the staff");

    /// <summary>Somebody can always let others in. The admin who stays is written too: of two who take each other away, one is too late.</summary>
    /// <exception cref="Refused"><c>last_admin</c>.</exception>
    public static async Task AnotherAdminStaysAsync(this BillingDbContext db, StaffMember member, CancellationToken cancellationToken)
    {
        if (member.Role != StaffRole.Admin) return;
        var other = await db.StaffMembers.Where(m => m.Role == StaffRole.Admin && m.LeftAt == null && m.Id != member.Id)
            .OrderBy(m => m.Id).FirstOrDefaultAsync(cancellationToken)
            ?? throw new Refused("last_admin", "Somebody has to be able to let others in: make somebody else an admin first.");
        db.Entry(other).State = EntityState.Modified;
    }
}
