using Billing.Cards;
using Billing.Customers;
using Billing.Dunning;
using Billing.Server.Dunning;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace Billing.Server.Pages.Portal;

/// <summary>The days to pay that a customer may choose, and what the chosen one means.</summary>
/// <param name="Case">What is being asked for; none when nothing is.</param>
/// <param name="Days">The days that can be chosen; none when none can.</param>
/// <param name="Chosen">The day looked at.</param>
/// <param name="Month">The month to show.</param>
/// <param name="Today">The customer's day.</param>
/// <param name="Due">What is open in all.</param>
/// <param name="Card">The card that is tried that morning.</param>
/// <param name="WhyNot">The code of the refusal, when no day can be chosen.</param>
public sealed record DayPage(
    DunningCase? Case, DateInterval? Days, LocalDate Chosen, YearMonth Month, LocalDate Today, Money Due, Card? Card, string? WhyNot)
{
    private const int UsualDays = 7;

    /// <summary>Whether the bank said for good that this card will not do.</summary>
    public bool NeedsOtherCard => Card is null || (Case is { } it && it.CardId == Card.Id && CardLimits.IsHard(it.Code));

    /// <summary>Reads it.</summary>
    /// <param name="db">The database.</param>
    /// <param name="customer">Whose.</param>
    /// <param name="day">The day looked at, ISO; may be missing.</param>
    /// <param name="month">The month to show, <c>2026-12</c>; may be missing.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<DayPage> ReadAsync(
        BillingDbContext db, Customer customer, string? day, string? month, Instant now, CancellationToken cancellationToken)
    {
        var today = customer.Today(now);
        var it = await db.LiveCaseAsync(customer.Id, cancellationToken);
        if (it is not { IsOpen: true })
            return new(it, null, today, today.ToYearMonth(), today, Money.Zero(customer.Currency), null, "case_closed");

        var terms = (await DunningPolicies.ReadAsync(db, it.PolicyVersion, cancellationToken)).Promise;
        var due = (await db.OwedAsync(customer.Id, cancellationToken)).Sum(i => i.DueMinor);
        var card = await db.Cards.AsNoTracking().SingleOrDefaultAsync(c => c.Id == customer.DefaultCardId, cancellationToken);
        var days = new DateInterval(today.PlusDays(1), today.PlusDays(terms.LongestDays));
        var chosen = LocalDate.Max(days.Start, LocalDate.Min(DayOf(day) ?? it.PromisedOn ?? today.PlusDays(UsualDays), days.End));
        var shown = MonthOf(month) is { } wanted && wanted >= days.Start.ToYearMonth() && wanted <= days.End.ToYearMonth() ? wanted : chosen.ToYearMonth();
        var page = new DayPage(it, days, chosen, shown, today, new(due, customer.Currency), card, null);
        return it.Promises < terms.AtMost ? page : page with { Days = null, WhyNot = "promises_used_up" };
    }

    private static LocalDate? DayOf(string? day) => LocalDatePattern.Iso.Parse(day ?? "") is { Success: true } parsed ? parsed.Value : null;

    private static YearMonth? MonthOf(string? month) => YearMonthPattern.Iso.Parse(month ?? "") is { Success: true } parsed ? parsed.Value : null;
}
