namespace Billing;

/// <summary>
/// The business says no: thrown where a rule refuses what was asked, translated once at the edge into a problem
/// with the same code. Never thrown for a bug, and never for what the business has a plan for (a declined card is a
/// value).
/// </summary>
/// <param name="code">Stable, machine-readable, snake case: <c>unknown_currency</c>. Callers may switch on it.</param>
/// <param name="message">One plain sentence for a person: what was refused and what would be accepted.</param>
/// <param name="field">The input that is to blame, in the caller's spelling (<c>timeZone</c>), when there is one.</param>
public sealed class Refused(string code, string message, string? field = null) : Exception(message)
{
    /// <summary>Stable, machine-readable reason in snake case.</summary>
    public string Code { get; } = code;

    /// <summary>The input that is to blame, or <see langword="null"/> when the refusal is about the state.</summary>
    public string? Field { get; } = field;
}
