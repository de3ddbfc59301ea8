using System.Text.Json;
using System.Text.RegularExpressions;
using Billing.Client.Contract;

namespace Billing.Server.Http;

/// <summary>Finds the field to blame when a request cannot be read.</summary>
internal static partial class Malformed
{
    private const int TimeoutMilliseconds = 1000;

    /// <summary>The problem with a request the framework could not bind.</summary>
    public static ProblemView Request(BadHttpRequestException bad) => bad switch
    {
        { StatusCode: 413 or 415 } => Edge.OfStatus(bad.StatusCode),
        { InnerException: JsonException json } => Json(json),
        _ when Parameter().Match(bad.Message) is { Success: true } named => One(
            "bad_parameter", "That is not a value this parameter can have.", JsonNamingPolicy.CamelCase.ConvertName(named.Groups["name"].Value)),
        _ => Problems.Make(400, "body_required", "Send a JSON body."),
    };

    private static ProblemView Json(JsonException json)
    {
        if (UnknownField().Match(json.Message) is { Success: true } unknown)
            return One("unknown_field", "There is no such field.", Join(json.Path, unknown.Groups["name"].Value));
        if (DuplicateField().Match(json.Message) is { Success: true } twice)
            return One("duplicate_field", "This field is there twice.", Join(json.Path, twice.Groups["name"].Value));
        if (MissingFields().Match(json.Message) is { Success: true } missing)
        {
            var names = Quoted().Matches(missing.Groups["names"].Value).Select(m => Join(json.Path, m.Groups["name"].Value));
            return Problems.Make(400, "missing_field", "A field that must be there is missing.",
                [.. names.Select(name => new FieldError(name, "missing_field", "This field must be there."))]);
        }

        // A reader's own error says that this is no JSON at all; a converter's says that it is the wrong kind.
        return json.InnerException is JsonException
            ? One("malformed_json", $"This is not JSON, from line {json.LineNumber + 1}.", Join(json.Path, null))
            : One("wrong_type", "This value is not of the kind, or not in the range, the field wants.", Join(json.Path, null));
    }

    private static ProblemView One(string code, string message, string field) => Problems.Make(400, code, message, [new(field, code, message)]);

    // $.items[0].unitAmount is written as the caller would: items[0].unitAmount
    private static string Join(string? path, string? name)
    {
        var field = (path ?? "$").TrimStart('$').TrimStart('.');
        if (name is null || field == name || field.EndsWith("." + name, StringComparison.Ordinal)) return field;
        return field.Length == 0 ? name : $"{field}.{name}";
    }

    [GeneratedRegex(@"property '(?<name>[^']*)' could not be mapped", RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex UnknownField();

    [GeneratedRegex(@"Duplicate property '(?<name>[^']*)'", RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex DuplicateField();

    [GeneratedRegex(@"missing required properties including: (?<names>.*)", RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex MissingFields();

    [GeneratedRegex("'(?<name>[^']+)'", RegexOptions.ExplicitCapture, TimeoutMilliseconds)]
    private static partial Regex Quoted();

    // Failed to bind parameter "Nullable<int> limit" from "x". Required parameter "DateOnly to" was not provided from query string.
    [GeneratedRegex(@"parameter ""[^""]* (?<name>\w+)"" (from ""|was not provided from (query|route|header))", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, TimeoutMilliseconds)]
    private static partial Regex Parameter();
}
