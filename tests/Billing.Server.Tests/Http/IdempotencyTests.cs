using System.Text;
using Billing.Client;
using Billing.Server.Http;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Http;

/// <summary>Same key and same body, same answer: at once, at the same moment, after a refusal, after a restart.</summary>
public sealed class IdempotencyTests(PostgresServer postgres)
{
    private const string NewCustomer = """{"currency":"USD","timeZone":"UTC","externalId":"app-1"}""";
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 1, 10, 0);

    [Fact]
    public async Task The_same_key_and_body_get_the_same_answer_once_done_even_after_a_restart()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var first = await SendAsync(house, "/v1/customers", "k1", NewCustomer);
        var second = await SendAsync(house, "/v1/customers", "k1", NewCustomer);
        await house.RestartAsync();
        var third = await SendAsync(house, "/v1/customers", "k1", NewCustomer);

        Assert.Equal((201, "\"1\"", false), (first.Status, first.ETag, first.Replayed));
        Assert.StartsWith("/v1/customers/", first.Location, StringComparison.Ordinal);
        Assert.Equal(first with { Replayed = true }, second);
        Assert.Equal(first with { Replayed = true }, third);
        Assert.Equal(1, await CustomersAsync(house));
    }

    [Fact]
    public async Task The_same_key_for_something_else_is_refused()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        await SendAsync(house, "/v1/customers", "k1", NewCustomer);

        var body = await SendAsync(house, "/v1/customers", "k1", NewCustomer.Replace("app-1", "app-2", StringComparison.Ordinal));
        var path = await SendAsync(house, "/v1/plans", "k1", NewCustomer);

        Assert.Equal(422, body.Status);
        Assert.Contains("idempotency_key_reused", body.Body, StringComparison.Ordinal);
        Assert.Contains("idempotency_key_reused", path.Body, StringComparison.Ordinal);
        Assert.Equal(1, await CustomersAsync(house));
    }

    [Fact]
    public async Task Another_callers_same_key_is_another_key()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var other = await house.Client.CreateApiKeyAsync(new("other", ["write"]));
        using var theirs = house.HttpWith(other.Secret);

        var mine = await SendAsync(house, "/v1/customers", "k1", NewCustomer);
        var their = await SendAsync(theirs, "/v1/customers", "k1", """{"currency":"EUR","timeZone":"UTC"}""");

        Assert.Equal((201, 201, false), (mine.Status, their.Status, their.Replayed));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Twenty_at_the_same_moment_do_it_once_and_all_get_the_answer(bool onPostgres)
    {
        await using var house = onPostgres ? await ApiHouse.OnPostgresAsync(postgres, Now) : await ApiHouse.OnSqliteAsync(Now);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SendAsync(house, "/v1/customers", "k1", """{"currency":"USD","timeZone":"UTC"}""")));

        Assert.Single(answers.Select(a => (a.Status, a.Body, a.Location, a.ETag)).Distinct());
        Assert.Equal((201, 19), (answers[0].Status, answers.Count(a => a.Replayed)));
        Assert.Equal(1, await CustomersAsync(house));
    }

    [Fact]
    public async Task A_refusal_is_kept_and_leaves_nothing_behind_but_itself()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        const string Path = "/v1/customers/00000000-0000-7000-8000-000000000000/subscriptions";
        const string Body = """{"plan":"pro","cadence":{"unit":"month"}}""";

        var refused = await SendAsync(house, Path, "k1", Body);
        var again = await SendAsync(house, Path, "k1", Body);

        Assert.Equal(404, refused.Status);
        Assert.Equal(refused with { Replayed = true }, again);
        Assert.Equal(1, await AnswersAsync(house));
    }

    [Fact]
    public async Task What_could_not_be_understood_is_not_kept()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var bad = await SendAsync(house, "/v1/customers", "k1", "{");
        Assert.Equal((400, 0), (bad.Status, await AnswersAsync(house)));
        Assert.Equal(201, (await SendAsync(house, "/v1/customers", "k1", NewCustomer)).Status);
    }

    [Fact]
    public async Task An_effect_that_is_rolled_back_keeps_no_answer()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var customer = await house.Client.AddCustomerAsync(new("USD", "UTC"));
        // The series is gone: numbering fails in the middle of issuing, which is a bug and not a refusal.
        var draft = await house.Client.DraftInvoiceAsync(customer.Id, new([new("Setup", new(1000, "USD"))]));
        await house.ReadAsync(db => db.NumberSeries.ExecuteDeleteAsync(ApiHouse.Cancellation));
        var before = await AnswersAsync(house);

        var failed = await SendAsync(house, $"/v1/invoices/{draft.Id}/issue", "k1", "");

        Assert.Equal((500, before), (failed.Status, await AnswersAsync(house)));
        Assert.Equal("draft", (await house.Client.GetInvoiceAsync(draft.Id)).Status);
        Assert.DoesNotContain("series", failed.Body, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_asks_the_gateway_keeps_its_answer_too_and_is_done_once_by_twenty()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var customer = await house.Client.AddCustomerAsync(new("USD", "UTC"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            SendAsync(house, $"/v1/customers/{customer.Id}/cards", "k1", """{"token":"pm_card_visa"}""")));

        Assert.Single(answers.Select(a => (a.Status, a.Body)).Distinct());
        Assert.Equal(19, answers.Count(a => a.Replayed));
        Assert.Single(await house.Client.ListCardsAsync(customer.Id).ToListAsync(ApiHouse.Cancellation));
    }

    [Fact]
    public async Task A_secret_is_given_again_to_who_asked_and_is_not_in_the_database()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var first = await house.Client.CreateApiKeyAsync(new("x", ["read"]), new("k1"));
        var second = await house.Client.CreateApiKeyAsync(new("x", ["read"]), new("k1"));

        Assert.Equal(first.Secret, second.Secret);
        Assert.All(
            await house.ReadAsync(db => db.IdempotentAnswers.Select(a => a.Body!).ToListAsync(ApiHouse.Cancellation)),
            body => Assert.DoesNotContain(first.Secret, body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Answers_are_forgotten_after_two_days_not_before()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        await SendAsync(house, "/v1/customers", "k1", NewCustomer);
        house.Clock.Now += AnswerBook.Kept - Duration.FromHours(1);
        Assert.True((await SendAsync(house, "/v1/customers", "k1", NewCustomer)).Replayed);

        house.Clock.Now += Duration.FromHours(2);
        await SendAsync(house, "/v1/customers", "k2", """{"currency":"USD","timeZone":"UTC"}""");
        await SendAsync(house, "/v1/customers", "k2", """{"currency":"USD","timeZone":"UTC"}""");
        Assert.Equal(["k2"], await house.ReadAsync(db => db.IdempotentAnswers.Select(a => a.Key).ToListAsync(ApiHouse.Cancellation)));
    }

    [Fact]
    public async Task The_typed_client_asks_again_with_the_same_key_when_the_connection_is_lost()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        using var lossy = new HttpClient(new LosesAnswers(2) { InnerHandler = new HttpClientHandler() }) { BaseAddress = house.Address };

        await new BillingClient(lossy, house.AdminKey).AddCustomerAsync(new("USD", "UTC"));

        Assert.Equal(1, await CustomersAsync(house));
    }

    private static Task<Got> SendAsync(ApiHouse house, string path, string key, string body) => SendAsync(house.Http, path, key, body);

    private static async Task<Got> SendAsync(HttpClient http, string path, string key, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        if (body.Length > 0) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Add(Idempotency.Header, key);
        using var answer = await http.SendAsync(request);
        return new(
            (int)answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers.Location?.ToString(), answer.Headers.ETag?.Tag,
            answer.Headers.Contains(Idempotency.Replayed));
    }

    private static Task<int> CustomersAsync(ApiHouse house) => house.ReadAsync(db => db.Customers.CountAsync(ApiHouse.Cancellation));

    private static Task<int> AnswersAsync(ApiHouse house) => house.ReadAsync(db => db.IdempotentAnswers.CountAsync(ApiHouse.Cancellation));

    private sealed record Got(int Status, string Body, string? Location, string? ETag, bool Replayed);

    /// <summary>Lets requests arrive and loses the first answers.</summary>
    private sealed class LosesAnswers(int times) : DelegatingHandler
    {
        private int left = times;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            return left-- > 0 ? throw new HttpRequestException("The connection was lost.") : answer;
        }
    }
}
