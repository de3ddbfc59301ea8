using Billing.Customers;
using Billing.History;
using NodaTime;

namespace Billing.Retention;

/// <summary>What a customer did by itself, and may say how hard it was.</summary>
public enum CustomerAct
{
    /// <summary>Went on a break, or planned one.</summary>
    BreakTaken,

    /// <summary>Stays away longer.</summary>
    BreakExtended,

    /// <summary>Came back from a break early.</summary>
    BreakEnded,

    /// <summary>Took a planned break back.</summary>
    BreakWithdrawn,

    /// <summary>Has another plan, other seats or another cadence now.</summary>
    PlanChanged,

    /// <summary>Will have them from the next period on.</summary>
    ChangePlanned,

    /// <summary>Took a planned change back.</summary>
    ChangeWithdrawn,

    /// <summary>Left, now or at the end of the period.</summary>
    Left,

    /// <summary>Looked at leaving, and stays.</summary>
    Stayed,

    /// <summary>Took what was offered instead of leaving.</summary>
    OfferTaken,

    /// <summary>Took a planned end back.</summary>
    LeaveWithdrawn,

    /// <summary>Came back after the end.</summary>
    CameBack,

    /// <summary>Put in a card.</summary>
    CardAdded,

    /// <summary>Chose another card to be charged.</summary>
    CardChosen,

    /// <summary>Paid what was open.</summary>
    Paid,

    /// <summary>Changed language or time zone.</summary>
    DetailsChanged,

    /// <summary>Chose a day to pay.</summary>
    DayChosen,

    /// <summary>Took that day back.</summary>
    DayWithdrawn,

    /// <summary>Agreed to a second card.</summary>
    BackupAgreed,

    /// <summary>Took that back.</summary>
    BackupWithdrawn,
}

/// <summary>How hard something was, in the customer's own eyes: one click, and one sentence if they like.</summary>
public sealed class Feedback
{
    /// <summary>1 is very hard, 7 very easy.</summary>
    public const int Hardest = 1, Easiest = 7;

    /// <summary>Up to here it was so hard that it is a complaint.</summary>
    public const int Complaint = 2;

    /// <summary>The most characters of the sentence.</summary>
    public const int LongestWords = 300;

    private Feedback()
    {
    }

    /// <summary>Made with the act it is about, so that an answer sent twice is one answer.</summary>
    public Guid Id { get; private set; }

    /// <summary>Whose.</summary>
    public CustomerId CustomerId { get; private set; }

    /// <summary>About what.</summary>
    public CustomerAct Act { get; private set; }

    /// <summary>1 to 7; the higher, the easier it was.</summary>
    public int Ease { get; private set; }

    /// <summary>One sentence.</summary>
    public string? Words { get; private set; }

    /// <summary>When it was given.</summary>
    public Instant GivenAt { get; private set; }

    /// <summary>Takes it down.</summary>
    /// <exception cref="Refused"><c>feedback_out_of_range</c>.</exception>
    public static (Feedback Feedback, FeedbackGiven Fact) Give(
        Guid id, Customer customer, CustomerAct act, int ease, string? words, Instant now)
    {
        if (ease is < Hardest or > Easiest) throw new Refused("feedback_out_of_range", $"It was {Hardest} to {Easiest}.", "ease");
        if (words?.Length > LongestWords) throw new Refused("feedback_out_of_range", $"{LongestWords} letters are enough.", "words");

        var feedback = new Feedback { Id = id, CustomerId = customer.Id, Act = act, Ease = ease, Words = words, GivenAt = now };
        return (feedback, new(customer.Id, customer.Today(now), act, ease));
    }
}

/// <summary>A customer said how hard something was; the sentence is kept with the feedback.</summary>
public sealed record FeedbackGiven(CustomerId CustomerId, LocalDate On, CustomerAct Act, int Ease) : Fact(CustomerId, On);
