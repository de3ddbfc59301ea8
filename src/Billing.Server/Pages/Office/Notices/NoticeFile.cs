using System.Text.RegularExpressions;
using Billing.Customers;
using Billing.Notices;
using Billing.Server.Notices;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Pages.Office.Notices;

/// <summary>One message: what was written, or what would be written if it were said now, or why it would not.</summary>
/// <param name="Notice">The message.</param>
/// <param name="Customer">To whom.</param>
/// <param name="Subject">The subject line.</param>
/// <param name="Text">The words, without the links that let in.</param>
/// <param name="IsWritten">Whether it was written so, or would be now.</param>
/// <param name="WhyNot">Why it would not be said now.</param>
public sealed partial record NoticeFile(Notice Notice, Customer Customer, string? Subject, string? Text, bool IsWritten, string? WhyNot)
{
    internal static async Task<NoticeFile> ReadAsync(
        BillingDbContext db, NoticeReading reading, NoticeRendering rendering, NoticeSettings settings, Guid id, Instant now,
        CancellationToken cancellationToken)
    {
        var notice = await db.NoticeToCustomerAsync(id, cancellationToken);
        var customer = await db.Customers.AsNoTracking().SingleAsync(c => c.Id == notice.CustomerId, cancellationToken);
        if (await db.Letters.AsNoTracking().SingleOrDefaultAsync(l => l.NoticeId == id, cancellationToken) is { } letter)
            return new(notice, customer, letter.Subject, Token().Replace(letter.Text, "token=…"), true, null);
        if (notice.DueAt is not { } due) return new(notice, customer, null, null, false, null);

        var facts = (await reading.ReadAsync(db, [id], due, now, cancellationToken)).Facts[0];
        return NoticeDecision.Of(facts, settings.VoiceFor(notice) == Voice.Mail, settings.Policy) switch
        {
            NoticeDecision.Say say => Preview(notice, customer, rendering.Page(customer.Locale, customer.Name, say.Content, null, null)),
            NoticeDecision.Wait wait => new(notice, customer, null, null, false, wait.Why),
            NoticeDecision.Drop drop => new(notice, customer, null, null, false, drop.Why),
            var other => throw new InvalidOperationException($"{other} is no decision."),
        };
    }

    private static NoticeFile Preview(Notice notice, Customer customer, MailPage page) =>
        new(notice, customer, page.Said.Subject, page.ToText(), false, null);

    /// <summary>Whoever reads along must not come in by it.</summary>
    [GeneratedRegex("token=[A-Za-z0-9_-]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
