using Billing.History;
using NodaTime;

namespace Billing.Notices;

/// <summary>By which way something is said.</summary>
public enum NoticeChannel
{
    /// <summary>A mail to the customer.</summary>
    Mail,

    /// <summary>A webhook to the main app, which then speaks in its own voice.</summary>
    App,
}

/// <summary>Where a notice stands.</summary>
public enum NoticeState
{
    /// <summary>To be said when its moment comes and it is still true.</summary>
    Planned,

    /// <summary>Written out; the post takes it next.</summary>
    Written,

    /// <summary>Handed over: to a mail server, to the sandbox's mailbox, or to the main app.</summary>
    Sent,

    /// <summary>Not sent, because it was no longer true, no longer of use, or not wanted.</summary>
    Withdrawn,

    /// <summary>Not sent, because nobody would take it.</summary>
    GivenUp,
}

/// <summary>
/// Something to be said to a customer: planned in the transaction of what it tells of, said afterwards if it is still true.
/// What it says is worked out at the moment of sending; here is only what it is about.
/// </summary>
public sealed class Notice : IVersioned
{
    /// <summary>The longest reason that is kept.</summary>
    public const int LongestWhy = 200;

    private Notice()
    {
    }

    /// <summary>The notice's id; a mail's Message-ID is made of it.</summary>
    public Guid Id { get; private set; }

    /// <summary>To whom.</summary>
    public CustomerId CustomerId { get; private set; }

    /// <summary>What is said.</summary>
    public NoticeKind Kind { get; private set; }

    /// <summary>What it speaks of: a fact of the history, a case, a card watch. Said once a subject, kind, step and channel.</summary>
    public Guid SubjectId { get; private set; }

    /// <summary>Which of several about the same subject; 0 when there is only one.</summary>
    public int Step { get; private set; }

    /// <summary>By which way.</summary>
    public NoticeChannel Channel { get; private set; }

    /// <summary>Where it stands.</summary>
    public NoticeState State { get; private set; }

    /// <summary>When it was planned.</summary>
    public Instant PlannedAt { get; private set; }

    /// <summary>The first moment it was meant for; how late it may be is counted from here.</summary>
    public Instant NotBefore { get; private set; }

    /// <summary>When it is looked at next; none while the post has it, and when it is done.</summary>
    public Instant? DueAt { get; private set; }

    /// <summary>How often the post failed to hand it over.</summary>
    public int Failures { get; private set; }

    /// <summary>When it was sent, withdrawn or given up.</summary>
    public Instant? DoneAt { get; private set; }

    /// <summary>Why it was withdrawn, given up or put off, in words for support.</summary>
    public string? Why { get; private set; }

    /// <inheritdoc/>
    public int Version { get; private set; }

    /// <summary>Plans a notice, to be said on <paramref name="notBefore"/> or soon after.</summary>
    public static Notice Plan(
        Guid id, CustomerId customer, NoticeKind kind, Guid subjectId, int step, NoticeChannel channel, Instant notBefore, Instant now) => new()
        {
            Id = id,
            CustomerId = customer,
            Kind = kind,
            SubjectId = subjectId,
            Step = step,
            Channel = channel,
            State = NoticeState.Planned,
            PlannedAt = now,
            NotBefore = notBefore,
            DueAt = notBefore,
            Version = 1,
        };

    /// <summary>Puts it off: this is not the moment, or the post had no time.</summary>
    public void PutOff(Instant until, string why)
    {
        MustBePlanned();
        (DueAt, Why) = (until, Short(why));
    }

    /// <summary>It is written out and lies with the post.</summary>
    public void Write()
    {
        MustBePlanned();
        (State, DueAt, Why) = (NoticeState.Written, null, null);
    }

    /// <summary>The post could not hand it over: it is looked at anew then, whether it is still true and whether it is a good moment.</summary>
    public void TakeBack(Instant until, string why)
    {
        if (State != NoticeState.Written) return;
        (State, DueAt, Why) = (NoticeState.Planned, until, Short(why));
        Failures++;
    }

    /// <summary>Nobody will take it.</summary>
    public void GiveUp(string why, Instant now)
    {
        if (State != NoticeState.Written) return;
        (State, DueAt, DoneAt, Why) = (NoticeState.GivenUp, null, now, Short(why));
    }

    /// <summary>Somebody wants it tried once more: it is looked at anew, and said if it is still true.</summary>
    /// <exception cref="Refused"><c>notice_not_given_up</c>.</exception>
    public void LookAgain(Instant now)
    {
        if (State != NoticeState.GivenUp) throw new Refused("notice_not_given_up", "Only a message that was given up can be tried again.");
        (State, DueAt, DoneAt, Why) = (NoticeState.Planned, now, null, null);
    }

    /// <summary>It was handed over.</summary>
    public void Send(Instant now)
    {
        if (State is not (NoticeState.Planned or NoticeState.Written))
            throw new InvalidOperationException($"Notice {Id} is {State} and not to be sent.");
        (State, DueAt, DoneAt, Why) = (NoticeState.Sent, null, now, null);
    }

    /// <summary>It is not said any more: settled, overtaken, too old, not wanted.</summary>
    public void Withdraw(string why, Instant now)
    {
        if (State is not (NoticeState.Planned or NoticeState.Written)) return;
        (State, DueAt, DoneAt, Why) = (NoticeState.Withdrawn, null, now, Short(why));
    }

    private void MustBePlanned()
    {
        if (State != NoticeState.Planned) throw new InvalidOperationException($"Notice {Id} is {State}.");
    }

    private static string Short(string why) => why[..Math.Min(why.Length, LongestWhy)];
}
