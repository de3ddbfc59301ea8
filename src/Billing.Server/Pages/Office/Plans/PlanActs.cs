using Billing.Client.Contract;
using Billing.Plans;
using Billing.Server.Http;
using Billing.Server.Pages.Office.Acts;
using Billing.Server.Plans;
using NodaTime;

namespace Billing.Server.Pages.Office.Plans;

/// <summary>Something finance can do to a plan, as a form: filled in, shown beside what is, done.</summary>
internal sealed record PlanAct(
    string Code, Func<Tongue, string> Title, Func<Tongue, string> Meaning, Func<Tongue, PlanFile, LocalDate, IReadOnlyList<Field>> Fields,
    Func<PlanFile, Filled, Order> Order, Func<Tongue, PlanFile, Filled, IReadOnlyList<string>> Effects,
    Func<PlanFile, Filled, PriceComparison?> Compared);

internal static class PlanActs
{
    private static readonly PlanAct Price = new(
        "price",
        t => t["Publish a new price", "নতুন দাম প্রকাশ করুন"],
        t => t["For those who start from then on. Whoever has the plan keeps the price they have.", "এরপর যাঁরা শুরু করবেন তাঁদের জন্য। যাঁদের আছে তাঁরা নিজের দামেই থাকবেন।"],
        (t, file, _) => [CurrencyOf(t, file), new("amount", t["Price", "দাম"], FieldKind.Amount), .. CadenceOf(t)],
        (file, given) =>
        {
            var amount = new Amount(given.Amount("amount", Known(given)), Known(given).Code);
            var price = new NewPrice(amount, Every(given));
            return (send, stop) => send.Send(new SetPrice(file.Plan.Code, price), stop);
        },
        (t, file, given) =>
        [
            t[$"Whoever starts from now on pays {Text(t, given)}.", $"এখন থেকে যিনি শুরু করবেন তিনি দেবেন {Text(t, given)}।"],
            Comparison(file, given) is { Subscriptions: > 0 } compared
                ? t[$"{t.Count(compared.Subscriptions, "subscription keeps its price", "subscriptions keep their price", "")} until you plan a move.", $"{t.F.Number(compared.Subscriptions)}টি সাবস্ক্রিপশন নিজের দামেই থাকবে, যতক্ষণ না বদল ঠিক করেন।"]
                : t["Nobody pays another price in this currency and rhythm.", "এই মুদ্রা ও সময়ে কেউ অন্য দাম দেন না।"],
            t["It can never be changed again; another price is another version.", "এটি আর বদলানো যাবে না; অন্য দাম মানে নতুন সংস্করণ।"],
        ],
        Comparison);

    private static readonly PlanAct Move = new(
        "move",
        t => t["Plan a price move", "দাম বদল ঠিক করুন"],
        t => t["Everybody who pays an older price is told at least 30 days before, and may leave before it.", "যাঁরা পুরোনো দাম দেন তাঁদের অন্তত ৩০ দিন আগে জানানো হয়, আর তার আগে তাঁরা ছেড়ে যেতে পারেন।"],
        (t, file, today) => [CurrencyOf(t, file), .. CadenceOf(t), new("from", t["First day of the new price", "নতুন দামের প্রথম দিন"], FieldKind.Date, today.PlusDays(PriceMove.NoticeDays + 1).Iso())],
        (file, given) => (send, stop) => send.Send(new SchedulePriceMove(file.Plan.Code, new(Known(given).Code, Every(given), given["from"])), stop),
        (t, file, given) => Moving(file, given) is { } compared
            ?
            [
                t[$"With the next run {t.Count(compared.Subscriptions, "subscription is", "subscriptions are", "")} told, each in its own language.", $"পরের রানে {t.F.Number(compared.Subscriptions)}টি সাবস্ক্রিপশনকে নিজের ভাষায় জানানো হবে।"],
                t[$"A period that begins on {given["from"]} or later costs them {t.F.Money(compared.To)}.", $"{t.F.Digits(given["from"])} বা তার পরে শুরু হওয়া মেয়াদে লাগবে {t.F.Money(compared.To)}।"],
                t[$"All together a period: {Signed(t, compared.More)}, if nobody leaves.", $"কেউ না ছাড়লে সব মিলে প্রতি মেয়াদে {Signed(t, compared.More)}।"],
            ]
            : [t["There is no price like that.", "এমন দাম নেই।"]],
        Moving);

    private static readonly PlanAct Breaks = new(
        "breaks",
        t => t["Set break terms", "বিরতির শর্ত ঠিক করুন"],
        t => t["For whoever goes from now on; a break keeps the terms it began with.", "এরপর যাঁরা যাবেন তাঁদের জন্য; চলতি বিরতি নিজের শর্তেই থাকে।"],
        (t, file, _) =>
        [
            CurrencyOf(t, file), new("amount", t["Fee for a month away", "এক মাস বিরতির মাশুল"], FieldKind.Amount),
            new("shortest", t["Shortest, days", "সবচেয়ে কম, দিন"], FieldKind.Number, "14"), new("longest", t["Longest, days", "সবচেয়ে বেশি, দিন"], FieldKind.Number, "90"),
            new("perYear", t["Times a year", "বছরে কতবার"], FieldKind.Number, "2"), new("between", t["Days between two", "দুটির মাঝে দিন"], FieldKind.Number, "0"),
            new("access", t["While away one may", "বিরতিতে যা পারবেন"], FieldKind.Choice, "read_only", Choices:
                [new("full", t["use everything", "সব ব্যবহার"]), new("read_only", t["look, not change", "দেখা, বদলানো নয়"]), new("none", t["nothing", "কিছু না"])]),
            new("keeps", t["What is kept, in your words", "যা থাকে, আপনাদের কথায়"], Required: false),
        ],
        (file, given) =>
        {
            var terms = new BreakTermsView(
                new(given.Amount("amount", Known(given)), Known(given).Code), given.Number("shortest"), given.Number("longest"),
                given.Number("perYear"), given.Number("between"), given["access"], given["keeps"]);
            return (send, stop) => send.Send(new AllowBreaks(file.Plan.Code, terms), stop);
        },
        (t, _, given) =>
        [
            t[$"A month away costs {t.F.Money(new(given.Amount("amount", Known(given)), Known(given)))}, for {given["shortest"]} to {given["longest"]} days.",
                $"এক মাস বিরতিতে {t.F.Money(new(given.Amount("amount", Known(given)), Known(given)))}, {t.F.Digits(given["shortest"])}–{t.F.Digits(given["longest"])} দিনের জন্য।"],
            t["Breaks that are planned or under way stay as they were agreed.", "ঠিক করা ও চলতি বিরতি যেমন কথা হয়েছে তেমনই থাকবে।"],
        ],
        (_, _) => null);

    private static readonly PlanAct Retire = new(
        "retire",
        t => t["Stop selling it", "বিক্রি বন্ধ করুন"],
        t => t["Those who have it keep it.", "যাঁদের আছে তাঁদের থাকবে।"],
        (_, _, _) => [],
        (file, _) => (send, stop) => send.Send(new RetirePlan(file.Plan.Code), stop),
        (t, file, _) =>
        [
            t["Nobody can start this plan any more.", "আর কেউ এই প্ল্যান শুরু করতে পারবেন না।"],
            t[$"{t.Count(file.Prices.Sum(p => p.Subscriptions + p.Negotiated), "subscription goes", "subscriptions go", "")} on as before.", $"{t.F.Number(file.Prices.Sum(p => p.Subscriptions + p.Negotiated))}টি সাবস্ক্রিপশন আগের মতোই চলবে।"],
        ],
        (_, _) => null);

    public static readonly IReadOnlyList<PlanAct> All = [Price, Move, Breaks, Retire];

    /// <summary>What taking a price move back would mean.</summary>
    public static Confirm TakingBack(Plan plan, PriceMove move, Tongue t) => new(
        $"/office/plans/{plan.Code}/moves/{move.Id}/withdraw", t["Take the price move back", "দাম বদল ফিরিয়ে নিন"],
        $"{plan.Name} · {t.F.MoneyWithCode(move.ToUnit)} {t.Words.Every(move.Cadence)} · {t.F.Date(move.From)}",
        [
            move.Announced == 0
                ? t["Nobody was told of it yet, so nobody is written to.", "এখনও কাউকে জানানো হয়নি, তাই কাউকে লেখা হবে না।"]
                : t[$"{t.Count(move.Announced, "subscription was", "subscriptions were", "")} told of it; whoever read about it reads that it is off.", $"{t.F.Number(move.Announced)}টি সাবস্ক্রিপশনকে জানানো হয়েছে; যাঁদের জানানো হয়েছে তাঁদের লেখা হবে যে এটি আর হচ্ছে না।"],
            t["Everybody keeps the price they have.", "সবার দাম যেমন আছে তেমনই থাকবে।"],
        ],
        OfficeSection.Plans, ($"/office/plans/{plan.Code}", plan.Name));

    private static PriceComparison? Comparison(PlanFile file, Filled given) =>
        PriceComparison.Of(file, new(given.Amount("amount", Known(given)), Known(given)), Every(given).ToCadence());

    private static PriceComparison? Moving(PlanFile file, Filled given) =>
        file.Versions(Known(given), Every(given).ToCadence()) is [{ Price: var newest }, ..]
            ? PriceComparison.Of(file, newest.Unit, newest.Cadence, before: newest.VersionNumber)
            : null;

    private static Field CurrencyOf(Tongue t, PlanFile file) => new(
        "currency", t["Currency", "মুদ্রা"], Value: file.Prices.Count > 0 ? file.Prices[0].Price.Currency.Code : "USD", Hint: "USD, EUR, BDT");

    private static IEnumerable<Field> CadenceOf(Tongue t) =>
    [
        new("count", t["Billed every", "বিল হয় প্রতি"], FieldKind.Number, "1"),
        new("unit", t["of these", "এই সময়ে"], FieldKind.Choice, "month", Choices:
            [new("day", t["days", "দিন"]), new("week", t["weeks", "সপ্তাহ"]), new("month", t["months", "মাস"]), new("year", t["years", "বছর"])]),
    ];

    private static Currency Known(Filled given) => Currency.TryOf(given["currency"].ToUpperInvariant(), out var currency)
        ? currency
        : throw new Refused("unknown_currency", "That is not the code of a currency in use (ISO 4217).", "currency");

    private static CadenceView Every(Filled given) => new(given["unit"], given.Number("count"));

    private static string Text(Tongue t, Filled given) =>
        $"{t.F.Money(new(given.Amount("amount", Known(given)), Known(given)))} {t.Words.Every(Every(given).ToCadence())}";

    private static string Signed(Tongue t, Money money) => money.Minor > 0 ? "+" + t.F.Money(money) : t.F.Money(money);
}
