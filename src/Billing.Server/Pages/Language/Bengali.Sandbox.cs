namespace Billing.Server.Pages.Language;

/// <content>The sandbox's own pages.</content>
internal sealed partial class Bengali
{
    public override string SandboxCardTitle => "একটি পরীক্ষার কার্ড দিন";
    public override string SandboxCard => "এটি স্যান্ডবক্স: আসল কার্ড নয়, আসল টাকাও নয়। আসল গেটওয়েতে এই পাতাটি গেটওয়ের নিজের।";
    public override string SandboxCardChoose => "কোন কার্ড?";
    public override string SandboxCardButton => "এই কার্ডটি দিন";
    public override string SandboxCardRefused => "ব্যাংক এই কার্ডটি নেয়নি। কিছুই বদলায়নি; অন্য একটি বেছে নিন।";
    public override string SandboxBack => "কিছু না বদলে ফিরে যান";
    public override string SandboxConfirmTitle => "আপনার ব্যাংক জানতে চায়: এটা কি আপনি?";
    public override string SandboxConfirm(Money amount) =>
        $"{Formats.Money(amount)} পরিশোধ আপনার সম্মতির অপেক্ষায় আছে। এটি স্যান্ডবক্স: আসল ব্যাংক নয়, আসল টাকাও নয়।";
    public override string SandboxConfirmYes => "নিশ্চিত করুন";
    public override string SandboxConfirmNo => "না করুন";
}
