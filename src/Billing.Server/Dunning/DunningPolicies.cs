using System.Collections.Concurrent;
using Billing.Dunning;
using Billing.Server.BillingRun;
using Billing.Server.Customers;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Dunning;

/// <summary>
/// Every version of the policy. The first is written down as it came with the program when it is first used, so that a case keeps
/// it even after a newer program brought another.
/// </summary>
internal sealed class DunningPolicies(BillingDatabase database, BillingClock clock, IConfiguration configuration)
{
    private readonly string first = DunningFile.Load(configuration);
    private readonly ConcurrentDictionary<int, DunningPolicy> known = new();

    /// <summary>The policy that new cases begin with.</summary>
    public async Task<DunningPolicy> CurrentAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var newest = await db.DunningPolicies.MaxAsync(p => (int?)p.Number, cancellationToken) ?? await WriteFirstAsync(db, cancellationToken);
        return await OfAsync(db, newest, cancellationToken);
    }

    /// <summary>The policy of a case.</summary>
    public async Task<DunningPolicy> OfAsync(BillingDbContext db, int version, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(version, out var policy)) return policy;
        return known[version] = await ReadAsync(db, version, cancellationToken);
    }

    /// <summary>The policy of a case, from where it is written down.</summary>
    public static async Task<DunningPolicy> ReadAsync(BillingDbContext db, int version, CancellationToken cancellationToken)
    {
        var data = await db.DunningPolicies.Where(p => p.Number == version).Select(p => p.Data).SingleAsync(cancellationToken);
        // It was checked before it was published: what cannot be read now is a bug.
        return DunningFile.Read(data, version).Policy!;
    }

    private async Task<int> WriteFirstAsync(BillingDbContext db, CancellationToken cancellationToken)
    {
        db.DunningPolicies.Add(new PublishedPolicy { Number = 1, Data = first, PublishedAt = clock.GetCurrentInstant(), PublishedBy = Actors.Run });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (UniqueViolation.Is(e.GetBaseException()))
        {
            // Another process wrote the same one down.
            db.ChangeTracker.Clear();
        }

        return 1;
    }
}
