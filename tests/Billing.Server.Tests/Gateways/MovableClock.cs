namespace Billing.Server.Tests.Gateways;

/// <summary>A clock that stands still until a test moves it.</summary>
internal sealed class MovableClock(Instant start) : IClock
{
    public Instant Now { get; set; } = start;

    public Instant GetCurrentInstant() => Now;
}
