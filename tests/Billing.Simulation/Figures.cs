using Billing.Dunning;
using Billing.Notices;
using Billing.Server.Reports;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace Billing.Simulation;

/// <summary>
/// What one life came to: from the product's own report of recovery, mature months only, and its own books. Messages are those that
/// were really sent: one that was planned and withdrawn because the money came first bothered nobody.
/// </summary>
/// <param name="Customers">How many began.</param>
/// <param name="Failed">Cents that failed to be paid.</param>
/// <param name="Recovered">Of which arrived while they were asked for.</param>
/// <param name="Cases">Cases.</param>
/// <param name="RecoveredCases">Of which were paid in full.</param>
/// <param name="Healed">Of which without a single message sent.</param>
/// <param name="Contacts">Messages sent.</param>
/// <param name="Lost">Customers without a running subscription at the end.</param>
/// <param name="Received">Cents taken at the gateway, over all the time.</param>
internal sealed record Figures(
    int Customers, long Failed, long Recovered, int Cases, int RecoveredCases, int Healed, int Contacts, int Lost, long Received)
{
    /// <summary>Invoices of renewals, and by what their first try failed: to lay beside what was assumed.</summary>
    public int Charges { get; init; }

    public IReadOnlyDictionary<string, int> Ladders { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    public double RecoveredShare => 100.0 * Recovered / Failed;

    public double RecoveredCasesShare => 100.0 * RecoveredCases / Cases;

    public double ContactsPerRecovered => (double)Contacts / RecoveredCases;

    public double HealedShare => 100.0 * Healed / Cases;

    public double LostShare => 100.0 * Lost / Customers;

    public double RecoveredEach => Recovered / 100.0 / Customers;

    public double ReceivedEach => Received / 100.0 / Customers;

    public static async Task<Figures> OfAsync(House house, int customers, LocalDate end)
    {
        var report = await house.SendAsync(new ReadRecovery(Merchant.Opened, end));
        var mature = report.Cohorts.Where(c => c.Mature).ToList();
        if (mature.Count == 0) mature = [.. report.Cohorts];
        await using var db = house.Data.Open();
        var cases = await db.DunningCases.Select(c => new
        {
            c.OpenedOn,
            c.State,
            Sent = db.Notices.Count(n => n.SubjectId == (Guid)(object)c.Id && n.State == NoticeState.Sent
                && n.Kind != NoticeKind.Parked && n.Kind != NoticeKind.PaidThanks),
        }).ToListAsync();
        cases.RemoveAll(c => !mature.Exists(m => m.Month == YearMonthPattern.Iso.Format(c.OpenedOn.ToYearMonth())));
        return new(
            customers, mature.Sum(c => c.Failed.Value), mature.Sum(c => c.Recovered.Value), mature.Sum(c => c.Cases), mature.Sum(c => c.RecoveredCases),
            cases.Count(c => c is { State: CaseState.Recovered, Sent: 0 }), cases.Sum(c => c.Sent),
            await db.Subscriptions.CountAsync(s => s.Lifecycle != Lifecycle.Active),
            house.Gateway.Ledger.TotalOf(Currency.Of("USD")).Minor)
        {
            Charges = await db.Invoices.CountAsync() - customers,
            Ladders = await db.DunningCases.GroupBy(c => c.Ladder).ToDictionaryAsync(g => g.Key, g => g.Count()),
        };
    }
}
