using System.Text.Json;
using System.Text.Json.Serialization;

namespace Billing.Server.Payments.Gateways.Stripe;

// Of Stripe's objects the few fields that are read; a client secret is none of them.

internal sealed record StripeIntent(
    string Id, string Status, long Amount, string Currency, long Created, Dictionary<string, string>? Metadata,
    StripeError? LastPaymentError, StripeNextAction? NextAction);

internal sealed record StripeNextAction(StripeRedirect? RedirectToUrl);

internal sealed record StripeRedirect(Uri? Url);

internal sealed record StripeMethod(string Id, StripeId? Customer, StripeCard? Card);

internal sealed record StripeCard(string Brand, string Last4, int ExpMonth, int ExpYear, string? Fingerprint, string? Country);

internal sealed record StripeSetupPage(string Id, Uri? Url);

internal sealed record StripeSession(string Id, StripeSetupIntent? SetupIntent);

internal sealed record StripeSetupIntent(string Id, string Status, StripeId? Customer, StripeMethod? PaymentMethod);

internal sealed record StripeRefund(
    string Id, string? Status, long Amount, string Currency, long Created, string? FailureReason, StripeId? PaymentIntent, StripeId? Charge,
    Dictionary<string, string>? Metadata);

internal sealed record StripeDispute(
    string Id, string Status, string Reason, long Amount, string Currency, long Created, StripeId? PaymentIntent, StripeId Charge);

internal sealed record StripePage<T>(IReadOnlyList<T> Data, bool HasMore);

internal sealed record StripeTrouble(StripeError Error);

internal sealed record StripeError(
    string? Type, string? Code, string? DeclineCode, string? AdviceCode, string? Param, StripeIntent? PaymentIntent, StripeId? PaymentMethod)
{
    /// <summary>For a log or a history. Stripe's sentence is left out: it may repeat what was sent.</summary>
    public override string ToString() => string.Join(' ', new[] { Code ?? Type, DeclineCode, Param is null ? null : $"({Param})" }.OfType<string>());
}

/// <summary>An id, whether Stripe wrote it alone or with the whole object around it.</summary>
[JsonConverter(typeof(StripeIdConverter))]
internal sealed record StripeId(string Value)
{
    public static implicit operator string?(StripeId? id) => id?.Value;
}

internal sealed class StripeIdConverter : JsonConverter<StripeId>
{
    public override StripeId? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String) return new(reader.GetString()!);
        using var whole = JsonDocument.ParseValue(ref reader);
        return new(whole.RootElement.GetProperty("id").GetString()!);
    }

    public override void Write(Utf8JsonWriter writer, StripeId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
