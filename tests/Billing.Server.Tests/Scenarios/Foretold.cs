using System.Text.Json;
using Billing.Cards;
using Billing.Customers;
using Billing.Dunning;
using Billing.Invoicing;
using Billing.Payments;
using Billing.Server.Customers;
using Billing.Server.Http;
using Billing.Server.Persistence;
using Billing.Server.Tests.Infrastructure;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Scenarios;

/// <summary>What one customer was told would happen, held against what the run did, line by line.</summary>
internal sealed class Foretold(TestHouse house, CustomerId customer, List<string> story)
{
    /// <summary>Facts of the run that say what a line of an invoice, an attempt or another fact says already.</summary>
    private static readonly string[] SaidElsewhere =
    [
        nameof(PeriodBilled), nameof(BreakFeeBilled), nameof(BalanceMoved), nameof(ChangeWithdrawn), nameof(PaymentSucceeded),
        nameof(SubscriptionParked), nameof(InvoiceCredited), nameof(CardWatchBegan), nameof(CardWatchEnded),
    ];

    /// <summary>Facts of the run that come from outside, or tell something new: from then on another outlook holds.</summary>
    private static readonly string[] News =
    [
        nameof(PaymentDeclined), nameof(PaymentNeedsAction), nameof(PaymentFailed), nameof(PriceMoveAnnounced), nameof(DunningBegan),
        nameof(DunningEnded), nameof(TryNotMade), nameof(BackupCardPlanned), nameof(CardUpdatedByNetwork), nameof(PaymentNotConfirmed),
    ];

    private readonly List<Said> said = [];

    /// <summary>How much was compared: what a history without events would not show.</summary>
    public int Compared { get; private set; }

    /// <summary>Somebody did something: what was said before no longer holds.</summary>
    public void Forget() => said.Clear();

    /// <summary>Takes the outlook as it is now.</summary>
    public async Task AskAsync()
    {
        var now = house.Clock.Now;
        var entries = await house.ReadAsync(async db =>
        {
            var who = await db.Customers.AsNoTracking().SingleAsync(c => c.Id == customer, TestHouse.Cancellation);
            return Outlook.Of(await db.OutlookFactsAsync(who, house.Gateway, now, TestHouse.Cancellation));
        });
        said.Add(new(now, [.. entries.Where(e => e is not OutlookEntry.Changes).Select(e => (e.At, Line.Of(e)))]));
    }

    /// <summary>Holds what a run did against every outlook that was taken since the last event from outside.</summary>
    public async Task CompareAsync(Instant before)
    {
        var now = house.Clock.Now;
        var (done, news) = await house.ReadAsync(db => DoneAsync(db, now));
        var kept = true;
        foreach (var (taken, entries) in said)
        {
            var due = entries.Where(e => e.At > before && e.At <= now || e.At <= taken && taken == before).ToList();
            // What is written because of news was not foretold before them; what was foretold for the same moment may be overtaken.
            var lines = due.ConvertAll(e => e.Line);
            if (news.Count > 0)
            {
                lines.RemoveAll(l => l.IsAsk);
                done.RemoveAll(l => l.IsAsk);
                // Where a card is declined, what else it was to pay is not tried.
                lines.RemoveAll(l => l.Exact.StartsWith("collects", StringComparison.Ordinal) && !done.Contains(l));
            }

            // Access is lost on the day that was said, or later: never sooner, and not before a message has arrived.
            lines.RemoveAll(l => l.Exact.StartsWith("parks", StringComparison.Ordinal) && !done.Contains(l));

            // A day late, or several instants done at once: credit may be spent in another order, and who was to be reminded comes back later.
            var late = due.Select(e => e.At).Distinct().Count() > 1 || due.Exists(e => e.At < now - Duration.FromDays(1));
            var same = lines.Select(l => l.Exact).Order(StringComparer.Ordinal).SequenceEqual(done.Select(l => l.Exact).Order(StringComparer.Ordinal), StringComparer.Ordinal);
            var allowed = late && done.TrueForAll(d => lines.Exists(l => string.Equals(l.Late, d.Late, StringComparison.Ordinal)));
            kept &= same;
            Compared += done.Count;
            Assert.True(same || allowed, $"""
                {string.Join('\n', story)}
                The outlook of {taken} said, from {before} to {now}{(late ? ", which is late" : "")}:
                  {string.Join("\n  ", due.Select(e => $"{e.At} {e.Line.Exact}"))}
                The run did:
                  {string.Join("\n  ", done.Select(d => d.Exact))}
                """);
        }

        story.AddRange(done.Select(d => $"{now}   run: {d.Exact}"));
        if (news.Count > 0) story.Add($"{now}   news: {string.Join(", ", news)}");
        if (!kept || news.Count > 0 || done.Exists(d => d.Exact.StartsWith("parks", StringComparison.Ordinal))) Forget();
    }

    private async Task<(List<Line> Done, List<string> News)> DoneAsync(BillingDbContext db, Instant now)
    {
        var invoices = await db.Invoices.AsNoTracking().Where(i => i.CustomerId == customer && i.IssuedAt == now).ToListAsync(TestHouse.Cancellation);
        var attempts = await db.PaymentAttempts.AsNoTracking()
            .Where(a => a.CustomerId == customer && a.StartedAt == now && a.Trigger == AttemptTrigger.Automatic).ToListAsync(TestHouse.Cancellation);
        var facts = await db.History.AsNoTracking().Where(h => h.CustomerId == customer && h.At == now).ToListAsync(TestHouse.Cancellation);
        List<Line> done = [.. invoices.Select(Line.Of)];
        foreach (var attempt in attempts)
        {
            // The first attempt at what was just billed is part of billing it: for exactly what was left for the card.
            if (invoices.Find(i => i.Id == attempt.InvoiceId) is { } invoice) Assert.Equal(Line.AtFirst(invoice), attempt.AmountMinor);
            else done.Add(Line.Of(attempt));
        }

        foreach (var fact in facts.Where(f => !SaidElsewhere.Contains(f.Type) && !News.Contains(f.Type))) done.Add(Line.Of(fact));
        return (done, [.. facts.Select(f => f.Type).Intersect(News)]);
    }

    private sealed record Said(Instant Taken, IReadOnlyList<(Instant At, Line Line)> Entries);

    /// <summary>One thing that is said or done.</summary>
    /// <param name="Exact">As it is when the run is on time.</param>
    /// <param name="Late">What of it must hold when the run is late.</param>
    private sealed record Line(string Exact, string Late)
    {
        public bool IsAsk => Exact.StartsWith("asks", StringComparison.Ordinal);

        public static Line Of(OutlookEntry entry) => entry switch
        {
            OutlookEntry.Bills e => Billed("bills", e.Of, e.Period.Start, e.Period.End, e.Charge.Total.Minor, e.Use.Due.Minor),
            OutlookEntry.ChargesAway e => Billed("charges away", e.Of, e.On, e.To, e.Total.Minor, e.Use.Due.Minor),
            OutlookEntry.Collects e => Whole($"collects {e.InvoiceId}: {e.Amount.Minor}"),
            OutlookEntry.Asks e => Whole($"asks {e.CaseId}: {e.Template}".ToLowerInvariant()),
            OutlookEntry.Parks e => Whole($"parks {e.CaseId}"),
            OutlookEntry.EndsParked e => Whole($"ends {e.Of} {e.On.Iso()}"),
            OutlookEntry.MovesPrice e => Whole($"moves price {e.Of} {e.On.Iso()}: {e.Before.Minor} to {e.After.Minor}"),
            OutlookEntry.Ends e => Whole($"ends {e.Of} {e.On.Iso()}"),
            OutlookEntry.GoesAway e => Whole($"goes away {e.Of} {e.On.Iso()}, back {e.ReturnOn.Iso()}"),
            OutlookEntry.Reminds e => Reminded(e.Of, e.On, $"back {e.ReturnOn.Iso()}, {e.Total.Minor} on {e.NextBillingOn.Iso()}"),
            OutlookEntry.Returns e => Whole($"returns {e.Of} {e.On.Iso()}, billed {e.NextBillingOn.Iso()}"),
            _ => throw new InvalidOperationException($"{entry} is new."),
        };

        public static Line Of(Invoice i) => Billed(
            i.Kind == InvoiceKind.Break ? "charges away" : "bills", i.SubscriptionId!.Value, i.PeriodStart!.Value, i.PeriodEnd!.Value,
            i.TotalMinor, AtFirst(i));

        public static Line Of(PaymentAttempt attempt) => Whole($"collects {attempt.InvoiceId}: {attempt.AmountMinor}");

        public static Line Of(HistoryEntry fact)
        {
            var data = JsonDocument.Parse(fact.Data).RootElement;
            if (fact.Type == nameof(DunningParked)) return Whole($"parks {data.GetProperty("caseId")}");
            if (fact.Type == nameof(DunningWrote))
                return Whole($"asks {data.GetProperty("caseId")}: {data.GetProperty("template").ToString().Replace("_", "", StringComparison.Ordinal)}".ToLowerInvariant());
            var of = new SubscriptionId(data.GetProperty("subscriptionId").GetGuid());
            JsonElement Its(string name) => data.GetProperty(name);
            return fact.Type switch
            {
                nameof(PriceMoved) => Whole(
                    $"moves price {of} {fact.On.Iso()}: {Its("oldUnitAmountMinor")} to {Its("newUnitAmountMinor")}"),
                nameof(SubscriptionEnded) => Whole($"ends {of} {fact.On.Iso()}"),
                nameof(WentToBeach) => Whole($"goes away {of} {fact.On.Iso()}, back {Its("returnOn")}"),
                nameof(ReturnAnnounced) => Reminded(of, fact.On, $"back {Its("returnOn")}, {Its("totalMinor")} on {Its("nextBillingOn")}"),
                nameof(CameBackFromBeach) => Whole($"returns {of} {fact.On.Iso()}, billed {Its("nextBillingOn")}"),
                _ => Whole($"{fact.Type} {of}, which no outlook says"),
            };
        }

        /// <summary>What was left for the card when it was issued.</summary>
        public static long AtFirst(Invoice invoice) => invoice.TotalMinor - invoice.BalanceAppliedMinor - invoice.CarriedForwardMinor;

        private static Line Billed(string what, SubscriptionId of, LocalDate from, LocalDate to, long total, long due)
        {
            var whole = $"{what} {of} {from.Iso()} to {to.Iso()}: {total}";
            return new($"{whole}, {due} due", whole);
        }

        private static Line Reminded(SubscriptionId of, LocalDate on, string what) => new($"reminds {of} {on.Iso()}, {what}", $"reminds {of}");

        private static Line Whole(string text) => new(text, text);
    }
}
