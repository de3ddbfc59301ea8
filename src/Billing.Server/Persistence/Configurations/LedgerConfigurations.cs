using Billing.Invoicing;
using Billing.Ledger;
using Billing.Server.Ledger;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Billing.Server.Persistence.Configurations;

internal sealed class LedgerEntryConfiguration : IEntityTypeConfiguration<LedgerEntry>
{
    public void Configure(EntityTypeBuilder<LedgerEntry> builder)
    {
        builder.ToTable("ledger_entries", table =>
        {
            // Both sides are in the row: with these two, no entry that is not balanced can be stored.
            table.HasCheckConstraint("ck_ledger_entries_above_zero", "amount_minor > 0");
            table.HasCheckConstraint("ck_ledger_entries_between_two", "debit <> credit");
            table.HasCheckConstraint("ck_ledger_entries_never_before_their_document", "\"on\" >= original_on");
        });
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.HasIndex(e => e.DocumentId);
        builder.HasIndex(e => new { e.CustomerId, e.Id }).HasFilter("customer_id IS NOT NULL");
        builder.HasIndex(e => new { e.On, e.Currency });
    }
}

internal sealed class LedgerDayConfiguration : IEntityTypeConfiguration<LedgerDay>
{
    public void Configure(EntityTypeBuilder<LedgerDay> builder)
    {
        builder.ToTable("ledger_days");
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.HasIndex(d => d.On);
    }
}

internal sealed class DeliveryDayConfiguration : IEntityTypeConfiguration<DeliveryDay>
{
    public void Configure(EntityTypeBuilder<DeliveryDay> builder)
    {
        builder.ToTable("delivery_days");
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.HasIndex(d => d.On).HasFilter("delivered_by IS NULL");
        builder.HasIndex(d => d.DeliveredBy).HasFilter("delivered_by IS NOT NULL");
    }
}

internal sealed class DeliveryPlanConfiguration : IEntityTypeConfiguration<DeliveryPlan>
{
    public void Configure(EntityTypeBuilder<DeliveryPlan> builder)
    {
        builder.ToTable("delivery_plans");
        // Two that change the same delivery at once: the second fails and is done again on what the first left.
        builder.HasKey(p => new { p.InvoiceId, p.Sequence });
        builder.Property(p => p.Sequence).ValueGeneratedNever();
        builder.Ignore(p => p.Stretch);
        builder.HasOne<Invoice>().WithMany().HasForeignKey(p => p.InvoiceId);
        builder.HasIndex(p => p.SubscriptionId);
    }
}

internal sealed class ClosedMonthConfiguration : IEntityTypeConfiguration<ClosedMonth>
{
    public void Configure(EntityTypeBuilder<ClosedMonth> builder)
    {
        builder.ToTable("closed_months");
        builder.HasKey(m => m.Month);
        builder.Ignore(m => m.FirstOpen);
        builder.Property(m => m.ClosedBy).HasMaxLength(100);
    }
}

internal sealed class LedgerCheckConfiguration : IEntityTypeConfiguration<LedgerCheck>
{
    public void Configure(EntityTypeBuilder<LedgerCheck> builder)
    {
        builder.ToTable("ledger_checks");
        builder.HasKey(c => new { c.On, c.Currency, c.Subledger });
        builder.Ignore(c => c.Difference).Ignore(c => c.Subject);
    }
}
