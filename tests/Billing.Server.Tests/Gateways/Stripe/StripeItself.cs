using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Billing.Payments;
using Billing.Server.Payments.Gateways.Stripe;

namespace Billing.Server.Tests.Gateways.Stripe;

/// <summary>Stripe's own test mode, for whoever has a key: the contract's settings, and a second look at its book.</summary>
internal sealed class StripeItself : IDisposable
{
    public const string Variable = "STRIPE_TEST_KEY";

    private readonly HttpClient http = new() { BaseAddress = new("https://api.stripe.com") };

    private StripeItself(string key)
    {
        Settings = new() { Key = key, WebhookSecrets = ["whsec_new", "whsec_old"], RequestsPerSecond = 20 };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>What Stripe's test mode can act out without a person.</summary>
    public static GatewayTestCards Cards { get; } = new()
    {
        Succeeds = "pm_card_visa",
        NeedsAuthentication = "pm_card_authenticationRequired",
        RefusedWhenKept = "pm_card_visa_chargeDeclinedStolenCard",
        Declining = new Dictionary<DeclineClass, string> { [DeclineClass.Soft] = "pm_card_chargeCustomerFail" },
    };

    public StripeSettings Settings { get; }

    public Instant Now => SystemClock.Instance.GetCurrentInstant();

    public static StripeItself? IfThereIsAKey() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } key
        ? key.Contains("_test_", StringComparison.Ordinal) ? new(key) : throw new InvalidOperationException($"{Variable} is no test key.")
        : null;

    /// <summary>Stripe counts in seconds.</summary>
    public async Task<Instant> LaterAsync(CancellationToken cancellationToken)
    {
        var next = Instant.FromUnixTimeSeconds(Now.ToUnixTimeSeconds() + 1);
        while (Now < next) await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        return next;
    }

    public async Task<IReadOnlyList<Money>> CapturesOfAsync(InvoiceId invoice) =>
    [
        .. from payment in await ListAsync("/v1/payment_intents?limit=100")
           where (string?)payment["status"] == "succeeded" && (string?)payment["metadata"]?["billing_invoice"] == invoice.ToString()
           select MoneyOf(payment),
    ];

    public async Task<IReadOnlyList<Money>> RefundsOfAsync(string payment) =>
        [.. (await ListAsync($"/v1/refunds?limit=100&payment_intent={payment}")).Select(MoneyOf)];

    public void Dispose() => http.Dispose();

    private async Task<IEnumerable<JsonNode>> ListAsync(string path) =>
        JsonNode.Parse(await http.GetStringAsync(new Uri(path, UriKind.Relative)))!["data"]!.AsArray().Reverse().OfType<JsonNode>();

    private static Money MoneyOf(JsonNode thing) => new((long)thing["amount"]!, Currency.Of(((string)thing["currency"]!).ToUpperInvariant()));
}
