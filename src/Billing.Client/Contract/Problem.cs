namespace Billing.Client.Contract;

/// <summary>Why a request was not done (RFC 9457).</summary>
/// <param name="Type">A name for the code, as a URI.</param>
/// <param name="Title">The same for every problem with this status.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">One plain sentence.</param>
/// <param name="Code">Stable, snake case; switch on this.</param>
/// <param name="Errors">The fields to blame.</param>
/// <param name="TraceId">To quote when it is our fault.</param>
public sealed record ProblemView(
    string Type, string Title, int Status, string Detail, string Code, IReadOnlyList<FieldError> Errors, string? TraceId = null);

/// <summary>What is wrong with one field.</summary>
/// <param name="Field">As you spelled it: <c>unitAmount.currency</c>, <c>items[0].quantity</c>; empty for the body as a whole.</param>
/// <param name="Code">Stable, snake case.</param>
/// <param name="Message">One plain sentence.</param>
public sealed record FieldError(string Field, string Code, string Message);
