using Billing.Server.Customers;
using Billing.Server.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Billing.Server.Persistence.Configurations;

internal sealed class WebhookEndpointConfiguration : IEntityTypeConfiguration<WebhookEndpoint>
{
    public void Configure(EntityTypeBuilder<WebhookEndpoint> builder)
    {
        builder.ToTable("webhook_endpoints");
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.Url).HasMaxLength(RegisterWebhookEndpointValidator.LongestUrl);
        builder.Property(e => e.SealedSecret).HasMaxLength(1000);
        builder.Property(e => e.SealedOldSecret).HasMaxLength(1000);
    }
}

internal sealed class WebhookDeliveryConfiguration : IEntityTypeConfiguration<WebhookDelivery>
{
    public void Configure(EntityTypeBuilder<WebhookDelivery> builder)
    {
        builder.ToTable("webhook_deliveries");
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.Property(d => d.Type).HasMaxLength(80);
        builder.Property(d => d.Trouble).HasMaxLength(WebhookDelivery.LongestTrouble);
        builder.HasOne<WebhookEndpoint>().WithMany().HasForeignKey(d => d.EndpointId);
        builder.HasOne<HistoryEntry>().WithMany().HasForeignKey(d => d.EventId);
        // An event goes to an endpoint once; again only as the same delivery.
        builder.HasIndex(d => new { d.EndpointId, d.EventId }).IsUnique();
        builder.HasIndex(d => new { d.NextTryAt, d.Id }).HasFilter("next_try_at IS NOT NULL");
        builder.HasIndex(d => new { d.EndpointId, d.CustomerId, d.Sequence }).HasFilter("next_try_at IS NOT NULL")
            .HasDatabaseName("ix_webhook_deliveries_waiting");
        builder.HasIndex(d => new { d.EndpointId, d.Id });
    }
}
