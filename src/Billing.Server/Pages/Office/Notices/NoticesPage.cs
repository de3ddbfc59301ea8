using Billing.Notices;
using Billing.Server.Http;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Pages.Office.Notices;

/// <summary>A page of what was, or is to be, said to customers.</summary>
public sealed record NoticesPage(NoticeState? State, IReadOnlyList<NoticeRow> Rows, string? Next)
{
    private const int RowsAPage = 40;

    internal static async Task<NoticesPage> ReadAsync(BillingDbContext db, string? state, string? cursor, CancellationToken cancellationToken)
    {
        NoticeState? wanted = Enum.TryParse<NoticeState>(state, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : null;
        IQueryable<Notice> notices = db.Notices;
        if (wanted is { } only) notices = notices.Where(n => n.State == only);
        var page = await notices.ToPageAsync(n => n.Id, id => id, new(cursor, RowsAPage), n => n, cancellationToken);

        var customers = page.Items.Select(n => n.CustomerId).Distinct().ToList();
        var names = await db.Customers.Where(c => customers.Contains(c.Id)).Select(c => new { c.Id, Name = c.Name ?? c.Email ?? c.ExternalId })
            .ToDictionaryAsync(c => c.Id, c => c.Name, cancellationToken);
        return new(wanted, [.. page.Items.Select(n => new NoticeRow(n, names[n.CustomerId]))], page.Next);
    }
}

/// <summary>One message and to whom.</summary>
public sealed record NoticeRow(Notice Notice, string? Customer);
