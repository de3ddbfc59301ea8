using Billing.Client.Contract;
using Billing.Invoicing;
using Billing.Payments;
using Billing.Server.Http;
using Billing.Server.Payments;
using Billing.Server.Payments.Disputes;
using Billing.Server.Staff;

namespace Billing.Server.Pages.Office.Acts;

/// <summary>Money that came past the gateway, payments whose outcome nobody knows, and disputes.</summary>
internal static class MoneyActs
{
    public static readonly Act Received = new(
        "received", StaffRole.Finance, ActOn.Invoice, NeedsWhy: false,
        t => t["Write down money received", "পাওয়া টাকা লিখুন"],
        t => t["By transfer, in cash or otherwise. The same reference again is the same money.", "ব্যাংকে, নগদে বা অন্যভাবে। একই সূত্র আবার মানে একই টাকা।"],
        f => f.Invoice is { Status: not InvoiceStatus.Draft },
        f =>
        [
            new("by", f.T["It came", "এসেছে"], FieldKind.Choice, "bank_transfer", Choices:
            [
                new("bank_transfer", f.T["by transfer", "ব্যাংকে"]), new("cash", f.T["in cash", "নগদে"]),
                new("cheque", f.T["by cheque", "চেকে"]), new("other", f.T["otherwise", "অন্যভাবে"]),
            ]),
            new("amount", f.T[$"How much, in {f.Invoice!.Currency}", $"কত, {f.Invoice.Currency}"], FieldKind.Amount),
            new("reference", f.T["Reference", "সূত্র"], Hint: f.T["As the bank or the receipt says", "ব্যাংক বা রসিদে যা লেখা"]),
            new("receivedOn", f.T["Received on", "কবে পাওয়া"], FieldKind.Date, f.Desk.Today.Iso()),
        ],
        (f, given) =>
        {
            var money = new NewReceivedPayment(
                given["by"], new(given.Amount("amount", f.Invoice!.Currency), f.Invoice.Currency.Code), given["reference"], given["receivedOn"]);
            return (send, stop) => send.Send(new RecordPayment(f.Invoice.Id.Value, money), stop);
        });

    public static readonly Act Answer = new(
        "answer", StaffRole.Finance, ActOn.Payment, NeedsWhy: true,
        t => t["Say what became of it", "কী হয়েছে বলুন"],
        t => t["The gateway was asked in vain. Look into its own books before you answer.", "গেটওয়েকে জিজ্ঞেস করে উত্তর মেলেনি। উত্তর দেওয়ার আগে তাদের হিসাব দেখুন।"],
        f => f.Payment is { WantsAPerson: true },
        f =>
        [
            new("captured", f.T["The money was", "টাকা"], FieldKind.Choice, "", Choices:
                [new("", f.T["choose", "বেছে নিন"]), new("yes", f.T["taken", "নেওয়া হয়েছে"]), new("no", f.T["not taken", "নেওয়া হয়নি"])]),
            new("gatewayReference", f.T["The gateway's number of it", "গেটওয়ের নম্বর"], Required: false),
        ],
        (f, given) =>
        {
            if (given["captured"] is not ("yes" or "no")) throw new Refused("not_empty", "Choose one of the two.", "captured");
            var answer = new PaymentAnswer(given["captured"] == "yes", given["why"], given.Optional("gatewayReference"));
            return (send, stop) => send.Send(new AnswerPayment(f.Payment!.Id.Value, answer), stop);
        });

    public static readonly Act Release = new(
        "release", StaffRole.Finance, ActOn.Dispute, NeedsWhy: true,
        t => t["Let billing go on", "বিল আবার চালু করুন"],
        t => t["After a lost dispute nothing is billed until somebody says so.", "হারা বিরোধের পর কেউ না বলা পর্যন্ত বিল হয় না।"],
        f => f.Dispute is { Holds: true, State: DisputeState.Lost },
        _ => [],
        (f, _) => (send, stop) => send.Send(new ReleaseDispute(f.Dispute!.Id.Value), stop));

    public static readonly IReadOnlyList<Act> All = [Received, Answer, Release];
}
