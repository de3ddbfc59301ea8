using Billing.Client.Contract;
using Billing.Plans;
using Billing.Server.Http;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using Billing.Server.Subscriptions;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace Billing.Server.Pages.Portal.Breaks;

/// <summary>What a customer chose on the calendar so far; all of it may be missing.</summary>
/// <param name="When"><c>now</c> or <c>period_end</c>.</param>
/// <param name="Back">First day back.</param>
/// <param name="Month">The month to show, <c>2027-01</c>.</param>
/// <param name="Session">The session of leaving in which the break was offered.</param>
public sealed record BreakChoice(string? When = null, string? Back = null, string? Month = null, Guid? Session = null)
{
    public ChangeWhen Begins => When == "period_end" ? ChangeWhen.PeriodEnd : ChangeWhen.Now;

    public LocalDate? BackOn => LocalDatePattern.Iso.Parse(Back ?? "") is { Success: true } day ? day.Value : null;

    public YearMonth? Shown => YearMonthPattern.Iso.Parse(Month ?? "") is { Success: true } month ? month.Value : null;
}

/// <summary>A break to take, or one that is planned or under way, and what the chosen day would mean.</summary>
/// <param name="Subscription">From what.</param>
/// <param name="PlanName">Of which plan.</param>
/// <param name="Live">The break there is; none when one is to be taken.</param>
/// <param name="Terms">What a break would cost and keep.</param>
/// <param name="Days">The days that can be chosen as the first one back; none when none can.</param>
/// <param name="Chosen">The day chosen, or proposed.</param>
/// <param name="Preview">What that day would mean.</param>
/// <param name="Return">What coming back today would mean; only while away.</param>
/// <param name="WhyNot">The code of the refusal, when it cannot be.</param>
public sealed record BreakPage(
    Subscription Subscription, string PlanName, Break? Live, BreakTerms? Terms, DateInterval? Days, LocalDate? Chosen, ForeseenBreak? Preview,
    ForeseenBreak? Return, string? WhyNot)
{
    private const int UsualDays = 30, UsualExtension = 14;

    /// <summary>First day away.</summary>
    public LocalDate From { get; private init; }

    public LocalDate Today { get; private init; }

    /// <summary>Reads it, and does what is wished on copies.</summary>
    internal static async Task<BreakPage> ReadAsync(
        BillingDbContext db, IPaymentGateway gateway, Guid id, BreakChoice choice, Instant now, CancellationToken cancellationToken)
    {
        var found = await db.Subscriptions.AsNoTracking().Where(s => s.Id == new SubscriptionId(id))
            .Join(db.Plans, s => s.PlanId, p => p.Id, (subscription, plan) => new { subscription, plan.Name }).SingleAsync(cancellationToken);
        var live = await db.Breaks.AsNoTracking().LiveAsync(found.subscription, cancellationToken);
        var terms = await db.BreakTerms.AsNoTracking().SingleOrDefaultAsync(
            t => t.PlanId == found.subscription.PlanId && t.Currency == found.subscription.Currency, cancellationToken);

        var today = found.subscription.Today(now);
        var page = new BreakPage(found.subscription, found.Name, live, terms, null, null, null, null, null) { Today = today };
        return live is null
            ? await page.ToTakeAsync(db, gateway, choice, now, cancellationToken)
            : await page.ToMoveAsync(db, gateway, live, choice, now, cancellationToken);
    }

    private async Task<BreakPage> ToTakeAsync(
        BillingDbContext db, IPaymentGateway gateway, BreakChoice choice, Instant now, CancellationToken cancellationToken)
    {
        if (Terms is null) return this with { WhyNot = "no_breaks" };
        var from = choice.Begins switch
        {
            ChangeWhen.Now => LocalDate.Max(Today, Subscription.CurrentStart),
            ChangeWhen.PeriodEnd => Subscription.CurrentEnd,
        };
        var days = new DateInterval(from.PlusDays(Terms.ShortestDays), from.PlusDays(Terms.LongestDays));
        var chosen = Clamp(choice.BackOn ?? from.PlusDays(UsualDays), days);
        var page = this with { Days = days, Chosen = chosen, From = from };
        try
        {
            var wanted = new NewBreak(chosen.Iso(), Wire.Word(choice.Begins), CancelSessionId: choice.Session);
            return page with { Preview = await db.ForeseeAsync(Subscription.Id.Value, wanted, gateway, now, cancellationToken) };
        }
        catch (Refused no)
        {
            return page with { WhyNot = no.Code };
        }
    }

    private async Task<BreakPage> ToMoveAsync(
        BillingDbContext db, IPaymentGateway gateway, Break live, BreakChoice choice, Instant now, CancellationToken cancellationToken)
    {
        var id = Subscription.Id.Value;
        var page = this with { From = live.StartsOn };
        if (live.State == BreakState.Away)
            page = page with { Return = await db.ForeseeReturnAsync(id, null, gateway, now, cancellationToken) };

        var (first, last) = (LocalDate.Max(live.ReturnOn, Today).PlusDays(1), live.StartsOn.PlusDays(live.LongestDays));
        if (first > last) return page;
        var days = new DateInterval(first, last);
        var chosen = Clamp(choice.BackOn ?? live.ReturnOn.PlusDays(UsualExtension), days);
        return page with { Days = days, Chosen = chosen, Preview = await db.ForeseeReturnAsync(id, chosen, gateway, now, cancellationToken) };
    }

    private static LocalDate Clamp(LocalDate day, DateInterval days) => LocalDate.Min(LocalDate.Max(day, days.Start), days.End);
}
