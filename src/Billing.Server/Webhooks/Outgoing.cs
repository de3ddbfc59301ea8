using System.Text.Json.Nodes;
using Billing.Notices;
using Billing.Server.Customers;
using Billing.Server.Http;
using Billing.Server.Notices;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Webhooks;

/// <summary>A delivery with all it needs: to whom, and the message, which is the same at every try.</summary>
internal sealed record Outgoing(WebhookDelivery Delivery, WebhookEndpoint Endpoint, string EventId, string Body)
{
    /// <summary>Reads a batch.</summary>
    public static async Task<List<Outgoing>> ReadAsync(BillingDbContext db, IReadOnlyList<Guid> ids, Instant now, CancellationToken cancellationToken)
    {
        var rows = await db.WebhookDeliveries.AsNoTracking().Where(d => ids.Contains(d.Id) && d.NextTryAt <= now)
            .Join(db.WebhookEndpoints.AsNoTracking(), d => d.EndpointId, e => e.Id, (delivery, endpoint) => new { delivery, endpoint })
            .Join(db.History.AsNoTracking(), r => r.delivery.EventId, h => h.Id, (r, entry) => new { r.delivery, r.endpoint, entry })
            .Join(db.Customers.AsNoTracking(), r => r.entry.CustomerId, c => c.Id, (r, customer) => new { r.delivery, r.endpoint, r.entry, customer.ExternalId })
            .ToListAsync(cancellationToken);

        var said = rows.Select(r => r.entry).Where(e => e.Type == nameof(NoticeDue)).Select(e => ((NoticeDue)e.Read()).NoticeId).Distinct().ToList();
        var letters = said.Count == 0 ? [] : await db.Letters.AsNoTracking().Where(l => said.Contains(l.Id)).ToDictionaryAsync(l => l.Id, cancellationToken);
        return [.. rows.OrderBy(r => r.delivery.NextTryAt).Select(r => new Outgoing(
            r.delivery, r.endpoint, $"evt_{r.entry.Id:N}", BodyOf(r.entry, r.ExternalId, letters)))];
    }

    private static string BodyOf(HistoryEntry entry, string? externalId, Dictionary<Guid, Letter> letters)
    {
        var data = new JsonObject
        {
            ["customerId"] = entry.CustomerId.Value,
            ["externalId"] = externalId,
            ["sequence"] = entry.Sequence,
            ["on"] = entry.On.Iso(),
            ["actor"] = entry.Actor,
            ["fact"] = JsonNode.Parse(entry.Data),
        };
        if (entry.Type == nameof(NoticeDue) && letters.TryGetValue(((NoticeDue)entry.Read()).NoticeId, out var letter))
        {
            // All that is needed to say it in the app's own voice, or to send it as it is.
            data["message"] = new JsonObject
            {
                ["language"] = letter.Language, ["to"] = letter.To, ["subject"] = letter.Subject, ["text"] = letter.Text, ["html"] = letter.Html,
            };
        }

        return new JsonObject { ["type"] = EventTypes.Of(entry.Type), ["timestamp"] = entry.At.Iso(), ["data"] = data }.ToJsonString(BillingJson.Options);
    }
}
