using Billing.Customers;
using Billing.Dunning;
using Billing.Notices;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Dunning;

/// <summary>What a notice about a case rests on at the moment of sending.</summary>
/// <param name="IsTrue">Whether it is still to be said: the case goes on, and nobody promised or was given time meanwhile.</param>
/// <param name="AccessUntil">First day on which access rests unless something is paid.</param>
/// <param name="Recovered">What arrived.</param>
internal sealed record CaseSaying(bool IsTrue, LocalDate? AccessUntil, Money Recovered)
{
    private static readonly CaseSaying Gone = new(false, null, new(0, Currency.Of("USD")));

    /// <summary>Reads it for those of these notices that speak of a case.</summary>
    public static async Task<Dictionary<Guid, CaseSaying>> ReadAsync(
        BillingDbContext db, IReadOnlyList<Notice> notices, Dictionary<CustomerId, Customer> customers, Instant now, CancellationToken cancellationToken)
    {
        var asking = notices.Where(n => IsOfACase(n.Kind)).ToList();
        var ids = asking.Select(n => DunningCaseId.From(n.SubjectId)).Distinct().ToList();
        var cases = ids.Count == 0 ? [] : await db.DunningCases.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellationToken);
        Dictionary<Guid, CaseSaying> said = [];
        foreach (var notice in asking)
        {
            said[notice.Id] = cases.GetValueOrDefault(DunningCaseId.From(notice.SubjectId)) is { } it
                ? await OfAsync(db, notice, it, customers[notice.CustomerId], now, cancellationToken)
                : Gone;
        }

        return said;
    }

    private static async Task<CaseSaying> OfAsync(
        BillingDbContext db, Notice notice, DunningCase it, Customer customer, Instant now, CancellationToken cancellationToken)
    {
        var recovered = new Money(it.RecoveredMinor, it.Currency);
        if (notice.Kind == NoticeKind.Parked) return new(it.State == CaseState.Parked, null, recovered);
        if (!it.IsOpen || it.PromisedOn is not null || it.GraceUntil > customer.Today(now) || customer.IsExempt) return new(false, null, recovered);

        // Held by a dispute: nobody is asked meanwhile.
        if (await db.DunningFactsAsync(customer, now, cancellationToken) is not { } facts) return new(false, null, recovered);
        var park = Billing.Dunning.Dunning.Ahead(facts).FirstOrDefault(a => a.Step == DunningStep.Park);
        return new(true, park is null ? null : customer.Today(park.At), recovered);
    }

    private static bool IsOfACase(NoticeKind kind) => kind is NoticeKind.PaidThanks or NoticeKind.Parked or NoticeKind.LastCall
        or NoticeKind.CardExpiredAsk or NoticeKind.PaymentFailed or NoticeKind.PaymentFixData or NoticeKind.PaymentNewCard
        or NoticeKind.PaymentToConfirm or NoticeKind.PaymentNeutral or NoticeKind.ConsentWithdrawn or NoticeKind.PromiseBroken;
}
