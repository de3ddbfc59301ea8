using System.Text.Json.Nodes;
using Billing.Server.Tests.Infrastructure;

namespace Billing.Server.Tests.Http;

public sealed class ApiDocumentTests
{
    private const string Refresh = "BILLING_REWRITE_OPENAPI";
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 1, 10, 0);

    [Fact]
    public async Task The_committed_document_is_the_one_the_server_gives()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        using var stranger = house.HttpWith(null);
        var given = JsonNode.Parse(await stranger.GetStringAsync("/openapi/v1.json"))!.ToJsonString(new() { WriteIndented = true }) + "\n";
        var path = Repository.At("docs", "openapi.json");
        if (Environment.GetEnvironmentVariable(Refresh) == "1") await File.WriteAllTextAsync(path, given, ApiHouse.Cancellation);

        var committed = await File.ReadAllTextAsync(path, ApiHouse.Cancellation);
        Assert.True(committed == given, $"docs/openapi.json is not what the server gives; run this test with {Refresh}=1 and look at the difference.");
    }

    [Fact]
    public async Task Every_operation_says_what_it_needs_and_how_it_fails()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var document = JsonNode.Parse(await house.Http.GetStringAsync("/openapi/v1.json"))!;
        Assert.StartsWith("3.1", (string)document["openapi"]!, StringComparison.Ordinal);

        foreach (var (path, operations) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in operations!.AsObject())
            {
                Assert.True(operation!["operationId"] is not null && operation["summary"] is not null, $"{method} {path}");
                Assert.Contains("scope", (string)operation["description"]!, StringComparison.Ordinal);
                Assert.NotNull(operation["responses"]!["default"]!["content"]!["application/problem+json"]);
                var headers = operation["parameters"]?.AsArray().Where(p => (string)p!["in"]! == "header").Select(p => (string)p!["name"]!) ?? [];
                Assert.Equal(method == "post", headers.Contains("Idempotency-Key"));
            }
        }
    }

    [Fact]
    public async Task The_page_to_try_it_needs_nothing_from_elsewhere()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        using var stranger = house.HttpWith(null);
        var page = await stranger.GetStringAsync("/docs/index.html");
        Assert.Contains("swagger-ui", page, StringComparison.Ordinal);
        Assert.DoesNotContain("//unpkg", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"http", page, StringComparison.Ordinal);
        using var script = await stranger.GetAsync("/docs/swagger-ui-bundle.js");
        Assert.True(script.IsSuccessStatusCode);
    }
}
