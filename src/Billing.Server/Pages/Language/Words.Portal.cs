using Billing.Periods;
using Billing.Retention;
using NodaTime;

namespace Billing.Server.Pages.Language;

/// <content>What one can do on one's own page, what was done, and what could not be.</content>
public abstract partial class Words
{
    /// <summary>The language's name in itself.</summary>
    public abstract string OwnName { get; }

    /// <summary>Instead of sending something that would not arrive.</summary>
    public abstract string Offline { get; }
    public abstract string TroubleTitle { get; }

    /// <summary>Why it was not done, for the code of a refusal; a sentence that is true of all for those nobody should meet.</summary>
    public abstract string Trouble(string code);

    public abstract string ComeBack { get; }
    public abstract string ComeBackMeans(string plan, Money price, Cadence cadence, LocalDate nextOn, LocalDate today);
    public abstract string StayAfterAll { get; }
    public abstract string WhatThisMeans { get; }

    /// <summary>What was just done, in a sentence.</summary>
    public abstract string DoneSay(CustomerAct act);

    public abstract string HowEasy { get; }
    public abstract string VeryHard { get; }
    public abstract string VeryEasy { get; }
    public abstract string EaseOf(int ease);
    public abstract string OneSentence { get; }
    public abstract string ThanksForWords { get; }

    public abstract string YourDetails { get; }
    public abstract string DetailsAndData { get; }
    public abstract string LanguageLabel { get; }
    public abstract string ZoneLabel { get; }
    public abstract string ZoneHint { get; }
    public abstract string WhatWeHold { get; }
    public abstract string WhatWeHoldText { get; }
    public abstract string Download { get; }
    public abstract string Save { get; }
    public abstract string ConfirmWithBank { get; }
}
