using Billing.Customers;
using Billing.Invoicing;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Billing.Server.Persistence.Configurations;

internal sealed class InvoiceConfiguration : IEntityTypeConfiguration<Invoice>
{
    public void Configure(EntityTypeBuilder<Invoice> builder)
    {
        builder.ToTable("invoices", table =>
        {
            table.HasCheckConstraint("ck_invoices_numbered_when_issued", "status = 'Draft' OR number IS NOT NULL");
            table.HasCheckConstraint(
                "ck_invoices_add_up",
                "status IN ('Draft', 'Void') OR total_minor = balance_applied_minor + carried_forward_minor + credited_minor + paid_minor + due_minor");
            table.HasCheckConstraint("ck_invoices_total_is_subtotal_less_discount", "total_minor = subtotal_minor - discount_minor");
            table.HasCheckConstraint("ck_invoices_settled_owe_nothing", "status NOT IN ('Paid', 'Void') OR due_minor = 0");
            table.HasCheckConstraint("ck_invoices_never_owe_less_than_nothing", "due_minor >= 0 AND total_minor >= 0 AND credit_notes_minor <= total_minor");
        });
        builder.Property(i => i.Id).ValueGeneratedNever();
        builder.Property(i => i.Number).HasMaxLength(30);
        builder.Ignore(i => i.Total).Ignore(i => i.Due).Ignore(i => i.Creditable).Ignore(i => i.CreditableDue);
        builder.HasMany(i => i.Lines).WithOne().HasForeignKey(l => l.InvoiceId);
        builder.Navigation(i => i.Lines).UsePropertyAccessMode(PropertyAccessMode.Field);
        builder.HasOne<Customer>().WithMany().HasForeignKey(i => i.CustomerId);
        builder.HasOne<Subscription>().WithMany().HasForeignKey(i => i.SubscriptionId);

        // A period is invoiced once, and so is a change, whoever tries.
        builder.HasIndex(i => new { i.SubscriptionId, i.PeriodStart, i.Kind, i.ChangeNumber }).IsUnique()
            // Both named: on SQL Server two missing values would be the same one.
            .HasFilter("subscription_id IS NOT NULL AND period_start IS NOT NULL")
            .HasDatabaseName("ux_invoices_one_per_period");
        builder.HasIndex(i => i.Number).IsUnique().HasFilter("number IS NOT NULL");
        builder.HasIndex(i => new { i.NextAttemptAt, i.Id }).HasFilter("next_attempt_at IS NOT NULL");
        builder.HasIndex(i => new { i.CustomerId, i.Id });
        // What is owed, by age, without meeting what is paid.
        builder.HasIndex(i => new { i.IssuedOn, i.Id }).HasFilter("status = 'Open'").HasDatabaseName("ix_invoices_open");
    }
}

internal sealed class InvoiceLineConfiguration : IEntityTypeConfiguration<InvoiceLine>
{
    public void Configure(EntityTypeBuilder<InvoiceLine> builder)
    {
        builder.ToTable("invoice_lines");
        builder.HasKey(l => new { l.InvoiceId, l.Position });
        builder.Property(l => l.Position).ValueGeneratedNever();
    }
}

internal sealed class CreditNoteConfiguration : IEntityTypeConfiguration<CreditNote>
{
    public void Configure(EntityTypeBuilder<CreditNote> builder)
    {
        builder.ToTable("credit_notes");
        builder.Property(n => n.Id).ValueGeneratedNever();
        builder.Property(n => n.Number).HasMaxLength(30).IsRequired();
        builder.Property(n => n.Reason).HasMaxLength(500);
        builder.HasOne<Invoice>().WithMany().HasForeignKey(n => n.InvoiceId);
        builder.HasOne<Customer>().WithMany().HasForeignKey(n => n.CustomerId);
        builder.HasIndex(n => n.Number).IsUnique();
    }
}

internal sealed class NumberSeriesConfiguration : IEntityTypeConfiguration<NumberSeries>
{
    public void Configure(EntityTypeBuilder<NumberSeries> builder)
    {
        builder.ToTable("number_series");
        builder.HasKey(s => s.Prefix);
        builder.Property(s => s.Prefix).HasMaxLength(20).ValueGeneratedNever();
        builder.HasData(new { Prefix = NumberSeries.Invoices, Next = 1L }, new { Prefix = NumberSeries.CreditNotes, Next = 1L });
    }
}
