using Billing.Customers;
using Billing.Invoicing;
using Billing.Payments;
using Billing.Server.Payments.Inbox;
using Billing.Server.Payments.Reconciliation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Billing.Server.Persistence.Configurations;

internal sealed class InboxNoticeConfiguration : IEntityTypeConfiguration<InboxNotice>
{
    public void Configure(EntityTypeBuilder<InboxNotice> builder)
    {
        builder.ToTable("inbox_notices");
        builder.Property(n => n.Id).ValueGeneratedNever();
        builder.Property(n => n.Gateway).HasMaxLength(20);
        builder.Property(n => n.NoticeId).HasMaxLength(InboxNotice.LongestWord);
        builder.Property(n => n.Error).HasMaxLength(InboxNotice.LongestError);

        // A notice is stored once, however often it is sent.
        builder.HasIndex(n => new { n.Gateway, n.NoticeId }).IsUnique().HasDatabaseName("ux_inbox_notices_once");
        builder.HasIndex(n => new { n.NextTryAt, n.Id }).HasFilter("next_try_at IS NOT NULL");
        builder.HasIndex(n => new { n.State, n.Id });
    }
}

internal sealed class DisputeConfiguration : IEntityTypeConfiguration<Dispute>
{
    public void Configure(EntityTypeBuilder<Dispute> builder)
    {
        builder.ToTable("disputes");
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.Property(d => d.Reason).HasMaxLength(Dispute.LongestReason);
        builder.Ignore(d => d.Amount);
        builder.HasOne<PaymentAttempt>().WithMany().HasForeignKey(d => d.AttemptId);
        builder.HasOne<Invoice>().WithMany().HasForeignKey(d => d.InvoiceId);
        builder.HasOne<Customer>().WithMany().HasForeignKey(d => d.CustomerId);

        // The same dispute heard of twice is one.
        builder.HasIndex(d => d.Reference).IsUnique().HasDatabaseName("ux_disputes_reference");
        builder.HasIndex(d => new { d.CustomerId, d.Holds });
        builder.HasIndex(d => new { d.State, d.Id });
    }
}

internal sealed class ReconciliationReportConfiguration : IEntityTypeConfiguration<ReconciliationReport>
{
    public void Configure(EntityTypeBuilder<ReconciliationReport> builder)
    {
        builder.ToTable("reconciliations");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.HasIndex(r => r.FinishedAt);
    }
}
