using Billing.History;
using NodaTime;

namespace Billing.Server.Webhooks;

/// <summary>Where the main app wants to hear what happens. Its secret is shown once and kept sealed.</summary>
public sealed class WebhookEndpoint : IVersioned
{
    private static readonly Duration FirstRest = Duration.FromMinutes(5), LongestRest = Duration.FromHours(6);

    private WebhookEndpoint()
    {
    }

    /// <summary>The endpoint's id.</summary>
    public Guid Id { get; private set; }

    /// <summary>Where it is.</summary>
    public string Url { get; private set; } = null!;

    /// <summary>The secret, sealed.</summary>
    public string SealedSecret { get; private set; } = null!;

    /// <summary>The secret before it, sealed, while both are good.</summary>
    public string? SealedOldSecret { get; private set; }

    /// <summary>Until when messages are signed with the old secret too, by the wall clock.</summary>
    public Instant? OldSecretUntil { get; private set; }

    /// <summary>Whether it is told anything.</summary>
    public bool Enabled { get; private set; }

    /// <summary>It hears of what happened since.</summary>
    public Instant CreatedAt { get; private set; }

    /// <summary>Left alone until then, because it did not answer well.</summary>
    public Instant? RestsUntil { get; private set; }

    /// <summary>How often in a row it did not answer well.</summary>
    public int Failures { get; private set; }

    /// <inheritdoc/>
    public int Version { get; private set; }

    /// <summary>Registers an endpoint; it hears of what happens from now on.</summary>
    public static WebhookEndpoint Register(Guid id, string url, string sealedSecret, Instant now) =>
        new() { Id = id, Url = url, SealedSecret = sealedSecret, Enabled = true, CreatedAt = now, Version = 1 };

    /// <summary>A new secret; messages carry the old signature too until then, so that no receiver misses one.</summary>
    public void Rotate(string sealedSecret, Instant oldUntil) => (SealedOldSecret, OldSecretUntil, SealedSecret) = (SealedSecret, oldUntil, sealedSecret);

    /// <summary>Tells it again, at once.</summary>
    public void Enable() => (Enabled, RestsUntil, Failures) = (true, null, 0);

    /// <summary>Tells it nothing more; what is under way waits.</summary>
    public void Disable() => Enabled = false;

    /// <summary>It answered well.</summary>
    public void Heard() => (RestsUntil, Failures) = (null, 0);

    /// <summary>It did not: left alone for 5, 10, 20 … minutes, at most six hours, so that nobody who is down is hammered.</summary>
    public void Rest(Instant now)
    {
        Failures++;
        RestsUntil = now + Wait(Failures);
    }

    /// <summary>5, 10, 20 … minutes.</summary>
    public static Duration Wait(int failures) => Duration.Min(FirstRest * (1L << Math.Min(failures - 1, 20)), LongestRest);
}
