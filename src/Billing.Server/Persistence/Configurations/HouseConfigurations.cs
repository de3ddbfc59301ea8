using Billing.Server.BillingRun;
using Billing.Server.Http;
using Billing.Server.Payments.Gateways;
using Billing.Server.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Billing.Server.Persistence.Configurations;

internal sealed class MrrDayConfiguration : IEntityTypeConfiguration<MrrDay>
{
    public void Configure(EntityTypeBuilder<MrrDay> builder)
    {
        builder.ToTable("mrr_days");
        builder.HasKey(d => new { d.Currency, d.On, d.Kind });
    }
}

internal sealed class CohortMonthConfiguration : IEntityTypeConfiguration<CohortMonth>
{
    public void Configure(EntityTypeBuilder<CohortMonth> builder)
    {
        builder.ToTable("mrr_cohort_months");
        builder.HasKey(c => new { c.Currency, c.Month, c.Cohort, c.Kind });
    }
}

internal sealed class AcquisitionCostConfiguration : IEntityTypeConfiguration<AcquisitionCost>
{
    public void Configure(EntityTypeBuilder<AcquisitionCost> builder)
    {
        builder.ToTable("acquisition_costs");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Actor).HasMaxLength(100);
        builder.HasIndex(c => c.Month);
    }
}

internal sealed class RunRecordConfiguration : IEntityTypeConfiguration<RunRecord>
{
    public void Configure(EntityTypeBuilder<RunRecord> builder)
    {
        builder.ToTable("billing_runs");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Error).HasMaxLength(RunRecord.LongestError);
        builder.HasIndex(r => r.StartedAt);
    }
}

internal sealed class RunPassConfiguration : IEntityTypeConfiguration<RunPass>
{
    public void Configure(EntityTypeBuilder<RunPass> builder)
    {
        builder.ToTable("billing_run_passes");
        builder.HasKey(p => new { p.RunId, p.Position });
        builder.Property(p => p.Position).ValueGeneratedNever();
        builder.Property(p => p.Name).HasMaxLength(40);
        builder.HasOne<RunRecord>().WithMany().HasForeignKey(p => p.RunId);
    }
}

internal sealed class RunLeaseConfiguration : IEntityTypeConfiguration<RunLease>
{
    public void Configure(EntityTypeBuilder<RunLease> builder)
    {
        builder.ToTable("run_leases");
        builder.HasKey(l => l.Name);
        builder.Property(l => l.Name).HasMaxLength(40);
        builder.HasData(new { Name = RunLease.BillingRun });
    }
}

internal sealed class SetAsideItemConfiguration : IEntityTypeConfiguration<SetAsideItem>
{
    public void Configure(EntityTypeBuilder<SetAsideItem> builder)
    {
        builder.ToTable("set_aside");
        builder.HasKey(i => new { i.Pass, i.SubjectId });
        builder.Property(i => i.Pass).HasMaxLength(40);
        builder.Property(i => i.Error).HasMaxLength(1000);
        builder.HasIndex(i => i.RetryAt);
    }
}

internal sealed class GatewayCustomerConfiguration : IEntityTypeConfiguration<GatewayCustomer>
{
    public void Configure(EntityTypeBuilder<GatewayCustomer> builder)
    {
        builder.ToTable("gateway_customers");
        builder.HasKey(c => new { c.CustomerId, c.Gateway });
        builder.Property(c => c.Gateway).HasMaxLength(20);
        builder.Property(c => c.Reference).HasMaxLength(255);
        // Nobody is charged for another.
        builder.HasIndex(c => new { c.Gateway, c.Reference }).IsUnique();
    }
}

internal sealed class ApiKeyConfiguration : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.ToTable("api_keys");
        builder.Property(k => k.Id).ValueGeneratedNever();
        builder.Property(k => k.Hash).HasMaxLength(64);
        builder.HasIndex(k => k.Hash).IsUnique();
    }
}

internal sealed class IdempotentAnswerConfiguration : IEntityTypeConfiguration<IdempotentAnswer>
{
    public void Configure(EntityTypeBuilder<IdempotentAnswer> builder)
    {
        builder.ToTable("idempotent_answers");
        builder.HasKey(a => new { a.Caller, a.Key });
        builder.Property(a => a.Key).HasMaxLength(IdempotentAnswer.LongestKey);
        builder.Property(a => a.Caller).HasMaxLength(60);
        builder.Property(a => a.RequestHash).HasMaxLength(64);
        builder.Property(a => a.Body).HasMaxLength(-1);
        builder.HasIndex(a => a.At);
    }
}

internal sealed class SignInLinkConfiguration : IEntityTypeConfiguration<SignInLink>
{
    public void Configure(EntityTypeBuilder<SignInLink> builder)
    {
        builder.ToTable("sign_in_links");
        builder.HasKey(l => l.TokenHash);
        builder.Property(l => l.TokenHash).HasMaxLength(64);
        builder.HasIndex(l => l.ExpiresAt);
        builder.HasIndex(l => new { l.StaffId, l.ExpiresAt }).HasFilter("staff_id IS NOT NULL");
    }
}

internal sealed class SandboxClockConfiguration : IEntityTypeConfiguration<SandboxClock>
{
    public void Configure(EntityTypeBuilder<SandboxClock> builder)
    {
        builder.ToTable("sandbox_clock");
        builder.Property(c => c.Id).ValueGeneratedNever();
    }
}
