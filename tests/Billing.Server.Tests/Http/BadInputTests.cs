using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Billing.Client.Contract;
using Billing.Server.Tests.Infrastructure;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Http;

/// <summary>Whatever is sent: a problem that names the field, and not one row more or less in any table.</summary>
public sealed class BadInputTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 1, 10, 0);

    /// <summary>Every route that takes a body, a good body, and what of it is made bad, with the field that is to be named.</summary>
    private static readonly (string Route, string Good, (string Field, string Bad, string Named)[] Bad)[] Table =
    [
        ("POST /v1/plans", """{"code":"gold","name":"Gold","pricing":"flat","trialDays":0}""",
        [
            ("code", "\"\"", "code"), ("code", "\"Has Space\"", "code"), ("code", "\"pro\"", "code"), ("name", "\"\"", "name"),
            ("pricing", "\"free\"", "pricing"), ("trialDays", "-1", "trialDays"), ("trialDays", "366", "trialDays"),
        ]),
        ("POST /v1/plans/{code}/prices", """{"unitAmount":{"amount":100,"currency":"USD"},"cadence":{"unit":"month","count":1}}""",
        [
            ("unitAmount", """{"amount":-1,"currency":"USD"}""", "unitAmount"), ("unitAmount", """{"amount":1,"currency":"XXZ"}""", "unitAmount.currency"),
            ("unitAmount", """{"amount":1000000000001,"currency":"USD"}""", "unitAmount"), ("unitAmount", """{"amount":1.5,"currency":"USD"}""", "unitAmount.amount"),
            ("unitAmount", """{"amount":"1","currency":"USD"}""", "unitAmount.amount"), ("unitAmount", """{"amount":99999999999999999999,"currency":"USD"}""", "unitAmount.amount"),
            ("unitAmount", """{"amount":1,"currency":null}""", "unitAmount.currency"), ("unitAmount", """{"amount":1}""", "unitAmount.currency"),
            ("unitAmount", """{"amount":1,"currency":"USD","extra":1}""", "unitAmount.extra"),
            ("cadence", """{"unit":"fortnight","count":1}""", "cadence.unit"), ("cadence", """{"unit":"month","count":0}""", "cadence.count"),
            ("cadence", """{"unit":"month","count":121}""", "cadence.count"), ("cadence", """{"unit":"day","count":-2147483648}""", "cadence.count"),
            ("cadence", """{"unit":null}""", "cadence.unit"),
        ]),
        ("POST /v1/plans/{code}/price-moves", """{"currency":"USD","cadence":{"unit":"month","count":1},"from":"2026-04-01"}""",
        [
            ("currency", "\"usd\"", "currency"), ("currency", "\"EUR\"", "cadence"), ("currency", "\"\"", "currency"),
            ("cadence", """{"unit":"year"}""", "cadence"), ("cadence", """{"unit":"moon"}""", "cadence.unit"), ("cadence", """{"unit":"month","count":1}""", "cadence"),
            ("from", "\"2026-03-30\"", "from"), ("from", "\"2026-02-30\"", "from"), ("from", "\"9999-12-31\"", "from"), ("from", "null", "from"),
        ]),
        ("POST /v1/discounts", """{"code":"ten","name":"Ten","percentBasisPoints":1000}""",
        [
            ("code", "\"welcome\"", "code"), ("percentBasisPoints", "0", "percentBasisPoints"), ("percentBasisPoints", "10001", "percentBasisPoints"),
            ("percentBasisPoints", "null", "percentBasisPoints"), ("amount", """{"amount":5,"currency":"USD"}""", "percentBasisPoints"),
            ("periods", "0", "periods"), ("periods", "121", "periods"), ("periods", "2147483648", "periods"),
        ]),
        ("POST /v1/customers", """{"currency":"USD","timeZone":"UTC","externalId":"new","email":"a@example.com","country":"BD","locale":"en"}""",
        [
            ("currency", "\"usd\"", "currency"), ("currency", "\"US\"", "currency"), ("currency", "\"ZZZ\"", "currency"),
            ("timeZone", "\"Mars/Olympus\"", "timeZone"), ("timeZone", "\"\"", "timeZone"), ("externalId", "\"taken\"", "externalId"),
            ("email", "\"not a mail\"", "email"), ("country", "\"Bangladesh\"", "country"), ("locale", "\"xx\"", "locale"), ("name", "\"a\\u0000b\"", "name"),
            ("name", "\"\\ud800\"", "name"), ("name", "5", "name"), ("name", "{}", "name"),
        ]),
        ("PUT /v1/customers/{customer}", """{"timeZone":"UTC","externalId":"other","email":"a@example.com","locale":"bn"}""",
        [
            ("timeZone", "\"Nowhere\"", "timeZone"), ("externalId", "\"taken\"", "externalId"), ("email", "\"@\"", "email"),
            ("locale", "\"de\"", "locale"), ("currency", "\"EUR\"", "currency"),
        ]),
        ("POST /v1/reports/acquisition-costs", """{"month":"2026-04","spent":{"amount":100,"currency":"USD"}}""",
        [
            ("month", "\"2026-13\"", "month"), ("month", "\"\"", "month"), ("month", "null", "month"), ("month", "5", "month"),
            ("spent", """{"amount":-1,"currency":"USD"}""", "spent.amount"), ("spent", """{"amount":1,"currency":"XXZ"}""", "spent.currency"),
        ]),
        ("POST /v1/customers/{customer}/credits", """{"amount":{"amount":100,"currency":"USD"}}""",
        [
            ("amount", """{"amount":0,"currency":"USD"}""", "amount.amount"), ("amount", """{"amount":-5,"currency":"USD"}""", "amount.amount"),
            ("amount", """{"amount":9223372036854775807,"currency":"USD"}""", "amount.amount"), ("amount", """{"amount":5,"currency":"EUR"}""", "amount.currency"),
        ]),
        ("POST /v1/customers/{customer}/card-setups", """{"returnTo":"https://shop.example/account"}""",
        [
            ("returnTo", "\"\"", "returnTo"), ("returnTo", "\"account\"", "returnTo"), ("returnTo", "\"javascript:alert(1)\"", "returnTo"),
            ("returnTo", "7", "returnTo"),
        ]),
        ("POST /v1/customers/{customer}/cards", """{"token":"pm_card_visa"}""",
        [
            ("token", "\"\"", "token"), ("token", "\"no_such_token\"", "token"), ("token", "\"pm_card_visa_chargeDeclined\"", "token"),
            ("makeDefault", "\"yes\"", "makeDefault"), ("makeDefault", "null", "makeDefault"),
        ]),
        ("POST /v1/customers/{customer}/subscriptions", """{"plan":"pro","cadence":{"unit":"month","count":1}}""",
        [
            ("plan", "\"nope\"", "plan"), ("cadence", """{"unit":"year"}""", "cadence"), ("cadence", """{"unit":"moon"}""", "cadence.unit"),
            ("quantity", "0", "quantity"), ("quantity", "2", "quantity"), ("quantity", "-2147483648", "quantity"), ("quantity", "1.0", "quantity"),
            ("trialDays", "-1", "trialDays"), ("trialDays", "366", "trialDays"), ("discounts", """["nope"]""", "discounts"),
            ("discounts", "[null]", "discounts"), ("discounts", """["a","b","c","d","e","f"]""", "discounts"), ("discounts", "\"welcome\"", "discounts"),
            ("negotiatedUnitAmount", """{"amount":5,"currency":"EUR"}""", "negotiatedUnitAmount.currency"),
            ("negotiatedUnitAmount", """{"amount":-5,"currency":"USD"}""", "negotiatedUnitAmount"),
        ]),
        ("POST /v1/subscriptions/{subscription}/cancel", """{"when":"period_end"}""", [("when", "\"tomorrow\"", "when"), ("when", "1", "when")]),
        ("POST /v1/subscriptions/{subscription}/quotes", """{"when":"period_end"}""",
        [
            ("plan", "\"nope\"", "plan"), ("plan", "\"\"", "plan"), ("quantity", "0", "quantity"), ("quantity", "2", "quantity"),
            ("cadence", """{"unit":"moon"}""", "cadence.unit"), ("cadence", """{"unit":"week"}""", "cadence"),
            ("currency", "\"EUR\"", "currency"), ("currency", "\"E\"", "currency"), ("when", "\"later\"", "when"),
        ]),
        ("POST /v1/subscriptions/{subscription}/change", """{"token":"e30"}""",
            [("token", "\"\"", "token"), ("token", "\"abc\"", "token"), ("token", "5", "token")]),
        ("POST /v1/subscriptions/{subscription}/breaks/preview", """{"returnOn":"2026-06-01"}""", BadBreaks),
        ("POST /v1/subscriptions/{subscription}/breaks", """{"returnOn":"2026-06-01"}""", BadBreaks),
        ("POST /v1/subscriptions/{subscription}/breaks/extend", """{"returnOn":"2026-06-01"}""",
            [("returnOn", "\"tomorrow\"", "returnOn"), ("returnOn", "5", "returnOn")]),
        ("POST /v1/plans/{code}/break-terms", """{"fee":{"amount":500,"currency":"USD"},"shortestDays":14,"longestDays":180}""",
        [
            ("fee", """{"amount":-1,"currency":"USD"}""", "fee"), ("fee", """{"amount":1,"currency":"XXZ"}""", "fee.currency"),
            ("shortestDays", "6", "shortestDays"), ("longestDays", "13", "longestDays"), ("longestDays", "732", "longestDays"),
            ("perYear", "0", "perYear"), ("daysBetween", "-1", "daysBetween"), ("access", "\"some\"", "access"), ("keeps", "null", "keeps"),
        ]),
        ("POST /v1/subscriptions/{subscription}/cancel-sessions", """{"channel":"portal","language":"bn"}""",
            [("channel", "\"signed_out\"", "channel"), ("language", "\"de\"", "language"), ("language", "\"\"", "language")]),
        ("POST /v1/cancel-sessions/{session}/reason", """{"reason":"other","text":"Much"}""",
            [("reason", "\"because\"", "reason"), ("reason", "\"\"", "reason"), ("text", "\"a\\u0000b\"", "text")]),
        ("POST /v1/cancel-sessions/{session}/outcome", """{"leave":"now"}""",
        [
            ("leave", "\"tomorrow\"", "leave"), ("leave", "null", "leave"), ("stay", "true", "leave"), ("takeOffer", "true", "leave"),
            ("stay", "\"yes\"", "stay"), ("paymentDay", "\"2026-02-30\"", "paymentDay"),
        ]),
        ("POST /v1/subscriptions/{subscription}/discounts", """{"discount":"welcome"}""",
            [("discount", "\"nope\"", "discount"), ("discount", "\"\"", "discount"), ("discount", "\"euros\"", "discount")]),
        ("POST /v1/customers/{customer}/invoices", """{"items":[{"description":"Setup","unitAmount":{"amount":100,"currency":"USD"},"quantity":1}]}""",
        [
            ("items", "[null]", "items"), ("items", "{}", "items"),
            ("items", """[{"description":"","unitAmount":{"amount":1,"currency":"USD"}}]""", "items[0].description"),
            ("items", """[{"description":"x","unitAmount":{"amount":1,"currency":"USD"},"quantity":0}]""", "items[0].quantity"),
            ("items", """[{"description":"x","unitAmount":{"amount":1000000000000,"currency":"USD"},"quantity":1000000}]""", "items[0].unitAmount.amount"),
            ("items", """[{"description":"x","unitAmount":{"amount":1,"currency":"USD"}},{"description":"x","unitAmount":{"amount":1,"currency":"EUR"}}]""", "items[1].unitAmount.currency"),
            ("items", """[{"description":"x"}]""", "items[0].unitAmount"),
        ]),
        ("POST /v1/invoices/{draft}/items", """{"description":"Setup","unitAmount":{"amount":100,"currency":"USD"},"quantity":1}""",
        [
            ("description", "\"\"", "description"), ("quantity", "-1", "quantity"), ("quantity", "1000001", "quantity"),
            ("unitAmount", """{"amount":-9223372036854775808,"currency":"USD"}""", "unitAmount.amount"),
            ("unitAmount", """{"amount":1,"currency":"JPY"}""", "unitAmount.currency"),
        ]),
        ("POST /v1/invoices/{open}/credit-notes", """{"amount":{"amount":1,"currency":"USD"},"reason":"Sorry"}""",
        [
            ("amount", """{"amount":0,"currency":"USD"}""", "amount.amount"), ("amount", """{"amount":100000,"currency":"USD"}""", "amount"),
            ("amount", """{"amount":1,"currency":"EUR"}""", "amount.currency"), ("reason", "\"\"", "reason"),
        ]),
        ("POST /v1/customers/{customer}/cards/{card}/agree-to-backup", """{"agreedBy":"Rina, by telephone"}""", [("agreedBy", "\"\"", "agreedBy"), ("agreedBy", "null", "agreedBy")]),
        ("POST /v1/customers/{customer}/dunning/pay", """{"cardId":"00000000-0000-0000-0000-000000000000"}""", [("cardId", "\"visa\"", "cardId"), ("cardId", "7", "cardId")]),
        ("POST /v1/customers/{customer}/dunning/day", """{"day":"2026-02-20"}""", [("day", "\"soon\"", "day"), ("day", "\"2026-02-30\"", "day"), ("day", "null", "day")]),
        ("POST /v1/customers/{customer}/dunning/grace", """{"until":"2026-02-20","reason":"In hospital"}""",
            [("until", "\"soon\"", "until"), ("until", "\"2026-02-30\"", "until"), ("reason", "\"\"", "reason"), ("reason", "null", "reason")]),
        ("POST /v1/customers/{customer}/dunning/forgive", """{"reason":"Ours was the fault"}""", [("reason", "\"\"", "reason"), ("reason", "null", "reason")]),
        ("POST /v1/customers/{customer}/dunning/stop", """{"reason":"Ours was the fault"}""", [("reason", "\"\"", "reason"), ("reason", "null", "reason")]),
        ("POST /v1/customers/{customer}/dunning/personal", """{"reason":"I call her"}""", [("reason", "\"\"", "reason"), ("reason", "null", "reason")]),
        ("POST /v1/customers/{customer}/dunning/exemption", """{"exempt":true,"reason":"Pays by transfer"}""",
            [("exempt", "\"yes\"", "exempt"), ("exempt", "null", "exempt"), ("reason", "\"\"", "reason"), ("reason", "null", "reason")]),
        ("POST /v1/dunning/policies", """{"policy":"{}"}""", [("policy", "\"\"", "policy"), ("policy", "\"{\"", "policy"), ("policy", "\"{}\"", "policy"), ("policy", "{}", "policy")]),
        ("POST /v1/payments/{payment}/confirmation", """{"returnTo":"https://shop.example/account"}""",
            [("returnTo", "\"\"", "returnTo"), ("returnTo", "\"account\"", "returnTo"), ("returnTo", "\"javascript:alert(1)\"", "returnTo")]),
        ("POST /v1/payments/{payment}/answer", """{"captured":true,"reason":"Looked there"}""",
            [("captured", "\"yes\"", "captured"), ("captured", "null", "captured"), ("reason", "\"\"", "reason"), ("gatewayReference", $"\"{new string('x', 201)}\"", "gatewayReference")]),
        ("POST /v1/refunds/{refund}/answer", """{"sent":true,"reason":"Looked there"}""",
            [("sent", "\"yes\"", "sent"), ("sent", "null", "sent"), ("reason", "\"\"", "reason"), ("gatewayReference", $"\"{new string('x', 201)}\"", "gatewayReference")]),
        ("POST /v1/payments/{payment}/refunds", """{"reason":"Sorry"}""",
        [
            ("reason", "\"\"", "reason"), ("amount", """{"amount":0,"currency":"USD"}""", "amount.amount"), ("amount", """{"amount":-1,"currency":"USD"}""", "amount.amount"),
            ("fromCredit", "\"yes\"", "fromCredit"),
        ]),
        ("POST /v1/invoices/{open}/received-payments", """{"by":"bank_transfer","amount":{"amount":100,"currency":"USD"},"reference":"T 1","receivedOn":"2026-01-30"}""",
        [
            ("by", "\"pigeon\"", "by"), ("by", "null", "by"), ("amount", """{"amount":0,"currency":"USD"}""", "amount.amount"), ("amount", """{"amount":1,"currency":"EUR"}""", "amount.currency"),
            ("reference", "\"\"", "reference"), ("receivedOn", "\"yesterday\"", "receivedOn"), ("receivedOn", "\"2026-02-30\"", "receivedOn"),
        ]),
        ("POST /v1/api-keys", """{"name":"x","scopes":["read"]}""",
        [
            ("name", "\"\"", "name"), ("scopes", "[]", "scopes"), ("scopes", """["root"]""", "scopes"), ("scopes", "[null]", "scopes"),
            ("scopes", "\"read\"", "scopes"),
        ]),
        ("POST /v1/api-keys/{key}/rotate", """{"overlapHours":1}""", [("overlapHours", "-1", "overlapHours"), ("overlapHours", "169", "overlapHours")]),
        ("POST /v1/webhook-endpoints", """{"url":"https://example.com/hooks"}""",
        [
            ("url", "\"http://example.com/hooks\"", "url"), ("url", "\"https://name:word@example.com\"", "url"), ("url", "\"\"", "url"),
            ("secret", "\"short\"", "secret"),
        ]),
        ("POST /v1/webhook-endpoints/{endpoint}/rotate-secret", """{"overlapHours":1}""",
            [("overlapHours", "-1", "overlapHours"), ("overlapHours", "169", "overlapHours")]),
        ("POST /v1/webhook-endpoints/{endpoint}/replay", """{"since":"2026-01-01T00:00:00Z"}""",
            [("since", "\"soon\"", "since"), ("since", "null", "since")]),
        ("POST /v1/sandbox/clock/advance", """{"days":1}""",
        [
            ("days", "0", "days"), ("days", "401", "days"), ("days", "-1", "days"), ("to", "\"2030-01-01T00:00:00Z\"", "to"), ("days", "null", "to"),
        ]),
    ];

    private static (string Field, string Bad, string Named)[] BadBreaks =>
    [
        ("returnOn", "\"soon\"", "returnOn"), ("returnOn", "\"2026-02-30\"", "returnOn"), ("returnOn", "20260601", "returnOn"),
        ("when", "\"later\"", "when"), ("askedHow", "\"nicely\"", "askedHow"), ("reason", $"\"{new string('x', 501)}\"", "reason"),
    ];

    [Fact]
    public async Task Bad_input_is_answered_with_the_fields_name_and_nothing_is_written()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var ids = await FurnishAsync(house);
        var before = await RowsAsync(house);
        List<string> wrong = [];

        foreach (var (route, good, bads) in Table)
        {
            var (method, path) = (route.Split(' ')[0], ids.Aggregate(route.Split(' ')[1], (p, id) => p.Replace($"{{{id.Key}}}", id.Value, StringComparison.Ordinal)));
            var cases = bads.Select(bad => (Body: With(good, bad.Field, bad.Bad), (string?)bad.Named)).Concat(Anywhere(good));
            foreach (var (body, named) in cases)
            {
                if (await WrongAsync(house.Http, new(method), path, body, named) is { } what) wrong.Add($"{route} {Short(body)}: {what}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(before, await RowsAsync(house));
    }

    [Fact]
    public async Task Every_route_that_takes_a_body_is_in_the_table()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var routes = house.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/v1", StringComparison.Ordinal) && e.Metadata.GetMetadata<IAcceptsMetadata>() is not null)
            .Select(e => $"{e.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0]} {Segments(e.RoutePattern.RawText!)}");

        Assert.Equal(routes.Order(StringComparer.Ordinal), Table.Select(t => t.Route).Select(r => $"{r.Split(' ')[0]} {Segments(r.Split(' ')[1])}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("GET", "/v1/customers?limit=0", 400, "limit")]
    [InlineData("GET", "/v1/customers?limit=101", 400, "limit")]
    [InlineData("GET", "/v1/customers?limit=many", 400, "limit")]
    [InlineData("GET", "/v1/customers?cursor=garbage", 400, "cursor")]
    [InlineData("GET", "/v1/customers?externalId=%00", 400, "externalId")]
    [InlineData("GET", "/v1/invoices?status=lost", 400, "status")]
    [InlineData("GET", "/v1/invoices?customerId=7", 400, "customerId")]
    [InlineData("GET", "/v1/reports/mrr?from=2026-02-30&to=2026-03-01", 400, "from")]
    [InlineData("GET", "/v1/reports/mrr?from=2026-03-01", 400, "to")]
    [InlineData("GET", "/v1/reports/mrr?from=2026-03-02&to=2026-03-01", 422, "to")]
    [InlineData("GET", "/v1/reports/mrr?from=0001-01-01&to=9999-12-31", 422, "to")]
    [InlineData("GET", "/v1/reports/mrr?from=9999-12-31&to=9999-12-31&by=day", 422, "to")]
    [InlineData("GET", "/v1/reports/mrr?from=2026-03-01&to=2026-03-01&by=year", 400, "by")]
    [InlineData("GET", "/v1/reports/retention?from=2026-03-02&to=2026-03-01", 422, "to")]
    [InlineData("GET", "/v1/reports/pack?month=March", 400, "month")]
    [InlineData("GET", "/v1/reports/metrics?from=2026-13&to=2026-12", 400, "from")]
    [InlineData("GET", "/v1/reports/metrics?from=2020-01&to=2026-12", 422, "to")]
    [InlineData("GET", "/v1/reports/movements?currency=USD&month=2026-03&kind=up", 400, "kind")]
    [InlineData("GET", "/v1/reports/movements?currency=usd&month=2026-03", 400, "currency")]
    [InlineData("GET", "/v1/customers/not-a-guid", 404, null)]
    [InlineData("GET", "/v1/customers/00000000-0000-0000-0000-000000000000", 404, null)]
    [InlineData("GET", "/v1/nowhere", 404, null)]
    [InlineData("DELETE", "/v1/customers", 405, null)]
    public async Task Bad_addresses_and_parameters_are_problems_too(string method, string path, int status, string? field)
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        using var answer = await house.Http.SendAsync(new(new(method), path));
        var problem = await ProblemOf(answer);
        Assert.Equal((status, status), ((int)answer.StatusCode, problem!.Status));
        Assert.Equal(field is null ? [] : [field], problem.Errors.Select(e => e.Field));
    }

    [Fact]
    public async Task A_body_where_none_is_wanted_is_refused()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        using var answer = await house.Http.PostAsync("/v1/runs", Json("""{"force":true}"""));
        Assert.Equal("unexpected_body", (await ProblemOf(answer))!.Code);
    }

    [Fact]
    public async Task A_body_that_is_not_called_JSON_is_refused()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        using var answer = await house.Http.PostAsync("/v1/plans", new StringContent("code=gold", Encoding.UTF8, "application/x-www-form-urlencoded"));
        Assert.Equal((415, "unsupported_media_type"), ((int)answer.StatusCode, (await ProblemOf(answer))!.Code));
    }

    private static async Task<Dictionary<string, string>> FurnishAsync(ApiHouse house)
    {
        var client = house.Client;
        await client.CreatePlanAsync(new("pro", "Pro"));
        await client.SetPriceAsync("pro", new(new(4900, "USD"), new("month")));
        await client.CreatePlanAsync(new("basic", "Basic"));
        await client.SetPriceAsync("basic", new(new(900, "USD"), new("month")));
        await client.CreateDiscountAsync(new("welcome", "Welcome", 1000));
        await client.CreateDiscountAsync(new("euros", "Euros", Amount: new(100, "EUR")));
        await client.AddCustomerAsync(new("USD", "UTC", "taken"));
        var customer = await client.AddCustomerAsync(new("USD", "UTC"));
        var subscription = await client.StartSubscriptionAsync(customer.Id, new("basic", new("month")));
        var session = await client.StartCancelSessionAsync(subscription.Id);
        var item = new NewInvoiceItem("Setup", new(1000, "USD"));
        var draft = await client.DraftInvoiceAsync(customer.Id, new([item]));
        var open = await client.IssueInvoiceAsync((await client.DraftInvoiceAsync(customer.Id, new([item]))).Id);
        var key = await client.CreateApiKeyAsync(new("other", ["read"]));
        var endpoint = await client.RegisterWebhookEndpointAsync(new("https://example.com/hooks"));
        return new(StringComparer.Ordinal)
        {
            ["code"] = "pro",
            ["customer"] = customer.Id.ToString(),
            ["subscription"] = subscription.Id.ToString(),
            ["session"] = session.Id.ToString(),
            ["draft"] = draft.Id.ToString(),
            ["open"] = open.Id.ToString(),
            ["card"] = Guid.Empty.ToString(),
            ["payment"] = Guid.Empty.ToString(),
            ["refund"] = Guid.Empty.ToString(),
            ["key"] = key.Key.Id.ToString(),
            ["endpoint"] = endpoint.Endpoint.Id.ToString(),
        };
    }

    // What is bad about any body: its shape, a field nobody knows, and every one of its fields turned inside out.
    private static IEnumerable<(string Body, string? Named)> Anywhere(string good)
    {
        yield return ("", null);
        yield return ("null", null);
        yield return ("[]", "");
        yield return ("7", "");
        yield return ("{", "");
        yield return (good[..^1], "*");
        yield return (good[..^1] + ",}", "*");
        yield return (good + good, "*");
        yield return (With(good, "surprise", "1"), "surprise");
        yield return (new string('[', 500) + new string(']', 500), "*");
        yield return (With(good, "surprise", $"\"{new string('x', 300 * 1024)}\""), "too large");
        foreach (var (name, value) in JsonNode.Parse(good)!.AsObject())
        {
            yield return (With(good, name, value is JsonValue number && number.GetValueKind() == JsonValueKind.Number ? "\"1\"" : "1"), "*");
            if (value!.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False)) yield return (With(good, name, "true"), "*");
            yield return ($$"""{"{{name}}":{{value!.ToJsonString()}},{{good[1..]}}""", name);
            if (value is JsonValue text && text.GetValueKind() == JsonValueKind.String) yield return (With(good, name, $"\"{new string('x', 5000)}\""), name);
        }
    }

    private static async Task<string?> WrongAsync(HttpClient http, HttpMethod method, string path, string body, string? named)
    {
        using var request = new HttpRequestMessage(method, path) { Content = Json(body) };
        if (method == HttpMethod.Put) request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        using var answer = await http.SendAsync(request);
        var (status, problem) = ((int)answer.StatusCode, await ProblemOf(answer));
        if (named == "too large") return (status, problem?.Code) == (413, "body_too_large") ? null : $"{status} {problem}";
        if (problem is null || status is not (400 or 422) || problem.Status != status) return $"{status} {await answer.Content.ReadAsStringAsync()}";
        return named switch
        {
            null => problem.Errors.Count == 0 ? null : $"names {problem.Errors[0].Field}",
            "*" => problem.Errors.Count > 0 ? null : $"{problem.Code} names nothing",
            _ => problem.Errors.Any(e => e.Field == named) ? null : $"{status} {problem.Code} names {string.Join(", ", problem.Errors.Select(e => e.Field))}, not {named}",
        };
    }

    private static async Task<ProblemView?> ProblemOf(HttpResponseMessage answer) =>
        answer.Content.Headers.ContentType?.MediaType == "application/problem+json"
            ? await answer.Content.ReadFromJsonAsync<ProblemView>(ApiHouse.Cancellation)
            : null;

    private static async Task<Dictionary<string, int>> RowsAsync(ApiHouse house) => await house.ReadAsync(async db =>
    {
        Dictionary<string, int> rows = new(StringComparer.Ordinal);
        foreach (var table in db.Model.GetEntityTypes().Select(e => e.GetTableName()!).Distinct())
        {
            var count = $"SELECT count(*) AS \"Value\" FROM {table}";
            rows[table] = await db.Database.SqlQueryRaw<int>(count).SingleAsync(ApiHouse.Cancellation);
        }

        return rows;
    });

    private static string With(string good, string field, string value)
    {
        var body = JsonNode.Parse(good)!.AsObject();
        body.Remove(field);
        var rest = body.ToJsonString();
        return $"{{\"{field}\":{value}{(rest == "{}" ? "}" : "," + rest[1..])}";
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));

    private static string Short(string body) => body.Length < 200 ? body : body[..200] + "…";

    private static string Segments(string path) => string.Join('/', path.TrimEnd('/').Split('/').Select(s => s.StartsWith('{') ? "{}" : s));
}
