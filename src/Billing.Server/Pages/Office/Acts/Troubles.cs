using Billing.Client.Contract;
using Billing.Server.Http;

namespace Billing.Server.Pages.Office.Acts;

/// <summary>What went wrong with a form, at its fields where it is theirs, and above it where it is not.</summary>
/// <param name="General">Above the form.</param>
/// <param name="Fields">By field.</param>
public sealed record Troubles(IReadOnlyList<string> General, IReadOnlyDictionary<string, string> Fields)
{
    public static readonly Troubles None = new([], new Dictionary<string, string>());

    /// <summary>For an exception that is a refusal, bad input or a lost race.</summary>
    /// <returns><see langword="null"/> for a bug.</returns>
    internal static Troubles? Of(Exception exception, IEnumerable<Field> fields, Tongue t)
    {
        if (Problems.Of(exception) is not { } problem) return null;
        var names = fields.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        var at = problem.Errors.Where(e => names.Contains(Plain(e.Field)))
            .GroupBy(e => Plain(e.Field), StringComparer.Ordinal).ToDictionary(g => g.Key, g => Say(g.First(), t), StringComparer.Ordinal);
        var elsewhere = problem.Errors.Where(e => !names.Contains(Plain(e.Field))).Select(e => Say(e, t));
        return new(problem.Errors.Count == 0 ? [RefusalWords.Of(problem.Code, problem.Detail, t)] : [.. elsewhere], at);
    }

    public IReadOnlyList<Field> At(IEnumerable<Field> fields) => [.. fields.Select(f => f with { Trouble = Fields.GetValueOrDefault(f.Name) })];

    private static string Say(FieldError error, Tongue t) => RefusalWords.Of(error.Code, error.Message, t);

    // amount.amount and amount.currency are the one field of an amount; a credit note's reason is why it is written.
    private static string Plain(string field) => field == "reason" ? "why" : field.Split('.')[0];
}
