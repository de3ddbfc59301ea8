using Billing.History;
using Billing.Notices;
using Billing.Server.Customers;
using Billing.Server.Persistence;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Notices;

/// <summary>From facts to notices: whatever is written to the history is told where it is one to tell.</summary>
internal static class PlannedNotices
{
    /// <summary>The notice this fact gives rise to. What an import brings happened elsewhere, long ago: nobody is told of it.</summary>
    public static Notice? Of(HistoryEntry entry, Fact fact)
    {
        if (FactNotices.Of(fact) is not { } told) return null;
        if (entry.Actor == Actors.Import) return null;

        var from = told.Day is { } day ? Instant.Max(FactNotices.From(day), entry.At) : entry.At;
        return Notice.Plan(NewId.At(entry.At), entry.CustomerId, told.Kind, entry.Id, 0, NoticeChannel.Mail, from, entry.At);
    }

    /// <summary>What lies ahead of an imported subscription is told all the same: the end of its trial, its next long period.</summary>
    public static Notice? AfterImport(Subscription imported, HistoryEntry entry)
    {
        (NoticeKind Kind, LocalDate Day)? ahead = imported switch
        {
            { Lifecycle: Lifecycle.Trialing, TrialEndsOn: { } end } => (NoticeKind.TrialEnding, end.PlusDays(-FactNotices.TrialLead)),
            { Lifecycle: Lifecycle.Active } when FactNotices.IsLong(imported.CurrentStart, imported.CurrentEnd) =>
                (NoticeKind.RenewalAhead, imported.CurrentEnd.PlusDays(-FactNotices.RenewalLead)),
            _ => null,
        };
        if (ahead is not { } told) return null;
        var from = Instant.Max(FactNotices.From(told.Day), entry.At);
        return Notice.Plan(NewId.At(entry.At), entry.CustomerId, told.Kind, entry.Id, 0, NoticeChannel.Mail, from, entry.At);
    }

    /// <summary>Takes out of this transaction what is being said in another way.</summary>
    public static void SaidOtherwise(BillingDbContext db, params NoticeKind[] kinds)
    {
        foreach (var planned in db.ChangeTracker.Entries<Notice>().Where(n => n.State == EntityState.Added && kinds.Contains(n.Entity.Kind)).ToList())
            planned.State = EntityState.Detached;
    }
}
