using Billing.Notices;

namespace Billing.Server.Pages.Language;

/// <content>What we write to customers.</content>
public abstract partial class Words
{
    /// <summary>A notice in sentences.</summary>
    public abstract Said Say(NoticeContent content);

    public abstract string Greeting(string? name);
    public abstract string Regards { get; }

    /// <summary>Under the button: how long it lets in.</summary>
    public abstract string ButtonOnce { get; }

    /// <summary>Instead of a button, where we do not know our own address.</summary>
    public abstract string OpenFromApp { get; }

    /// <summary>Why this mail came, at its foot.</summary>
    public abstract string WhyThisMail(string merchant);

    public abstract string NotThisKind { get; }

    /// <summary>Shows a mail as programs show it that know no HTML.</summary>
    public abstract string AsText { get; }

    public abstract string PreferencesTitle { get; }
    public abstract string PreferencesLead { get; }
    public abstract string WantReceipts { get; }
    public abstract string WantCourtesies { get; }
    public abstract string AlwaysSaid { get; }
    public abstract string PreferencesSavedTitle { get; }
    public abstract string PreferencesSaved(bool receipts, bool courtesies);
    public abstract string PreferencesLinkUnknownTitle { get; }
    public abstract string PreferencesLinkUnknown { get; }
}

/// <summary>A message in one language, before it is laid out.</summary>
/// <param name="Subject">The subject line.</param>
/// <param name="Lead">What it is about, in a sentence or two.</param>
/// <param name="Rows">The figures and days.</param>
/// <param name="After">What can be done, and what need not be done.</param>
/// <param name="Button">What the link is for.</param>
public sealed record Said(string Subject, string Lead, IReadOnlyList<SaidRow> Rows, string After, string Button);

/// <summary>One figure or day, and what it is.</summary>
public sealed record SaidRow(string Label, string Value);
