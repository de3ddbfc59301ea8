using Billing.Server.Customers;
using NodaTime;

namespace Billing.Server.Webhooks;

/// <summary>Where a delivery stands.</summary>
public enum DeliveryState
{
    /// <summary>To be delivered.</summary>
    Waiting,

    /// <summary>The receiver said yes.</summary>
    Delivered,

    /// <summary>The receiver said no for days.</summary>
    GivenUp,
}

/// <summary>One event on its way to one endpoint, and what became of it: the delivery log.</summary>
public sealed class WebhookDelivery
{
    /// <summary>The longest trouble that is kept.</summary>
    public const int LongestTrouble = 400;

    private WebhookDelivery()
    {
    }

    /// <summary>The delivery's id.</summary>
    public Guid Id { get; private set; }

    /// <summary>To whom.</summary>
    public Guid EndpointId { get; private set; }

    /// <summary>The fact of the history it tells.</summary>
    public Guid EventId { get; private set; }

    /// <summary>Of which customer.</summary>
    public CustomerId CustomerId { get; private set; }

    /// <summary>Its number among the customer's events; delivered in this order.</summary>
    public int Sequence { get; private set; }

    /// <summary>The event's type: <c>payment.succeeded</c>.</summary>
    public string Type { get; private set; } = null!;

    /// <summary>Where it stands.</summary>
    public DeliveryState State { get; private set; }

    /// <summary>When it was put on its way.</summary>
    public Instant CreatedAt { get; private set; }

    /// <summary>When it is tried next; none once delivered or given up.</summary>
    public Instant? NextTryAt { get; private set; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; private set; }

    /// <summary>What the receiver answered last; none when it did not answer.</summary>
    public int? LastStatus { get; private set; }

    /// <summary>What went wrong last.</summary>
    public string? Trouble { get; private set; }

    /// <summary>When the receiver said yes.</summary>
    public Instant? DeliveredAt { get; private set; }

    /// <summary>Puts an event on its way.</summary>
    public static WebhookDelivery Of(Guid id, WebhookEndpoint endpoint, HistoryEntry entry, Instant now) => new()
    {
        Id = id,
        EndpointId = endpoint.Id,
        EventId = entry.Id,
        CustomerId = entry.CustomerId,
        Sequence = entry.Sequence,
        Type = EventTypes.Of(entry.Type),
        CreatedAt = now,
        NextTryAt = now,
    };
}
