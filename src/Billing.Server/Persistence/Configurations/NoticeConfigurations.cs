using Billing.Customers;
using Billing.Server.Notices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Billing.Server.Persistence.Configurations;

internal sealed class LetterConfiguration : IEntityTypeConfiguration<Letter>
{
    public void Configure(EntityTypeBuilder<Letter> builder)
    {
        builder.ToTable("letters");
        builder.Property(l => l.Id).ValueGeneratedNever();
        builder.Property(l => l.To).HasMaxLength(320);
        builder.Property(l => l.Text).HasMaxLength(Letter.LongestText);
        builder.Property(l => l.Language).HasMaxLength(10);
        builder.Property(l => l.Trouble).HasMaxLength(400);
        builder.HasOne<Customer>().WithMany().HasForeignKey(l => l.CustomerId);
        builder.HasIndex(l => new { l.NextTryAt, l.Id }).HasFilter("next_try_at IS NOT NULL");
    }
}
