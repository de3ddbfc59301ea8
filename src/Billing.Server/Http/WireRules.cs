using Billing.Client.Contract;
using FluentValidation;

namespace Billing.Server.Http;

/// <summary>What several commands check of what came in over the wire.</summary>
internal static class WireRules
{
    /// <summary>The merchant's own short names: safe in a URL, the same on every database.</summary>
    public static void Code<T>(this IRuleBuilderInitial<T, string> rule, string field) => rule
        .NotEmpty().MaximumLength(60).Matches("^[a-z0-9][a-z0-9_-]*$")
        .WithMessage("A code has lower-case letters, digits, - and _.").OverridePropertyName(field);

    /// <summary>Ten years at most.</summary>
    public static void Cadence<T>(this IRuleBuilderInitial<T, CadenceView> rule, string field) => rule.ChildRules(cadence =>
    {
        cadence.RuleFor(c => c.Unit).Must(unit => MostOf(unit) > 0).WithMessage("A cadence counts in day, week, month or year.")
            .OverridePropertyName("unit");
        cadence.RuleFor(c => c.Count).Must((c, count) => count >= 1 && count <= Math.Max(1, MostOf(c.Unit)))
            .WithMessage("A period lasts one unit or more, and ten years at most.").OverridePropertyName("count");
    }).OverridePropertyName(field);

    private static int MostOf(string unit) => unit switch
    {
        "day" => 3650,
        "week" => 520,
        "month" => 120,
        "year" => 10,
        _ => 0,
    };
}
