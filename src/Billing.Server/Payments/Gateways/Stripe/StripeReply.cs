using System.Globalization;
using System.Text.Json;

namespace Billing.Server.Payments.Gateways.Stripe;

/// <summary>What came back: a status, what Stripe says about trying again, and a body that is read by whoever knows it.</summary>
internal sealed class StripeReply
{
    private readonly byte[] body;

    public StripeReply(HttpResponseMessage response, byte[] body)
    {
        this.body = body;
        Status = (int)response.StatusCode;
        RequestId = Header(response, "Request-Id");
        ShouldRetry = Header(response, "Stripe-Should-Retry") switch { "true" => true, "false" => false, _ => null };
        RetryAfter = int.TryParse(Header(response, "Retry-After"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : TimeSpan.Zero;
        // A page of some machine between us is no answer of Stripe's.
        if (Ok && !IsJson(body)) throw new HttpRequestException($"Stripe's answer broke off: {this}.");
        Error = Ok ? null : ErrorIn(body);
    }

    public int Status { get; }

    public bool Ok => Status is >= 200 and < 300;

    public string? RequestId { get; }

    public bool? ShouldRetry { get; }

    public TimeSpan RetryAfter { get; }

    public StripeError? Error { get; }

    /// <summary>Whether the same may be sent again: Stripe's own word, else by the status.</summary>
    public bool MayBeTriedAgain => ShouldRetry ?? Status is 409 or 429 or >= 500;

    /// <summary>Whether it is an answer to the question, and not trouble at the one who answers.</summary>
    public bool Answers => Status is not (409 or 429 or >= 500);

    public T Read<T>() => Ok ? StripeWire.Parse<T>(body) : throw new InvalidOperationException($"Stripe refused what it should have done: {this}.");

    public override string ToString() => $"{Status} {Error} {RequestId}".TrimEnd();

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Concat(values) : null;

    private static bool IsJson(byte[] body)
    {
        var reader = new Utf8JsonReader(body);
        try
        {
            return reader.Read() && reader.TrySkip() && reader.TokenType is JsonTokenType.EndObject;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static StripeError? ErrorIn(byte[] body)
    {
        try
        {
            return StripeWire.Parse<StripeTrouble>(body).Error;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
