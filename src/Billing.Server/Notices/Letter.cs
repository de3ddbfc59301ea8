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
}
