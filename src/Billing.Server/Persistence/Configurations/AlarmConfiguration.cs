using Billing.Customers;
using Billing.Server.Alarms;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Billing.Server.Persistence.Configurations;

internal sealed class AlarmConfiguration : IEntityTypeConfiguration<Alarm>
{
    public void Configure(EntityTypeBuilder<Alarm> builder)
    {
        builder.ToTable("alarms");
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.Words).HasMaxLength(Alarm.LongestWords);
        builder.HasOne<Customer>().WithMany().HasForeignKey(a => a.CustomerId);

        // The same trouble found twice is one alarm.
        builder.HasIndex(a => new { a.Kind, a.SubjectId }).IsUnique().HasFilter("closed_at IS NULL")
            .HasDatabaseName("ux_alarms_one_open_per_subject");
    }
}
