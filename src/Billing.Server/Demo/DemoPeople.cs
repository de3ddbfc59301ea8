using System.Globalization;
using Billing.Client.Contract;
using Bogus;

namespace Billing.Server.Demo;

/// <summary>Who the demo merchant's customers are. The same seed gives the same people, so a demo cut short goes on as it began.</summary>
internal sealed class DemoPeople
{
    /// <summary>The customer whose page is shown in English, and the one in Bengali.</summary>
    public const string English = "demo-0001", Bengali = "demo-0002";

    private const int Seed = 20_261;

    private static readonly string[] BengaliNames =
    [
        "রহিমা খাতুন", "আনিকা রহমান", "তানভীর আহমেদ", "নুসরাত জাহান", "মাহমুদুল হাসান", "শারমিন আক্তার", "সাকিব চৌধুরী", "ফারহানা ইসলাম",
        "রাশেদ করিম", "মিতালী দাস", "জাহিদ হোসেন", "সুমাইয়া বেগম", "অর্ণব সরকার", "তাসনিম হক", "ইমরান খান", "পল্লবী রায়",
    ];

    /// <summary>Currency, zone and country, and how many of a hundred customers live there.</summary>
    private static readonly (string Currency, string Zone, string Country, int Share)[] Places =
    [
        ("USD", "America/New_York", "US", 24), ("USD", "America/Los_Angeles", "US", 10), ("USD", "Pacific/Kiritimati", "KI", 2),
        ("EUR", "Europe/Berlin", "DE", 14), ("EUR", "Europe/Lisbon", "PT", 6), ("BDT", "Asia/Dhaka", "BD", 26),
        ("JPY", "Asia/Tokyo", "JP", 10), ("KWD", "Asia/Kuwait", "KW", 8),
    ];

    /// <summary>Sandbox cards, and how many of a thousand customers bring one.</summary>
    private static readonly (string? Token, int Share)[] Cards =
    [
        ("pm_card_visa", 360), ("pm_card_mastercard", 260), ("pm_card_visa_debit", 110), ("pm_card_amex", 80),
        ("sandbox_insufficient_until_payday", 50), ("sandbox_declines_insufficient_funds_2_times", 30),
        ("sandbox_expired_in_9_months", 30), ("sandbox_expired_honoured_in_6_months", 25),
        ("sandbox_replaced_by_network_in_8_months", 15), ("sandbox_succeeds_then_lost_card_after_5", 10),
        ("sandbox_succeeds_then_do_not_honor_after_7", 10), ("sandbox_timeout_captured", 8),
        ("pm_card_authenticationRequired", 4), (null, 8),
    ];

    private readonly Faker faker = new("en") { Random = new Randomizer(Seed) };
    private readonly int days;

    private DemoPeople(int days) => this.days = days;

    /// <summary>Draws them all; more of them arrive as the merchant becomes known.</summary>
    public static IReadOnlyList<DemoPerson> Draw(int count, int days)
    {
        var people = new DemoPeople(days);
        return [.. Enumerable.Range(3, Math.Max(0, count - 2)).Select(people.Somebody).Prepend(BengaliGuest(days)).Prepend(EnglishGuest(days))];
    }

    /// <summary>For the English page: seats, a discount that lasts, credit.</summary>
    private static DemoPerson EnglishGuest(int days) => new(
        new("USD", "America/New_York", English, "Olivia Hart", "olivia.hart@example.com", "US", "en"), Arrives: 0, "pm_card_visa",
        new("crew", DemoCatalogue.Monthly, 8, Discounts: ["founders"]), Thanked: days - 12);

    /// <summary>For the Bengali page: a flat plan, and a welcome that is still running.</summary>
    private static DemoPerson BengaliGuest(int days) => new(
        new("BDT", "Asia/Dhaka", Bengali, "রহিমা খাতুন", "rahima.khatun@example.com", "BD", "bn"), Arrives: Math.Max(0, days - 60),
        "pm_card_mastercard", new("sloop", DemoCatalogue.Monthly, TrialDays: 14, Discounts: ["welcome"]));

    private DemoPerson Somebody(int number)
    {
        var random = faker.Random;
        var place = Drawn(Places, p => p.Share);
        var arrives = (int)(days * Math.Sqrt(random.Double()));
        var card = Drawn(Cards, c => c.Share).Token;
        var leaves = random.Bool(0.42f) ? arrives + random.Int(20, 230) : (int?)null;

        var person = new DemoPerson(
            Named(number, place.Currency, place.Zone, place.Country), arrives, card, Wish(place.Currency), leaves,
            LeavesAtOnce: random.Bool(0.15f), StaysAfterAll: leaves is not null && random.Bool(0.15f) ? leaves + random.Int(1, 6) : null,
            NewCard: Mends(card) && random.Bool(0.8f) ? arrives + random.Int(120, 340) : null,
            Thanked: random.Bool(0.03f) ? arrives + random.Int(10, 200) : null,
            GoesAway: random.Bool(0.14f) ? arrives + random.Int(40, 260) : null, AwayDays: random.Int(14, 150));
        return person.GoesAway is { } goes && random.Bool(0.25f) ? person with { BackEarly = goes + random.Int(3, 40) } : person;
    }

    private NewCustomer Named(int number, string currency, string zone, string country)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"demo-{number:0000}");
        var isBengali = country == "BD" && faker.Random.Bool(0.8f);
        var (first, last) = (faker.Name.FirstName(), faker.Name.LastName());
        var name = isBengali ? faker.Random.ArrayElement(BengaliNames) : $"{first} {last}";
        var email = string.Create(CultureInfo.InvariantCulture, $"{first}.{last}.{number}@example.com").ToLowerInvariant().Replace("'", "", StringComparison.Ordinal);
        return new(currency, zone, key, name, email, country, isBengali ? "bn" : "en");
    }

    private NewSubscription Wish(string currency)
    {
        var random = faker.Random;
        var plan = Drawn([("skiff", 30), ("sloop", 28), ("crew", 30), ("fleet", 12)], p => p.Item2).Item1;
        var cadence = Drawn([(DemoCatalogue.Monthly, 72), (DemoCatalogue.Quarterly, 12), (DemoCatalogue.Yearly, 16)], c => c.Item2).Item1;
        var seats = plan is "crew" or "fleet" ? Drawn([(random.Int(2, 6), 6), (random.Int(7, 15), 3), (random.Int(16, 30), 1)], s => s.Item2).Item1 : 1;
        var discount = Drawn([((string?)null, 74), ("welcome", 16), ("founders", 5), ("first", 5)], d => d.Item2).Item1;
        var negotiated = seats > 15 && random.Bool(0.7f) ? DemoCatalogue.Negotiated(plan, currency, cadence) : null;
        return new(plan, cadence, seats, random.Bool(0.2f) ? 0 : null, negotiated, discount is null ? null : [discount]);
    }

    /// <summary>Whether whoever has this card will have to bring another.</summary>
    private static bool Mends(string? card) => card is null || card.Contains("expired_in", StringComparison.Ordinal)
        || card.Contains("_then_", StringComparison.Ordinal) || card.Contains("authentication", StringComparison.Ordinal);

    private T Drawn<T>(IReadOnlyList<T> from, Func<T, int> share)
    {
        var lot = faker.Random.Int(0, from.Sum(share) - 1);
        foreach (var one in from)
        {
            lot -= share(one);
            if (lot < 0) return one;
        }

        return from[^1];
    }
}
