namespace Billing.Server.Pages.Language;

/// <content>The sandbox's own pages, which at a real gateway are the gateway's and the bank's.</content>
public abstract partial class Words
{
    public abstract string SandboxCardTitle { get; }
    public abstract string SandboxCard { get; }
    public abstract string SandboxCardChoose { get; }
    public abstract string SandboxCardButton { get; }
    public abstract string SandboxCardRefused { get; }
    public abstract string SandboxBack { get; }
    public abstract string SandboxConfirmTitle { get; }
    public abstract string SandboxConfirm(Money amount);
    public abstract string SandboxConfirmYes { get; }
    public abstract string SandboxConfirmNo { get; }
}
