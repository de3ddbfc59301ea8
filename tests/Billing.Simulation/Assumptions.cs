namespace Billing.Simulation;

/// <summary>The world both ladders live in. Every number is here, and every number says where it is from.</summary>
internal static class Assumptions
{
    private const string Ours = "our assumption";

    private const string SecondHand = "published, read second hand";

    /// <summary>Of a hundred charges so many fail at the first try because of the card's expiry or anything else.</summary>
    public const double FirstTryFails = 4.63;

    /// <summary>Of a hundred first failures so many come from an expired card; the rest of <see cref="Codes"/> from elsewhere.</summary>
    public const double Expired = 17;

    /// <summary>How long the printed date lies ahead at the start, in months, at most.</summary>
    public const int LongestExpiry = 36;

    /// <summary>Of a hundred cards whose date passes, so many stop working; the others were renewed beforehand or go on working.</summary>
    public const double StopsAtExpiry = 60;

    /// <summary>What becomes of a card that stopped working: the network tells, the account works again, or the customer's hand is needed.</summary>
    public static readonly IReadOnlyList<(AfterExpiry What, double Weight)> ExpiryFates =
        [(AfterExpiry.NetworkTells, 40), (AfterExpiry.WorksAgain, 25), (AfterExpiry.NeedsHand, 35)];

    public static readonly Delivery NetworkDays = new(6, 16), WorksAgainDays = new(7, 18), PostDays = new(5, 14);

    /// <summary>First failures besides expiry, by what the bank says.</summary>
    public static readonly IReadOnlyList<(string What, double Weight)> Codes =
    [
        ("insufficient_funds", 38), ("lost_card", 3), ("invalid_account", 4), ("do_not_honor", 11), ("generic_decline", 3),
        ("authentication_required", 2), ("revocation_of_authorization", 1), ("processing_error", 11), ("issuer_not_available", 10),
    ];

    /// <summary>Money: so many of a hundred have it on the next payday, so many after a while, the rest not for months.</summary>
    public const double FundsByPayday = 55, FundsLater = 30, FundsLaterDays = 10;

    public static readonly IReadOnlyList<int> Paydays = [1, 15, 25, 31];

    /// <summary>Of a hundred refusals without a reason so many pass by themselves, after days.</summary>
    public const double RefusalPasses = 45, RefusalDays = 4;

    /// <summary>Of a hundred machines that failed so many work by the next day.</summary>
    public const double MachineByNextDay = 90;

    /// <summary>Of a hundred whose card was replaced, so many put the new one in without being asked, so many days after it came.</summary>
    public const double Unprompted = 35, UnpromptedDays = 3;

    /// <summary>Of a hundred who read the first, second or a further message of a case so many do something about it.</summary>
    public static readonly IReadOnlyList<double> Acts = [45, 30, 20];

    /// <summary>They do it after so many days.</summary>
    public const double ActDays = 3;

    /// <summary>Who has no money, or whose bank refuses, can do less: these shares of the above use another card.</summary>
    public const double ActsWithoutMoney = 0.35, ActsWhenRefused = 0.8;

    /// <summary>Of a hundred who read the first, second or a further message of a case so many leave because of it.</summary>
    public static readonly IReadOnlyList<double> LeavesBecauseWritten = [1, 2, 3];

    /// <summary>Of a hundred whose bank says that they no longer agree so many really want to leave, at the latest after some days.</summary>
    public const double WantsToLeave = 70, LeavesByItselfDays = 10;

    /// <summary>Of a hundred whose access ended so many come back, after days; the same in both, though one click is less than signing up.</summary>
    public const double ComesBack = 35, ComesBackDays = 10;

    /// <summary>For the page beside the figures.</summary>
    public static IEnumerable<(string What, string Value, string Source)> Told =>
    [
        ("charges that fail at the first try", "4.63 %", SecondHand),
        ("of them for want of money; expired or cancelled card; a bank that refuses; a machine", "38; 24; 17; 21 %", SecondHand),
        ("of the 24, an expired date", "17; the rest is lost cards (3) and closed accounts (4)",
            "our facts about declines: about 10 % in one source, 25–30 % in vendors' blogs; between them is " + Ours),
        ("of the 17, no reason given; to be confirmed with the bank; consent withdrawn", "14; 2; 1", Ours),
        ("life of a card", "3 years; at the start the date is 0 to 35 months ahead, evenly", Ours),
        ("cards that stop at their date; the others were renewed before or go on", "60 %",
            "an updater prevents 40–60 %, " + SecondHand + "; that the account usually lives on: our facts about declines"),
        ("of those: the network tells the new date; the account works again; only the customer's hand helps", "40; 25; 35 %", Ours),
        ("days after the date until the network tells; the account works again; the new card is in the post box",
            "half by day 6; 7; 5, nine of ten by day 16; 18; 14", Ours + ", around the default quiet time of 14 days"),
        ("who puts in a card that came without being asked", "35 %, 3 days after it came", "3 days: " + SecondHand + "; 35 %: " + Ours),
        ("money arrives on the next 1st, 15th, 25th or last day; after 10 days on average; not for months", "55; 30; 15 %",
            Ours + ", within the 48–65 % that are " + SecondHand),
        ("a refusal without a reason passes after 4 days on average; else not by itself", "45; 55 %", Ours + "; guides call such codes soft or hard"),
        ("a machine works by the next day; by the day after", "90; 10 %", "most within a day: " + SecondHand),
        ("who does something after the first, second, third message of a case, 3 days later on average", "45, 30, 20 %", Ours),
        ("the same without money; with a bank that refuses", "0.35; 0.8 of it", Ours),
        ("who leaves because of the first, second, third message of a case", "1, 2, 3 %", Ours),
        ("of those whose bank says they no longer agree, who means it", "70 %, and goes at the first message or within days", Ours),
        ("who comes back after access ended", "35 %, after 10 days on average; the same under both ladders", Ours + "; kind to the classic one"),
        ("promises, breaks, smaller plans, support", "nobody uses them, though our default offers them", Ours + "; kind to the classic one"),
        ("nobody leaves for any other reason, nobody is new, prices stay", "", Ours),
    ];
}

/// <summary>What becomes of a card that stopped working on its date.</summary>
internal enum AfterExpiry
{
    NetworkTells,
    WorksAgain,
    NeedsHand,
}
