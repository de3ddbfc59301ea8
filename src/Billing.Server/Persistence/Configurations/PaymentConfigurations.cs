using Billing.Cards;
using Billing.Customers;
using Billing.Invoicing;
using Billing.Payments;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Billing.Server.Persistence.Configurations;

internal sealed class PaymentAttemptConfiguration : IEntityTypeConfiguration<PaymentAttempt>
{
    public void Configure(EntityTypeBuilder<PaymentAttempt> builder)
    {
        builder.ToTable("payment_attempts", table => table.HasCheckConstraint(
            "ck_payment_attempts_never_refunded_beyond_capture",
            "refunded_minor = 0 OR (refunded_minor > 0 AND refunded_minor <= amount_minor)"));
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.DeclineCode).HasMaxLength(60);
        builder.Property(a => a.Detail).HasMaxLength(PaymentAttempt.LongestDetail);
        builder.Ignore(a => a.Amount).Ignore(a => a.Refundable).Ignore(a => a.IsSettled).Ignore(a => a.IsCaptured).Ignore(a => a.WantsAPerson);
        builder.HasOne<Invoice>().WithMany().HasForeignKey(a => a.InvoiceId);
        builder.HasOne<Customer>().WithMany().HasForeignKey(a => a.CustomerId);
        builder.HasOne<Card>().WithMany().HasForeignKey(a => a.CardId);

        // At most one payment of an invoice is under way or captured: never two charges.
        builder.HasIndex(a => a.InvoiceId).IsUnique()
            .HasFilter("state IN ('Started', 'ActionRequired', 'Unknown', 'Succeeded')")
            .HasDatabaseName("ux_payment_attempts_one_live_per_invoice");
        // That index holds only live attempts; this one finds all of an invoice's.
        builder.HasIndex(a => new { a.InvoiceId, a.Id });
        builder.HasIndex(a => a.AskAgainAt).HasFilter("ask_again_at IS NOT NULL");
    }
}

internal sealed class RefundConfiguration : IEntityTypeConfiguration<Refund>
{
    public void Configure(EntityTypeBuilder<Refund> builder)
    {
        builder.ToTable("refunds");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Reason).HasMaxLength(Refund.LongestReason);
        builder.Property(r => r.Detail).HasMaxLength(PaymentAttempt.LongestDetail);
        builder.Ignore(r => r.Amount).Ignore(r => r.WantsAPerson);
        builder.HasOne<PaymentAttempt>().WithMany().HasForeignKey(r => r.AttemptId);
        builder.HasOne<Invoice>().WithMany().HasForeignKey(r => r.InvoiceId);
        builder.HasOne<Customer>().WithMany().HasForeignKey(r => r.CustomerId);
        builder.HasOne<CreditNote>().WithMany().HasForeignKey(r => r.CreditNoteId);
        builder.HasIndex(r => r.AskAgainAt).HasFilter("ask_again_at IS NOT NULL");
    }
}

internal sealed class ReceivedPaymentConfiguration : IEntityTypeConfiguration<ReceivedPayment>
{
    public void Configure(EntityTypeBuilder<ReceivedPayment> builder)
    {
        builder.ToTable("received_payments");
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.Reference).HasMaxLength(ReceivedPayment.LongestReference);
        builder.Ignore(p => p.Amount);
        builder.HasOne<Invoice>().WithMany().HasForeignKey(p => p.InvoiceId);
        builder.HasOne<Customer>().WithMany().HasForeignKey(p => p.CustomerId);

        // The same money written down twice is one payment.
        builder.HasIndex(p => new { p.InvoiceId, p.By, p.Reference }).IsUnique().HasDatabaseName("ux_received_payments_once_per_reference");
    }
}
