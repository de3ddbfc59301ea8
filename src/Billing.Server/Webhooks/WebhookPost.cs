using System.Globalization;
using System.Net;
using System.Net.Mime;
using System.Text;
using Billing.Server.BillingRun;

namespace Billing.Server.Webhooks;

/// <summary>Posts a signed message and says what the receiver answered. Follows nobody elsewhere, and waits for nobody long.</summary>
/// <param name="secrets">What messages are signed with.</param>
/// <param name="clock">Whose wall time they carry.</param>
/// <param name="configuration">How long a receiver may take.</param>
/// <param name="wire">What stands before the wire; nothing by default.</param>
internal sealed class WebhookPost(
    WebhookSecrets secrets, BillingClock clock, IConfiguration configuration, DelegatingHandler? wire = null) : IDisposable
{
    private const int UsualSeconds = 10;
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    private readonly HttpClient http = new(Before(wire, new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = ConnectionLifetime,
    }))
    {
        Timeout = TimeSpan.FromSeconds(configuration.GetValue("Billing:Webhooks:LongestSeconds", UsualSeconds)),
    };

    /// <summary>The answer, or why there was none.</summary>
    public async Task<(HttpStatusCode? Status, string? Trouble)> SendAsync(
        WebhookEndpoint endpoint, string id, string body, CancellationToken cancellationToken)
    {
        // The receiver looks at its own clock, not at the sandbox's.
        var at = clock.WallNow;
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Url);
        request.Content = new StringContent(body, Encoding.UTF8, MediaTypeNames.Application.Json);
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", secrets.Sign(endpoint, id, at, body));
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return (answer.StatusCode, answer.IsSuccessStatusCode ? null : $"It answered {(int)answer.StatusCode}.");
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return (null, e is HttpRequestException ? e.Message : "It did not answer in time.");
        }
    }

    public void Dispose() => http.Dispose();

    private static HttpMessageHandler Before(DelegatingHandler? wire, SocketsHttpHandler sockets)
    {
        if (wire is null) return sockets;
        wire.InnerHandler = sockets;
        return wire;
    }
}
