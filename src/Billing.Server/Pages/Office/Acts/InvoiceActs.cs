using Billing.Invoicing;
using Billing.Server.Invoicing;
using Billing.Server.Staff;

namespace Billing.Server.Pages.Office.Acts;

/// <summary>What finance can do about an invoice.</summary>
internal static class InvoiceActs
{
    public static readonly Act Void = new(
        "void", StaffRole.Finance, ActOn.Invoice, NeedsWhy: true,
        t => t["Void it", "বাতিল করুন"],
        t => t["For an invoice issued by mistake. Credit it had used is given back.", "ভুলে দেওয়া বিলের জন্য। এতে যে জমা লেগেছিল তা ফিরবে।"],
        f => f.Invoice is { Status: InvoiceStatus.Open, PaidMinor: 0 },
        _ => [],
        (f, _) => (send, stop) => send.Send(new VoidInvoice(f.Invoice!.Id.Value), stop));

    public static readonly Act WriteOff = new(
        "write-off", StaffRole.Finance, ActOn.Invoice, NeedsWhy: true,
        t => t["Write it off", "মওকুফ করুন"],
        t => t["It stays owed in the books and is no longer chased.", "হিসাবে বাকি থাকবে, কিন্তু আর চাওয়া হবে না।"],
        f => f.Invoice is { Status: InvoiceStatus.Open },
        _ => [],
        (f, _) => (send, stop) => send.Send(new WriteOffInvoice(f.Invoice!.Id.Value), stop));

    public static readonly Act CreditNote = new(
        "credit-note", StaffRole.Finance, ActOn.Invoice, NeedsWhy: true,
        t => t["Write a credit note", "ফেরতপত্র লিখুন"],
        t => t["What is due goes down; what was paid becomes credit. The reason is printed on it.", "বাকি থাকলে কমবে; পরিশোধ হয়ে থাকলে জমা হবে। কারণটি ফেরতপত্রে ছাপা হয়।"],
        f => f.Invoice is { Status: not (InvoiceStatus.Draft or InvoiceStatus.Void), Creditable.Minor: > 0 },
        f =>
        [
            new("amount", f.T[$"How much, in {f.Invoice!.Currency}", $"কত, {f.Invoice.Currency}"], FieldKind.Amount,
                Hint: f.T[$"At most {f.T.F.Money(f.Invoice.Creditable)}", $"সর্বোচ্চ {f.T.F.Money(f.Invoice.Creditable)}"]),
        ],
        (f, given) =>
        {
            var amount = given.Amount("amount", f.Invoice!.Currency);
            return (send, stop) => send.Send(
                new CreditInvoice(f.Invoice.Id.Value, new(new(amount, f.Invoice.Currency.Code), given["why"])), stop);
        });
}
