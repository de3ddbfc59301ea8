using Billing.Server.Retention;
using NodaTime;

namespace Billing.Server.Pages.Language;

/// <content>Leaving without signing in.</content>
public abstract partial class Words
{
    /// <summary>The link at the foot of every page.</summary>
    public abstract string LeaveHere { get; }

    public abstract string LeaveTitle { get; }
    public abstract string LeaveLead { get; }
    public abstract string LeaveEmail { get; }
    public abstract string LeaveNumber { get; }
    public abstract string LeaveKind { get; }
    public abstract string LeaveOrdinary { get; }
    public abstract string LeaveExtraordinary { get; }
    public abstract string LeaveCause { get; }
    public abstract string LeaveWishedEnd { get; }
    public abstract string LeaveSend { get; }
    public abstract string LeaveCheck { get; }

    /// <summary>The same sentence for everybody: who is a customer is nobody's business.</summary>
    public abstract string LeaveAskedTitle { get; }
    public abstract string LeaveAsked { get; }

    public abstract string LeaveConfirmTitle { get; }
    public abstract string LeaveConfirmButton { get; }
    public abstract string LeaveLinkUsedTitle { get; }
    public abstract string LeaveLinkUsed { get; }
    public abstract string LeftTitle { get; }
    public abstract string Left(string plan, LocalDate end);

    /// <summary>What somebody who leaves without signing in confirms.</summary>
    public abstract string LeavingSignedOut(string plan, LocalDate end);

    public abstract string ConfirmLeaveSubject(string merchant);
    public abstract string ConfirmLeaveLetter(string merchant, IReadOnlyList<(string Plan, string Link)> asked);
    public abstract string LeftSubject(string merchant, string plan);
    public abstract string LeftText(string merchant, LeftLetter left);

    /// <summary>1 June 2026, 14:05 (Europe/Berlin).</summary>
    protected string Moment(ZonedDateTime at) =>
        $"{Formats.Date(at.Date)}, {Formats.Digits($"{at.Hour:00}:{at.Minute:00}")} ({at.Zone.Id})";
}
