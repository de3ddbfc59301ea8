using Billing.Retention;
using Billing.Server.Retention;

namespace Billing.Server.Pages.Language;

/// <content>Leaving.</content>
public abstract partial class Words
{
    /// <summary>What it means to leave at the end of the period.</summary>
    public abstract string LeaveAtEnd(LeaveMeaning meaning);

    /// <summary>What it means to leave now: what is given back, what stays due.</summary>
    public abstract string LeaveNow(LeaveMeaning meaning);

    public abstract string LeaveKeeps { get; }

    public abstract string MailboxTitle { get; }
    public abstract string Mailbox { get; }
    public abstract string MailboxEmpty { get; }

    /// <summary>An offer as the customer reads it.</summary>
    public abstract string Offer(SaveOffer offer);
}
