namespace Billing.Client.Contract;

/// <summary>What carries a version: the number in its <c>ETag</c>.</summary>
public interface IVersionedView
{
    /// <summary>Counts the changes, from 1. Sent as <c>If-Match</c> it refuses a change based on an older state.</summary>
    int Version { get; }
}
