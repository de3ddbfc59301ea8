using Billing.Customers;
using Billing.Plans;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Billing.Server.Persistence.Configurations;

internal sealed class BreakTermsConfiguration : IEntityTypeConfiguration<BreakTerms>
{
    public void Configure(EntityTypeBuilder<BreakTerms> builder)
    {
        builder.ToTable("break_terms");
        builder.HasKey(t => new { t.PlanId, t.Currency });
        builder.Ignore(t => t.Fee);
        builder.HasOne<Plan>().WithMany().HasForeignKey(t => t.PlanId);
    }
}

internal sealed class BreakConfiguration : IEntityTypeConfiguration<Break>
{
    public void Configure(EntityTypeBuilder<Break> builder)
    {
        builder.ToTable("breaks");
        builder.Property(b => b.Id).ValueGeneratedNever();
        builder.Property(b => b.Reason).HasMaxLength(BreakWish.LongestReason);
        builder.Ignore(b => b.IsLive).Ignore(b => b.RemindOn).Ignore(b => b.Months);
        builder.HasOne<Subscription>().WithMany().HasForeignKey(b => b.SubscriptionId);
        builder.HasOne<Customer>().WithMany().HasForeignKey(b => b.CustomerId);

        // Breaks never overlap, whoever asks at the same instant.
        builder.HasIndex(b => b.SubscriptionId).IsUnique().HasFilter("state IN ('Planned', 'Away')")
            .HasDatabaseName("ux_breaks_one_live_per_subscription");
        builder.HasIndex(b => new { b.SubscriptionId, b.Number }).IsUnique();
        // What is due is found without meeting what is not.
        builder.HasIndex(b => new { b.NextStepAt, b.Id }).HasFilter("next_step_at IS NOT NULL");
    }
}
