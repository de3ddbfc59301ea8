using Billing.Customers;
using Billing.History;
using NodaTime;

namespace Billing.Server.Staff;

/// <summary>Somebody who works here: signs in by a mailed link and is named in the history.</summary>
public sealed class StaffMember : IVersioned
{
    /// <summary>The longest name; it stands in the history.</summary>
    public const int LongestName = 60;

    private StaffMember()
    {
    }

    public Guid Id { get; private set; }

    /// <summary>As the history names them: nobody else ever has it.</summary>
    public string Name { get; private set; } = null!;

    /// <summary>The name as it is compared: in small letters.</summary>
    public string NameKey { get; private set; } = null!;

    /// <summary>Where sign-in links go.</summary>
    public string Email { get; private set; } = null!;

    /// <summary>The address as it is looked for: in small letters.</summary>
    public string MailKey { get; private set; } = null!;

    public StaffRole Role { get; private set; }
    public Instant InvitedAt { get; private set; }

    /// <summary>Since when they do not work here any more.</summary>
    public Instant? LeftAt { get; private set; }

    /// <inheritdoc/>
    public int Version { get; private set; }

    public static StaffMember Invite(Guid id, string name, string email, StaffRole role, Instant now) => new()
    {
        Id = id,
        Name = name.Trim(),
        NameKey = NameKeyOf(name),
        Email = email.Trim(),
        MailKey = Customer.MailKeyOf(email)!,
        Role = role,
        InvitedAt = now,
        Version = 1,
    };

    /// <summary>A name as it is compared.</summary>
    public static string NameKeyOf(string name) => name.Trim().ToLowerInvariant();

    /// <summary>Gives another role, from the next page they open.</summary>
    public void Become(StaffRole role) => Role = role;

    /// <summary>Takes the office away: every session ends at once.</summary>
    public void Leave(Instant now) => LeftAt ??= now;

    /// <summary>Somebody who worked here before does again; the history knows them under their name.</summary>
    public void ComeBack(StaffRole role) => (Role, LeftAt) = (role, null);
}
