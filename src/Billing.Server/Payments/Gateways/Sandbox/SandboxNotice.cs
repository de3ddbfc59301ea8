using System.Text.Json;
using Billing.Server.Http;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace Billing.Server.Payments.Gateways.Sandbox;

/// <summary>Takes a notice as it goes over the wire.</summary>
/// <returns>Whether it was accepted; what was not is sent again.</returns>
public delegate Task<bool> NoticeSink(ReadOnlyMemory<byte> body, string signature, CancellationToken cancellationToken);

/// <summary>What the sandbox tells of one thing that happened at it.</summary>
/// <param name="Id">The same for every delivery.</param>
/// <param name="Version">How it is written.</param>
/// <param name="Type">What happened, such as <c>payment.succeeded</c>.</param>
/// <param name="CreatedAt">By the sandbox's clock.</param>
/// <param name="About">What kind of thing it is about.</param>
/// <param name="Reference">The sandbox's id of it.</param>
/// <param name="Customer">Whose, where it is somebody's.</param>
/// <param name="Attempt">Our attempt, for a payment that was begun here.</param>
/// <param name="Refund">Our refund, for one that was begun here.</param>
public sealed record SandboxNotice(
    string Id, string Version, string Type, Instant CreatedAt, NoticeSubject About, string Reference, Guid? Customer = null,
    Guid? Attempt = null, Guid? Refund = null)
{
    /// <summary>The one version there is.</summary>
    public const string CurrentVersion = "2026-11";

    /// <summary>
    /// One notice for each thing that happens, written by the book itself in the transaction of that thing: nothing can happen
    /// and go untold.
    /// </summary>
    internal const string Schema = """
        CREATE TABLE IF NOT EXISTS disputes (
            id INTEGER PRIMARY KEY, reference TEXT NOT NULL UNIQUE, payment TEXT NOT NULL, amount INTEGER NOT NULL,
            currency TEXT NOT NULL, at INTEGER NOT NULL, reason TEXT NOT NULL, state TEXT NOT NULL,
            verdict TEXT, verdict_at INTEGER);
        CREATE INDEX IF NOT EXISTS disputes_at ON disputes (at);
        CREATE INDEX IF NOT EXISTS disputes_verdict_at ON disputes (state, verdict_at);
        CREATE INDEX IF NOT EXISTS payments_at ON payments (at);
        CREATE INDEX IF NOT EXISTS refunds_at ON refunds (at);
        CREATE TABLE IF NOT EXISTS notice_secrets (id INTEGER PRIMARY KEY, secret TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS notices (
            id INTEGER PRIMARY KEY, type TEXT NOT NULL, about TEXT NOT NULL, reference TEXT NOT NULL, occasion TEXT NOT NULL DEFAULT '',
            customer TEXT, attempt TEXT, refund TEXT, at INTEGER, done INTEGER NOT NULL DEFAULT 0);
        CREATE INDEX IF NOT EXISTS notices_waiting ON notices (done, id);
        CREATE INDEX IF NOT EXISTS notices_new ON notices (id) WHERE at IS NULL;
        CREATE UNIQUE INDEX IF NOT EXISTS notices_once ON notices (reference, type, occasion) WHERE occasion <> '';

        CREATE TRIGGER IF NOT EXISTS payment_begun AFTER INSERT ON payments BEGIN
            INSERT INTO notices (type, about, reference, customer, attempt, at) VALUES (
                CASE NEW.verdict WHEN 'Captured' THEN 'payment.succeeded' WHEN 'Declined' THEN 'payment.declined'
                    ELSE 'payment.action_required' END,
                'Payment', NEW.reference, NEW.customer, NEW.attempt, NEW.at);
        END;
        CREATE TRIGGER IF NOT EXISTS payment_decided AFTER UPDATE OF verdict ON payments WHEN NEW.verdict <> OLD.verdict BEGIN
            INSERT INTO notices (type, about, reference, customer, attempt) VALUES (
                CASE NEW.verdict WHEN 'Captured' THEN 'payment.succeeded' WHEN 'Declined' THEN 'payment.declined'
                    ELSE 'payment.given_up' END,
                'Payment', NEW.reference, NEW.customer, NEW.attempt);
        END;
        CREATE TRIGGER IF NOT EXISTS refund_begun AFTER INSERT ON refunds BEGIN
            INSERT INTO notices (type, about, reference, refund, at) VALUES ('refund.created', 'Refund', NEW.reference, NEW.refund, NEW.at);
        END;
        CREATE TRIGGER IF NOT EXISTS dispute_opened AFTER INSERT ON disputes BEGIN
            INSERT INTO notices (type, about, reference, at) VALUES ('dispute.opened', 'Dispute', NEW.reference, NEW.at);
        END;
        CREATE TRIGGER IF NOT EXISTS dispute_decided AFTER UPDATE OF state ON disputes WHEN NEW.state <> OLD.state BEGIN
            INSERT INTO notices (type, about, reference) VALUES ('dispute.' || lower(NEW.state), 'Dispute', NEW.reference);
        END;
        CREATE TRIGGER IF NOT EXISTS card_attached AFTER INSERT ON cards BEGIN
            INSERT INTO notices (type, about, reference, customer) VALUES ('card.attached', 'Card', NEW.token, NEW.customer);
        END;
        CREATE TRIGGER IF NOT EXISTS card_put_in AFTER UPDATE OF card ON card_setups WHEN OLD.card IS NULL AND NEW.card IS NOT NULL BEGIN
            INSERT INTO notices (type, about, reference, customer) VALUES ('card_setup.finished', 'CardSetup', NEW.reference, NEW.customer);
        END;
        CREATE TRIGGER IF NOT EXISTS card_detached AFTER DELETE ON cards BEGIN
            INSERT INTO notices (type, about, reference, customer) VALUES ('card.detached', 'Card', OLD.token, OLD.customer);
        END;
        """;

    /// <summary>As it goes over the wire.</summary>
    public string ToBody() => JsonSerializer.Serialize(this, BillingJson.Options);

    internal static SandboxNotice Read(SqliteDataReader row) => new(
        Hash.Hex("sbx_evt_", $"{row.GetInt64(0)} {row.GetString(3)}"),
        CurrentVersion,
        row.GetString(1),
        Instant.FromUnixTimeTicks(row.GetInt64(7)),
        Enum.Parse<NoticeSubject>(row.GetString(2)),
        row.GetString(3),
        Ours(row, 4),
        Ours(row, 5),
        Ours(row, 6));

    // A payment that nobody here asked for has no attempt of ours.
    private static Guid? Ours(SqliteDataReader row, int column) =>
        row.IsDBNull(column) || row.GetGuid(column) == Guid.Empty ? null : row.GetGuid(column);
}
