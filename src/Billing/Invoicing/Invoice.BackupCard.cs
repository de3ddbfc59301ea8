using Billing.Customers;
using Billing.History;
using Billing.Periods;
using NodaTime;

namespace Billing.Invoicing;

/// <content>The second card that the customer agreed to.</content>
public sealed partial class Invoice
{
    /// <summary>How long before it is charged the customer can see it.</summary>
    public static readonly Duration BackupNotice = Duration.FromHours(24);

    /// <summary>Whether the run tries the customer's second card on it from now on.</summary>
    public bool OnBackupCard { get; private set; }

    /// <summary>The usual card will not do: the second one is tried, on the first morning that is a day away.</summary>
    /// <returns>The fact of it; <see langword="null"/> when there is no second card, or it was it that would not do.</returns>
    /// <example>Declined for good on 1 May at nine: the second card is tried on 2 May at nine. Declined at noon: on 3 May.</example>
    public BackupCardPlanned? PlanBackup(Customer customer, CardId declined, Instant now)
    {
        if (Status != InvoiceStatus.Open || OnBackupCard || customer.BackupCardId is not { } backup || backup == declined) return null;
        OnBackupCard = true;

        var day = CustomerZone.DateAt(now, customer.Zone).PlusDays(1);
        if (MorningOf(day) < now + BackupNotice) day = day.PlusDays(1);
        PlanAttempt(MorningOf(day));
        return new(CustomerId, customer.Today(now), Id, backup, day);

        Instant MorningOf(LocalDate date) => (date + PaymentMorning).InZoneLeniently(customer.Zone).ToInstant();
    }

    /// <summary>Another card is the usual one from now on: it is tried next.</summary>
    public void TryUsualCard(Instant now)
    {
        OnBackupCard = false;
        PlanAttempt(now);
    }

    /// <summary>The customer no longer agrees: nothing is planned where the second card was.</summary>
    public void LeaveBackup()
    {
        if (OnBackupCard) PlanAttempt(null);
        OnBackupCard = false;
    }
}

/// <summary>The second card, as agreed, is tried on <paramref name="Day"/>.</summary>
public sealed record BackupCardPlanned(CustomerId CustomerId, LocalDate On, InvoiceId InvoiceId, CardId CardId, LocalDate Day)
    : Fact(CustomerId, On);
