using Billing.Invoicing;
using NodaTime;

namespace Billing.Ledger;

/// <summary>An amount that is delivered day by day.</summary>
/// <remarks>
/// A day's share is the difference of two running totals, so that the days add up to the whole to the last minor unit, wherever
/// it is cut. What was delivered before it was billed is delivered, for the books, on the day it is billed.
/// </remarks>
/// <param name="Start">First day.</param>
/// <param name="End">First day after; with no day in between, all of it is delivered on the first.</param>
/// <param name="Amount">All of it; below zero for what is taken off.</param>
/// <param name="NotBefore">The day it was billed: nothing is delivered earlier.</param>
/// <example>49.00 over April's 30 days: 1.63 on the 1st, 1.64 on the 2nd, and 26.13 by the end of the 16th.</example>
public readonly record struct Stretch(LocalDate Start, LocalDate End, Money Amount, LocalDate NotBefore)
{
    /// <summary>
    /// The stretch of an issued invoice's line; <see langword="null"/> when the line bills no days. Nor does one that takes unused
    /// time off: it takes over days that were billed before.
    /// </summary>
    public static Stretch? Of(InvoiceLine line, Invoice invoice) =>
        line is { Kind: not InvoiceLineKind.ProrationCredit, ServiceStart: { } start, ServiceEnd: { } end }
            ? new(start, end, new(line.AmountMinor, invoice.Currency), invoice.IssuedOn!.Value)
            : null;

    /// <summary>The part of days before <paramref name="day"/>.</summary>
    public Money Until(LocalDate day) => day >= End && day > Start ? Amount
        : day <= Start ? Money.Zero(Amount.Currency)
        : Amount.Part(Period.DaysBetween(Start, day), Period.DaysBetween(Start, End));

    /// <summary>The part of <paramref name="day"/> and the days after it.</summary>
    public Money From(LocalDate day) => Amount - Until(day);

    /// <summary>What is not yet delivered, for the books, when a day is over; of the days before <paramref name="cut"/> only.</summary>
    public Money After(LocalDate day, LocalDate? cut = null)
    {
        var end = cut ?? LocalDate.MaxIsoValue;
        return Until(end) - (day < NotBefore ? Money.Zero(Amount.Currency) : Until(LocalDate.Min(end, day.PlusDays(1))));
    }

    /// <summary>The share of each day from a day on, and the day it is delivered on for the books.</summary>
    public IEnumerable<(LocalDate On, Money Share)> Days(LocalDate from)
    {
        var last = LocalDate.Max(Start.PlusDays(1), End);
        var before = Until(from);
        for (var day = LocalDate.Max(Start, from); day < last; day = day.PlusDays(1))
        {
            var until = Until(day.PlusDays(1));
            if (until != before) yield return (LocalDate.Max(day, NotBefore), until - before);
            before = until;
        }
    }
}
