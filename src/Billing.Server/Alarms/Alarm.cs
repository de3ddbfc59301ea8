using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Alarms;

/// <summary>What a person is asked to look at.</summary>
public enum AlarmKind
{
    /// <summary>The gateway refused a charge as it stood; nothing is planned for it any more.</summary>
    ChargeRefused,

    /// <summary>The gateway was asked many times what became of a payment or a refund, in vain.</summary>
    OutcomeUnknown,

    /// <summary>Money arrived that no invoice wanted.</summary>
    Overpayment,

    /// <summary>Money that was to go back to a customer did not.</summary>
    RefundFailed,

    /// <summary>A customer's bank asked for money back, or decided about it.</summary>
    Dispute,

    /// <summary>A notice of a type or version nobody planned for.</summary>
    NoticeUnknown,

    /// <summary>A notice that could not be worked through.</summary>
    NoticeFailed,

    /// <summary>Our books and the gateway's differ, and it was not safe to heal.</summary>
    BooksDiffer,

    /// <summary>Notices come with another time than ours: one of the two clocks is wrong, and they are refused.</summary>
    ClockDiffers,
}

/// <summary>
/// Something a person has to know of, until somebody says that it is seen to. At most one is open for each kind and subject:
/// the same trouble found again is the same alarm.
/// </summary>
public sealed class Alarm
{
    /// <summary>The most words kept of what went wrong.</summary>
    public const int LongestWords = 500;

    private Alarm()
    {
    }

    public Guid Id { get; private set; }
    public AlarmKind Kind { get; private set; }

    /// <summary>The attempt, refund, dispute, notice or invoice it is about.</summary>
    public Guid SubjectId { get; private set; }

    public CustomerId? CustomerId { get; private set; }

    /// <summary>What happened and what to do, without secrets.</summary>
    public string Words { get; private set; } = null!;

    public Instant RaisedAt { get; private set; }
    public Instant? ClosedAt { get; private set; }

    /// <summary>Who saw to it, or <c>run</c> when it healed by itself.</summary>
    public string? ClosedBy { get; private set; }

    internal static Alarm Raise(Guid id, AlarmKind kind, Guid subject, CustomerId? customer, string words, Instant now) => new()
    {
        Id = id,
        Kind = kind,
        SubjectId = subject,
        CustomerId = customer,
        Words = Short(words),
        RaisedAt = now,
    };

    internal void Say(string words) => Words = Short(words);

    internal void Close(string by, Instant now) => (ClosedBy, ClosedAt) = (ClosedBy ?? by, ClosedAt ?? now);

    private static string Short(string words) => words[..Math.Min(words.Length, LongestWords)];
}

internal static class Alarms
{
    /// <summary>Raises an alarm in the transaction of what it is about; an open one about the same is told the newer words.</summary>
    public static async Task AlarmAsync(
        this BillingDbContext db, AlarmKind kind, Guid subject, CustomerId? customer, string words, Instant now, CancellationToken cancellationToken)
    {
        var open = db.Alarms.Local.SingleOrDefault(a => a.Kind == kind && a.SubjectId == subject && a.ClosedAt is null)
            ?? await db.Alarms.SingleOrDefaultAsync(a => a.Kind == kind && a.SubjectId == subject && a.ClosedAt == null, cancellationToken);
        if (open is null) db.Alarms.Add(Alarm.Raise(NewId.At(now), kind, subject, customer, words, now));
        else open.Say(words);
    }

    /// <summary>
    /// Raises an alarm about what stays as it is when a person has seen to it: said once, and not again every day.
    /// </summary>
    public static async Task AlarmOnceAsync(
        this BillingDbContext db, AlarmKind kind, Guid subject, CustomerId? customer, string words, Instant now, CancellationToken cancellationToken)
    {
        if (!await db.Alarms.AnyAsync(a => a.Kind == kind && a.SubjectId == subject && a.Words == words, cancellationToken))
            await db.AlarmAsync(kind, subject, customer, words, now, cancellationToken);
    }

    /// <summary>Closes what was raised about something that healed.</summary>
    public static async Task HealedAsync(
        this BillingDbContext db, AlarmKind kind, Guid subject, string by, Instant now, CancellationToken cancellationToken)
    {
        var open = await db.Alarms.SingleOrDefaultAsync(a => a.Kind == kind && a.SubjectId == subject && a.ClosedAt == null, cancellationToken);
        open?.Close(by, now);
    }
}
