namespace Billing.Server.Pages.Language;

/// <content>The way in to the office; what is said in it stands on its pages, in both languages side by side.</content>
public abstract partial class Words
{
    public abstract string OfficeTitle { get; }
    public abstract string OfficeSignIn { get; }
    public abstract string AskForLink { get; }
    public abstract string LinkSentTitle { get; }

    /// <summary>The same sentence for everybody: who works here is nobody's business.</summary>
    public abstract string LinkSent { get; }

    public abstract string NotAnAddress { get; }
    public abstract string WorkAddress { get; }
    public abstract string NotYourTaskTitle { get; }
    public abstract string NotYourTask { get; }
    public abstract string BackToOffice { get; }
    public abstract string SignInSubject(string merchant);
    public abstract string SignInLetter(string name, string merchant, string link);
}
