using Billing.Customers;
using Billing.Retention;
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
