using Billing.Client.Contract;
using Billing.Ledger;
using Billing.Server.Http;
using Billing.Server.Persistence;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Ledger;

/// <summary>Deferred revenue: month by month what came and went, and in which months what is left will be delivered.</summary>
internal sealed record ReadDeferred(LocalDate From, LocalDate To, Instant? KnownAt) : IRequest<DeferredReportView>;

internal sealed class ReadDeferredValidator : AbstractValidator<ReadDeferred>
{
    private const int MostYears = 30;

    public ReadDeferredValidator() => RuleFor(r => r.To)
        .Must((r, to) => to >= r.From && to.Year - r.From.Year < MostYears)
        .WithMessage($"The last month is not before the first, and at most {MostYears} years after it.").OverridePropertyName("to");
}

internal sealed class ReadDeferredHandler(BillingDbContext db, BooksZone books, Door door) : IRequestHandler<ReadDeferred, DeferredReportView>
{
    public async Task<DeferredReportView> Handle(ReadDeferred request, CancellationToken cancellationToken)
    {
        var end = request.To.PlusMonths(1);
        var moves = await db.LedgerDays.KnownAt(request.KnownAt).Where(d => d.Account == Account.DeferredRevenue)
            .GroupBy(d => new { d.Currency, d.On, d.Rule })
            .Select(g => new { g.Key.Currency, g.Key.On, g.Key.Rule, Net = g.Sum(d => d.CreditMinor - d.DebitMinor) })
            .ToListAsync(cancellationToken);
        var known = request.KnownAt ?? door.Now;
        var delivered = books.Yesterday(known);
        var coming = await ComingAsync(known, delivered, cancellationToken);
        var waiting = await WaitingAsync(known, cancellationToken);

        var tables = moves.GroupBy(m => m.Currency).OrderBy(g => g.Key.Code, StringComparer.Ordinal).Select(g =>
        {
            var months = Months([.. g.Select(m => new Move(m.On, m.Rule, m.Net)).Where(m => m.On < end)], request.From, request.To);
            var left = coming.Where(c => c.Currency == g.Key).Select(c => new ComingMonthView(LedgerMonths.Word(c.Month), c.Minor)).ToList();
            var waits = waiting.GetValueOrDefault(g.Key);
            var balance = g.Sum(m => m.Net);
            return new DeferredCurrencyView(g.Key.Code, months, balance, left, waits, balance - waits - left.Sum(l => l.Amount));
        });
        return new(LedgerMonths.Word(request.From), LedgerMonths.Word(request.To), request.KnownAt?.Iso(), delivered.Iso(), [.. tables]);
    }

    private static List<DeferredMonthView> Months(List<Move> moves, LocalDate from, LocalDate to)
    {
        var opening = moves.Where(m => m.On < from).Sum(m => m.Net);
        List<DeferredMonthView> months = [];
        for (var month = from; month <= to; month = month.PlusMonths(1))
        {
            var its = moves.Where(m => m.On >= month && m.On < month.PlusMonths(1)).ToList();
            var closing = opening + its.Sum(m => m.Net);
            months.Add(new(
                LedgerMonths.Word(month), opening, Of(its, PostingRule.InvoiceIssued), Of(its, PostingRule.DayDelivered),
                Of(its, PostingRule.InvoiceCredited) + Of(its, PostingRule.UnusedTimeCredited), Of(its, PostingRule.InvoiceVoided), closing));
            opening = closing;
        }

        return months;
    }

    private static long Of(List<Move> moves, PostingRule rule) => moves.Where(m => m.Rule == rule).Sum(m => m.Net);

    private async Task<IEnumerable<(Currency Currency, LocalDate Month, long Minor)>> ComingAsync(
        Instant known, LocalDate delivered, CancellationToken cancellationToken)
    {
        var days = await db.DeliveryDays.Where(d => d.At <= known && d.On > delivered).GroupBy(d => new { d.Currency, d.On })
            .Select(g => new { g.Key.Currency, g.Key.On, Minor = g.Sum(d => d.AmountMinor) }).ToListAsync(cancellationToken);
        return days.GroupBy(d => (d.Currency, Month: new LocalDate(d.On.Year, d.On.Month, 1))).OrderBy(g => g.Key.Month)
            .Select(g => (g.Key.Currency, g.Key.Month, g.Sum(d => d.Minor))).Where(m => m.Item3 != 0);
    }

    private async Task<Dictionary<Currency, long>> WaitingAsync(Instant known, CancellationToken cancellationToken) => (await db.DeliveryPlans
            .Where(p => p.EndsOn == null && p.At <= known)
            .Where(p => !db.DeliveryPlans.Any(later => later.InvoiceId == p.InvoiceId && later.Sequence > p.Sequence && later.At <= known))
            .GroupBy(p => p.Currency).Select(g => new { Currency = g.Key, Minor = g.Sum(p => p.AmountMinor) })
            .ToListAsync(cancellationToken))
        .ToDictionary(w => w.Currency, w => w.Minor);

    private sealed record Move(LocalDate On, PostingRule Rule, long Net);
}
