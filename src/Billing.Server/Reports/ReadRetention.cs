using Billing.Client.Contract;
using Billing.Metrics;
using Billing.Retention;
using Billing.Server.Http;
using Billing.Server.Ledger;
using Billing.Server.Persistence;
using Billing.Subscriptions;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Reports;

/// <summary>What became of those who looked at leaving, of breaks, and how hard customers found it; both days in.</summary>
internal sealed record ReadRetention(LocalDate From, LocalDate To) : IRequest<RetentionReportView>;

internal sealed class ReadRetentionValidator : AbstractValidator<ReadRetention>
{
    private const int MostYears = 5;

    public ReadRetentionValidator() => RuleFor(r => r.To).Cascade(CascadeMode.Stop)
        .GreaterThanOrEqualTo(r => r.From).WithMessage("The last day is not before the first.")
        .Must((r, to) => to <= r.From.PlusYears(MostYears)).WithMessage($"At most {MostYears} years.").OverridePropertyName("to");
}

internal sealed class ReadRetentionHandler(BillingDbContext db, BooksZone books, Door door) : IRequestHandler<ReadRetention, RetentionReportView>
{
    private const int Soon = 30, Later = 90;

    public async Task<RetentionReportView> Handle(ReadRetention request, CancellationToken cancellationToken)
    {
        var sessions = await db.CancelSessions.Where(s => s.ClosedOn >= request.From && s.ClosedOn <= request.To)
            .GroupBy(s => new { s.Reason, s.Outcome, s.OfferKind, s.After30, s.After90 })
            .Select(g => new Sessions(g.Key.Reason, g.Key.Outcome, g.Key.OfferKind, g.Key.After30, g.Key.After90, g.Count())).ToListAsync(cancellationToken);
        return new(
            request.From.Iso(), request.To.Iso(), Reasons(sessions), Offers(sessions), await BreaksAsync(request, cancellationToken),
            await EffortAsync(request, cancellationToken));
    }

    private static List<ReasonFigureView> Reasons(List<Sessions> sessions) =>
    [
        .. sessions.GroupBy(s => s.Reason).OrderByDescending(g => g.Sum(s => s.Count)).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => new ReasonFigureView(
            g.Key, g.Sum(s => s.Count), Of(g, SessionOutcome.LeftNow), Of(g, SessionOutcome.LeftAtPeriodEnd), Of(g, SessionOutcome.TookOffer),
            Of(g, SessionOutcome.Stayed), Of(g, SessionOutcome.Abandoned))),
    ];

    private static List<OfferFigureView> Offers(List<Sessions> sessions) =>
    [
        .. sessions.Where(s => s.Offer is not null).GroupBy(s => s.Offer!.Value).OrderBy(g => g.Key).Select(g =>
        {
            var taken = g.Where(s => s.Outcome == SessionOutcome.TookOffer).ToList();
            return new OfferFigureView(
                Wire.Word(g.Key), g.Sum(s => s.Count), taken.Sum(s => s.Count), Saved(taken.Select(s => (s.After30, s.Count))), Saved(taken.Select(s => (s.After90, s.Count))));
        }),
    ];

    /// <summary>A break that ended counts so many days after its end, whether its customer came back or was lost there.</summary>
    private async Task<List<BreakFigureView>> BreaksAsync(ReadRetention request, CancellationToken cancellationToken)
    {
        var rows = await db.Breaks.Where(b => b.StartsOn >= request.From && b.StartsOn <= request.To)
            .Where(b => b.State == BreakState.Away || b.State == BreakState.Returned || b.State == BreakState.Lost)
            .Join(db.Subscriptions, b => b.SubscriptionId, s => s.Id, (b, s) => new { b.AskedHow, b.State, b.EndedOn, Left = s.EndedOn })
            .ToListAsync(cancellationToken);
        var today = books.Yesterday(door.Now).PlusDays(1);
        return
        [
            .. rows.Select(b => new Stay(b.AskedHow, b.State, b.EndedOn, b.Left)).GroupBy(b => b.AskedHow).OrderBy(g => g.Key).Select(g => new BreakFigureView(
                Wire.Word(g.Key), g.Count(), g.Count(b => b.State == BreakState.Away), g.Count(b => b.State == BreakState.Returned),
                g.Count(b => b.State == BreakState.Lost), After(g, Soon, today), After(g, Later, today))),
        ];
    }

    private static SavedView After(IEnumerable<Stay> stays, int days, LocalDate today)
    {
        var matured = stays.Where(b => b.EndedOn?.PlusDays(days) <= today).ToList();
        return Saved(matured.Count, matured.Count(b => b.State == BreakState.Returned && !(b.LeftOn <= b.EndedOn!.Value.PlusDays(days))));
    }

    private async Task<List<EffortView>> EffortAsync(ReadRetention request, CancellationToken cancellationToken)
    {
        var (from, to) = (books.Zone.AtStartOfDay(request.From).ToInstant(), books.Zone.AtStartOfDay(request.To.PlusDays(1)).ToInstant());
        var said = await db.Feedback.Where(f => f.GivenAt >= from && f.GivenAt < to).GroupBy(f => f.Act)
            .Select(g => new { Act = g.Key, Answers = g.Count(), Ease = g.Sum(f => f.Ease), Complaints = g.Count(f => f.Ease <= Feedback.Complaint) })
            .ToListAsync(cancellationToken);
        return [.. said.OrderBy(s => s.Act).Select(s => new EffortView(
            Wire.Word(s.Act), s.Answers, s.Answers < Figure.Fewest ? null : ((s.Ease * 100) + (s.Answers / 2)) / s.Answers, s.Complaints))];
    }

    private static int Of(IEnumerable<Sessions> sessions, SessionOutcome outcome) => sessions.Where(s => s.Outcome == outcome).Sum(s => s.Count);

    private static SavedView Saved(IEnumerable<(Aftermath? Aftermath, int Count)> looked)
    {
        var matured = looked.Where(l => l.Aftermath is not null).ToList();
        return Saved(matured.Sum(m => m.Count), matured.Where(m => m.Aftermath is not Aftermath.Gone).Sum(m => m.Count));
    }

    private static SavedView Saved(int matured, int stillHere) =>
        new(matured, stillHere, matured < Figure.Fewest ? null : (int)(((long)stillHere * 10_000) + (matured / 2)) / matured);

    private sealed record Stay(BreakAskedHow AskedHow, BreakState State, LocalDate? EndedOn, LocalDate? LeftOn);

    private sealed record Sessions(string? Reason, SessionOutcome? Outcome, OfferKind? Offer, Aftermath? After30, Aftermath? After90, int Count);
}
