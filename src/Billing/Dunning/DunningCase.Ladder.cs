using Billing.Notices;
using Billing.Payments;
using NodaTime;

namespace Billing.Dunning;

/// <content>How a case climbs its ladder.</content>
public sealed partial class DunningCase
{
    /// <summary>
    /// The bank said no. Only the ladder's own retry climbs; a person's try, or the first charge of another invoice, changes no
    /// date. A machine that failed uses up no rung; a firmer reason, or another card, begins its own ladder.
    /// </summary>
    /// <param name="code">The bank's word.</param>
    /// <param name="card">The card.</param>
    /// <param name="ofTheLadder">Whether it was the retry that the ladder had planned.</param>
    /// <param name="today">The customer's day.</param>
    /// <param name="now">When.</param>
    /// <returns>For the history, when a promise was not kept.</returns>
    public PromiseBroken? Declined(string code, CardId card, bool ofTheLadder, LocalDate today, Instant now)
    {
        var (ladder, other) = (DunningPolicy.LadderOf(code), CardId != card);
        var broken = ofTheLadder ? Break(today) : null;
        if (ofTheLadder && IsMachine(code) && MachineRetries < DeclineCodes.MostRetries)
        {
            (MachineRetries, MachineFailedAt) = (MachineRetries + 1, now);
            return broken;
        }

        var firmer = DunningPolicy.FirmnessOf(ladder) > DunningPolicy.FirmnessOf(Ladder);
        if (firmer || other && !IsMachine(code))
        {
            (Ladder, Code, CardId, Rung, Retries, LastStepAt, MachineFailedAt) = (ladder, code, card, 0, 0, now, null);
            BackupTried &= !other;
        }
        else if (ofTheLadder) Climb(ladder, code, broken is null, now);
        return broken;
    }

    /// <summary>The second card would not do either: the ladder goes on where it was, with the usual one.</summary>
    public void BackupDeclined(Instant now) => (BackupTried, LastStepAt) = (true, now);

    /// <summary>What was decided.</summary>
    public void Plan(DunningAct act)
    {
        (Rung, NextStep, NextAt, NextWhy) = (act.Rung, act.Step, act.At, Short(act.Why));
        RetryAt = act.Step == DunningStep.Retry ? act.At : null;
        IsOnBackup = act.OnBackup;
    }

    /// <summary>The planned try has to wait for something of ours; it stays the same try.</summary>
    public void PutOff(Instant until, string why) => (NextAt, NextWhy) = (until, Short(why));

    /// <summary>Whether an attempt that began then is the ladder's own try.</summary>
    public bool IsTheTry(Instant startedAt) => IsOpen && RetryAt <= startedAt;

    /// <summary>The planned try could not be made, for a reason that was written down: the ladder goes on.</summary>
    public void RetryNotMade(LocalDate today, Instant now)
    {
        if (IsOnBackup) BackupTried = true;
        else if (Break(today) is null && MachineFailedAt is null) Rung++;
        (IsOnBackup, LastStepAt, MachineFailedAt) = (false, now, null);
    }

    /// <summary>The ladder's message was written down to be sent.</summary>
    public DunningWrote Wrote(NoticeKind template, LocalDate today, Instant now)
    {
        Contacts++;
        (Rung, LastStepAt) = (Rung + 1, now);
        return new(CustomerId, today, Id, template, Contacts);
    }

    /// <summary>The message that tells of a promise that was not kept; it is no rung.</summary>
    public DunningWrote WroteBesides(NoticeKind template, LocalDate today)
    {
        Contacts++;
        return new(CustomerId, today, Id, template, Contacts);
    }

    private PromiseBroken? Break(LocalDate today)
    {
        if (PromisedOn is not { } promised) return null;
        (PromisedOn, PromisesBroken) = (null, PromisesBroken + 1);
        return new(CustomerId, today, Id, promised);
    }

    /// <summary>A try on a day the customer chose is no rung: the ladder goes on where it was.</summary>
    private void Climb(string ladder, string code, bool isRung, Instant now)
    {
        if (ladder == Ladder) Code = code;
        if (isRung) (Rung, Retries) = (Rung + 1, Retries + 1);
        (LastStepAt, MachineFailedAt) = (now, null);
    }

    private bool IsMachine(string code) => DeclineCodes.RuleOf(code).Class == DeclineClass.Technical && Ladder != "technical";

    private static string Short(string why) => why[..Math.Min(why.Length, LongestWhy)];
}
