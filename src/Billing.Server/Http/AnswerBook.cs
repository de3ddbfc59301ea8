using Billing.Server.BillingRun;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Http;

/// <summary>
/// The kept answers. A row without a status is a claim: somebody is working on the answer. Time is the wall clock's, because
/// callers retry by theirs, whatever the sandbox's clock says.
/// </summary>
internal sealed class AnswerBook(BillingDatabase database, BillingClock clock)
{
    /// <summary>How long an answer is kept.</summary>
    public static readonly Duration Kept = Duration.FromHours(48);

    /// <summary>How long a claim outside a transaction stands before it is taken for that of a killed process.</summary>
    public static readonly Duration Abandoned = Duration.FromMinutes(10);

    private static readonly Duration Sweep = Duration.FromHours(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50), Patience = TimeSpan.FromSeconds(20);

    private Instant sweptAt;

    public Instant Now => clock.WallNow;

    /// <summary>Claims the key in the transaction of the effect.</summary>
    /// <returns><see langword="false"/> when it is claimed or answered already.</returns>
    public static async Task<bool> TryClaimAsync(BillingDbContext db, Question question, Instant now, CancellationToken cancellationToken)
    {
        db.IdempotentAnswers.Add(new() { Caller = question.Caller, Key = question.Key, RequestHash = question.Hash, At = now });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException e) when (UniqueViolation.Is(e.GetBaseException()))
        {
            return false;
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }

    /// <summary>Claims the key by itself, and takes over a claim that was left behind.</summary>
    public async Task<bool> TryClaimAsync(Question question, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        if (await TryClaimAsync(db, question, Now, cancellationToken)) return true;
        var (now, before) = (Now, Now - Abandoned);
        return await Of(db, question).Where(a => a.Status == 0 && a.At < before && a.RequestHash == question.Hash)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.At, now), cancellationToken) == 1;
    }

    /// <summary>Writes the answer into the claim.</summary>
    public static Task KeepAsync(BillingDbContext db, Question question, Answer answer)
    {
        var body = question.Secret is null ? answer.Body : Answer.Seal(answer.Body, question.Secret);
        return Of(db, question).ExecuteUpdateAsync(
            set => set.SetProperty(a => a.Status, answer.Status).SetProperty(a => a.Body, body)
                .SetProperty(a => a.Location, answer.Location).SetProperty(a => a.ETag, answer.ETag),
            CancellationToken.None);
    }

    /// <summary>Keeps the answer, or gives the claim back when there is none to keep.</summary>
    public async Task SettleAsync(Question question, Answer? answer)
    {
        await using var db = database.Open();
        if (answer is { IsKept: true }) await KeepAsync(db, question, answer);
        else await Of(db, question).ExecuteDeleteAsync(CancellationToken.None);
    }

    /// <summary>The answer given before; waits a while for one that is being worked on.</summary>
    /// <returns><see langword="null"/> when nobody is working on it any more: claim it.</returns>
    /// <exception cref="BadInput"><c>idempotency_key_reused</c>, <c>request_in_progress</c>.</exception>
    public async Task<Answer?> FindAsync(Question question, CancellationToken cancellationToken)
    {
        await SweepAsync(cancellationToken);
        for (var waited = TimeSpan.Zero; waited < Patience; waited += Pause)
        {
            await using var db = database.Open();
            var found = await Of(db, question).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
            if (found is null || found.Status == 0 && found.At < Now - Abandoned && found.RequestHash == question.Hash) return null;
            if (found.RequestHash != question.Hash)
                throw new BadInput(422, "idempotency_key_reused", "This key was used for another request.", Idempotency.Header);
            if (found.Status != 0) return Replay(found, question);
            await Task.Delay(Pause, cancellationToken);
        }

        throw new BadInput(409, "request_in_progress", "The same request is still being worked on. Ask again later.");
    }

    private static Answer Replay(IdempotentAnswer found, Question question) => new(
        found.Status, question.Secret is null ? found.Body! : Answer.Unseal(found.Body!, question.Secret), found.Location, found.ETag)
    {
        IsReplayed = true,
    };

    private static IQueryable<IdempotentAnswer> Of(BillingDbContext db, Question question) =>
        db.IdempotentAnswers.Where(a => a.Caller == question.Caller && a.Key == question.Key);

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = Now;
        if (now - sweptAt < Sweep) return;
        sweptAt = now;
        await using var db = database.Open();
        var before = now - Kept;
        await db.IdempotentAnswers.Where(a => a.At < before).ExecuteDeleteAsync(cancellationToken);
    }
}
