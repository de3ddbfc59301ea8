using Billing.Cards;
using Billing.Customers;
using Billing.Dunning;
using Billing.Server.Dunning;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Billing.Server.Persistence.Configurations;

internal sealed class DunningCaseConfiguration : IEntityTypeConfiguration<DunningCase>
{
    public void Configure(EntityTypeBuilder<DunningCase> builder)
    {
        builder.ToTable("dunning_cases");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Ladder).HasMaxLength(30);
        builder.Property(c => c.Code).HasMaxLength(60);
        builder.Property(c => c.NextWhy).HasMaxLength(DunningCase.LongestWhy);
        builder.Property(c => c.ClosedWhy).HasMaxLength(DunningCase.LongestWhy);
        builder.Ignore(c => c.IsOpen).Ignore(c => c.IsLive);
        builder.HasOne<Customer>().WithMany().HasForeignKey(c => c.CustomerId);
        builder.HasOne<Card>().WithMany().HasForeignKey(c => c.CardId);

        // One voice speaks, whoever begins to.
        builder.HasIndex(c => c.CustomerId).IsUnique().HasFilter("state IN ('Open', 'Parked')")
            .HasDatabaseName("ux_dunning_cases_one_live_per_customer");
        builder.HasIndex(c => new { c.CustomerId, c.Id });
        builder.HasIndex(c => c.OpenedOn);
        // What is due is found without meeting what is not.
        builder.HasIndex(c => new { c.NextAt, c.Id }).HasFilter("next_at IS NOT NULL");
    }
}

internal sealed class CardWatchConfiguration : IEntityTypeConfiguration<CardWatch>
{
    public void Configure(EntityTypeBuilder<CardWatch> builder)
    {
        builder.ToTable("card_watches");
        builder.Property(w => w.Id).ValueGeneratedNever();
        builder.Property(w => w.Brand).HasMaxLength(30);
        builder.Property(w => w.Country).HasMaxLength(2);
        builder.Property(w => w.QuietWords).HasMaxLength(400);
        builder.Ignore(w => w.IsOpen).Ignore(w => w.QuietUntil);
        builder.HasOne<Customer>().WithMany().HasForeignKey(w => w.CustomerId);
        builder.HasOne<Card>().WithMany().HasForeignKey(w => w.CardId);

        builder.HasIndex(w => w.CardId).IsUnique().HasFilter("state IN ('Quiet', 'Asked')").HasDatabaseName("ux_card_watches_one_open_per_card");
        builder.HasIndex(w => new { w.CustomerId, w.Id });
        builder.HasIndex(w => new { w.NextLookAt, w.Id }).HasFilter("next_look_at IS NOT NULL");
    }
}

internal sealed class PublishedPolicyConfiguration : IEntityTypeConfiguration<PublishedPolicy>
{
    public void Configure(EntityTypeBuilder<PublishedPolicy> builder)
    {
        builder.ToTable("dunning_policies");
        builder.HasKey(p => p.Number);
        builder.Property(p => p.Number).ValueGeneratedNever();
        builder.Property(p => p.Data).HasMaxLength(PublishedPolicy.LongestData);
        builder.Property(p => p.PublishedBy).HasMaxLength(100);
    }
}
