using Billing.Plans;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Billing.Server.Persistence.Configurations;

internal sealed class PlanConfiguration : IEntityTypeConfiguration<Plan>
{
    public void Configure(EntityTypeBuilder<Plan> builder)
    {
        builder.ToTable("plans");
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.Code).HasMaxLength(60);
        builder.HasIndex(p => p.Code).IsUnique();
    }
}

internal sealed class PriceConfiguration : IEntityTypeConfiguration<Price>
{
    public void Configure(EntityTypeBuilder<Price> builder)
    {
        builder.ToTable("prices");
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.Ignore(p => p.Cadence).Ignore(p => p.Unit);
        builder.HasOne<Plan>().WithMany().HasForeignKey(p => p.PlanId);
        builder.HasIndex(p => new { p.PlanId, p.Currency, p.CadenceUnit, p.CadenceCount, p.VersionNumber }).IsUnique();
    }
}

internal sealed class PriceMoveConfiguration : IEntityTypeConfiguration<PriceMove>
{
    public void Configure(EntityTypeBuilder<PriceMove> builder)
    {
        builder.ToTable("price_moves");
        builder.Property(m => m.Id).ValueGeneratedNever();
        builder.Ignore(m => m.Cadence).Ignore(m => m.ToUnit);
        builder.HasOne<Plan>().WithMany().HasForeignKey(m => m.PlanId);
        builder.HasOne<Price>().WithMany().HasForeignKey(m => m.ToPriceId);
        // One move to a price; another day for it means taking it back first.
        builder.HasIndex(m => m.ToPriceId).IsUnique().HasFilter("withdrawn_at IS NULL")
            .HasDatabaseName("ux_price_moves_one_per_price");
    }
}

internal sealed class DiscountConfiguration : IEntityTypeConfiguration<Discount>
{
    public void Configure(EntityTypeBuilder<Discount> builder)
    {
        builder.ToTable("discounts");
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.Property(d => d.Code).HasMaxLength(60);
        builder.HasIndex(d => d.Code).IsUnique();
    }
}

internal sealed class SubscriptionDiscountConfiguration : IEntityTypeConfiguration<SubscriptionDiscount>
{
    public void Configure(EntityTypeBuilder<SubscriptionDiscount> builder)
    {
        builder.ToTable("subscription_discounts");
        builder.HasKey(d => new { d.SubscriptionId, d.Position });
        builder.Property(d => d.Position).ValueGeneratedNever();
        builder.Ignore(d => d.IsSpent).Ignore(d => d.Recurs);
        builder.HasOne<Subscription>().WithMany().HasForeignKey(d => d.SubscriptionId);
        builder.HasOne<Discount>().WithMany().HasForeignKey(d => d.DiscountId);
    }
}
