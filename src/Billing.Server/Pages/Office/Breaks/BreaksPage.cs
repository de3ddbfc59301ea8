using Billing.Cards;
using Billing.Customers;
using Billing.Invoicing;
using Billing.Server.Persistence;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Pages.Office.Breaks;

/// <summary>Who is away or about to go, soonest back first; and whose return may go wrong.</summary>
public sealed record BreaksPage(IReadOnlyList<BreakRow> Rows, int Number, bool HasMore)
{
    private const int RowsAPage = 40;

    internal static async Task<BreaksPage> ReadAsync(BillingDbContext db, int page, CancellationToken cancellationToken)
    {
        var number = Math.Clamp(page, 1, 1_000);
        var rows = await (
            from away in db.Breaks.AsNoTracking()
            where away.State == BreakState.Away || away.State == BreakState.Planned
            join customer in db.Customers.AsNoTracking() on away.CustomerId equals customer.Id
            join subscription in db.Subscriptions.AsNoTracking() on away.SubscriptionId equals subscription.Id
            join plan in db.Plans on subscription.PlanId equals plan.Id
            join held in db.Cards.AsNoTracking() on customer.DefaultCardId equals (CardId?)held.Id into cards
            from card in cards.DefaultIfEmpty()
            orderby away.ReturnOn, away.Id
            select new
            {
                away, customer, subscription, plan.Name, card,
                Owes = db.Invoices.Any(i => i.CustomerId == customer.Id && i.Status == InvoiceStatus.Open),
            }).Skip((number - 1) * RowsAPage).Take(RowsAPage + 1).ToListAsync(cancellationToken);
        return new(
            [.. rows.Take(RowsAPage).Select(r => new BreakRow(r.away, r.customer, r.subscription, r.Name, r.card, r.Owes))], number, rows.Count > RowsAPage);
    }
}

/// <summary>Somebody away or about to go.</summary>
public sealed record BreakRow(Break Break, Customer Customer, Subscription Subscription, string Plan, Card? Card, bool Owes)
{
    /// <summary>The day of the first charge after the return.</summary>
    public LocalDate NextBillingOn => Break.ReturnOn.PlusDays(Break.BankedDays);

    /// <summary>Why the return may go wrong, if it may.</summary>
    public IEnumerable<ReturnRisk> Risks
    {
        get
        {
            if (Card is null) yield return ReturnRisk.NoCard;
            else if (Card.ValidThrough < NextBillingOn) yield return ReturnRisk.CardExpires;
            if (Owes) yield return ReturnRisk.Owes;
            if (Break.Extensions > 0) yield return ReturnRisk.Extended;
        }
    }
}

/// <summary>What may keep somebody from coming back.</summary>
public enum ReturnRisk
{
    NoCard,
    CardExpires,
    Owes,
    Extended,
}
