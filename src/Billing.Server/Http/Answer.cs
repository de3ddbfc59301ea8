using System.Security.Cryptography;
using System.Text;
using Billing.Client.Contract;

namespace Billing.Server.Http;

/// <summary>What was answered to a POST, so that it can be given again.</summary>
internal sealed record Answer(int Status, string Body, string? Location, string? ETag)
{
    private const int NonceLength = 12, TagLength = 16;
    private static readonly byte[] Purpose = "idempotent answer"u8.ToArray();

    /// <summary>
    /// Whether a retry is to get the same: what was done, and what the business refused. What could not be understood, what
    /// failed, and what lost a race may be tried again under the same key.
    /// </summary>
    public bool IsKept { get; private init; } = true;

    public bool IsReplayed { get; init; }

    /// <summary>Lets the endpoint answer into memory; refusals become answers, bugs go on their way.</summary>
    public static async Task<Answer> ListenAsync(HttpContext context, RequestDelegate next)
    {
        var client = context.Response.Body;
        using var memory = new MemoryStream();
        context.Response.Body = memory;
        ProblemView? problem = null;
        try
        {
            await next(context);
        }
        catch (Exception e) when (Problems.Of(e, Edge.IsConditional(context)) is { } known)
        {
            problem = known;
            memory.SetLength(0);
            await problem.WriteAsync(context);
        }
        finally
        {
            context.Response.Body = client;
        }

        var response = context.Response;
        return new(response.StatusCode, Encoding.UTF8.GetString(memory.ToArray()), response.Headers.Location, response.Headers.ETag)
        {
            IsKept = response.StatusCode is (>= 200 and < 300) or 404 or 409 or 412 or 422
                && problem?.Code is not (Problems.ChangedMeanwhile or "run_in_progress"),
        };
    }

    public async Task SendAsync(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = Status;
        if (Location is not null) response.Headers.Location = Location;
        if (ETag is not null) response.Headers.ETag = ETag;
        if (IsReplayed) response.Headers[Idempotency.Replayed] = "true";
        if (Body.Length == 0) return;
        response.ContentType = Status < 400 ? "application/json; charset=utf-8" : Problems.ContentType;
        response.ContentLength = Encoding.UTF8.GetByteCount(Body);
        await response.WriteAsync(Body, context.RequestAborted);
    }

    /// <summary>The body with a secret in it, readable only to whoever holds the key it was asked with.</summary>
    public static string Seal(string body, string secret)
    {
        var nonce = RandomNumberGenerator.GetBytes(NonceLength);
        var plain = Encoding.UTF8.GetBytes(body);
        var cipher = new byte[plain.Length];
        var tag = new byte[TagLength];
        using var aes = new AesGcm(KeyFrom(secret), TagLength);
        aes.Encrypt(nonce, plain, cipher, tag);
        return Convert.ToBase64String([.. nonce, .. tag, .. cipher]);
    }

    /// <summary>The opposite of <see cref="Seal"/>.</summary>
    public static string Unseal(string body, string secret)
    {
        var parts = Convert.FromBase64String(body);
        var plain = new byte[parts.Length - NonceLength - TagLength];
        using var aes = new AesGcm(KeyFrom(secret), TagLength);
        aes.Decrypt(
            parts.AsSpan(0, NonceLength), parts.AsSpan(NonceLength + TagLength), parts.AsSpan(NonceLength, TagLength), plain);
        return Encoding.UTF8.GetString(plain);
    }

    private static byte[] KeyFrom(string secret) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), 32, info: Purpose);
}
