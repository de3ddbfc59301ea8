using Billing.Client.Contract;
using Billing.Metrics;
using Billing.Server.Http;
using Billing.Server.Persistence;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Reports;

/// <summary>What a row of the report spans.</summary>
internal enum MrrBy
{
    Day,
    Week,
    Month,
}

/// <summary>MRR and its movements, both days in. Months are cut to the days asked for.</summary>
internal sealed record ReadMrr(LocalDate From, LocalDate To, MrrBy By) : IRequest<MrrReportView>;

internal sealed class ReadMrrValidator : AbstractValidator<ReadMrr>
{
    private const int MostDays = 400, MostYears = 20, LastYear = 2200;

    public ReadMrrValidator() => RuleFor(r => r.To).Cascade(CascadeMode.Stop)
        .GreaterThanOrEqualTo(r => r.From).WithMessage("The last day is not before the first.")
        .Must(to => to.Year <= LastYear).WithMessage($"The last year is {LastYear}.")
        .Must((r, to) => r.By != MrrBy.Month ? Period.DaysBetween(r.From, to) < MostDays : to.Year - r.From.Year < MostYears)
        .WithMessage($"At most {MostDays} days, or {MostYears} years by month.").OverridePropertyName("to");
}

internal sealed class ReadMrrHandler(BillingDbContext db) : IRequestHandler<ReadMrr, MrrReportView>
{
    public async Task<MrrReportView> Handle(ReadMrr request, CancellationToken cancellationToken)
    {
        var sums = await MrrSums.ReadAsync(db, request.To, cancellationToken);
        var checks = await MrrSums.CheckAsync(db, cancellationToken);

        var tables = checks.OrderBy(c => c.Currency.Code, StringComparer.Ordinal).Select(check => new MrrCurrencyView(
            check.Currency.Code, MrrTable.Of(request, [.. sums.Where(s => s.Currency == check.Currency)]),
            new(check.Live, check.Moved, check.Live - check.Moved)));
        return new(request.From.Iso(), request.To.Iso(), Wire.Word(request.By), [.. tables]);
    }
}

/// <summary>The movements of one day, currency and kind.</summary>
internal sealed record MrrSum(Currency Currency, LocalDate On, MrrMovementKind Kind, long AmountMinor);

/// <summary>MRR two ways, as of now.</summary>
internal sealed record MrrCheck(Currency Currency, long Live, long Moved);

internal static class MrrSums
{
    /// <summary>
    /// The daily totals, and beside them what no run has taken in yet; in one statement, so that a movement being taken in
    /// meanwhile is counted once.
    /// </summary>
    public static async Task<IReadOnlyList<MrrSum>> ReadAsync(BillingDbContext db, LocalDate to, CancellationToken cancellationToken)
    {
        var rows = await db.MrrDays.Select(d => new { d.Currency, d.On, d.Kind, d.AmountMinor })
            .Concat(db.MrrMovements.Where(m => m.TotalledBy == null).Select(m => new { m.Currency, m.On, m.Kind, m.AmountMinor }))
            .Where(r => r.On <= to)
            .GroupBy(r => new { r.Currency, r.On, r.Kind })
            .Select(g => new { g.Key.Currency, g.Key.On, g.Key.Kind, AmountMinor = g.Sum(r => r.AmountMinor) })
            .ToListAsync(cancellationToken);
        return [.. rows.Select(r => new MrrSum(r.Currency, r.On, r.Kind, r.AmountMinor))];
    }

    /// <summary>What the subscriptions say and what the movements add up to, in one statement.</summary>
    public static async Task<IReadOnlyList<MrrCheck>> CheckAsync(BillingDbContext db, CancellationToken cancellationToken)
    {
        var rows = await db.Subscriptions.Select(s => new { s.Currency, Live = s.MrrMinor, Moved = 0L })
            .Concat(db.MrrDays.Select(d => new { d.Currency, Live = 0L, Moved = d.AmountMinor }))
            .Concat(db.MrrMovements.Where(m => m.TotalledBy == null).Select(m => new { m.Currency, Live = 0L, Moved = m.AmountMinor }))
            .GroupBy(r => r.Currency)
            .Select(g => new { Currency = g.Key, Live = g.Sum(r => r.Live), Moved = g.Sum(r => r.Moved) })
            .ToListAsync(cancellationToken);
        return [.. rows.Select(r => new MrrCheck(r.Currency, r.Live, r.Moved))];
    }
}
