using NodaTime;

namespace Billing.Simulation;

/// <summary>
/// A customer with everything that fate has in store: what the bank will say in which month and for how long, whatever anybody here
/// does about it. Fate is the same under both ladders.
/// </summary>
internal sealed class Person
{
    private static readonly (string Zone, string Country)[] Places =
        [("Asia/Dhaka", "BD"), ("Europe/London", "GB"), ("America/New_York", "US")];

    private static readonly string[] Plans = ["basic", "basic", "plus", "pro"];

    private readonly int expiresIn;
    private readonly AfterExpiry? fate;
    private readonly int fateDays;

    public Person(int seed, int number, LocalDate opened, int months)
    {
        (Number, Dice) = (number, new(seed, number));
        StartsOn = opened.PlusDays((int)(Dice.Roll(Ask.Start) * Merchant.DaysOfStarting));
        (Zone, Country) = Places[(int)(Dice.Roll(Ask.Place) * Places.Length)];
        Plan = Plans[(int)(Dice.Roll(Ask.Plan) * Plans.Length)];
        expiresIn = (int)(Dice.Roll(Ask.Expiry) * Assumptions.LongestExpiry);
        fate = Dice.Falls(Assumptions.StopsAtExpiry, Ask.ExpiryFate) ? Dice.Among(Assumptions.ExpiryFates, Ask.ExpiryFate, 1) : null;
        fateDays = fate switch
        {
            AfterExpiry.NetworkTells => Dice.Delivery(Assumptions.NetworkDays, Ask.ExpiryDays),
            AfterExpiry.WorksAgain => Dice.Delivery(Assumptions.WorksAgainDays, Ask.ExpiryDays),
            AfterExpiry.NeedsHand or null => 0,
        };

        Expiry = fate is null ? null : Expires();
        Troubles = [.. Enumerable.Range(1, months).Where(Fails).Select(Meets)];
    }

    public int Number { get; }

    public Dice Dice { get; }

    public LocalDate StartsOn { get; }

    public string Zone { get; }

    public string Country { get; }

    public string Plan { get; }

    public Guid Customer { get; set; }

    public Guid Subscription { get; set; }

    /// <summary>The card's date, when it makes trouble at all.</summary>
    public Trouble? Expiry { get; }

    /// <summary>Everything else, by month.</summary>
    public IReadOnlyList<Trouble> Troubles { get; }

    /// <summary>The sandbox's name of the first card.</summary>
    public string FirstCard => fate switch
    {
        AfterExpiry.NetworkTells => $"sandbox_replaced_by_network_on_day_{fateDays}_in_{expiresIn}_months",
        AfterExpiry.NeedsHand => $"sandbox_expired_in_{expiresIn}_months",
        // It works after a while, or goes on working: the bank does not look at the date.
        AfterExpiry.WorksAgain or null => $"sandbox_expired_honoured_in_{expiresIn}_months",
    };

    /// <summary>What the bank of the first card says on certain days, whatever kind of card it is.</summary>
    public IEnumerable<Trouble> Ailments => fate == AfterExpiry.WorksAgain ? Troubles.Append(Expiry!) : Troubles;

    /// <summary>What troubles them on a day, as far as they know: the latest that began.</summary>
    public Trouble? TroubleOn(LocalDate day) =>
        Troubles.Append(Expiry).OfType<Trouble>().Where(t => t.From <= day).MaxBy(t => t.From);

    private bool Fails(int month) => Dice.Falls(Assumptions.FirstTryFails * (100 - Assumptions.Expired) / 100, Ask.Fails, month);

    private Trouble Expires()
    {
        var from = StartsOn.ToYearMonth().PlusMonths(expiresIn).ToDateInterval().End.PlusDays(1);
        var inHand = from.PlusDays(Dice.Delivery(Assumptions.PostDays, Ask.Post));
        LocalDate? unprompted = fate == AfterExpiry.NeedsHand && Dice.Falls(Assumptions.Unprompted, Ask.Unprompted)
            ? inHand.PlusDays(Dice.Wait(Assumptions.UnpromptedDays, Ask.UnpromptedDays)) : null;
        var through = fate == AfterExpiry.NeedsHand ? Never(from) : from.PlusDays(fateDays - 1);
        return new(0, from, through, "expired_card", inHand, unprompted);
    }

    private Trouble Meets(int month)
    {
        var (code, on) = (Dice.Among(Assumptions.Codes, Ask.Code, month), StartsOn.PlusMonths(month));
        // Already on the day before, so that no clock or zone decides whether the charge meets it.
        var met = new Trouble(month, on.PlusDays(-1), Never(on), code, on);
        return code switch
        {
            "insufficient_funds" => met with { Through = WithoutMoney(month, on) },
            "do_not_honor" or "generic_decline" => Dice.Falls(Assumptions.RefusalPasses, Ask.LengthKind, month)
                ? met with { Through = on.PlusDays(Dice.Wait(Assumptions.RefusalDays, Ask.Length, month) - 1) }
                : met,
            "processing_error" or "issuer_not_available" => met with
            {
                Through = Dice.Falls(Assumptions.MachineByNextDay, Ask.LengthKind, month) ? on : on.PlusDays(1),
            },
            "lost_card" or "invalid_account" => CardGone(met, month, on),
            "revocation_of_authorization" => met with { MeansIt = Dice.Falls(Assumptions.WantsToLeave, Ask.WantsToLeave, month) },
            _ => met,
        };
    }

    private Trouble CardGone(Trouble met, int month, LocalDate on)
    {
        var inHand = on.PlusDays(Dice.Delivery(Assumptions.PostDays, Ask.Post, month));
        return met with
        {
            InHandOn = inHand,
            Unprompted = Dice.Falls(Assumptions.Unprompted, Ask.Unprompted, month)
                ? inHand.PlusDays(Dice.Wait(Assumptions.UnpromptedDays, Ask.UnpromptedDays, month)) : null,
        };
    }

    /// <summary>The last day without money.</summary>
    private LocalDate WithoutMoney(int month, LocalDate on)
    {
        var roll = Dice.Roll(Ask.LengthKind, month) * 100;
        if (roll < Assumptions.FundsByPayday) return Enumerable.Range(1, 31).Select(on.PlusDays).First(IsPayday).PlusDays(-1);
        return roll < Assumptions.FundsByPayday + Assumptions.FundsLater
            ? on.PlusDays(Dice.Wait(Assumptions.FundsLaterDays, Ask.Length, month) - 1)
            : Never(on);
    }

    private static bool IsPayday(LocalDate day) => Assumptions.Paydays.Contains(day.Day) || day == day.With(DateAdjusters.EndOfMonth);

    private static LocalDate Never(LocalDate from) => from.PlusYears(9);
}
