namespace Billing.Server.Payments.Gateways.Stripe;

/// <summary>How Stripe is reached; read once at the start, and refused when half of it is missing.</summary>
internal sealed record StripeSettings
{
    private const string Section = "Billing:Stripe";

    private const int MostPerSecond = 10_000, UsualLive = 80, UsualTest = 20;

    /// <summary>The secret or restricted key. Never logged.</summary>
    public required string Key { get; init; }

    /// <summary>What notices are signed with; several while one replaces the other. Never logged.</summary>
    public required IReadOnlyList<string> WebhookSecrets { get; init; }

    /// <summary>The most requests in a second, below what the account may send: 100 live, 25 in test mode.</summary>
    public required int RequestsPerSecond { get; init; }

    /// <summary>Where Stripe is.</summary>
    public Uri Address { get; init; } = new("https://api.stripe.com");

    /// <summary>How often and how long a call is tried.</summary>
    public StripePatience Patience { get; init; } = new();

    /// <summary>A test key moves no real money.</summary>
    public bool IsTest => Key.Contains("_test_", StringComparison.Ordinal);

    /// <summary>The settings; <see langword="null"/> where nothing about Stripe is said.</summary>
    /// <exception cref="InvalidOperationException">Half of it is missing, or it cannot be what it says. The value itself is not repeated.</exception>
    public static StripeSettings? From(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        if (!section.Exists()) return null;

        var key = section["Key"]?.Trim() ?? "";
        var secrets = Secrets(section);
        Demand(key.StartsWith("sk_", StringComparison.Ordinal) || key.StartsWith("rk_", StringComparison.Ordinal),
            $"{Section}:Key has to be a secret (sk_) or restricted (rk_) key.");
        Demand(secrets.Length > 0, $"{Section}:WebhookSecrets is missing: without it no notice can be believed.");
        Demand(secrets.All(secret => secret.StartsWith("whsec_", StringComparison.Ordinal)),
            $"{Section}:WebhookSecrets has to be signing secrets (whsec_), parted by commas.");

        var address = section["Address"] is { Length: > 0 } text ? new Uri(text) : new Uri("https://api.stripe.com");
        Demand(address.Scheme == Uri.UriSchemeHttps || address.IsLoopback, $"{Section}:Address has to be https: the key travels there.");

        var settings = new StripeSettings { Key = key, WebhookSecrets = secrets, RequestsPerSecond = 1, Address = address };
        var rate = section.GetValue("RequestsPerSecond", settings.IsTest ? UsualTest : UsualLive);
        Demand(rate is >= 1 and <= MostPerSecond, $"{Section}:RequestsPerSecond has to be from 1 to {MostPerSecond}.");
        return settings with { RequestsPerSecond = rate };
    }

    /// <summary>Says nothing of what is secret, wherever it is written.</summary>
    public override string ToString() => $"Stripe at {Address} ({(IsTest ? "test" : "live")}), {RequestsPerSecond} requests a second";

    // One text with commas, as an environment variable holds it, or a list in a file.
    private static string[] Secrets(IConfigurationSection section) =>
    [
        .. section.GetSection("WebhookSecrets").GetChildren().Select(child => child.Value)
            .Append(section["WebhookSecrets"])
            .SelectMany(text => (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
    ];

    private static void Demand(bool holds, string otherwise)
    {
        if (!holds) throw new InvalidOperationException(otherwise);
    }
}
