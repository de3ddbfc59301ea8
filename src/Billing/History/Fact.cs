using NodaTime;

namespace Billing.History;

/// <summary>
/// Something that happened to a customer, in the past tense. Appended to the customer's history in the transaction
/// that made it true; mail, webhooks, ledger and metrics read the history and nothing else.
/// </summary>
/// <param name="CustomerId">Whose history it belongs to.</param>
/// <param name="On">The business date it takes effect, in the customer's zone.</param>
public abstract record Fact(CustomerId CustomerId, LocalDate On);

/// <summary>Carries an optimistic concurrency token: a change based on an older version is refused by the database.</summary>
public interface IVersioned
{
    /// <summary>Counts the changes that were stored, from 1.</summary>
    int Version { get; }
}
