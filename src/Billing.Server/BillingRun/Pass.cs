using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.BillingRun;

/// <summary>
/// One pass of the billing run: which items are due, and how a batch of them is done. A batch is all or nothing; when it
/// fails, <see cref="PassLoop"/> does its items one by one and sets the bad ones aside.
/// </summary>
internal abstract class Pass(BillingDatabase database)
{
    /// <summary>The most items one transaction holds.</summary>
    public virtual int BatchSize => 500;

    /// <summary>The name people see: <c>renew</c>.</summary>
    public abstract string Name { get; }

    protected BillingDatabase Database { get; } = database;

    /// <summary>How many items are due now.</summary>
    public async Task<int> CountDueAsync(Instant now, CancellationToken cancellationToken)
    {
        await using var db = Database.Open();
        return await (await DueAsync(db, now, cancellationToken)).CountAsync(cancellationToken);
    }

    /// <summary>The next items that are due and not set aside, oldest first.</summary>
    public async Task<IReadOnlyList<Guid>> NextDueAsync(Instant now, CancellationToken cancellationToken)
    {
        await using var db = Database.Open();
        return await (await DueAsync(db, now, cancellationToken)).Take(BatchSize).ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Does these items, all or none. Whatever is done is no longer due, or is due for a later period; what turned out not
    /// to be due any more is left alone.
    /// </summary>
    /// <exception cref="ItemsFailed">These failed; the others are done and stay done.</exception>
    public abstract Task DoAsync(IReadOnlyList<Guid> ids, Instant now, CancellationToken cancellationToken);

    /// <summary>Due items, oldest first, without those set aside until later.</summary>
    protected virtual IQueryable<Guid> Due(BillingDbContext db, Instant now) =>
        throw new InvalidOperationException($"{GetType().Name} says neither what is due nor how to find out.");

    /// <summary>The same, for a pass that has to ask something before it can say what is due.</summary>
    protected virtual Task<IQueryable<Guid>> DueAsync(BillingDbContext db, Instant now, CancellationToken cancellationToken) =>
        Task.FromResult(Due(db, now));
}

/// <summary>
/// Some items of a batch failed after the others were done for good, as when the gateway fails for one of many: the failed
/// ones are set aside, nothing is done again.
/// </summary>
internal sealed class ItemsFailed(IReadOnlyDictionary<Guid, Exception> errors)
    : AggregateException($"{errors.Count} items failed.", errors.Values)
{
    /// <summary>What went wrong, by the item's id.</summary>
    public IReadOnlyDictionary<Guid, Exception> Errors { get; } = errors;
}
