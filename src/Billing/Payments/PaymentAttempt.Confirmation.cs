using NodaTime;

namespace Billing.Payments;

/// <content>Waiting for the customer to confirm, and the end of it.</content>
public sealed partial class PaymentAttempt
{
    /// <summary>How long the customer may take to confirm with the bank.</summary>
    public static readonly Duration TimeToConfirm = Duration.FromDays(3);

    /// <summary>How often we look by ourselves whether it was confirmed; as a rule a notice tells sooner.</summary>
    private static readonly Duration LookEvery = Duration.FromDays(1);

    /// <summary>When it is given up unless the customer has confirmed; kept afterwards.</summary>
    public Instant? ConfirmBy { get; private set; }

    /// <summary>Nobody waits for the customer any more: another card came, or the invoice changed. Given up by the next run.</summary>
    public void LetGo(Instant now)
    {
        if (State != AttemptState.ActionRequired) return;
        ConfirmBy = Instant.Min(ConfirmBy ?? now, now);
        AskAgainAt = now;
    }

    /// <summary>Whether its time to be confirmed is over.</summary>
    public bool IsOverdue(Instant now) => State == AttemptState.ActionRequired && ConfirmBy <= now;

    private void AwaitCustomer(Instant now)
    {
        ConfirmBy = now + TimeToConfirm;
        AskedInVain = 0;
        AskAgainAt = now + LookEvery;
    }

    private bool KeepWaiting(Instant now)
    {
        AskAgainAt = ConfirmBy <= now ? now + NextWait() : Instant.Min(now + LookEvery, ConfirmBy ?? now);
        return false;
    }

    private bool TakeLate(ChargeOutcome.Succeeded outcome, Instant now)
    {
        if (IsCaptured) return false;
        (State, SettledAt) = (AttemptState.CapturedLate, now);
        GatewayReference = outcome.GatewayReference ?? GatewayReference;
        return true;
    }
}
