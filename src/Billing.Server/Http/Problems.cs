using System.Text.Json;
using Billing.Client.Contract;
using Billing.Server.Persistence;
using FluentValidation;
using FluentValidation.Results;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Http;

/// <summary>
/// What the caller gets instead of an answer. Refusals, bad input and lost races are translated here and nowhere else;
/// whatever is not listed is a bug, and <see cref="Of"/> does not know it.
/// </summary>
internal static class Problems
{
    public const string VersionMismatch = "version_mismatch";
    public const string ChangedMeanwhile = "changed_meanwhile";
    public const string ContentType = "application/problem+json";

    /// <summary>The problem an exception stands for, or <see langword="null"/> when it is a bug.</summary>
    public static ProblemView? Of(Exception exception, bool conditional = false) => exception switch
    {
        Refused refused => Make(StatusOf(refused), refused.Code, refused.Message, Blame(refused)),
        ValidationException invalid => Make(
            422, "validation_failed", "Some fields are not as they should be.", [.. invalid.Errors.Select(Blame)]),
        BadInput bad => Make(bad.Status, bad.Code, bad.Message, bad.Errors),
        BadHttpRequestException bad => Malformed.Request(bad),
        DbUpdateConcurrencyException when conditional => Make(
            412, VersionMismatch, "It was changed since you read it; read it again."),
        DbUpdateConcurrencyException => LostRace(),
        DbUpdateException { InnerException: { } inner } when UniqueViolation.Is(inner) => Make(
            409, "already_exists", "Somebody made the same thing at the same moment; nothing was done."),
        _ when Deadlock.Is(exception) => LostRace(),
        _ => null,
    };

    public static ProblemView Make(int status, string code, string detail, IReadOnlyList<FieldError>? errors = null) => new(
        $"urn:billing:problem:{code}", ReasonPhrases.GetReasonPhrase(status), status, detail, code, errors ?? []);

    /// <summary>Writes it as the whole response.</summary>
    public static Task WriteAsync(this ProblemView problem, HttpContext context)
    {
        context.Response.Clear();
        context.Response.StatusCode = problem.Status;
        Edge.SecureHeaders(context);
        if (problem.Status == 401) context.Response.Headers.WWWAuthenticate = "Bearer";
        return context.Response.WriteAsJsonAsync(problem, BillingJson.Options, ContentType, context.RequestAborted);
    }

    private static ProblemView LostRace() => Make(
        409, ChangedMeanwhile, "Somebody changed the same thing at the same moment; nothing was done. Try again.");

    private static int StatusOf(Refused refused) => refused.Code switch
    {
        NotFound.Code => 404,
        VersionMismatch => 412,
        _ => refused.Field is null ? 409 : 422,
    };

    private static IReadOnlyList<FieldError> Blame(Refused refused) =>
        refused.Field is { } field ? [new(field, refused.Code, refused.Message)] : [];

    // NotEmptyValidator becomes not_empty: the names are stable, the word behind them says nothing.
    private static FieldError Blame(ValidationFailure failure) => new(
        failure.PropertyName, JsonNamingPolicy.SnakeCaseLower.ConvertName(failure.ErrorCode.Replace("Validator", "", StringComparison.Ordinal)),
        failure.ErrorMessage);
}

/// <summary>A request that cannot be understood as it stands.</summary>
internal sealed class BadInput(int status, string code, string message, string? field = null) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public IReadOnlyList<FieldError> Errors { get; } = field is null ? [] : [new(field, code, message)];
}
