using NodaTime;

namespace Billing.Server.Ledger;

/// <summary>The books' part of closing the day: revenue of days that are over, and once a day the accounts against their documents.</summary>
internal sealed class CloseBooks(DeliverDays deliver, LedgerChecks checks)
{
    /// <returns>How many entries were made.</returns>
    public async Task<int> DoAsync(Guid runId, Instant now, CancellationToken cancellationToken)
    {
        var posted = await deliver.DoAsync(runId, now, cancellationToken);
        await checks.MakeAsync(now, cancellationToken);
        return posted;
    }
}
