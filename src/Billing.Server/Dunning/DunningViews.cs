using System.Text.Json;
using Billing.Cards;
using Billing.Client.Contract;
using Billing.Customers;
using Billing.Dunning;
using Billing.Server.Customers;
using Billing.Server.Http;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Dunning;

/// <summary>Cases and watches as the API shows them.</summary>
internal static class DunningViews
{
    private const int Lately = 10;

    public static async Task<DunningView> DunningViewAsync(this BillingDbContext db, Guid id, CancellationToken cancellationToken) =>
        await db.DunningViewAsync(await db.Customers.AsNoTracking().WithIdAsync(id, cancellationToken), cancellationToken);

    /// <summary>How a customer stands; within a command, as it will be when that is done.</summary>
    public static async Task<DunningView> DunningViewAsync(this BillingDbContext db, Customer customer, CancellationToken cancellationToken)
    {
        var it = await db.LiveCaseAsync(customer.Id, cancellationToken);
        var watches = await db.CardWatches.AsNoTracking().Where(w => w.CustomerId == customer.Id).OrderByDescending(w => w.Id).Take(Lately)
            .ToListAsync(cancellationToken);
        var refused = await db.History.AsNoTracking().Where(h => h.CustomerId == customer.Id && h.Type == nameof(TryNotMade))
            .OrderByDescending(h => h.Id).Take(Lately).ToListAsync(cancellationToken);
        return new(
            customer.Id.Value, customer.IsExempt, it?.ToView(), [.. watches.Select(ToView)],
            [.. refused.Select(h => new NotTriedView(h.On.Iso(), JsonDocument.Parse(h.Data).RootElement.GetProperty("words").GetString()!))]);
    }

    public static Task<Page<DunningCaseView>> DunningCasePageAsync(
        this BillingDbContext db, string? state, PageQuery page, CancellationToken cancellationToken)
    {
        IQueryable<DunningCase> cases = db.DunningCases;
        if (state is not null)
        {
            var wanted = Word<CaseState>(state);
            cases = cases.Where(c => c.State == wanted);
        }

        return cases
            .ToPageAsync(c => c.Id, DunningCaseId.From, page, ToView, cancellationToken);
    }

    public static Task<Page<CardWatchView>> CardWatchPageAsync(
        this BillingDbContext db, string? state, PageQuery page, CancellationToken cancellationToken)
    {
        IQueryable<CardWatch> watches = db.CardWatches;
        if (state is not null)
        {
            var wanted = Word<WatchState>(state);
            watches = watches.Where(w => w.State == wanted);
        }

        return watches
            .ToPageAsync(w => w.Id, CardWatchId.From, page, ToView, cancellationToken);
    }

    /// <summary>What quiet time holds now for all cards and for each kind of card we saw, with the figures behind it.</summary>
    public static async Task<IReadOnlyList<QuietTimeView>> QuietTimesAsync(
        this BillingDbContext db, QuietTerms terms, Instant now, CancellationToken cancellationToken)
    {
        var seen = await db.SeenCardsAsync(now, cancellationToken);
        var kinds = seen.Select(s => (s.Country, s.Brand)).Distinct().OrderBy(k => k.Country, StringComparer.Ordinal).ThenBy(k => k.Brand, StringComparer.Ordinal);
        return [View(null, null), .. kinds.Select(k => View(k.Country, k.Brand))];

        QuietTimeView View(string? country, string? brand)
        {
            var quiet = QuietTime.Choose(country, brand ?? "", seen, terms);
            return new(country, brand, quiet.Days, Wire.Word(quiet.Source), quiet.Words, quiet.Curve.Cards, [.. quiet.Curve.Steps.Select(
                s => new CurveStepView(s.Day, s.AtRisk, s.Healed, s.StillWaitingPerMille))]);
        }
    }

    public static async Task<IReadOnlyList<DunningPolicyView>> DunningPoliciesAsync(this BillingDbContext db, CancellationToken cancellationToken) =>
        [.. (await db.DunningPolicies.AsNoTracking().OrderByDescending(p => p.Number).ToListAsync(cancellationToken)).Select(ToView)];

    public static DunningPolicyView ToView(this PublishedPolicy policy) =>
        new(policy.Number, policy.PublishedAt.Iso(), policy.PublishedBy, policy.Data);

    public static DunningCaseView ToView(this DunningCase it) => new(
        it.Id.Value, it.CustomerId.Value, Wire.Word(it.State), it.Ladder, it.Code, it.PolicyVersion, it.OpenedOn.Iso(),
        it.NextAt is null ? null : Wire.Word(it.NextStep), it.NextAt?.Iso(), it.NextAt is null ? null : it.NextWhy,
        new Money(it.FailedMinor, it.Currency).ToAmount(), new Money(it.RecoveredMinor, it.Currency).ToAmount(), it.Retries, it.Contacts,
        it.PromisedOn?.Iso(), it.Promises, it.PromisesBroken, it.GraceUntil?.Iso(), it.ParkedOn?.Iso(),
        it.Route is { } route ? Wire.Word(route) : null, it.ClosedOn?.Iso(), it.ClosedWhy);

    private static CardWatchView ToView(this CardWatch watch) => new(
        watch.Id.Value, watch.CustomerId.Value, watch.CardId.Value, Wire.Word(watch.State), watch.ExpiredOn.Iso(), watch.QuietDays,
        Wire.Word(watch.QuietSource), watch.QuietWords, watch.QuietUntil?.Iso(), watch.AskedOn?.Iso(), watch.EndedOn?.Iso(),
        watch.Evidence is { } evidence ? Wire.Word(evidence) : null);

    private static TEnum Word<TEnum>(string word) where TEnum : struct, Enum =>
        Enum.GetValues<TEnum>().Where(v => Wire.Word(v) == word).Cast<TEnum?>().SingleOrDefault()
            ?? throw new BadInput(400, "bad_parameter", $"A state is one of {string.Join(", ", Enum.GetValues<TEnum>().Select(Wire.Word))}.", "state");
}
