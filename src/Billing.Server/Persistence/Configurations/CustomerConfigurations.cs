using Billing.Cards;
using Billing.Customers;
using Billing.Metrics;
using Billing.Plans;
using Billing.Server.Customers;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Billing.Server.Persistence.Configurations;

internal sealed class CustomerConfiguration : IEntityTypeConfiguration<Customer>
{
    public void Configure(EntityTypeBuilder<Customer> builder)
    {
        builder.ToTable("customers");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Email).HasMaxLength(254);
        builder.Property(c => c.MailKey).HasMaxLength(254);
        builder.Property(c => c.Country).HasMaxLength(2);
        builder.Property(c => c.Locale).HasMaxLength(20);
        builder.Property(c => c.TimeZone).HasMaxLength(60);
        builder.Property(c => c.BackupAgreedBy).HasMaxLength(Customer.LongestConsent);
        builder.Ignore(c => c.Balance).Ignore(c => c.Zone);
        builder.HasIndex(c => c.ExternalId).IsUnique();
        builder.HasIndex(c => c.Email);
        builder.HasIndex(c => c.MailKey);
        builder.HasIndex(c => c.NameKey);
        builder.HasIndex(c => c.LastNameKey);
    }
}

internal sealed class BalanceEntryConfiguration : IEntityTypeConfiguration<BalanceEntry>
{
    public void Configure(EntityTypeBuilder<BalanceEntry> builder)
    {
        builder.ToTable("balance_entries");
        // Two writers who both spend the same credit want the same sequence; one of them loses.
        builder.HasKey(e => new { e.CustomerId, e.Sequence });
        builder.Property(e => e.Sequence).ValueGeneratedNever();
        builder.HasOne<Customer>().WithMany().HasForeignKey(e => e.CustomerId);
    }
}

internal sealed class CardConfiguration : IEntityTypeConfiguration<Card>
{
    public void Configure(EntityTypeBuilder<Card> builder)
    {
        builder.ToTable("cards");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Brand).HasMaxLength(30);
        builder.Property(c => c.LastFour).HasMaxLength(4);
        builder.Ignore(c => c.ValidThrough);
        builder.HasOne<Customer>().WithMany().HasForeignKey(c => c.CustomerId);
        builder.Property(c => c.Country).HasMaxLength(2);
        builder.HasIndex(c => new { c.CustomerId, c.GatewayToken }).IsUnique();
        builder.HasIndex(c => c.LastFour);
        // Cards whose date passes are found without meeting the others.
        builder.HasIndex(c => new { c.DateLookAt, c.Id }).HasFilter("date_look_at IS NOT NULL");
    }
}

internal sealed class SubscriptionConfiguration : IEntityTypeConfiguration<Subscription>
{
    public void Configure(EntityTypeBuilder<Subscription> builder)
    {
        builder.ToTable("subscriptions");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.TimeZone).HasMaxLength(60);
        builder.Ignore(s => s.Anchor).Ignore(s => s.Unit).Ignore(s => s.Mrr).Ignore(s => s.NextPlanId).Ignore(s => s.NextPeriod)
            .Ignore(s => s.Billed).Ignore(s => s.PaidFrom).Ignore(s => s.MoveAhead).Ignore(s => s.PlannedEnd);
        builder.HasOne<Customer>().WithMany().HasForeignKey(s => s.CustomerId);
        builder.HasOne<Plan>().WithMany().HasForeignKey(s => s.PlanId);
        builder.HasOne<Price>().WithMany().HasForeignKey(s => s.PriceId);
        builder.HasOne<Plan>().WithMany().HasForeignKey(s => s.PlannedPlanId);
        builder.HasOne<Price>().WithMany().HasForeignKey(s => s.PlannedPriceId);

        builder.HasOne<Price>().WithMany().HasForeignKey(s => s.MovesToPriceId);

        // Who pays an older price and was not told yet is found by that price; who was told, by the price to come.
        builder.HasIndex(s => new { s.PriceId, s.IsNegotiated, s.Id })
            .HasFilter("moves_to_price_id IS NULL AND lifecycle <> 'Ended'").HasDatabaseName("ix_subscriptions_not_told");
        builder.HasIndex(s => s.MovesToPriceId).HasFilter("moves_to_price_id IS NOT NULL");
        // What is due is found without meeting what is not.
        builder.HasIndex(s => new { s.NextBillingAt, s.Id }).HasFilter("next_billing_at IS NOT NULL");
        // A double click does not subscribe twice.
        builder.HasIndex(s => new { s.CustomerId, s.PlanId }).IsUnique().HasFilter("lifecycle <> 'Ended'")
            .HasDatabaseName("ux_subscriptions_one_live_per_plan");
        builder.HasIndex(s => s.CustomerId);
    }
}

internal sealed class MrrMovementConfiguration : IEntityTypeConfiguration<MrrMovement>
{
    public void Configure(EntityTypeBuilder<MrrMovement> builder)
    {
        builder.ToTable("mrr_movements");
        builder.HasKey(m => new { m.SubscriptionId, m.Sequence });
        builder.Property(m => m.Sequence).ValueGeneratedNever();
        builder.HasOne<Subscription>().WithMany().HasForeignKey(m => m.SubscriptionId);
        builder.HasIndex(m => new { m.Currency, m.Month, m.Kind });
        builder.HasIndex(m => m.RecordedAt).HasFilter("totalled_by IS NULL");
        builder.HasIndex(m => m.TotalledBy);
    }
}

internal sealed class HistoryEntryConfiguration : IEntityTypeConfiguration<HistoryEntry>
{
    public void Configure(EntityTypeBuilder<HistoryEntry> builder)
    {
        builder.ToTable("history");
        builder.Property(h => h.Id).ValueGeneratedNever();
        builder.Property(h => h.Type).HasMaxLength(60);
        builder.Property(h => h.Actor).HasMaxLength(100);
        builder.Property(h => h.Data).HasMaxLength(4000);
        builder.HasOne<Customer>().WithMany().HasForeignKey(h => h.CustomerId);
        builder.Property(h => h.Person).HasMaxLength(100);
        builder.HasIndex(h => new { h.CustomerId, h.Id });
        // The audit log: what people did, without meeting what the run did.
        builder.HasIndex(h => h.At).HasFilter("person IS NOT NULL").HasDatabaseName("ix_history_people");
        // Events of a customer are numbered without a gap and without a twin; what has no number yet is found by time.
        builder.HasIndex(h => new { h.CustomerId, h.Sequence }).IsUnique().HasFilter("sequence > 0").HasDatabaseName("ux_history_one_event_a_number");
        builder.HasIndex(h => new { h.At, h.Id }).HasFilter("sequence = 0").HasDatabaseName("ix_history_not_published");
    }
}
