using System.Runtime.CompilerServices;
using Billing.Cards;
using Billing.Customers;
using Billing.Metrics;
using Billing.Periods;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using Billing.Subscriptions;
using NodaTime;

namespace Billing.Benchmarks;

/// <summary>
/// Customers with one subscription each, lived up to the days before the run by the rules themselves: started, some
/// with a trial or a discount, and renewed. As after an import, the invoices of that time are not there; the movements are.
/// </summary>
/// <param name="Due">How many are due by <see cref="SecondDay"/>; a tenth of them by <see cref="FirstDay"/> already.</param>
/// <param name="NotDue">How many are due later in the month.</param>
internal sealed record Portfolio(int Due, int NotDue)
{
    /// <summary>The run of this moment finds a tenth of what is due.</summary>
    public static readonly Instant FirstDay = Instant.FromUtc(2026, 10, 30, 0, 0);

    /// <summary>The run of this moment finds all of it.</summary>
    public static readonly Instant SecondDay = Instant.FromUtc(2026, 11, 2, 0, 0);

    private const int Chunk = 5_000;
    private static readonly Instant Before = Instant.FromUtc(2025, 10, 1, 0, 0);
    private static readonly Guid EarlierRun = Guid.CreateVersion7(Before.ToDateTimeOffset());

    private static readonly (string Zone, string Currency)[] Places =
    [
        ("America/New_York", "USD"), ("America/Los_Angeles", "USD"), ("Europe/London", "GBP"), ("Europe/Berlin", "EUR"),
        ("Asia/Dhaka", "BDT"), ("Asia/Tokyo", "JPY"), ("Asia/Kuwait", "KWD"), ("Australia/Sydney", "USD"),
    ];

    public async Task FillAsync(BillingDatabase database, IPaymentGateway? cardsAt = null)
    {
        await database.MigrateAsync(CancellationToken.None);
        var catalogue = new Catalogue(Before);
        await using (var db = database.Open())
        {
            db.AddRange(catalogue.Plans);
            db.AddRange(catalogue.Prices);
            db.AddRange(catalogue.Discounts);
            await db.SaveChangesAsync();
        }

        var total = Due + NotDue;
        for (var from = 0; from < total; from += Chunk)
        {
            var rows = new Rows(catalogue);
            for (var i = from; i < Math.Min(from + Chunk, total); i++) await rows.AddAsync(i, DueDay(i, total), cardsAt);
            await rows.WriteAsync(database);
        }
    }

    // Those that are due lie evenly among those that are not, as they would in a table that grew over years.
    private LocalDate DueDay(long i, long total)
    {
        var dueBefore = i * Due / total;
        if (dueBefore == (i + 1) * Due / total) return new(2026, 11, 4 + (int)(i % 25));
        return dueBefore % 10 == 0 ? new(2026, 10, 28) : new(2026, 11, 1);
    }

    private sealed class Rows(Catalogue catalogue)
    {
        private readonly List<Customer> customers = [];
        private readonly List<Card> cards = [];
        private readonly List<Subscription> subscriptions = [];
        private readonly List<SubscriptionDiscount> discounts = [];
        private readonly List<MrrMovement> movements = [];

        public async Task AddAsync(int i, LocalDate due, IPaymentGateway? cardsAt)
        {
            var (zone, currency) = Places[i % Places.Length];
            var plan = catalogue.Plans[i % 5 % catalogue.Plans.Count];
            var isNew = i % 10 == 7;
            var cadence = (i % 11, i % 13) switch { (0, _) => Cadence.Yearly, (_, 0) => new(CadenceUnit.Week, 1), _ => Cadence.Monthly };
            var anchor = isNew ? due : new BillingAnchor(due, cadence).StartOf(cadence.Unit == CadenceUnit.Year ? -1 : -2);
            var began = At(isNew ? due.PlusDays(-14) : anchor);

            var customer = Customer.Add(
                new(NewId.At(began)), new($"app-{i}", $"Customer {i}", $"customer-{i}@example.com", null, "en", zone),
                Currency.Of(currency), began);
            if (cardsAt is not null) cards.Add(await CardAsync(customer, cardsAt, began));

            var seats = plan.Pricing == Plans.PlanPricing.Flat ? 1 : 1 + i % 9;
            var terms = new StartTerms(seats, isNew ? 14 : 0);
            var subscription = Subscription.Start(
                new(NewId.At(began)), customer, plan, catalogue.PriceOf(plan, customer.Currency, cadence), terms, began);
            SubscriptionDiscount[] given = i % 10 == 3
                ? [subscription.Give(catalogue.Discounts[i / 10 % catalogue.Discounts.Count], 1, began)] : [];

            while (subscription.CurrentEnd < due) Renew(subscription, customer, plan.Name, given);
            customers.Add(customer);
            subscriptions.Add(subscription);
            discounts.AddRange(given);
        }

        public async Task WriteAsync(BillingDatabase database)
        {
            await using var db = database.Open();
            await using var transaction = await db.Database.BeginTransactionAsync();
            var bulk = BulkWriter.For(db);
            await bulk.InsertAsync(customers, CancellationToken.None);
            await bulk.InsertAsync(cards, CancellationToken.None);
            await bulk.InsertAsync(subscriptions, CancellationToken.None);
            await bulk.InsertAsync(discounts, CancellationToken.None);
            await bulk.InsertAsync(movements, CancellationToken.None);
            await transaction.CommitAsync();
        }

        // Noon in London is the same date in all of the places above.
        private static Instant At(LocalDate date) => date.At(LocalTime.Noon).InUtc().ToInstant();

        private static async Task<Card> CardAsync(Customer customer, IPaymentGateway gateway, Instant now)
        {
            var kept = await gateway.AttachCardAsync(customer.Id, "pm_card_visa", CancellationToken.None);
            var card = Card.Keep(
                new(NewId.At(now)), customer.Id, kept.Token, kept.Fingerprint, kept.Brand, kept.LastFour, kept.ExpiryMonth,
                kept.ExpiryYear, now);
            customer.UseCard(card.Id, now);
            return card;
        }

        private void Renew(Subscription subscription, Customer customer, string plan, SubscriptionDiscount[] given)
        {
            var now = subscription.NextBillingAt!.Value;
            var facts = new RenewalFacts(customer, plan, given, Money.Zero(customer.Currency), new(NewId.At(now)), now);
            if (subscription.Renew(facts) is not Renewal.Billed { Movement: { } movement }) return;
            SetTotalledBy(movement, EarlierRun);
            movements.Add(movement);
        }

        // The day of an earlier movement was closed by an earlier run.
        [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_TotalledBy")]
        private static extern void SetTotalledBy(MrrMovement movement, Guid? run);
    }
}
