using Billing.History;
using Billing.Periods;
using NodaTime;

namespace Billing.Invoicing;

/// <content>A day to pay that the customer chose.</content>
public sealed partial class Invoice
{
    /// <summary>How far ahead a payment can be moved, at most.</summary>
    public const int LongestWait = 14;

    private static readonly LocalTime PaymentMorning = new(9, 0);

    /// <summary>The day the customer chose to be charged on instead, once.</summary>
    public LocalDate? PaymentDay { get; private set; }

    /// <summary>Moves the run's next try to the morning of a later day; once.</summary>
    /// <param name="day">Which day.</param>
    /// <param name="zone">Where the customer's mornings are.</param>
    /// <param name="now">When it was asked for.</param>
    /// <exception cref="Refused"><c>nothing_to_wait_for</c>, <c>payment_day_chosen</c>, <c>day_out_of_range</c>.</exception>
    /// <example>Declined on 1 May and to be tried on the 4th: moved to the 12th, it is tried at nine on the 12th.</example>
    public PaymentDayChosen WaitUntil(LocalDate day, DateTimeZone zone, Instant now)
    {
        if (Status != InvoiceStatus.Open || NextAttemptAt is not { } planned)
            throw new Refused("nothing_to_wait_for", "No try of a card is planned for this invoice.");
        if (PaymentDay is { } chosen)
            throw new Refused("payment_day_chosen", $"The payment was moved to {chosen:uuuu'-'MM'-'dd} already.");

        var today = CustomerZone.DateAt(now, zone);
        var (first, last) = (LocalDate.Max(today, CustomerZone.DateAt(planned, zone)).PlusDays(1), today.PlusDays(LongestWait));
        if (day < first || day > last)
            throw new Refused("day_out_of_range", $"The day is {first:uuuu'-'MM'-'dd} to {last:uuuu'-'MM'-'dd}.", "paymentDay");

        PaymentDay = day;
        NextAttemptAt = (day + PaymentMorning).InZoneLeniently(zone).ToInstant();
        return new(CustomerId, today, Id, day);
    }
}

/// <summary>The customer chose the day an invoice is charged on.</summary>
public sealed record PaymentDayChosen(CustomerId CustomerId, LocalDate On, InvoiceId InvoiceId, LocalDate Day) : Fact(CustomerId, On);
