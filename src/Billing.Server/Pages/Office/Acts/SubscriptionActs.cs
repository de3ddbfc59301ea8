using Billing.Server.Http;
using Billing.Server.Staff;
using Billing.Server.Subscriptions;
using Billing.Subscriptions;

namespace Billing.Server.Pages.Office.Acts;

/// <summary>What the staff can do about a subscription.</summary>
internal static class SubscriptionActs
{
    private const int AMonth = 30;

    public static readonly Act Discount = new(
        "discount", StaffRole.Support, ActOn.Subscription, NeedsWhy: true,
        t => t["Give a discount", "ছাড় দিন"],
        t => t["It counts from the next billed period.", "পরের বিল থেকে ধরা হবে।"],
        f => f.Subscription!.Lifecycle != Lifecycle.Ended,
        f => [new("discount", f.T["Which", "কোনটি"], FieldKind.Choice, Choices: [.. f.Discounts.Select(d => new Choice(d.Code, d.Name))])],
        (f, given) => (send, stop) => send.Send(new GiveDiscount(Id(f), new(given["discount"])), stop));

    public static readonly Act Break = new(
        "break", StaffRole.Support, ActOn.Subscription, NeedsWhy: false,
        t => t["Arrange a break", "বিরতির ব্যবস্থা করুন"],
        t => t["Unused paid days wait and are used first on return.", "দাম দেওয়া যে দিন বাকি তা জমা থাকে, ফিরলে আগে সেগুলোই চলে।"],
        f => f.Subscription is { Lifecycle: Lifecycle.Active, BreakStartsOn: null, CancelAtPeriodEnd: false },
        f =>
        [
            new("when", f.T["It begins", "শুরু"], FieldKind.Choice, "now",
                Choices: [new("now", f.T["today", "আজ"]), new("period_end", f.T["when what is paid for is used up", "দাম দেওয়া সময় শেষ হলে"])]),
            new("returnOn", f.T["Back on", "ফিরবেন"], FieldKind.Date, f.Customer.Today(f.Desk.Now).PlusDays(AMonth).Iso()),
        ],
        (f, given) => (send, stop) => send.Send(
            new TakeBreak(Id(f), new(given["returnOn"], given["when"], "support", given.Optional("why"))), stop));

    public static readonly Act Extend = new(
        "extend", StaffRole.Support, ActOn.Subscription, NeedsWhy: false,
        t => t["Extend the break", "বিরতি বাড়ান"],
        t => t["The return moves to a later day, within the plan's terms.", "প্ল্যানের শর্তের মধ্যে ফেরার দিন পিছিয়ে যাবে।"],
        f => f.Subscription!.Lifecycle == Lifecycle.Paused,
        f => [new("returnOn", f.T["Back on", "ফিরবেন"], FieldKind.Date, f.Customer.Today(f.Desk.Now).PlusDays(AMonth).Iso())],
        (f, given) => (send, stop) => send.Send(new ExtendBreak(Id(f), new(given["returnOn"])), stop));

    public static readonly Act Return = new(
        "return", StaffRole.Support, ActOn.Subscription, NeedsWhy: false,
        t => t["Bring back today", "আজই ফিরিয়ে আনুন"],
        t => t["Unused days of the fee are credited.", "বিরতির মাশুলের বাকি দিনের টাকা জমা হবে।"],
        f => f.Subscription!.Lifecycle == Lifecycle.Paused,
        _ => [],
        (f, _) => (send, stop) => send.Send(new ReturnFromBreak(Id(f)), stop));

    public static readonly Act WithdrawBreak = new(
        "withdraw-break", StaffRole.Support, ActOn.Subscription, NeedsWhy: false,
        t => t["Take the planned break back", "ঠিক করা বিরতি ফিরিয়ে নিন"],
        t => t["It goes on as before.", "আগের মতোই চলবে।"],
        f => f.Subscription!.BreakStartsOn is not null,
        _ => [],
        (f, _) => (send, stop) => send.Send(new WithdrawBreak(Id(f)), stop));

    public static readonly Act Cancel = new(
        "cancel", StaffRole.Support, ActOn.Subscription, NeedsWhy: true,
        t => t["End it for the customer", "গ্রাহকের হয়ে শেষ করুন"],
        t => t["Only at the customer's wish. Until the last day it can be taken back.", "কেবল গ্রাহক চাইলে। শেষ দিন পর্যন্ত ফিরিয়ে নেওয়া যায়।"],
        f => f.Subscription is { Lifecycle: not Lifecycle.Ended },
        f =>
        [
            new("when", f.T["It ends", "শেষ"], FieldKind.Choice, "period_end",
                Choices: [new("period_end", f.T["when what is paid for is used up", "দাম দেওয়া সময় শেষ হলে"]), new("now", f.T["today", "আজ"])]),
        ],
        (f, given) => (send, stop) => send.Send(new CancelSubscription(Id(f), new(given["when"])), stop));

    public static readonly Act Stay = new(
        "stay", StaffRole.Support, ActOn.Subscription, NeedsWhy: false,
        t => t["Take the planned end back", "শেষ হওয়া ফিরিয়ে নিন"],
        t => t["It goes on as before.", "আগের মতোই চলবে।"],
        f => f.Subscription is { CancelAtPeriodEnd: true, Lifecycle: not Lifecycle.Ended },
        _ => [],
        (f, _) => (send, stop) => send.Send(new WithdrawCancel(Id(f)), stop));

    public static readonly Act KeepTerms = new(
        "keep-terms", StaffRole.Support, ActOn.Subscription, NeedsWhy: false,
        t => t["Take the planned change back", "ঠিক করা পরিবর্তন ফিরিয়ে নিন"],
        t => t["Plan, seats and price stay as they are.", "প্ল্যান, আসন ও দাম যেমন আছে তেমনই থাকবে।"],
        f => f.Subscription!.PlannedPlanId is not null,
        _ => [],
        (f, _) => (send, stop) => send.Send(new WithdrawChange(Id(f)), stop));

    public static readonly Act TakeUp = new(
        "take-up", StaffRole.Support, ActOn.Subscription, NeedsWhy: false,
        t => t["Take it up again", "আবার চালু করুন"],
        t => t["Everything is in place; the next run bills the first period.", "সবকিছু আগের মতোই আছে; পরের রান প্রথম মেয়াদের বিল করবে।"],
        f => f.Subscription!.Lifecycle is Lifecycle.Ended or Lifecycle.Parked,
        _ => [],
        (f, _) => (send, stop) => send.Send(new ComeBack(Id(f)), stop));

    private static Guid Id(ActFacts facts) => facts.Subscription!.Id.Value;
}
