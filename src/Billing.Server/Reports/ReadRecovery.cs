using Billing.Client.Contract;
using Billing.Dunning;
using Billing.Retention;
using Billing.Server.Http;
using Billing.Server.Persistence;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace Billing.Server.Reports;

/// <summary>What became of payments that failed, by the month of the first decline.</summary>
internal sealed record ReadRecovery(LocalDate From, LocalDate To) : IRequest<RecoveryReportView>;

internal sealed class ReadRecoveryValidator : AbstractValidator<ReadRecovery>
{
    private const int MostYears = 5;

    public ReadRecoveryValidator() => RuleFor(r => r.To).Cascade(CascadeMode.Stop)
        .GreaterThanOrEqualTo(r => r.From).WithMessage("The last day is not before the first.")
        .Must((r, to) => to <= r.From.PlusYears(MostYears)).WithMessage($"At most {MostYears} years.").OverridePropertyName("to");
}

internal sealed class ReadRecoveryHandler(BillingDbContext db, Door door) : IRequestHandler<ReadRecovery, RecoveryReportView>
{
    /// <summary>The longest shipped ladder ends by then; so does a second day to pay.</summary>
    private const int MaturesAfterDays = 60;

    /// <summary>Whoever goes to the bank over it has done so by then.</summary>
    private const int ComplaintsForDays = 30;

    public async Task<RecoveryReportView> Handle(ReadRecovery request, CancellationToken cancellationToken)
    {
        var cases = await db.DunningCases.AsNoTracking().Where(c => c.OpenedOn >= request.From && c.OpenedOn <= request.To)
            .Select(c => new RecoveryRow(
                c.CustomerId, c.OpenedAt, c.OpenedOn, c.Currency, c.State, c.Route, c.FailedMinor, c.RecoveredMinor, c.Contacts, c.ClosedOn, c.Promises,
                c.PromisesBroken, c.ParkedOn != null))
            .ToListAsync(cancellationToken);
        await ComplainAsync(cases, request, cancellationToken);
        var today = door.Now.InUtc().Date;
        var cohorts = cases.GroupBy(c => (Month: c.OpenedOn.ToYearMonth(), c.Currency))
            .OrderBy(g => g.Key.Month).ThenBy(g => g.Key.Currency.Code, StringComparer.Ordinal)
            .Select(g => Cohort(g.Key.Month, g.Key.Currency, [.. g], g.Key.Month.ToDateInterval().End.PlusDays(MaturesAfterDays) < today));
        return new(request.From.Iso(), request.To.Iso(), MaturesAfterDays, [.. cohorts]);
    }

    /// <summary>Marks the cases over which a customer went to the bank, or said that it was hard.</summary>
    private async Task ComplainAsync(List<RecoveryRow> cases, ReadRecovery request, CancellationToken cancellationToken)
    {
        var theirs = db.DunningCases.Where(c => c.OpenedOn >= request.From && c.OpenedOn <= request.To).Select(c => c.CustomerId);
        var disputes = await db.Disputes.Where(d => theirs.Contains(d.CustomerId)).Select(d => new { d.CustomerId, At = d.OpenedAt })
            .ToListAsync(cancellationToken);
        var hard = await db.Feedback.Where(f => f.Ease <= Feedback.Complaint && theirs.Contains(f.CustomerId))
            .Select(f => new { f.CustomerId, At = f.GivenAt }).ToListAsync(cancellationToken);
        var complaints = disputes.Concat(hard).ToLookup(c => c.CustomerId, c => c.At);
        foreach (var row in cases)
            row.HasComplaint = complaints[row.CustomerId].Any(at => at >= row.OpenedAt && !(at.InUtc().Date > row.ClosedOn?.PlusDays(ComplaintsForDays)));
    }

    private static RecoveryCohortView Cohort(YearMonth month, Currency currency, List<RecoveryRow> cases, bool mature)
    {
        var recovered = cases.Where(c => c.State == CaseState.Recovered).ToList();
        var (failed, arrived) = (cases.Sum(c => c.FailedMinor), cases.Sum(c => c.RecoveredMinor));
        var contacts = cases.Sum(c => c.Contacts);
        var kept = recovered.Count(c => c.Route == RecoveryRoute.Promise);
        return new(
            YearMonthPattern.Iso.Format(month), currency.Code, mature, cases.Count, Of(failed), Of(arrived), recovered.Count,
            Share(recovered.Count, cases.Count, 10_000), Share(arrived, failed, 10_000),
            [.. recovered.GroupBy(c => c.Route!.Value).OrderBy(g => g.Key)
                .Select(g => new RecoveryRouteView(Wire.Word(g.Key), g.Count(), Of(g.Sum(c => c.RecoveredMinor))))],
            recovered.Count(c => c.Contacts == 0), contacts, Share(contacts, recovered.Count, 100), Median(recovered),
            cases.Sum(c => c.Promises), kept, Count(c => c.WasParked), Count(c => c.State == CaseState.Returned),
            Count(c => c.State == CaseState.Ended), Count(c => c.State == CaseState.Left), Count(c => c.State is CaseState.Open or CaseState.Parked),
            Count(c => c.HasComplaint));

        int Count(Func<RecoveryRow, bool> which) => cases.Count(which);
        Amount Of(long minor) => new Money(minor, currency).ToAmount();
    }

    private static int? Share(long part, long whole, int of) => whole == 0 ? null : (int)(part * of / whole);

    private static int? Median(List<RecoveryRow> recovered)
    {
        var days = recovered.Select(c => Period.DaysBetween(c.OpenedOn, c.ClosedOn!.Value)).Order().ToList();
        return days.Count == 0 ? null : days[(days.Count - 1) / 2];
    }

    private sealed record RecoveryRow(
        CustomerId CustomerId, Instant OpenedAt, LocalDate OpenedOn, Currency Currency, CaseState State, RecoveryRoute? Route, long FailedMinor, long RecoveredMinor, int Contacts,
        LocalDate? ClosedOn, int Promises, int PromisesBroken, bool WasParked)
    {
        public bool HasComplaint { get; set; }
    }
}
