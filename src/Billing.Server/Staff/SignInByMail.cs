using System.Threading.Channels;
using Billing.Customers;
using Billing.Server.BillingRun;
using Billing.Server.Notices;
using Billing.Server.Pages;
using Billing.Server.Pages.Language;
using Billing.Server.Pages.SignIn;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Staff;

/// <summary>
/// Sends sign-in links to the staff. Whoever asks is answered before anybody looks whether the address is one of ours, so that
/// neither the answer nor the time it takes tells.
/// </summary>
internal sealed class SignInByMail(
    BillingDatabase database, BillingClock clock, IPost post, DeliverLetters deliver, Merchant merchant, ILogger<SignInByMail> log)
    : BackgroundService
{
    /// <summary>How many wait at most; more than that is nobody of the staff.</summary>
    public const int MostWaiting = 200;

    /// <summary>Links that one person can ask for within their lifetime.</summary>
    public const int MostLinks = 3;

    private readonly Channel<Asked> asked = Channel.CreateBounded<Asked>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Somebody asks for a link.</summary>
    /// <param name="email">The address given.</param>
    /// <param name="words">The language they read.</param>
    /// <param name="host">Where the link is to lead.</param>
    public void Ask(string email, Words words, string host) => asked.Writer.TryWrite(new(email, words, host));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var one in asked.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await AnswerAsync(one, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // The next one who asks is let in all the same.
                log.LogError(e, "A sign-in link could not be made");
            }
        }
    }

    private async Task AnswerAsync(Asked one, CancellationToken cancellationToken)
    {
        var key = Customer.MailKeyOf(one.Email);
        await using var db = database.Open();
        var member = await db.StaffMembers.AsNoTracking().SingleOrDefaultAsync(m => m.MailKey == key && m.LeftAt == null, cancellationToken);
        if (member is null || await HasEnoughAsync(db, member.Id, cancellationToken)) return;

        var now = clock.GetCurrentInstant();
        var link = one.Host.TrimEnd('/') + SignInLinks.NewToOffice(db, member.Name, clock.WallNow, member.Id);
        var letter = Letter.ToStaff(
            NewId.At(now), member.Email, one.Words.SignInSubject(merchant.Name), one.Words.SignInLetter(member.Name, merchant.Name, link),
            one.Words.Tag, now);
        db.Letters.Add(letter);
        await db.SaveChangesAsync(cancellationToken);
        // Not with the next run: who wants to come in is waiting. What cannot be sent now goes with the runs.
        if (post.IsThere) await deliver.DoAsync([letter.Id], now, cancellationToken);
    }

    private async Task<bool> HasEnoughAsync(BillingDbContext db, Guid staff, CancellationToken cancellationToken)
    {
        var now = clock.WallNow;
        return await db.SignInLinks.CountAsync(l => l.StaffId == staff && l.ExpiresAt > now, cancellationToken) >= MostLinks;
    }

    private sealed record Asked(string Email, Words Words, string Host);
}
