using Billing.Customers;
using Billing.Retention;
using Billing.Server.Retention;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Billing.Server.Persistence.Configurations;

internal sealed class CancelSessionConfiguration : IEntityTypeConfiguration<CancelSession>
{
    public void Configure(EntityTypeBuilder<CancelSession> builder)
    {
        builder.ToTable("cancel_sessions");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Language).HasMaxLength(10);
        builder.Property(s => s.Words).HasMaxLength(CancelSession.LongestWords);
        builder.Property(s => s.Reason).HasMaxLength(LeavingPolicy.LongestCode);
        builder.Property(s => s.Text).HasMaxLength(CancelSession.LongestText);
        builder.Property(s => s.OfferWhy).HasMaxLength(400);
        builder.Ignore(s => s.Offer).Ignore(s => s.IsOpen);
        builder.HasOne<Subscription>().WithMany().HasForeignKey(s => s.SubscriptionId);
        builder.HasOne<Customer>().WithMany().HasForeignKey(s => s.CustomerId);

        builder.HasIndex(s => new { s.CustomerId, s.Id });
        builder.HasIndex(s => new { s.LookBackAt, s.Id }).HasFilter("look_back_at IS NOT NULL");
    }
}

internal sealed class LeaveLinkConfiguration : IEntityTypeConfiguration<LeaveLink>
{
    public void Configure(EntityTypeBuilder<LeaveLink> builder)
    {
        builder.ToTable("leave_links");
        builder.HasKey(l => l.TokenHash);
        builder.Property(l => l.TokenHash).HasMaxLength(64);
        builder.Property(l => l.MailKey).HasMaxLength(254);
        builder.HasOne<CancelSession>().WithMany().HasForeignKey(l => l.SessionId);
        builder.HasIndex(l => new { l.MailKey, l.MadeAt });
    }
}

internal sealed class FeedbackConfiguration : IEntityTypeConfiguration<Feedback>
{
    public void Configure(EntityTypeBuilder<Feedback> builder)
    {
        builder.ToTable("feedback");
        builder.Property(f => f.Id).ValueGeneratedNever();
        builder.Property(f => f.Words).HasMaxLength(Feedback.LongestWords);
        builder.HasOne<Customer>().WithMany().HasForeignKey(f => f.CustomerId);
        builder.HasIndex(f => new { f.CustomerId, f.GivenAt });
    }
}
