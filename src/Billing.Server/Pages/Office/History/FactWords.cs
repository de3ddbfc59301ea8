using Billing.Cards;
using Billing.Customers;
using Billing.History;
using Billing.Invoicing;
using Billing.Payments;
using NodaTime;

namespace Billing.Server.Pages.Office.History;

/// <summary>Every fact of a customer's history as one plain sentence. A fact without one is a bug that a test finds.</summary>
internal sealed partial class FactWords(Tongue t, FactNames names)
{
    public string Of(Fact fact) => OfMoney(fact) ?? OfSubscription(fact) ?? OfBreak(fact) ?? OfLeaving(fact) ?? OfRefunds(fact) ?? OfDunning(fact) ?? OfCards(fact)
        ?? throw new InvalidOperationException($"{fact.GetType().Name} has no words.");

    private string? OfMoney(Fact fact) => fact switch
    {
        CustomerAdded => t["The customer was added.", "গ্রাহক যোগ হয়েছেন।"],
        CustomerChanged => t["The customer's details were changed.", "গ্রাহকের তথ্য বদলানো হয়েছে।"],
        CardAdded card => t[$"A card was put in: {Brand(card.Brand)} ending in {card.LastFour}.", $"কার্ড যোগ হয়েছে: {Brand(card.Brand)}, শেষে {Digits(card.LastFour)}।"],
        CardBecameDefault card => t[$"The card {Brand(names.Of(card.CardId))} is charged from now on.", $"এখন থেকে {Digits(Brand(names.Of(card.CardId)))} কার্ড থেকে নেওয়া হবে।"],
        BalanceMoved moved => Of(moved),
        InvoiceIssued issued => t[
            $"Invoice {issued.Number} over {Money(issued.TotalMinor, issued.Currency)} was issued.",
            $"{Money(issued.TotalMinor, issued.Currency)}-এর বিল {issued.Number} দেওয়া হয়েছে।"],
        InvoiceVoided voided => t[
            $"Invoice {names.Of(voided.InvoiceId)} was voided: nothing is owed on it any more.",
            $"বিল {names.Of(voided.InvoiceId)} বাতিল হয়েছে: এতে আর কিছু বাকি নেই।"],
        InvoiceGivenUp given => t[
            $"Invoice {names.Of(given.InvoiceId)} was written off: it stays owed and is no longer chased.",
            $"বিল {names.Of(given.InvoiceId)} মওকুফ হয়েছে: বাকি থাকবে, কিন্তু আর চাওয়া হবে না।"],
        InvoiceCredited credited => t[
            $"Credit note {credited.CreditNote} over {Money(credited.AmountMinor, credited.Currency)} was written for invoice {names.Of(credited.InvoiceId)}.",
            $"বিল {names.Of(credited.InvoiceId)}-এর জন্য {Money(credited.AmountMinor, credited.Currency)}-এর ফেরতপত্র {credited.CreditNote} লেখা হয়েছে।"],
        PaymentDayChosen day => t[
            $"Payment of invoice {names.Of(day.InvoiceId)} was moved to {Date(day.Day)}; nobody chases it until then.",
            $"বিল {names.Of(day.InvoiceId)}-এর টাকা নেওয়ার দিন {Date(day.Day)} করা হয়েছে; তার আগে কেউ চাইবে না।"],
        PaymentSucceeded paid => t[
            $"Invoice {names.Of(paid.InvoiceId)} was paid by card: {Money(paid.AmountMinor, paid.Currency)}.",
            $"বিল {names.Of(paid.InvoiceId)} কার্ডে পরিশোধ হয়েছে: {Money(paid.AmountMinor, paid.Currency)}।"],
        PaymentDeclined declined => t[
            $"The card was declined for invoice {names.Of(declined.InvoiceId)} ({declined.Code}). This changes nothing for the customer.",
            $"বিল {names.Of(declined.InvoiceId)}-এর জন্য কার্ড টাকা দেয়নি ({declined.Code})। এতে গ্রাহকের কিছু বদলায় না।"],
        PaymentNeedsAction action => t[
            $"The bank wants the customer to confirm the payment of invoice {names.Of(action.InvoiceId)}.",
            $"ব্যাংক চায় গ্রাহক বিল {names.Of(action.InvoiceId)}-এর লেনদেন নিশ্চিত করুন।"],
        PaymentFailed failed => t[
            $"The gateway refused the charge for invoice {names.Of(failed.InvoiceId)}: {failed.Reason} Nothing was charged.",
            $"গেটওয়ে বিল {names.Of(failed.InvoiceId)}-এর টাকা নিতে রাজি হয়নি: {failed.Reason} কিছু কাটা হয়নি।"],
        _ => null,
    };

    private string Of(BalanceMoved moved)
    {
        var (amount, invoice) = (Money(Math.Abs(moved.AmountMinor), moved.Currency), names.Of(moved.InvoiceId));
        return moved.Reason switch
        {
            BalanceReason.AppliedToInvoice when moved.AmountMinor < 0 =>
                t[$"{amount} of credit was used for invoice {invoice}.", $"জমা থেকে {amount} বিল {invoice}-এ লেগেছে।"],
            BalanceReason.AppliedToInvoice =>
                t[$"{amount} carried from before was collected with invoice {invoice}.", $"আগের {amount} বিল {invoice}-এর সঙ্গে নেওয়া হয়েছে।"],
            BalanceReason.CarriedForward =>
                t[$"{amount} was too little to charge and waits for the next invoice.", $"{amount} এত কম যে নেওয়া হয়নি; পরের বিলে যোগ হবে।"],
            BalanceReason.CreditNote => t[$"{amount} became credit, by a credit note.", $"ফেরতপত্র থেকে {amount} জমা হয়েছে।"],
            BalanceReason.Granted => t[$"{amount} of credit was granted.", $"{amount} জমা দেওয়া হয়েছে।"],
            BalanceReason.Restored => t[$"{amount} of credit was given back, because its invoice was voided.", $"বিল বাতিল হওয়ায় {amount} জমা ফিরেছে।"],
            BalanceReason.Overpayment => t[$"{amount} arrived that no invoice wanted, and became credit.", $"{amount} এসেছে যা কোনো বিলের ছিল না; জমা হয়েছে।"],
            BalanceReason.Refunded => t[$"{amount} of credit goes back to the card.", $"জমার {amount} কার্ডে ফেরত যাচ্ছে।"],
            BalanceReason.RefundReturned => t[$"{amount} could not go back to the card and is credit again.", $"{amount} কার্ডে ফেরত যায়নি, আবার জমা হয়েছে।"],
            BalanceReason.Disputed => t[$"{amount} moved because of a dispute.", $"বিরোধের কারণে {amount} সরেছে।"],
            BalanceReason.Proration => t[$"{amount} for days not used became credit.", $"ব্যবহার না হওয়া দিনের {amount} জমা হয়েছে।"],
        };
    }

    private string Money(long minor, string currency) => t.F.Money(new(minor, Currency.Of(currency)));

    private static string Brand(string brand) => brand.Length == 0 ? brand : char.ToUpperInvariant(brand[0]) + brand[1..];

    private string Date(LocalDate date) => t.F.Date(date);

    private string Digits(string text) => t.F.Digits(text);
}
