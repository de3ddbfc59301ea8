using System.Globalization;
using Billing.Cards;
using Billing.Client.Contract;
using Billing.Periods;
using Billing.Plans;
using Billing.Server.Http;
using Billing.Server.Persistence;
using Billing.Server.Subscriptions;
using Billing.Subscriptions;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Pages.Portal.Changes;

/// <summary>What a customer would like to have; all of it may be missing.</summary>
/// <param name="To">A plan and cadence, as <see cref="Offered.Name"/> writes them.</param>
/// <param name="Seats">How many seats.</param>
/// <param name="When"><c>now</c>, <c>period_end</c>, or nothing for what is usual.</param>
public sealed record ChangeWish(string? To = null, int? Seats = null, string? When = null)
{
    private const char Between = '~';
    private const int Parts = 3;

    /// <summary>What is asked of the house; none while nothing was chosen.</summary>
    public PlanChange? Change => To?.Split(Between) is { Length: Parts } parts
        && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? new(parts[0], Seats, new(parts[1], count), When: When is "now" or "period_end" ? When : null)
            : null;

    /// <summary>The name of a plan and cadence in a form.</summary>
    public static string NameOf(Plan plan, Cadence cadence) =>
        string.Join(Between, plan.Code, Wire.Word(cadence.Unit), cadence.Count.ToString(CultureInfo.InvariantCulture));
}

/// <summary>Something a subscription can become.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Price">At which price version.</param>
/// <param name="Unit">What a period and seat costs this customer.</param>
/// <param name="IsCurrent">Whether it is what the customer has.</param>
public sealed record Offered(Plan Plan, Price Price, Money Unit, bool IsCurrent)
{
    public string Name => ChangeWish.NameOf(Plan, Price.Cadence);
}

/// <summary>What a subscription can become, and what the wished change would cost.</summary>
/// <param name="Subscription">Which subscription.</param>
/// <param name="Plan">The plan it has.</param>
/// <param name="Offers">What is sold, the cheapest first.</param>
/// <param name="Card">What would be charged.</param>
/// <param name="Quote">What the wish would cost; none while nothing was chosen.</param>
/// <param name="WhyNot">The code of the refusal, when it cannot be.</param>
public sealed record ChangePage(
    Subscription Subscription, Plan Plan, IReadOnlyList<Offered> Offers, Card? Card, QuoteView? Quote, string? WhyNot)
{
    /// <summary>Whether what was to be confirmed had changed meanwhile.</summary>
    public bool WasStale { get; init; }

    internal static async Task<ChangePage> ReadAsync(
        BillingDbContext db, IMediator send, Guid id, ChangeWish wish, CancellationToken cancellationToken)
    {
        var found = await db.Subscriptions.AsNoTracking().Where(s => s.Id == new SubscriptionId(id))
            .Join(db.Plans, s => s.PlanId, p => p.Id, (subscription, plan) => new { subscription, plan })
            .Join(db.Customers, r => r.subscription.CustomerId, c => c.Id, (r, customer) => new { r.subscription, r.plan, customer.DefaultCardId })
            .SingleAsync(cancellationToken);
        var card = await db.Cards.AsNoTracking().SingleOrDefaultAsync(c => c.Id == found.DefaultCardId, cancellationToken);
        var page = new ChangePage(found.subscription, found.plan, await OffersAsync(db, found.subscription, found.plan, cancellationToken), card, null, null);
        if (wish.Change is not { } change) return page;
        try
        {
            return page with { Quote = await send.Send(new QuoteChange(id, page.Fitting(change)), cancellationToken) };
        }
        catch (Refused no)
        {
            return page with { WhyNot = no.Code };
        }
    }

    /// <summary>A flat plan has one seat, whatever the field beside it says.</summary>
    private PlanChange Fitting(PlanChange change) =>
        Offers.FirstOrDefault(o => o.Plan.Code == change.Plan) is { Plan.Pricing: PlanPricing.Flat } ? change with { Quantity = 1 } : change;

    private static async Task<IReadOnlyList<Offered>> OffersAsync(
        BillingDbContext db, Subscription subscription, Plan current, CancellationToken cancellationToken)
    {
        var others = db.Subscriptions
            .Where(s => s.CustomerId == subscription.CustomerId && s.Id != subscription.Id && s.Lifecycle != Lifecycle.Ended);
        var sold = await db.Prices.AsNoTracking().Where(p => p.Currency == subscription.Currency)
            .Join(
                db.Plans.Where(p => p.RetiredAt == null && !others.Any(s => s.PlanId == p.Id || s.PlannedPlanId == p.Id)),
                p => p.PlanId, p => p.Id, (price, plan) => new { price, plan })
            .ToListAsync(cancellationToken);
        var newest = sold.GroupBy(r => (r.plan.Id, r.price.Cadence)).Select(g => g.MaxBy(r => r.price.VersionNumber)!);
        return [.. newest.GroupBy(r => r.plan.Id).OrderBy(plan => plan.Min(r => r.price.Cadence.MonthlyValueOf(r.price.Unit).Minor))
            .SelectMany(plan => plan.OrderBy(r => r.price.CadenceUnit).ThenBy(r => r.price.CadenceCount))
            .Select(r => (r.plan, r.price, Current: r.plan.Id == current.Id && r.price.Cadence == subscription.Anchor.Cadence))
            .Select(r => new Offered(r.plan, r.price, r.Current ? subscription.Unit : r.price.Unit, r.Current))];
    }
}
