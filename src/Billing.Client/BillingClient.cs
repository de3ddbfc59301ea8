using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Billing.Client.Contract;

namespace Billing.Client;

/// <summary>
/// The API, one method per need. Every POST carries an <c>Idempotency-Key</c>, made here unless the caller gives one, so that
/// a lost connection or an error of the server is retried a few times without doing anything twice.
/// </summary>
/// <remarks>Safe to use from many threads. Every method throws <see cref="BillingProblem"/> when the request is not done.</remarks>
public sealed partial class BillingClient
{
    /// <summary>How often a POST or GET is sent at most.</summary>
    public const int MostTries = 4;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient http;

    /// <summary>Speaks through <paramref name="http"/>, whose base address is the server's.</summary>
    /// <param name="http">The caller's to configure and to dispose.</param>
    /// <param name="apiKey">The key, unless <paramref name="http"/> sends it already.</param>
    public BillingClient(HttpClient http, string? apiKey = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        this.http = http;
        if (apiKey is not null) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
    }

    private Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) =>
        SendAsync<T>(() => new(HttpMethod.Get, path), retry: true, cancellationToken);

    private Task<T> PostAsync<T>(string path, object? body, Once? once, CancellationToken cancellationToken)
    {
        var key = once?.Key ?? Guid.NewGuid().ToString();
        return SendAsync<T>(
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Content(body) };
                request.Headers.Add("Idempotency-Key", key);
                if (once?.Version is { } version) request.Headers.IfMatch.Add(Tag(version));
                return request;
            },
            retry: true, cancellationToken);
    }

    private Task<T> PutAsync<T>(string path, object body, int version, CancellationToken cancellationToken) => SendAsync<T>(
        () =>
        {
            var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = Content(body) };
            request.Headers.IfMatch.Add(Tag(version));
            return request;
        },
        retry: false, cancellationToken);

    /// <summary>All rows of a list, page by page as they are wanted.</summary>
    private async IAsyncEnumerable<T> ListAsync<T>(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        string? cursor = null;
        do
        {
            var page = await GetAsync<Page<T>>(cursor is null ? path : $"{path}{separator}cursor={cursor}", cancellationToken).ConfigureAwait(false);
            foreach (var item in page.Items) yield return item;
            cursor = page.Next;
        }
        while (cursor is not null);
    }

    private async Task<T> SendAsync<T>(Func<HttpRequestMessage> make, bool retry, CancellationToken cancellationToken)
    {
        for (var (tries, pause) = (1, FirstPause); ; tries++, pause *= 2)
        {
            var last = !retry || tries == MostTries;
            try
            {
                using var request = make();
                using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
                if (response.IsSuccessStatusCode)
                    return (await response.Content.ReadFromJsonAsync<T>(Json, cancellationToken).ConfigureAwait(false))!;
                if (last || (int)response.StatusCode < 500)
                    throw new BillingProblem(await ProblemAsync(response, cancellationToken).ConfigureAwait(false));
            }
            catch (Exception e) when (!last && IsLost(e, cancellationToken))
            {
                // Nobody knows whether it arrived: the same key makes asking again safe.
            }

            await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsLost(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException or IOException
        || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private static async Task<ProblemView> ProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        if (response.Content.Headers.ContentType?.MediaType == "application/problem+json")
            return (await response.Content.ReadFromJsonAsync<ProblemView>(Json, cancellationToken).ConfigureAwait(false))!;

        // Not the API itself but something before it: a proxy, a load balancer.
        return new("about:blank", response.ReasonPhrase ?? "", status, $"The server answered {status}.", "unexpected_answer", []);
    }

    private static JsonContent? Content(object? body) => body is null ? null : JsonContent.Create(body, body.GetType(), options: Json);

    private static EntityTagHeaderValue Tag(int version) => new(string.Create(CultureInfo.InvariantCulture, $"\"{version}\""));

    private static string Query(string path, params (string Name, string? Value)[] values)
    {
        var given = values.Where(v => v.Value is not null).Select(v => $"{v.Name}={Uri.EscapeDataString(v.Value!)}").ToList();
        return given.Count == 0 ? path : $"{path}?{string.Join('&', given)}";
    }
}

/// <summary>How a POST is made safe; all of it may be left out.</summary>
/// <param name="Key">An <c>Idempotency-Key</c> of the caller's own, to repeat the request after a restart; 1 to 100 visible ASCII letters.</param>
/// <param name="Version">The version the change rests on: refused with <c>version_mismatch</c> when there is a newer one.</param>
public sealed record Once(string? Key = null, int? Version = null);
