using System.Collections.Concurrent;
using System.Net;
using Billing.Server.BillingRun;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Webhooks;

/// <summary>
/// Delivers events: a customer's in their order, customers beside each other. An endpoint that does not answer is left alone
/// for a while, and nothing is lost meanwhile; an event it refuses for days is given up, and can be replayed.
/// </summary>
internal sealed class DeliverWebhooks(BillingDatabase database, WebhookPost post, ILogger<DeliverWebhooks> log) : Pass(database)
{
    /// <summary>Tries before an event is given up: about three days.</summary>
    public const int MostAttempts = 20;

    private const int AtOnce = 8;
    private static readonly Duration Patience = Duration.FromMinutes(5);

    public override int BatchSize => 50;

    public override string Name => "webhooks";

    public override async Task DoAsync(IReadOnlyList<Guid> ids, Instant now, CancellationToken cancellationToken)
    {
        List<Outgoing> outgoing;
        await using (var db = Database.Open()) outgoing = await Outgoing.ReadAsync(db, ids, now, cancellationToken);

        var resting = new ConcurrentDictionary<Guid, bool>();
        await Parallel.ForEachAsync(
            outgoing, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (one, stop) =>
            {
                if (!resting.ContainsKey(one.Endpoint.Id) && !await DeliverAsync(one, now, stop)) resting[one.Endpoint.Id] = true;
            });
    }

    protected override IQueryable<Guid> Due(BillingDbContext db, Instant now) => db.WebhookDeliveries
        .Where(d => d.NextTryAt <= now)
        .Where(d => db.WebhookEndpoints.Any(e => e.Id == d.EndpointId && e.Enabled && (e.RestsUntil == null || e.RestsUntil <= now)))
        // A customer's events go one after the other: none overtakes one that is not delivered yet.
        .Where(d => !db.WebhookDeliveries.Any(
            earlier => earlier.EndpointId == d.EndpointId && earlier.CustomerId == d.CustomerId && earlier.NextTryAt != null && earlier.Sequence < d.Sequence))
        .Where(d => !db.SetAside.Any(a => a.Pass == "webhooks" && a.SubjectId == d.Id && a.RetryAt > now))
        .OrderBy(d => d.NextTryAt).ThenBy(d => d.Id)
        .Select(d => d.Id);

    /// <returns>Whether the endpoint may be told more now.</returns>
    private async Task<bool> DeliverAsync(Outgoing one, Instant now, CancellationToken cancellationToken)
    {
        await using var db = Database.Open();
        var taken = await db.WebhookDeliveries.Where(d => d.Id == one.Delivery.Id && d.NextTryAt <= now).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.NextTryAt, now + Patience).SetProperty(d => d.Attempts, d => d.Attempts + 1), cancellationToken);
        if (taken == 0) return true;

        var (status, trouble) = await post.SendAsync(one.Endpoint, one.EventId, one.Body, cancellationToken);
        var attempts = one.Delivery.Attempts + 1;
        var (state, next, isWell) = status switch
        {
            { } ok when (int)ok is >= 200 and < 300 => (DeliveryState.Delivered, (Instant?)null, true),
            // Not this event, but the endpoint: it rests, and the event goes first when it is back.
            null or HttpStatusCode.TooManyRequests or HttpStatusCode.Gone or >= HttpStatusCode.InternalServerError => (DeliveryState.Waiting, now, false),
            _ when attempts >= MostAttempts => (DeliveryState.GivenUp, null, true),
            _ => (DeliveryState.Waiting, now + WebhookEndpoint.Wait(attempts), true),
        };
        if (trouble is not null)
            log.LogWarning("Webhook {Event} to endpoint {Endpoint} was not taken at attempt {Attempt}: {Trouble}", one.EventId, one.Endpoint.Id, attempts, trouble);

        Instant? delivered = state == DeliveryState.Delivered ? now : null;
        var kept = trouble?[..Math.Min(trouble.Length, WebhookDelivery.LongestTrouble)];
        await db.WebhookDeliveries.Where(d => d.Id == one.Delivery.Id).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.State, state).SetProperty(d => d.NextTryAt, next).SetProperty(d => d.DeliveredAt, delivered)
                .SetProperty(d => d.LastStatus, (int?)status).SetProperty(d => d.Trouble, kept), CancellationToken.None);
        await NoteAsync(db, one.Endpoint, status, isWell, now);
        return isWell;
    }

    /// <summary>How the endpoint does; of several answers at once one is enough.</summary>
    private static async Task NoteAsync(BillingDbContext db, WebhookEndpoint known, HttpStatusCode? status, bool isWell, Instant now)
    {
        if (isWell && known.Failures == 0) return;
        var endpoint = await db.WebhookEndpoints.SingleAsync(e => e.Id == known.Id, CancellationToken.None);
        if (isWell) endpoint.Heard();
        else if (status == HttpStatusCode.Gone) endpoint.Disable();
        else if (!(endpoint.RestsUntil > now)) endpoint.Rest(now);
        try
        {
            await db.SaveChangesAsync(CancellationToken.None);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Another answer of the same moment said it already.
        }
    }
}
