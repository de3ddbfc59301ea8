using Billing.Notices;
using NodaTime;

namespace Billing.Server.Notices;

/// <summary>
/// A mail to a customer, written in the transaction of what it tells of and sent afterwards. Its id is its Message-ID, so
/// that one sent twice, because we died in between, is known for the same.
/// </summary>
public sealed class Letter
{
    /// <summary>The longest text.</summary>
    public const int LongestText = 4000;

    /// <summary>The longest mail as HTML.</summary>
    public const int LongestHtml = 40_000;

    private Letter()
    {
    }

    /// <summary>The letter's id.</summary>
    public Guid Id { get; private set; }

    /// <summary>To which customer; none for a letter to the staff.</summary>
    public CustomerId? CustomerId { get; private set; }

    /// <summary>To which address.</summary>
    public string To { get; private set; } = null!;

    /// <summary>The subject line.</summary>
    public string Subject { get; private set; } = null!;

    /// <summary>Plain text.</summary>
    public string Text { get; private set; } = null!;

    /// <summary>The same, to be looked at; <see langword="null"/> for a letter of text alone.</summary>
    public string? Html { get; private set; }

    /// <summary>The notice it says; its id is the letter's.</summary>
    public Guid? NoticeId { get; private set; }

    /// <summary>By which way the notice goes: letters for the main app are kept for its webhook and never mailed.</summary>
    public NoticeChannel Channel { get; private set; }

    /// <summary>After this the post hands it back: it may no longer be true, or it is night.</summary>
    public Instant? GoodUntil { get; private set; }

    /// <summary>The link that ends mails of this kind at a click; none where there is nothing to end.</summary>
    public string? UnsubscribeUrl { get; private set; }

    /// <summary>SHA-256 of the token in that link.</summary>
    public string? UnsubscribeHash { get; private set; }

    /// <summary>The language it is in.</summary>
    public string Language { get; private set; } = null!;

    /// <summary>When it was written.</summary>
    public Instant WrittenAt { get; private set; }

    /// <summary>When a mail server took it.</summary>
    public Instant? SentAt { get; private set; }

    /// <summary>How often that was tried.</summary>
    public int Attempts { get; private set; }

    /// <summary>When it is tried next; <see langword="null"/> once sent or given up.</summary>
    public Instant? NextTryAt { get; private set; }

    /// <summary>Why the last try failed.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Writes a letter; it goes out with the next run.</summary>
    public static Letter Write(Guid id, CustomerId customer, string to, string subject, string text, string language, Instant now) => new()
    {
        Id = id,
        CustomerId = customer,
        To = to,
        Subject = subject,
        Text = text,
        Language = language,
        WrittenAt = now,
        NextTryAt = now,
    };

    /// <summary>Writes a letter to somebody of the staff.</summary>
    public static Letter ToStaff(Guid id, string to, string subject, string text, string language, Instant now) => new()
    {
        Id = id,
        To = to,
        Subject = subject,
        Text = text,
        Language = language,
        WrittenAt = now,
        NextTryAt = now,
    };

    /// <summary>Writes what a notice says; the post takes it with this run, or nobody does.</summary>
    public static Letter Say(Notice notice, string to, Rendered said, NoticeChannel channel, Instant now, Instant? goodUntil)
    {
        var letter = Write(notice.Id, notice.CustomerId, to, said.Subject, said.Text, said.Language, now);
        (letter.NoticeId, letter.Channel) = (notice.Id, channel);
        letter.SayAnew(to, said, now, goodUntil);
        return letter;
    }

    /// <summary>The same notice, said as things stand now; it keeps its Message-ID.</summary>
    public void SayAnew(string to, Rendered said, Instant now, Instant? goodUntil)
    {
        (To, Subject, Text, Html, Language) = (to, said.Subject, said.Text, said.Html, said.Language);
        (UnsubscribeUrl, UnsubscribeHash) = (said.UnsubscribeUrl, said.UnsubscribeHash);
        (WrittenAt, GoodUntil, NextTryAt) = (now, goodUntil, goodUntil is null ? null : now);
    }
}

/// <summary>A message in one language, as text and as HTML.</summary>
/// <param name="Subject">The subject line.</param>
/// <param name="Text">Plain text.</param>
/// <param name="Html">The same, to be looked at.</param>
/// <param name="Language">Which language.</param>
/// <param name="UnsubscribeUrl">The link that ends mails of this kind.</param>
/// <param name="UnsubscribeHash">SHA-256 of its token.</param>
public sealed record Rendered(
    string Subject, string Text, string Html, string Language, string? UnsubscribeUrl = null, string? UnsubscribeHash = null);
