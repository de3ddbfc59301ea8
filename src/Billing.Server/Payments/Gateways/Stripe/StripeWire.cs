using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Billing.Server.Payments.Gateways.Stripe;

/// <summary>Stripe's HTTP: what is sent, what comes back. Knows nothing of what it means.</summary>
internal sealed partial class StripeWire : IDisposable
{
    /// <summary>The version of Stripe's API this is written for; sent with every request, demanded of every notice.</summary>
    public const string Version = "2026-10-28.endive";

    private const int PageSize = 100;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
    };

    private readonly HttpClient http;
    private readonly StripeCalls calls;
    private readonly ILogger log;

    public StripeWire(StripeSettings settings, ILogger<StripeWire> log)
    {
        this.log = log;
        calls = new(settings, log);
        // Each try has a time of its own; see StripeCalls.
        http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false })
        {
            BaseAddress = settings.Address,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        http.DefaultRequestHeaders.Authorization = new("Bearer", settings.Key);
        http.DefaultRequestHeaders.Add("Stripe-Version", Version);
        http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("Billing", "1"));
    }

    /// <summary>Whether this can be one of Stripe's ids: whatever else somebody sends has no business in an address.</summary>
    public static bool IsId(string text) => Ids().IsMatch(text);

    /// <summary>Reads something.</summary>
    /// <exception cref="GatewaySilent">No answer, after all tries.</exception>
    public Task<StripeReply> GetAsync(string path, StripeForm query, bool somebodyWaits, CancellationToken cancellationToken)
    {
        var address = query.Any() ? $"{path}?{query.Encode()}" : path;
        return SendAsync(path, () => new HttpRequestMessage(HttpMethod.Get, address), somebodyWaits, cancellationToken);
    }

    /// <summary>Does something, once per key: every try carries the same.</summary>
    /// <exception cref="GatewaySilent">No answer, after all tries: it may have been done or not.</exception>
    public Task<StripeReply> PostAsync(string path, StripeForm form, string key, bool somebodyWaits, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetBytes(form.Encode());
        return SendAsync(path, Request, somebodyWaits, cancellationToken);

        HttpRequestMessage Request()
        {
            var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new("application/x-www-form-urlencoded");
            request.Headers.Add("Idempotency-Key", key);
            return request;
        }
    }

    /// <summary>A whole list, page by page; Stripe's newest come first.</summary>
    public async IAsyncEnumerable<T> ListAsync<T>(
        string path, StripeForm query, Func<T, string> idOf, bool somebodyWaits, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? after = null;
        while (true)
        {
            var paged = new StripeForm { { "limit", PageSize } };
            foreach (var (name, value) in query) paged.Add(name, value);
            if (after is not null) paged.Add("starting_after", after);

            var page = (await GetAsync(path, paged, somebodyWaits, cancellationToken)).Read<StripePage<T>>();
            foreach (var item in page.Data) yield return item;
            if (!page.HasMore || page.Data.Count == 0) yield break;
            after = idOf(page.Data[^1]);
        }
    }

    public void Dispose()
    {
        http.Dispose();
        calls.Dispose();
    }

    internal static T Parse<T>(ReadOnlySpan<byte> body) => JsonSerializer.Deserialize<T>(body, Json) ?? throw new JsonException("Nothing where an object should be.");

    private async Task<StripeReply> SendAsync(string path, Func<HttpRequestMessage> make, bool somebodyWaits, CancellationToken cancellationToken)
    {
        var reply = await calls.UntilAnsweredAsync(
            path, async stop =>
            {
                using var request = make();
                using var response = await http.SendAsync(request, stop);
                var read = new StripeReply(response, await response.Content.ReadAsByteArrayAsync(stop));
                // Addresses hold ids only; bodies, queries and headers are not logged.
                log.LogInformation("Stripe {Method} {Path}: {Status}, request {RequestId}", request.Method, path, read.Status, read.RequestId);
                return read;
            },
            somebodyWaits, cancellationToken);

        return reply.Status is (int)HttpStatusCode.Unauthorized or (int)HttpStatusCode.Forbidden
            ? throw new InvalidOperationException($"Stripe does not let this key do it: {reply}. See Billing:Stripe in docs/operations.md.")
            : reply;
    }

    [GeneratedRegex("^[A-Za-z0-9_]{1,255}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ids();
}
