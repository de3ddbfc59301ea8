namespace Billing.Client.Contract;

/// <summary>What the gateway told, and what became of it.</summary>
/// <param name="Id">Its id here.</param>
/// <param name="Gateway">Who told: <c>stripe</c>, <c>sandbox</c>.</param>
/// <param name="NoticeId">The gateway's id of it.</param>
/// <param name="Type">The gateway's word for what happened.</param>
/// <param name="About">payment, refund, dispute, card, card_setup or unknown.</param>
/// <param name="Reference">The gateway's id of that thing.</param>
/// <param name="CustomerId">Whose, where the notice told.</param>
/// <param name="State">waiting, done, unknown or dead.</param>
/// <param name="Deliveries">How often it came.</param>
/// <param name="Tries">How often working it through failed.</param>
/// <param name="Error">What went wrong last.</param>
/// <param name="CreatedAt">When the gateway made it.</param>
/// <param name="ReceivedAt">When it first came.</param>
/// <param name="LastReceivedAt">When it last came.</param>
/// <param name="NextTryAt">When it is worked through next.</param>
/// <param name="DoneAt">When it was done.</param>
/// <param name="Body">The raw body, when one notice is read.</param>
public sealed record GatewayNoticeView(
    Guid Id, string Gateway, string NoticeId, string Type, string About, string? Reference, Guid? CustomerId, string State, int Deliveries,
    int Tries, string? Error, string CreatedAt, string ReceivedAt, string LastReceivedAt, string? NextTryAt, string? DoneAt, string? Body);

/// <summary>A payment that the customer's bank asks back.</summary>
/// <param name="Id">The dispute's id.</param>
/// <param name="Version">Its version, as in the ETag.</param>
/// <param name="CustomerId">Whose bank.</param>
/// <param name="InvoiceId">What was paid.</param>
/// <param name="PaymentId">By which payment.</param>
/// <param name="Amount">What is asked for.</param>
/// <param name="State">open, won or lost.</param>
/// <param name="Reason">The bank's word for why.</param>
/// <param name="Holds">Whether the customer's collection and refunds rest because of it.</param>
/// <param name="Reference">The gateway's id of it.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="DecidedAt">When it was decided.</param>
public sealed record DisputeView(
    Guid Id, int Version, Guid CustomerId, Guid InvoiceId, Guid PaymentId, Amount Amount, string State, string Reason, bool Holds, string Reference,
    string OpenedAt, string? DecidedAt) : IVersionedView;

/// <summary>A comparison of our books with the gateway's.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">planned, running or finished.</param>
/// <param name="DueAt">When it is or was to begin.</param>
/// <param name="Since">From when on the gateway's books were read.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="FinishedAt">When it ended.</param>
/// <param name="Payments">Payments compared.</param>
/// <param name="Refunds">Refunds compared.</param>
/// <param name="Disputes">Disputes compared.</param>
/// <param name="Cards">Customers whose cards were compared.</param>
/// <param name="Healed">How many of all these were brought to where the gateway is.</param>
/// <param name="Differing">How many differ and were left to a person; each has an alarm.</param>
public sealed record ReconciliationView(
    Guid Id, string State, string DueAt, string? Since, string? StartedAt, string? FinishedAt, int Payments, int Refunds, int Disputes, int Cards,
    int Healed, int Differing);
