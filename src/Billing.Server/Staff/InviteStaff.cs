using Billing.Customers;
using Billing.Server.Http;
using Billing.Server.Persistence;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Staff;

/// <summary>Lets somebody into the office from now on, by mailed links. Who worked here before is taken back.</summary>
internal sealed record InviteStaff(string Name, string Email, StaffRole Role) : ICommand<StaffMember>, IHouseChange
{
    public string About => $"{Name} ({Role})";
}

internal sealed class InviteStaffValidator : AbstractValidator<InviteStaff>
{
    public InviteStaffValidator()
    {
        RuleFor(c => c.Name).NotEmpty().MaximumLength(StaffMember.LongestName).OverridePropertyName("name");
        RuleFor(c => c.Email).NotEmpty().MaximumLength(254).EmailAddress().OverridePropertyName("email");
    }
}

internal sealed class InviteStaffHandler(BillingDbContext db, Door door) : IRequestHandler<InviteStaff, StaffMember>
{
    public async Task<StaffMember> Handle(InviteStaff request, CancellationToken cancellationToken)
    {
        var (mail, name) = (Customer.MailKeyOf(request.Email), StaffMember.NameKeyOf(request.Name));
        var known = await db.StaffMembers.Where(m => m.MailKey == mail || m.NameKey == name).ToListAsync(cancellationToken);
        if (known.Find(m => m.MailKey == mail) is { } before)
        {
            if (before.LeftAt is null) throw new Refused("already_staff", "Somebody with this address works here already.", "email");
            before.ComeBack(request.Role);
            return before;
        }

        if (known.Count > 0) throw new Refused("name_taken", "The history knows somebody else by this name.", "name");
        var member = StaffMember.Invite(NewId.At(door.Now), request.Name, request.Email, request.Role, door.Now);
        db.StaffMembers.Add(member);
        return member;
    }
}
