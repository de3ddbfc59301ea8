using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Billing.Server.Payments.Gateways.Stripe;

namespace Billing.Server.Tests.Gateways.Stripe;

/// <summary>
/// Stripe on this machine: real HTTP, its wire format, its idempotency, its test cards, a ledger of its own, and trouble on
/// demand. Whatever a request has that Stripe would not take is kept in <see cref="Violations"/>.
/// </summary>
internal sealed partial class StripeLoopback : IAsyncDisposable
{
    public const string Key = "sk_test_loopback";

    /// <summary>What Stripe's sentences may hold, and nobody of ours may repeat.</summary>
    public const string Telltale = "You sent sk_test_loopback, 4242424242424242 and pi_1_secret_2.";

    private readonly WebApplication server;
    private readonly Lock gate = new();
    private readonly Dictionary<string, Told> answers = new(StringComparer.Ordinal);
    private readonly string mark = Guid.NewGuid().ToString("N")[..6];
    private int ids;

    private StripeLoopback(IClock clock)
    {
        Clock = clock;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        server = builder.Build();
        server.Run(AnswerAsync);
    }

    public IClock Clock { get; }

    public Uri Address => new(server.Urls.Single());

    /// <summary>The secret notices are signed with, and the one it replaced.</summary>
    public IReadOnlyList<string> WebhookSecrets { get; } = ["whsec_new", "whsec_old"];

    /// <summary>What Stripe would not have taken, or would not have said.</summary>
    public ConcurrentQueue<string> Violations { get; } = new();

    /// <summary>When each request came, by a stopwatch, and what it was.</summary>
    public ConcurrentQueue<(TimeSpan At, string Line)> Requests { get; } = new();

    /// <summary>Trouble for a request, by its line (<c>POST /v1/payment_intents</c>) and its key; none by default.</summary>
    public Func<string, string?, Trouble> Disturb { get; set; } = static (_, _) => Trouble.None;

    /// <summary>Now, by the stopwatch of <see cref="Requests"/>.</summary>
    public TimeSpan Elapsed => Watch.Elapsed;

    private Stopwatch Watch { get; } = Stopwatch.StartNew();

    public static async Task<StripeLoopback> OpenAsync(IClock clock)
    {
        var loopback = new StripeLoopback(clock);
        await loopback.server.StartAsync();
        return loopback;
    }

    /// <summary>The settings by which the adapter finds it.</summary>
    public StripeSettings Settings(int perSecond = 10_000, StripePatience? patience = null) => new()
    {
        Key = Key,
        WebhookSecrets = WebhookSecrets,
        RequestsPerSecond = perSecond,
        Address = Address,
        Patience = patience ?? new() { Retries = 6, FirstWait = TimeSpan.FromMilliseconds(10), LongestWait = TimeSpan.FromMilliseconds(150) },
    };

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        var line = $"{http.Request.Method} {http.Request.Path}";
        if (http.Request.Path.StartsWithSegments("/page", StringComparison.Ordinal))
        {
            await PageAsync(http);
            return;
        }

        Requests.Enqueue((Watch.Elapsed, line));
        var form = http.Request.HasFormContentType ? (await http.Request.ReadFormAsync()).SelectMany(Flat).ToList() : [.. http.Request.Query.SelectMany(Flat)];
        var key = http.Request.Headers["Idempotency-Key"].SingleOrDefault();
        CheckHeaders(http, line, key);

        var trouble = Disturb(line, key);
        if (trouble == Trouble.DropBefore || Drops(line, form, Trouble.DropBefore))
        {
            http.Abort();
            return;
        }

        if (trouble == Trouble.Delay) await Task.Delay(150, http.RequestAborted);
        var told = trouble switch
        {
            Trouble.RateLimited => new(429, Error("invalid_request_error", "rate_limit"), [("Stripe-Rate-Limited-Reason", "global-rate")]),
            Trouble.RateLimitedForASecond => new(429, Error("invalid_request_error", "rate_limit"), [("Retry-After", "1")]),
            Trouble.LockTimeout => new(429, Error("invalid_request_error", "lock_timeout"), []),
            Trouble.Conflict => new(409, Error("invalid_request_error", "idempotency_key_in_use"), []),
            Trouble.Unavailable => new(503, "<html>Service unavailable</html>", []),
            Trouble.NotAllowed => new(401, Error("invalid_request_error", "secret_key_required"), []),
            Trouble.MustNotTryAgain => new(500, Error("api_error", null), [("Stripe-Should-Retry", "false")]),
            _ => await OnceAsync(http, line, form, key, trouble),
        };

        if (trouble == Trouble.DropAfter || Drops(line, form, Trouble.DropAfter))
        {
            http.Abort();
            return;
        }

        http.Response.StatusCode = told.Status;
        http.Response.Headers["Request-Id"] = NewId("req");
        http.Response.Headers["Stripe-Version"] = StripeFacts.Version;
        foreach (var (name, value) in told.Headers) http.Response.Headers[name] = value;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(told.Body, http.RequestAborted);
    }

    /// <summary>Does what is asked, and for a known key tells again what it told.</summary>
    private async Task<Told> OnceAsync(HttpContext http, string line, List<KeyValuePair<string, string>> form, string? key, Trouble trouble)
    {
        if (key is null) return Execute(http, line, form, trouble);
        var question = $"{line} {string.Join('&', form.Select(p => $"{p.Key}={p.Value}"))}";
        lock (gate)
        {
            if (answers.TryGetValue(key, out var earlier) && Clock.GetCurrentInstant() - earlier.At < Duration.FromHours(24))
            {
                return earlier.Question != question ? new(400, Error("idempotency_error", null), [])
                    : earlier.Status == 0 ? new(409, Error("invalid_request_error", "idempotency_key_in_use"), [])
                    : earlier with { Headers = [("Idempotent-Replayed", "true")] };
            }

            answers[key] = new Told(0, "", []) { Question = question, At = Clock.GetCurrentInstant() };
        }

        // As long as the first is at work, a second with the same key is turned away.
        await Task.Yield();
        var told = Execute(http, line, form, trouble);
        lock (gate)
        {
            // What never began is not remembered.
            if (told.Began) answers[key] = told with { Question = question, At = Clock.GetCurrentInstant() };
            else answers.Remove(key);
        }

        return told;
    }

    private Told Execute(HttpContext http, string line, List<KeyValuePair<string, string>> form, Trouble trouble)
    {
        if (StripeFacts.EndpointOf(http.Request.Method, http.Request.Path) is not var (name, path)) return Wrong($"{line} is not in the facts");
        var wrong = StripeFacts.Wrong(name, form).ToList();
        if (wrong.Count > 0) return Wrong($"{line}: {string.Join(", ", wrong)}");

        lock (gate)
        {
            if (trouble == Trouble.ErrorStored) return new(500, Error("api_error", null), []) { Began = true };
            try
            {
                var done = Do(name, path, form.ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal));
                return trouble == Trouble.ErrorStoredAfter
                    ? new(500, Error("api_error", null), []) { Began = true }
                    : new(200, done.ToJsonString(), []) { Began = true };
            }
            catch (StripeSaysNo no)
            {
                return new(no.Status, new JsonObject { ["error"] = no.Error }.ToJsonString(), []) { Began = no.Began };
            }
        }
    }

    private Told Wrong(string what)
    {
        Violations.Enqueue(what);
        return new(400, Error("invalid_request_error", "parameter_unknown"), []);
    }

    private void CheckHeaders(HttpContext http, string line, string? key)
    {
        var headers = http.Request.Headers;
        if (headers.Authorization != $"Bearer {Key}") Violations.Enqueue($"{line}: no key");
        if (headers["Stripe-Version"] != StripeFacts.Version) Violations.Enqueue($"{line}: version {headers["Stripe-Version"]}");
        if (string.IsNullOrEmpty(headers.UserAgent)) Violations.Enqueue($"{line}: no name");
        if (http.Request.Method != "POST") return;
        if (http.Request.ContentType != "application/x-www-form-urlencoded") Violations.Enqueue($"{line}: {http.Request.ContentType}");
        if (key is not { Length: > 0 and <= 255 }) Violations.Enqueue($"{line}: no idempotency key");
    }

    private string NewId(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}_{mark}{Interlocked.Increment(ref ids):D6}");

    private long NowSeconds => Clock.GetCurrentInstant().ToUnixTimeSeconds();

    private static string Error(string type, string? code)
    {
        var error = new JsonObject { ["type"] = type, ["message"] = Telltale };
        if (code is not null) error["code"] = code;
        return new JsonObject { ["error"] = error }.ToJsonString();
    }

    private static IEnumerable<KeyValuePair<string, string>> Flat(KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues> pair) =>
        pair.Value.Select(value => KeyValuePair.Create(pair.Key, value ?? ""));

    private sealed record Told(int Status, string Body, (string Name, string Value)[] Headers)
    {
        public string Question { get; init; } = "";

        public Instant At { get; init; }

        /// <summary>Whether the endpoint set to work: what did not is not remembered for its key.</summary>
        public bool Began { get; init; }
    }
}

/// <summary>What can happen to a request on its way, at Stripe, or on its way back.</summary>
internal enum Trouble
{
    None,
    RateLimited,
    RateLimitedForASecond,
    LockTimeout,
    Conflict,
    Unavailable,
    NotAllowed,

    /// <summary>500, and Stripe's word that trying again is no use.</summary>
    MustNotTryAgain,

    /// <summary>500 before anything was captured, and the same 500 for the same key from then on.</summary>
    ErrorStored,

    /// <summary>Carried out, and told as 500 for ever.</summary>
    ErrorStoredAfter,

    Delay,
    DropBefore,
    DropAfter,
}

/// <summary>An answer that is an error; most are remembered for their key, as at Stripe.</summary>
internal sealed class StripeSaysNo(int status, JsonObject error, bool began = true) : Exception
{
    public int Status => status;

    public JsonObject Error => error;

    public bool Began => began;

    public static StripeSaysNo Invalid(string code, string? param, bool began = true)
    {
        var error = new JsonObject { ["type"] = "invalid_request_error", ["code"] = code, ["message"] = StripeLoopback.Telltale };
        if (param is not null) error["param"] = param;
        return new(code == "resource_missing" ? 404 : 400, error, began);
    }
}
