using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Billing.Client.Contract;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Billing.Server.Http;

/// <summary>Words the endpoint files share.</summary>
internal static class Routes
{
    /// <summary>A group of routes that only keys with <paramref name="scope"/> may use.</summary>
    public static RouteGroupBuilder For(this IEndpointRouteBuilder v1, string prefix, string tag, ApiScope scope)
    {
        var group = v1.MapGroup(prefix).WithTags(tag).RequireAuthorization(ApiKeyAuthentication.Policy(scope)).WithMetadata(scope);
        return group.AddEndpointFilter(KeepVersionsApartAsync);
    }

    /// <summary>Whether it is one of our routes, and not the framework's own answer to a wrong method or media type.</summary>
    public static bool IsOurs([NotNullWhen(true)] Endpoint? endpoint) => endpoint?.Metadata.OfType<ApiScope>().Any() == true;

    /// <summary>The name of an operation, and its one line in the document.</summary>
    public static RouteHandlerBuilder Named(this RouteHandlerBuilder route, string name, string summary) =>
        route.WithName(name).WithSummary(summary);

    /// <summary>This endpoint asks the gateway or takes long.</summary>
    public static RouteHandlerBuilder OutsideTransaction(this RouteHandlerBuilder route) => route.WithMetadata(new WorksOutsideTransaction());

    /// <summary>This endpoint's answer holds a secret.</summary>
    public static RouteHandlerBuilder WithSecret(this RouteHandlerBuilder route) => route.WithMetadata(new AnswersWithSecret());

    /// <summary>201, with the address of what was made.</summary>
    public static Created<T> Made<T>(string at, T view, Func<T, Guid>? id = null) =>
        TypedResults.Created(id is null ? at : at + id(view), view);

    /// <summary>Reads <c>If-Match</c>, wants one on every PUT, and answers with the <c>ETag</c>.</summary>
    private static async ValueTask<object?> KeepVersionsApartAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var wanted = http.Request.Headers.IfMatch.ToString();
        if (wanted.Length == 0 && HttpMethods.IsPut(http.Request.Method))
            throw new BadInput(428, "if_match_required", "Send the ETag you read as If-Match.", "If-Match");
        if (wanted.Length > 0 && wanted != "*") http.RequestServices.GetRequiredService<Door>().SeenVersion = Version(wanted);

        var answer = await next(context);
        if ((answer is IValueHttpResult { Value: { } value } ? value : answer) is IVersionedView view)
            http.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{view.Version}\"");
        return answer;
    }

    // What is no ETag of ours matches nothing.
    private static int Version(string tag) =>
        tag is ['"', .. var number, '"'] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1;
}
