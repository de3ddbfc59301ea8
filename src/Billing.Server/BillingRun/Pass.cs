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
        return await Due(db, now).CountAsync(cancellationToken);
    }

    /// <summary>The next items that are due and not set aside, oldest first.</summary>
    public async Task<IReadOnlyList<Guid>> NextDueAsync(Instant now, CancellationToken cancellationToken)
    {
        await using var db = Database.Open();
        return await Due(db, now).Take(BatchSize).ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Does these items, all or none. Whatever is done is no longer due, or is due for a later period; what turned out not
    /// to be due any more is left alone.
    /// </summary>
    public abstract Task DoAsync(IReadOnlyList<Guid> ids, Instant now, CancellationToken cancellationToken);

    /// <summary>Due items, oldest first, without those set aside until later.</summary>
    protected abstract IQueryable<Guid> Due(BillingDbContext db, Instant now);
}
