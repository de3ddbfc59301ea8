using System.Globalization;
using Billing.Dunning;
using Billing.Plans;
using Billing.Server.Customers;
using Billing.Server.Http;
using Billing.Server.Invoicing;
using Billing.Server.Pages.SignIn;
using Billing.Server.Persistence;
using Billing.Server.Subscriptions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Pages.Office.Acts;

/// <summary>Every act the same way: asked, shown, done.</summary>
internal static class ActRoutes
{
    public static void MapActs(this IEndpointRouteBuilder office)
    {
        foreach (var act in CustomerActs.All)
        {
            var group = office.MapGroup($"/customers/{{id:guid}}/acts/{act.Code}").RequireAuthorization(OfficeDoor.Policy(act.Role));
            group.MapGet("", (Guid id, Guid? on, Desk desk, BillingDbContext db, CancellationToken stop) => AskAsync(act, id, on, desk, db, stop));
            group.MapPost("", (Guid id, Guid? on, Desk desk, BillingDbContext db, ActDesk acts, Door door, HttpContext http, CancellationToken stop) =>
                TakeAsync(act, id, on, desk, db, acts, door, http, stop));
        }
    }

    private static async Task<IResult> AskAsync(
        Act act, Guid id, Guid? on, Desk desk, BillingDbContext db, CancellationToken cancellationToken)
    {
        var facts = await FactsAsync(act, id, on, desk, db, cancellationToken);
        return Form(act, facts, on, FieldsOf(act, facts), Troubles.None);
    }

    private static async Task<IResult> TakeAsync(
        Act act, Guid id, Guid? on, Desk desk, BillingDbContext db, ActDesk acts, Door door, HttpContext http, CancellationToken cancellationToken)
    {
        var facts = await FactsAsync(act, id, on, desk, db, cancellationToken);
        var given = await Filled.ReadAsync(http);
        var fields = FieldsOf(act, facts).Select(f => f with { Value = given[f.Name] }).ToList();
        if (int.TryParse(given["version"], CultureInfo.InvariantCulture, out var seen) && act == CustomerActs.Details) door.SeenVersion = seen;
        try
        {
            if (given["step"] == "again") return Form(act, facts, on, fields, Troubles.None);
            if (act.NeedsWhy && given["why"].Length == 0) throw new Refused("why_missing", "Say why; whoever looks at it later will be glad.", "why");
            var order = act.Order(facts, given);
            var what = given["step"] == "do" && given.Id("once") is { } once
                ? await acts.DoAsync(order, facts.Customer.Id, desk.T, new(once, facts.Customer.Id, given.Optional("why")), given["shown"], cancellationToken)
                : await acts.RehearseAsync(order, facts.Customer.Id, desk.T, cancellationToken);
            if (what is null) return new SeeOther($"/office/customers/{id}?done={act.Code}");

            return new RazorComponentResult<ActConfirm>(new
            {
                Desk = desk, Page = PageOf(act, facts, on, fields, Troubles.None), What = what, Once = NewId.At(desk.Now), Changed = given["step"] == "do",
            });
        }
        catch (Exception e) when (Troubles.Of(e, fields, desk.T) is { } troubles)
        {
            return Form(act, facts, on, fields, troubles);
        }
    }

    private static RazorComponentResult<ActForm> Form(Act act, ActFacts facts, Guid? on, IReadOnlyList<Field> fields, Troubles troubles) =>
        new(new { facts.Desk, Page = PageOf(act, facts, on, fields, troubles) })
        {
            StatusCode = troubles == Troubles.None ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
        };

    private static FormPage PageOf(Act act, ActFacts facts, Guid? on, IReadOnlyList<Field> fields, Troubles troubles) => new(
        CustomerActs.PathOf(act, facts.Customer.Id, on), act.Title(facts.T), act.Meaning(facts.T), facts.Customer,
        facts.Plan ?? facts.Invoice?.Number, troubles.At(fields), troubles.General);

    private static IReadOnlyList<Field> FieldsOf(Act act, ActFacts facts) =>
    [
        .. act.Fields(facts),
        new("why", facts.T["Why", "কেন"], FieldKind.Words, Hint: facts.T["Kept in the history, with your name.", "আপনার নামসহ ইতিহাসে থাকবে।"], Required: act.NeedsWhy),
    ];

    private static async Task<ActFacts> FactsAsync(
        Act act, Guid id, Guid? on, Desk desk, BillingDbContext db, CancellationToken cancellationToken)
    {
        var customer = await db.Customers.AsNoTracking().WithIdAsync(id, cancellationToken);
        IReadOnlyList<Discount> discounts = act == SubscriptionActs.Discount ? await db.Discounts.AsNoTracking().OrderBy(d => d.Name).ToListAsync(cancellationToken) : [];
        var it = act.On != ActOn.Customer ? null : await db.DunningCases.AsNoTracking()
            .SingleOrDefaultAsync(c => c.CustomerId == customer.Id && (c.State == CaseState.Open || c.State == CaseState.Parked), cancellationToken);
        var facts = new ActFacts(desk, customer, null, null, null, discounts) { Case = it };
        switch (act.On)
        {
            case ActOn.Subscription:
                var (subscription, _) = await db.SubscriptionAsync(on ?? Guid.Empty, cancellationToken);
                var plan = await db.Plans.Where(p => p.Id == subscription.PlanId).Select(p => p.Name).SingleAsync(cancellationToken);
                db.ChangeTracker.Clear();
                return subscription.CustomerId == customer.Id ? facts with { Subscription = subscription, Plan = plan } : throw Http.NotFound.Of("subscription");
            case ActOn.Invoice:
                var invoice = await db.Invoices.AsNoTracking().WithIdAsync(on ?? Guid.Empty, cancellationToken);
                return invoice.CustomerId == customer.Id ? facts with { Invoice = invoice } : throw Http.NotFound.Of("invoice");
            case ActOn.Payment:
                var payment = await db.PaymentAttempts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == new PaymentAttemptId(on ?? Guid.Empty), cancellationToken);
                return payment?.CustomerId == customer.Id ? facts with { Payment = payment } : throw Http.NotFound.Of("payment");
            case ActOn.Dispute:
                var dispute = await db.Disputes.AsNoTracking().SingleOrDefaultAsync(d => d.Id == new DisputeId(on ?? Guid.Empty), cancellationToken);
                return dispute?.CustomerId == customer.Id ? facts with { Dispute = dispute } : throw Http.NotFound.Of("dispute");
            default:
                return facts;
        }
    }
}
