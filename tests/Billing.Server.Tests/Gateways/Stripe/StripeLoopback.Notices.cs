using System.Text;
using System.Text.Json.Nodes;
using Billing.Server.Payments.Gateways;

namespace Billing.Server.Tests.Gateways.Stripe;

// What Stripe tells by itself.
internal sealed partial class StripeLoopback
{
    private readonly List<(string Id, byte[] Body)> notices = [];

    /// <summary>Every notice made so far, oldest first, as it goes over the wire.</summary>
    public IReadOnlyList<(string Id, byte[] Body)> Notices
    {
        get { lock (gate) return [.. notices]; }
    }

    /// <summary>Sends notices to the house, in this order, and demands that each is taken.</summary>
    public async Task DeliverAsync(HttpClient house, string path, IEnumerable<byte[]> bodies, CancellationToken cancellationToken)
    {
        foreach (var body in bodies)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new("application/json");
            request.Headers.TryAddWithoutValidation("Stripe-Signature", NoticeSignature.Sign(body, Clock.GetCurrentInstant(), WebhookSecrets[0]));
            using var answer = await house.SendAsync(request, cancellationToken);
            Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellationToken)}");
        }
    }

    /// <summary>A notice as Stripe writes it.</summary>
    public static byte[] NoticeOf(string id, string type, JsonObject thing, long created, string? version = null) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["id"] = id, ["object"] = "event", ["api_version"] = version ?? StripeFacts.Version, ["created"] = created, ["livemode"] = false,
        ["pending_webhooks"] = 1, ["request"] = null, ["type"] = type, ["data"] = new JsonObject { ["object"] = thing },
    }.ToJsonString());

    private JsonObject Tell(string type, JsonObject thing)
    {
        if (!StripeFacts.EventTypes.Contains(type)) Violations.Enqueue($"The loopback itself: no event {type}");
        var id = NewId("evt");
        notices.Add((id, NoticeOf(id, type, Copy(thing), NowSeconds)));
        return thing;
    }
}
