using Billing.Client.Contract;

namespace Billing.Client;

/// <summary>A request that was not done, and why.</summary>
public sealed class BillingProblem : Exception
{
    internal BillingProblem(ProblemView problem) : base($"{problem.Code}: {problem.Detail}") => Problem = problem;

    /// <summary>Stable, snake case; switch on this.</summary>
    public string Code => Problem.Code;

    /// <summary>The HTTP status.</summary>
    public int Status => Problem.Status;

    /// <summary>The fields to blame.</summary>
    public IReadOnlyList<FieldError> Errors => Problem.Errors;

    /// <summary>All that was said.</summary>
    public ProblemView Problem { get; }
}
