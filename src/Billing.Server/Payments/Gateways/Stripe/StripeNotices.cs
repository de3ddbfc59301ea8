using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NodaTime;

namespace Billing.Server.Payments.Gateways.Stripe;

/// <summary>Notices: whether they come from Stripe, and what they say they are about.</summary>
internal sealed class StripeNotices(IReadOnlyList<string> secrets)
{
    /// <summary>How far a notice's time may be from ours, either way.</summary>
    public static readonly Duration Tolerance = Duration.FromMinutes(5);

    /// <exception cref="Refused"><c>notice_not_signed</c>, <c>notice_too_old</c>, <c>notice_malformed</c>.</exception>
    public GatewayNotice Read(ReadOnlyMemory<byte> body, string? signature, Instant receivedAt)
    {
        var signedAt = Check(body.Span, signature);
        var distance = receivedAt - StripeMapping.At(signedAt);
        if (distance > Tolerance || distance < -Tolerance)
            throw new Refused("notice_too_old", "The notice was signed too long ago, or in the future.");
        try
        {
            return Meaning(StripeWire.Parse<Event>(body.Span));
        }
        catch (JsonException)
        {
            throw new Refused("notice_malformed", "The notice is signed and cannot be read.");
        }
    }

    /// <returns>When it was signed; certain only because the signature covers it.</returns>
    private long Check(ReadOnlySpan<byte> body, string? header)
    {
        string? time = null;
        List<byte[]> given = [];
        foreach (var part in (header ?? "").Split(','))
        {
            if (part.Split('=', 2, StringSplitOptions.TrimEntries) is not [var name, var value]) continue;
            if (name == "t") time ??= value;
            if (name == "v1" && Hex(value) is { } hash) given.Add(hash);
        }

        if (!long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > uint.MaxValue) throw NotSigned();
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{time}."), .. body];
        var isOurs = false;
        // All are compared, whichever fits, so that the time it takes tells nothing.
        foreach (var secret in secrets)
        {
            var wanted = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed);
            foreach (var hash in given) isOurs |= CryptographicOperations.FixedTimeEquals(wanted, hash);
        }

        return isOurs ? seconds : throw NotSigned();
    }

    private static Refused NotSigned() => new("notice_not_signed", "The notice is not signed by the gateway.");

    private static byte[]? Hex(string text)
    {
        var bytes = new byte[HMACSHA256.HashSizeInBytes];
        return text.Length == bytes.Length * 2 && Convert.FromHexString(text, bytes, out _, out _) == System.Buffers.OperationStatus.Done ? bytes : null;
    }

    private static GatewayNotice Meaning(Event notice)
    {
        if (notice is not { Id: not null, Type: not null, Data.Object: { } thing }) throw new JsonException("No event of Stripe's.");
        var (about, reference) = notice.ApiVersion == StripeWire.Version ? About(notice.Type, thing) : (NoticeSubject.Unknown, thing.Id);
        return new(
            notice.Id, notice.Type, notice.ApiVersion, StripeMapping.At(notice.Created), about, reference,
            StripeMapping.IdIn<CustomerId>(thing.Metadata, StripeMapping.Customer),
            StripeMapping.IdIn<PaymentAttemptId>(thing.Metadata, StripeMapping.Attempt),
            StripeMapping.IdIn<RefundId>(thing.Metadata, StripeMapping.Refund));
    }

    private static (NoticeSubject About, string? Reference) About(string type, Thing thing) => type switch
    {
        _ when type.StartsWith("payment_intent.", StringComparison.Ordinal) => (NoticeSubject.Payment, thing.Id),
        "charge.refund.updated" or "refund.created" or "refund.updated" or "refund.failed" => (NoticeSubject.Refund, thing.Id),
        _ when type.StartsWith("charge.dispute.", StringComparison.Ordinal) => (NoticeSubject.Dispute, thing.Id),
        "charge.succeeded" or "charge.failed" or "charge.captured" or "charge.pending" or "charge.expired" or "charge.updated" or "charge.refunded"
            when thing.PaymentIntent is { } payment => (NoticeSubject.Payment, payment),
        "payment_method.attached" or "payment_method.updated" or "payment_method.automatically_updated" or "payment_method.detached" =>
            (NoticeSubject.Card, thing.Id),
        "checkout.session.completed" or "checkout.session.expired" when thing.Mode == "setup" => (NoticeSubject.CardSetup, thing.Id),
        _ when type.StartsWith("setup_intent.", StringComparison.Ordinal) => (NoticeSubject.CardSetup, thing.Id),
        _ => (NoticeSubject.Unknown, thing.Id),
    };

    private sealed record Event(string? Id, string? Type, string? ApiVersion, long Created, EventData? Data);

    private sealed record EventData(Thing? Object);

    private sealed record Thing(string? Id, string? Mode, StripeId? PaymentIntent, Dictionary<string, string>? Metadata);
}
