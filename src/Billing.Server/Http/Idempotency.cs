using System.Security.Cryptography;
using System.Text;
using Billing.Server.Persistence;

namespace Billing.Server.Http;

/// <summary>Marks an endpoint that asks the gateway or takes long: no transaction may be open while it works.</summary>
internal sealed class WorksOutsideTransaction;

/// <summary>Marks an endpoint whose answer holds a secret: it is kept sealed with the caller's own.</summary>
internal sealed class AnswersWithSecret;

/// <summary>
/// Same key and same body, same answer. The answer is stored in the transaction of the effect, so that there is never one
/// without the other; only what may hold no transaction stores its answer afterwards.
/// </summary>
internal sealed class Idempotency(RequestDelegate next, AnswerBook book)
{
    public const string Header = "Idempotency-Key";
    public const string Replayed = "Idempotent-Replayed";

    public async Task InvokeAsync(HttpContext context, BillingDbContext db)
    {
        var endpoint = context.GetEndpoint();
        if (!HttpMethods.IsPost(context.Request.Method) || !Routes.IsOurs(endpoint) || context.Request.Headers[Header] is not [{ } key])
        {
            await next(context);
            return;
        }

        var question = await AskedAsync(context, key);
        var outside = endpoint.Metadata.GetMetadata<WorksOutsideTransaction>() is not null;
        var answer = outside ? await OutsideAsync(context, question) : await InsideAsync(context, question, db);
        await answer.SendAsync(context);
    }

    private async Task<Answer> InsideAsync(HttpContext context, Question question, BillingDbContext db)
    {
        while (true)
        {
            await using (var transaction = await db.Database.BeginTransactionAsync(context.RequestAborted))
            {
                // Whoever asks the same at the same moment waits here for the first one's commit.
                if (await AnswerBook.TryClaimAsync(db, question, book.Now, context.RequestAborted))
                {
                    var answer = await Answer.ListenAsync(context, next);
                    if (!answer.IsKept) return answer;
                    await AnswerBook.KeepAsync(db, question, answer);
                    await transaction.CommitAsync(CancellationToken.None);
                    return answer;
                }
            }

            if (await book.FindAsync(question, context.RequestAborted) is { } kept) return kept;
        }
    }

    private async Task<Answer> OutsideAsync(HttpContext context, Question question)
    {
        while (!await book.TryClaimAsync(question, context.RequestAborted))
        {
            if (await book.FindAsync(question, context.RequestAborted) is { } kept) return kept;
        }

        Answer? answer = null;
        try
        {
            return answer = await Answer.ListenAsync(context, next);
        }
        finally
        {
            await book.SettleAsync(question, answer);
        }
    }

    private static async Task<Question> AskedAsync(HttpContext context, string key)
    {
        if (key.Length is 0 or > IdempotentAnswer.LongestKey || !key.All(letter => letter is > ' ' and <= '~'))
            throw new BadInput(400, "bad_idempotency_key", $"An {Header} has 1 to {IdempotentAnswer.LongestKey} visible ASCII letters.", Header);

        var request = context.Request;
        request.EnableBuffering();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        var part = new byte[8192];
        for (int read; (read = await request.Body.ReadAsync(part, context.RequestAborted)) > 0;) hash.AppendData(part, 0, read);
        request.Body.Position = 0;

        var secret = context.GetEndpoint()!.Metadata.GetMetadata<AnswersWithSecret>() is null ? null : ApiKeyAuthentication.SecretOf(request);
        return new(ApiKeyAuthentication.CallerOf(context.User), key, Convert.ToHexStringLower(hash.GetHashAndReset()), secret);
    }
}

/// <summary>What was asked under a key.</summary>
/// <param name="Caller">The API key's id.</param>
/// <param name="Key">The idempotency key.</param>
/// <param name="Hash">SHA-256 of method, path and body.</param>
/// <param name="Secret">What the answer is sealed with, if it has to be.</param>
internal sealed record Question(string Caller, string Key, string Hash, string? Secret);
