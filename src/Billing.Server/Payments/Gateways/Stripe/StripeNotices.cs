using System.Text.Json;
using NodaTime;

namespace Billing.Server.Payments.Gateways.Stripe;

/// <summary>Notices: whether they come from Stripe, and what they say they are about.</summary>
internal sealed class StripeNotices(IReadOnlyList<string> secrets)
{
    /// <exception cref="Refused">As <see cref="IPaymentGateway.ReadNotice"/>.</exception>
    public GatewayNotice Read(ReadOnlyMemory<byte> body, string? signature, Instant receivedAt)
    {
        NoticeSignature.Check(body.Span, signature, secrets, receivedAt);
        try
        {
            return Meaning(StripeWire.Parse<Event>(body.Span));
        }
        catch (JsonException)
        {
            throw new Refused("notice_malformed", "The notice is signed and cannot be read.");
        }
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
