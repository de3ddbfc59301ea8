using Billing.Customers;
using Billing.Server.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Billing.Server.Persistence.Configurations;

internal sealed class StaffMemberConfiguration : IEntityTypeConfiguration<StaffMember>
{
    public void Configure(EntityTypeBuilder<StaffMember> builder)
    {
        builder.ToTable("staff_members");
        builder.Property(m => m.Id).ValueGeneratedNever();
        builder.Property(m => m.Name).HasMaxLength(StaffMember.LongestName);
        builder.Property(m => m.NameKey).HasMaxLength(StaffMember.LongestName);
        builder.Property(m => m.Email).HasMaxLength(254);
        builder.Property(m => m.MailKey).HasMaxLength(254);
        // A name in the history is one person's, for ever.
        builder.HasIndex(m => m.NameKey).IsUnique();
        builder.HasIndex(m => m.MailKey).IsUnique();
    }
}

internal sealed class OfficeSessionConfiguration : IEntityTypeConfiguration<OfficeSession>
{
    public void Configure(EntityTypeBuilder<OfficeSession> builder)
    {
        builder.ToTable("office_sessions");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Language).HasMaxLength(10);
        builder.HasOne<StaffMember>().WithMany().HasForeignKey(s => s.StaffId);
        builder.HasIndex(s => s.StaffId);
        builder.HasIndex(s => s.SeenAt);
    }
}

internal sealed class HouseActConfiguration : IEntityTypeConfiguration<HouseAct>
{
    public void Configure(EntityTypeBuilder<HouseAct> builder)
    {
        builder.ToTable("house_acts");
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.Actor).HasMaxLength(100);
        builder.Property(a => a.What).HasMaxLength(60);
        builder.Property(a => a.About).HasMaxLength(HouseAct.LongestAbout);
        builder.Property(a => a.Why).HasMaxLength(HouseAct.LongestWhy);
        builder.HasOne<Customer>().WithMany().HasForeignKey(a => a.CustomerId);
        builder.HasIndex(a => a.At);
        builder.HasIndex(a => new { a.CustomerId, a.At });
    }
}
