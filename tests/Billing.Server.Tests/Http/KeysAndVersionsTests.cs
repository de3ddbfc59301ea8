using Billing.Client;
using Billing.Client.Contract;
using Billing.Server.Http;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Http;

/// <summary>Who may do what, who saw which version, and pages that hold every row once.</summary>
public sealed class KeysAndVersionsTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 1, 10, 0);

    [Fact]
    public async Task Every_route_lets_in_the_keys_of_its_scope_and_no_others()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        Dictionary<ApiScope, HttpClient> keys = [];
        foreach (var scope in new[] { ApiScope.Read, ApiScope.Write, ApiScope.Portal, ApiScope.Reports, ApiScope.Admin })
            keys[scope] = house.HttpWith((await house.Client.CreateApiKeyAsync(new(Wire.Word(scope), [Wire.Word(scope)]))).Secret);
        using var nobody = house.HttpWith(null);
        using var wrong = house.HttpWith("bk_nonsense");

        foreach (var route in house.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(Routes.IsOurs))
        {
            var method = new HttpMethod(route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0]);
            var path = route.RoutePattern.RawText!.Split('/').Select(p => p.StartsWith('{') ? Guid.Empty.ToString() : p);
            var wanted = route.Metadata.OfType<ApiScope>().Single();

            Assert.Equal(401, await StatusAsync(nobody, method, string.Join('/', path)));
            Assert.Equal(401, await StatusAsync(wrong, method, string.Join('/', path)));
            foreach (var (held, http) in keys)
            {
                // Only whether it is let in: nothing that exists is addressed, and nothing is sent.
                var letIn = await StatusAsync(http, method, string.Join('/', path)) is not 403;
                var may = held == wanted || held == ApiScope.Admin || (held, wanted) == (ApiScope.Write, ApiScope.Read);
                Assert.True(letIn == may, $"{held} at {method} {route.RoutePattern.RawText}: {letIn}");
            }
        }
    }

    [Fact]
    public async Task Nothing_under_v1_is_without_a_scope()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        Assert.DoesNotContain(
            house.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>(),
            e => e.RoutePattern.RawText!.TrimStart('/').StartsWith("v1", StringComparison.Ordinal) && !Routes.IsOurs(e));
    }

    [Fact]
    public async Task A_key_is_rotated_without_downtime_and_revoked_at_once()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var old = await house.Client.CreateApiKeyAsync(new("shop", ["read"]));
        var fresh = await house.Client.RotateApiKeyAsync(old.Key.Id, new(2));
        Assert.Equal(("shop", "read"), (fresh.Key.Name, fresh.Key.Scopes.Single()));
        Assert.Equal((200, 200), (await CustomersAsync(house, old.Secret), await CustomersAsync(house, fresh.Secret)));

        house.Clock.Now += Duration.FromHours(2);
        Assert.Equal((401, 200), (await CustomersAsync(house, old.Secret), await CustomersAsync(house, fresh.Secret)));
        Assert.Equal("key_expired", await CodeOf(house.Client.RotateApiKeyAsync(old.Key.Id, new(2))));

        await house.Client.RevokeApiKeyAsync(fresh.Key.Id);
        Assert.Equal(401, await CustomersAsync(house, fresh.Secret));
    }

    [Fact]
    public async Task A_moved_clock_ends_no_key()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var old = await house.Client.CreateApiKeyAsync(new("shop", ["read"]));
        await house.Client.RotateApiKeyAsync(old.Key.Id, new(2));
        await house.Client.AdvanceClockAsync(new(Days: 30));
        Assert.Equal(200, await CustomersAsync(house, old.Secret));
    }

    [Fact]
    public async Task The_secret_is_not_in_the_database()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var made = await house.Client.CreateApiKeyAsync(new("shop", ["read"]));
        Assert.DoesNotContain(await house.ReadAsync(db => db.ApiKeys.Select(k => k.Hash).ToListAsync(ApiHouse.Cancellation)), h => h.Contains(made.Secret, StringComparison.Ordinal));
        Assert.Equal(["shop", "test"], await house.Client.ListApiKeysAsync().Select(k => k.Name).ToListAsync(ApiHouse.Cancellation));
    }

    [Fact]
    public async Task A_change_based_on_an_older_state_is_refused()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var seen = await house.Client.AddCustomerAsync(new("USD", "UTC"));
        var changed = await house.Client.ChangeCustomerAsync(seen.Id, new("UTC", Name: "Ada"), seen.Version);

        Assert.Equal("version_mismatch", await CodeOf(house.Client.ChangeCustomerAsync(seen.Id, new("UTC", Name: "Bob"), seen.Version)));
        Assert.Equal("version_mismatch", await CodeOf(house.Client.GrantCreditAsync(seen.Id, new(new(5, "USD")), new(Version: seen.Version))));
        await house.Client.GrantCreditAsync(seen.Id, new(new(5, "USD")), new(Version: changed.Version));

        using var blind = await house.Http.PutAsJsonAsync($"/v1/customers/{seen.Id}", new CustomerChange("UTC"), ApiHouse.Cancellation);
        Assert.Equal(428, (int)blind.StatusCode);
        Assert.Equal("Ada", (await house.Client.GetCustomerAsync(seen.Id)).Name);
    }

    [Fact]
    public async Task Of_two_who_change_at_the_same_moment_one_is_told()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var seen = await house.Client.AddCustomerAsync(new("USD", "UTC"));
        var codes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            CodeOf(house.Client.ChangeCustomerAsync(seen.Id, new("UTC", Name: $"Name {i}"), seen.Version))));
        Assert.Equal((1, 7), (codes.Count(c => c is null), codes.Count(c => c == "version_mismatch")));
    }

    [Fact]
    public async Task Pages_hold_every_row_once_newest_first_while_rows_are_added()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        List<Guid> added = [];
        for (var i = 0; i < 25; i++) added.Add((await house.Client.AddCustomerAsync(new("USD", "UTC"))).Id);

        List<Guid> seen = [];
        string? cursor = null;
        do
        {
            var after = cursor is null ? "" : $"&cursor={cursor}";
            var page = await house.Http.GetFromJsonAsync<Page<CustomerView>>($"/v1/customers?limit=7{after}", ApiHouse.Cancellation);
            seen.AddRange(page!.Items.Select(c => c.Id));
            cursor = page.Next;
            await house.Client.AddCustomerAsync(new("USD", "UTC"));
        }
        while (cursor is not null);

        Assert.Equal(Enumerable.Reverse(added), seen);
    }

    [Fact]
    public async Task The_house_says_that_it_lives_and_is_ready_and_how_it_is_to_be_treated()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        using var stranger = house.HttpWith(null);
        Assert.Contains("live", await stranger.GetStringAsync("/health/live"), StringComparison.Ordinal);
        Assert.Contains("ready", await stranger.GetStringAsync("/health/ready"), StringComparison.Ordinal);

        using var answer = await house.Http.GetAsync("/v1/customers");
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.False(answer.Headers.Contains("Server"));
    }

    private static async Task<int> CustomersAsync(ApiHouse house, string key)
    {
        using var http = house.HttpWith(key);
        return await StatusAsync(http, HttpMethod.Get, "/v1/customers");
    }

    private static async Task<int> StatusAsync(HttpClient http, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        using var answer = await http.SendAsync(request);
        return (int)answer.StatusCode;
    }

    private static async Task<string?> CodeOf<T>(Task<T> asked)
    {
        try
        {
            await asked;
            return null;
        }
        catch (BillingProblem problem)
        {
            return problem.Code;
        }
    }
}
