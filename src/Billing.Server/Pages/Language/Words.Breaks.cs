using Billing.Invoicing;
using Billing.Plans;
using Billing.Subscriptions;
using NodaTime;

namespace Billing.Server.Pages.Language;

/// <content>Taking a break, staying longer, coming back.</content>
public abstract partial class Words
{
    public abstract string TakeABreak { get; }
    public abstract string YourBreak { get; }
    public abstract string BreakLead { get; }

    /// <summary>What it costs, what is kept, how long it may be.</summary>
    public abstract string BreakTermsInWords(BreakTerms terms);

    /// <summary>How a break that is planned or under way stands.</summary>
    public abstract string BreakStands(Break live);

    public abstract string BreakBegins { get; }
    public abstract string BreakNow { get; }
    public abstract string BreakAtEnd(LocalDate end);
    public abstract string BreakDay { get; }
    public abstract string BreakOtherDay { get; }
    public abstract string EarlierMonth { get; }
    public abstract string LaterMonth { get; }
    public abstract string BackOnDay(LocalDate day);
    public abstract string BreakStarts(Break away);
    public abstract string BreakFirstFee(Invoice fee);
    public abstract string BreakCosts(Money cost);
    public abstract string BreakOffUnpaid(Money amount);
    public abstract string BreakFeeBack(Money amount);
    public abstract string BackToday(Break ended);
    public abstract string BreakConfirm(ChangeWhen when);
    public abstract string BreakExtendConfirm(LocalDate day);
    public abstract string ComeBackToday { get; }
    public abstract string WithdrawBreak { get; }
}
