namespace Billing.Server.Notices;

/// <summary>Who carries letters: a mail server we do not own.</summary>
internal interface IPost
{
    /// <summary>Whether there is anybody to carry them; without, they stay where they were written.</summary>
    bool IsThere { get; }

    /// <summary>Hands a letter over.</summary>
    /// <exception cref="Undeliverable">It will never be taken.</exception>
    Task SendAsync(Letter letter, CancellationToken cancellationToken);
}

/// <summary>The mail server said that it will never take this letter.</summary>
internal sealed class Undeliverable(string message, Exception? inner) : Exception(message, inner);

/// <summary>No mail server is configured.</summary>
internal sealed class NoPost : IPost
{
    public bool IsThere => false;

    public Task SendAsync(Letter letter, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("There is no mail server to send letters with.");
}
