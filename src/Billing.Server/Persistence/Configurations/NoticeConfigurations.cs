using Billing.Customers;
using Billing.Notices;
using Billing.Server.Notices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Billing.Server.Persistence.Configurations;

internal sealed class NoticeConfiguration : IEntityTypeConfiguration<Notice>
{
    public void Configure(EntityTypeBuilder<Notice> builder)
    {
        builder.ToTable("notices");
        builder.Property(n => n.Id).ValueGeneratedNever();
        builder.Property(n => n.Why).HasMaxLength(Notice.LongestWhy);
        builder.HasOne<Customer>().WithMany().HasForeignKey(n => n.CustomerId);
        // Nothing is said twice, whoever plans it.
        builder.HasIndex(n => new { n.SubjectId, n.Kind, n.Step, n.Channel }).IsUnique();
        // What is due is found without meeting what is not; so is what a customer was sent lately.
        builder.HasIndex(n => new { n.DueAt, n.Id }).HasFilter("due_at IS NOT NULL");
        builder.HasIndex(n => new { n.CustomerId, n.DoneAt });
    }
}

internal sealed class NoticePreferencesConfiguration : IEntityTypeConfiguration<NoticePreferences>
{
    public void Configure(EntityTypeBuilder<NoticePreferences> builder)
    {
        builder.ToTable("notice_preferences");
        builder.HasKey(p => p.CustomerId);
        builder.HasOne<Customer>().WithOne().HasForeignKey<NoticePreferences>(p => p.CustomerId);
    }
}

internal sealed class LetterConfiguration : IEntityTypeConfiguration<Letter>
{
    public void Configure(EntityTypeBuilder<Letter> builder)
    {
        builder.ToTable("letters");
        builder.Property(l => l.Id).ValueGeneratedNever();
        builder.Property(l => l.To).HasMaxLength(320);
        builder.Property(l => l.Text).HasMaxLength(Letter.LongestText);
        builder.Property(l => l.Html).HasMaxLength(Letter.LongestHtml);
        builder.Property(l => l.UnsubscribeUrl).HasMaxLength(500);
        builder.Property(l => l.UnsubscribeHash).HasMaxLength(64);
        builder.Property(l => l.Language).HasMaxLength(10);
        builder.Property(l => l.Trouble).HasMaxLength(400);
        builder.HasOne<Customer>().WithMany().HasForeignKey(l => l.CustomerId);
        builder.HasOne<Notice>().WithMany().HasForeignKey(l => l.NoticeId);
        builder.HasIndex(l => l.UnsubscribeHash).IsUnique().HasFilter("unsubscribe_hash IS NOT NULL");
        builder.HasIndex(l => new { l.NextTryAt, l.Id }).HasFilter("next_try_at IS NOT NULL");
    }
}
