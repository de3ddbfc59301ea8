using Billing.Client.Contract;
using Billing.Server.Customers;
using Billing.Server.Staff;

namespace Billing.Server.Pages.Office.Acts;

/// <summary>What the staff can do for a customer.</summary>
internal static class CustomerActs
{
    public static readonly Act Credit = new(
        "credit", StaffRole.Support, ActOn.Customer, NeedsWhy: true,
        t => t["Grant credit", "জমা দিন"],
        t => t["The next invoices use it up first.", "পরের বিলে আগে এটি থেকে নেওয়া হবে।"],
        _ => true,
        f => [new("amount", f.T[$"How much, in {f.Customer.Currency}", $"কত, {f.Customer.Currency}"], FieldKind.Amount)],
        (f, given) =>
        {
            var credit = new NewCredit(new(given.Amount("amount", f.Customer.Currency), f.Customer.Currency.Code));
            return (send, stop) => send.Send(new GrantCredit(f.Customer.Id.Value, credit), stop);
        });

    public static readonly Act Details = new(
        "details", StaffRole.Support, ActOn.Customer, NeedsWhy: false,
        t => t["Change details", "তথ্য বদলান"],
        t => t["The currency never changes. Another time zone counts from the next period.", "মুদ্রা কখনও বদলায় না। নতুন সময় অঞ্চল পরের মেয়াদ থেকে ধরা হবে।"],
        _ => true,
        f =>
        [
            new("name", f.T["Name", "নাম"], Value: f.Customer.Name ?? "", Required: false),
            new("email", f.T["Mail address", "মেইল ঠিকানা"], FieldKind.Mail, f.Customer.Email ?? "", Required: false),
            new("externalId", f.T["Number in the main app", "মূল অ্যাপের নম্বর"], Value: f.Customer.ExternalId ?? "", Required: false),
            new("country", f.T["Country", "দেশ"], Value: f.Customer.Country ?? "", Hint: f.T["Two letters: BD, DE", "দুই অক্ষর: BD, DE"], Required: false),
            new("locale", f.T["Reads", "ভাষা"], FieldKind.Choice, f.Customer.Locale.StartsWith("bn", StringComparison.Ordinal) ? "bn" : "en",
                Choices: [new("en", "English"), new("bn", "বাংলা")]),
            new("timeZone", f.T["Time zone", "সময় অঞ্চল"], Value: f.Customer.TimeZone, Hint: "Asia/Dhaka, Europe/Berlin"),
        ],
        (f, given) => (send, stop) => send.Send(
            new ChangeCustomer(f.Customer.Id.Value, new(
                given["timeZone"], given.Optional("externalId"), given.Optional("name"), given.Optional("email"),
                given.Optional("country")?.ToUpperInvariant(), given["locale"])), stop));

    public static readonly IReadOnlyList<Act> All =
    [
        Credit, Details, SubscriptionActs.Discount, SubscriptionActs.Break, SubscriptionActs.Extend, SubscriptionActs.Return,
        SubscriptionActs.WithdrawBreak, SubscriptionActs.Cancel, SubscriptionActs.Stay, SubscriptionActs.KeepTerms,
        SubscriptionActs.TakeUp, InvoiceActs.Void, InvoiceActs.WriteOff, InvoiceActs.CreditNote,
        .. MoneyActs.All, .. DunningActs.All,
    ];

    /// <summary>What can be done now, for links.</summary>
    public static IReadOnlyList<ActLink> Links(ActFacts facts, ActOn on, Guid? id = null) =>
        [.. All.Where(a => a.On == on && facts.Desk.May(a.Role) && a.Possible(facts)).Select(a => new ActLink(PathOf(a, facts.Customer.Id, id), a.Title(facts.T)))];

    public static string PathOf(Act act, CustomerId customer, Guid? on) =>
        $"/office/customers/{customer}/acts/{act.Code}" + (on is { } id ? $"?on={id}" : "");
}
