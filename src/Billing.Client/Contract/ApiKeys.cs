namespace Billing.Client.Contract;

/// <summary>A key to make.</summary>
/// <param name="Name">Who it is for; appears in the history as <c>key:name</c>. 60 letters at most.</param>
/// <param name="Scopes"><c>read</c>, <c>write</c>, <c>portal</c>, <c>reports</c>, <c>admin</c>.</param>
public sealed record NewApiKey(string Name, IReadOnlyList<string> Scopes);

/// <summary>How a key is to be replaced.</summary>
/// <param name="OverlapHours">How long the old one works beside the new one; 0 to 168.</param>
public sealed record ApiKeyRotation(int OverlapHours = 24);

/// <summary>A key, without its secret.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Name">Who it was given to.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="CreatedAt">ISO instant, UTC.</param>
/// <param name="ExpiresAt">When it stops working, if that is planned.</param>
public sealed record ApiKeyView(Guid Id, string Name, IReadOnlyList<string> Scopes, string CreatedAt, string? ExpiresAt);

/// <summary>A key that was just made. The secret is shown this once and kept nowhere.</summary>
/// <param name="Key">The key.</param>
/// <param name="Secret">Sent as <c>Authorization: Bearer bk_…</c>.</param>
public sealed record NewApiKeyView(ApiKeyView Key, string Secret);
