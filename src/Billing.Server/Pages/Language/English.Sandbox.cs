namespace Billing.Server.Pages.Language;

/// <content>The sandbox's own pages.</content>
internal sealed partial class English
{
    public override string SandboxCardTitle => "Put in a test card";
    public override string SandboxCard => "This is the sandbox: no real card, no real money. With a real gateway, this page is the gateway's.";
    public override string SandboxCardChoose => "Which card?";
    public override string SandboxCardButton => "Put in this card";
    public override string SandboxCardRefused => "The bank did not accept this card. Nothing has changed; please choose another.";
    public override string SandboxBack => "Back, without changing anything";
    public override string SandboxConfirmTitle => "Your bank asks: is it you?";
    public override string SandboxConfirm(Money amount) =>
        $"A payment of {Formats.Money(amount)} waits for your yes. This is the sandbox: no real bank, no real money.";
    public override string SandboxConfirmYes => "Confirm";
    public override string SandboxConfirmNo => "Refuse";
}
