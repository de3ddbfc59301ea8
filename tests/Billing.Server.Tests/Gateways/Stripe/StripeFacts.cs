using System.Globalization;
using System.Text.Json.Nodes;
using Billing.Server.Tests.Infrastructure;

namespace Billing.Server.Tests.Gateways.Stripe;

/// <summary>Stripe's published facts: which requests there are, with which parameters, and what objects look like.</summary>
internal static class StripeFacts
{
    private static readonly JsonObject All = JsonNode.Parse(File.ReadAllText(
        Repository.At("tests", "Billing.Server.Tests", "Data", "stripe-api-subset.json")))!.AsObject();

    public static string Version => All["meta"]!["api_version"]!.GetValue<string>();

    public static IEnumerable<string> EventTypes => All["event"]!["data_object_by_type"]!.AsObject().Select(type => type.Key);

    public static IEnumerable<string> DeclineCodes => All["error"]!["decline_codes"]!.AsArray().Select(code => code!.GetValue<string>());

    /// <summary>The endpoint a request is for, with the ids in its path.</summary>
    public static (string Name, string[] Ids)? EndpointOf(string method, string path)
    {
        var parts = path.Split('/');
        foreach (var (name, endpoint) in All["endpoints"]!.AsObject())
        {
            if (endpoint!["method"]!.GetValue<string>() != method) continue;
            var wanted = endpoint["path"]!.GetValue<string>().Split('/');
            if (wanted.Length != parts.Length) continue;
            if (wanted.Zip(parts).All(pair => pair.First.StartsWith('{') ? pair.Second.Length > 0 : pair.First == pair.Second))
                return (name, [.. wanted.Zip(parts).Where(pair => pair.First.StartsWith('{')).Select(pair => pair.Second)]);
        }

        return null;
    }

    /// <summary>What is wrong with these parameters: unknown ones, wrong types, values that are not allowed, missing ones.</summary>
    public static IEnumerable<string> Wrong(string endpoint, IEnumerable<KeyValuePair<string, string>> given) =>
        WrongIn(All["endpoints"]![endpoint]!["params"]!.AsObject(), Tree(given), "");

    /// <summary>Fields of an object that Stripe's has not, or that hold what Stripe's never would.</summary>
    public static IEnumerable<string> WrongObject(string name, JsonObject thing)
    {
        var fields = All["objects"]![name]!.AsObject();
        foreach (var (field, value) in thing)
        {
            if (fields[field] is not JsonObject rule) yield return $"{name}.{field} is not Stripe's";
            else if (value is JsonValue text && text.GetValueKind() == System.Text.Json.JsonValueKind.String && Enum(rule) is { } allowed
                && !allowed.Contains(text.GetValue<string>())) yield return $"{name}.{field} is {text}";
        }
    }

    private static IEnumerable<string> WrongIn(JsonObject rules, JsonObject given, string place)
    {
        foreach (var (name, rule) in rules)
        {
            if (rule!["required"] is { } required && required.GetValue<bool>() && given[name] is null) yield return $"{place}{name} is missing";
        }

        foreach (var (name, value) in given)
        {
            if (rules[name] is not JsonObject rule) yield return $"{place}{name} is unknown";
            else foreach (var wrong in WrongValue(rule, value!, $"{place}{name}")) yield return wrong;
        }
    }

    private static IEnumerable<string> WrongValue(JsonObject rule, JsonNode value, string place)
    {
        if (rule["anyOf"] is JsonArray choices)
            return choices.Any(choice => !WrongValue(choice!.AsObject(), value, place).Any()) ? [] : [$"{place} is none of what it may be"];
        if (rule["props"] is JsonObject props)
            return value is JsonObject inner ? WrongIn(props, inner, place + ".") : [$"{place} is no object"];
        if (rule["type"]?.GetValue<string>() == "map")
            return value is JsonObject map && map.All(pair => pair.Key.Length <= 40 && pair.Value is JsonValue v && v.GetValue<string>().Length <= 500)
                ? []
                : [$"{place} is no map of texts"];
        if (rule["items"] is JsonObject item)
            return value is JsonObject list && list.Select(pair => pair.Key).SequenceEqual(Enumerable.Range(0, list.Count).Select(i => i.ToString(CultureInfo.InvariantCulture)))
                ? list.SelectMany(pair => WrongValue(item, pair.Value!, $"{place}[{pair.Key}]"))
                : [$"{place} is no list"];
        if (value is not JsonValue leaf) return [$"{place} is no single value"];
        var text = leaf.GetValue<string>();
        if (Enum(rule) is { } allowed) return allowed.Contains(text) ? [] : [$"{place} may not be {text}"];
        return rule["type"]?.GetValue<string>() switch
        {
            "integer" => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? [] : [$"{place} is no whole number"],
            "boolean" => text is "true" or "false" ? [] : [$"{place} is neither true nor false"],
            "string" => text.Length > 0 || rule["emptyable"] is not null ? [] : [$"{place} is empty"],
            var other => [$"{place}: the facts' {other} is not understood here"],
        };
    }

    private static HashSet<string>? Enum(JsonObject rule)
    {
        var values = rule["enum"] ?? (rule["enum_ref"] is { } name ? All["enums"]![name.GetValue<string>()] : null);
        return values?.AsArray().Select(v => v!.ToString()).ToHashSet(StringComparer.Ordinal);
    }

    // metadata[a]=1&expand[0]=b becomes { metadata: { a: 1 }, expand: { 0: b } }.
    private static JsonObject Tree(IEnumerable<KeyValuePair<string, string>> given)
    {
        var root = new JsonObject();
        foreach (var (name, value) in given)
        {
            var at = root;
            var steps = name.Replace("]", "", StringComparison.Ordinal).Split('[');
            foreach (var step in steps[..^1])
            {
                if (at[step] is not JsonObject) at[step] = new JsonObject();
                at = at[step]!.AsObject();
            }

            at[steps[^1]] = value;
        }

        return root;
    }
}
