using Billing.Client.Contract;
using Billing.Dunning;
using Billing.Server.Http;
using Billing.Server.Persistence;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Customers;

/// <summary>What a customer may use: two look-ups by index and a pure function, however long the history is.</summary>
internal static class ReadEntitlement
{
    public static async Task<EntitlementView> EntitlementAsync(
        this BillingDbContext db, Guid id, Instant now, CancellationToken cancellationToken)
    {
        var rows = await (
            from customer in db.Customers.Where(c => c.Id == new CustomerId(id))
            join found in db.Subscriptions on customer.Id equals found.CustomerId into subscriptions
            from subscription in subscriptions.DefaultIfEmpty()
            join of in db.Plans on subscription.PlanId equals of.Id into plans
            from plan in plans.DefaultIfEmpty()
            join live in db.Breaks.Where(b => b.State == BreakState.Planned || b.State == BreakState.Away)
                on subscription.Id equals live.SubscriptionId into breaks
            from away in breaks.DefaultIfEmpty()
            join asked in db.DunningCases.Where(c => c.State == CaseState.Open) on customer.Id equals asked.CustomerId into cases
            from it in cases.DefaultIfEmpty()
            select new { Subscription = (Subscription?)subscription, Plan = (string?)plan.Code, Break = (Break?)away, ParksAt = it.NextStep == DunningStep.Park ? it.NextAt : null })
            .AsNoTracking().ToListAsync(cancellationToken);
        if (rows.Count == 0) throw NotFound.Of("customer");

        var answers = rows.Where(r => r.Subscription is not null)
            .Select(r => (r.Subscription!, r.Plan!, Entitlement.Of(r.Subscription!, r.Break, now, r.ParksAt)))
            .OrderByDescending(r => r.Item3.Access).ThenBy(r => r.Item1.Id).ToList();
        return ToView(id, answers);
    }

    private static EntitlementView ToView(Guid id, List<(Subscription Subscription, string Plan, Entitlement Answer)> answers)
    {
        var most = answers.Count == 0 ? Access.None : answers.Max(a => a.Answer.Access);
        // The whole answer is certain as long as its least certain part.
        var until = answers.Select(a => a.Answer.CertainUntil).Where(at => at is not null).Min();
        return new(id, Wire.Word(most), until?.Iso(), [.. answers.Select(a => new SubscriptionEntitlementView(
            a.Subscription.Id.Value, a.Plan, a.Answer.Quantity, Wire.Word(a.Answer.Access), Wire.Word(a.Answer.Reason),
            a.Answer.CertainUntil?.Iso()))]);
    }

    /// <summary>Answers with an <c>ETag</c> of what it says: 304 as long as that is the same, and never kept by others.</summary>
    public static IResult Cached(HttpContext http, EntitlementView view)
    {
        var tag = $"\"{Secrets.Hash(System.Text.Json.JsonSerializer.Serialize(view, BillingJson.Options))[..32]}\"";
        http.Response.Headers.ETag = tag;
        http.Response.Headers.CacheControl = "private, no-cache";
        return http.Request.Headers.IfNoneMatch.ToString().Split(',', StringSplitOptions.TrimEntries).Contains(tag)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(view);
    }
}
