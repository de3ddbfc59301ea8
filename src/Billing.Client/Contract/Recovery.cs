namespace Billing.Client.Contract;

/// <summary>What became of payments that failed, by the month of the first decline and by currency.</summary>
/// <param name="From">First day a case may have opened on.</param>
/// <param name="To">Last one.</param>
/// <param name="MaturesAfterDays">A month is mature when its last day is so many days ago: before, the figures still move.</param>
/// <param name="Cohorts">One for each month and currency.</param>
public sealed record RecoveryReportView(string From, string To, int MaturesAfterDays, IReadOnlyList<RecoveryCohortView> Cohorts);

/// <summary>The cases of one month. Rates are hundredths of a percent of the cases, or of the amount, and none of nothing.</summary>
/// <param name="Month"><c>2026-05</c>.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Mature">Whether enough days have passed for the figures to stand.</param>
/// <param name="Cases">How many began: the denominator of every rate by count.</param>
/// <param name="Failed">What failed to be paid: the denominator of the rate by amount.</param>
/// <param name="Recovered">What arrived.</param>
/// <param name="RecoveredCases">Cases paid in full.</param>
/// <param name="RateByCount">Recovered cases of all.</param>
/// <param name="RateByAmount">Recovered of failed.</param>
/// <param name="Routes">How the money came.</param>
/// <param name="HealedWithoutContact">Recovered without a single message.</param>
/// <param name="Contacts">Messages planned.</param>
/// <param name="ContactsPerRecovered">Hundredths of a message for each recovered case; none while none is.</param>
/// <param name="MedianDays">Days from the first decline to the money, of recovered cases.</param>
/// <param name="Promises">Days chosen to pay on.</param>
/// <param name="PromisesKept">Of which the card paid on.</param>
/// <param name="Parked">Cases that came to be parked.</param>
/// <param name="Returned">Of which the customer came back.</param>
/// <param name="Ended">Of which ended for good.</param>
/// <param name="Left">Cases whose customer left.</param>
/// <param name="StillOpen">Cases that go on.</param>
/// <param name="Complaints">Cases over which the customer went to the bank (a dispute), or said that it was hard (ease 1 or 2 of 7), from the
/// first decline until 30 days after the end.</param>
public sealed record RecoveryCohortView(
    string Month, string Currency, bool Mature, int Cases, Amount Failed, Amount Recovered, int RecoveredCases, int? RateByCount,
    int? RateByAmount, IReadOnlyList<RecoveryRouteView> Routes, int HealedWithoutContact, int Contacts, int? ContactsPerRecovered,
    int? MedianDays, int Promises, int PromisesKept, int Parked, int Returned, int Ended, int Left, int StillOpen, int Complaints);

/// <summary>One way the money came.</summary>
/// <param name="Route"><c>silent_retry</c>, <c>retry_after_message</c>, <c>card_healed</c>, <c>new_card</c>, <c>backup_card</c>,
/// <c>promise</c> or <c>paid_now</c>.</param>
/// <param name="Cases">How many.</param>
/// <param name="Recovered">How much.</param>
public sealed record RecoveryRouteView(string Route, int Cases, Amount Recovered);
