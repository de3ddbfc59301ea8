namespace Billing.Server.Pages;

/// <summary>Which sites may show a customer's pages inside their own: setting <c>Billing:Pages:EmbeddedBy</c>, origins parted by spaces.</summary>
public sealed record Embedding(IReadOnlyList<string> Origins)
{
    /// <summary>Whether anybody may.</summary>
    public bool IsAllowed => Origins.Count > 0;

    /// <summary>Reads and checks it.</summary>
    /// <exception cref="InvalidOperationException">One of them is no origin.</exception>
    public static Embedding From(IConfiguration configuration)
    {
        var origins = (configuration["Billing:Pages:EmbeddedBy"] ?? "")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return origins.FirstOrDefault(o => !IsOrigin(o)) is { } odd
            ? throw new InvalidOperationException($"Billing:Pages:EmbeddedBy names origins such as https://app.example.com; \"{odd}\" is none.")
            : new(origins);
    }

    private static bool IsOrigin(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri is { Scheme: "http", IsLoopback: true })
        && uri.GetLeftPart(UriPartial.Authority) == text;

    /// <summary>A cookie is sent inside another site's page only when it says so, and then over an encrypted connection only.</summary>
    public void Apply(CookieBuilder cookie)
    {
        if (!IsAllowed) return;
        cookie.SameSite = SameSiteMode.None;
        cookie.SecurePolicy = CookieSecurePolicy.Always;
        cookie.Extensions.Add("Partitioned");
    }
}
