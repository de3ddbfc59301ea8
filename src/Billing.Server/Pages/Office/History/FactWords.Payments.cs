using Billing.Cards;
using Billing.History;
using Billing.Payments;

namespace Billing.Server.Pages.Office.History;

/// <content>Money that goes back or comes past the gateway, what banks ask back, and cards the gateway tells of.</content>
internal sealed partial class FactWords
{
    private string? OfRefunds(Fact fact) => fact switch
    {
        PaymentReceived received => t[$"{Money(received.AmountMinor, received.Currency)} came for invoice {names.Of(received.InvoiceId)} past the gateway on {Date(received.ReceivedOn)} ({received.Reference}).", $"বিল {names.Of(received.InvoiceId)}-এর {Money(received.AmountMinor, received.Currency)} গেটওয়ের বাইরে {Date(received.ReceivedOn)} এসেছে ({received.Reference})।"],
        RefundRequested asked => t[$"{Money(asked.AmountMinor, asked.Currency)} of invoice {names.Of(asked.InvoiceId)} goes back to the card: “{asked.Reason}”.", $"বিল {names.Of(asked.InvoiceId)}-এর {Money(asked.AmountMinor, asked.Currency)} কার্ডে ফেরত যাচ্ছে: “{asked.Reason}”।"],
        RefundSucceeded back => t[$"{Money(back.AmountMinor, back.Currency)} of invoice {names.Of(back.InvoiceId)} is back on the card.", $"বিল {names.Of(back.InvoiceId)}-এর {Money(back.AmountMinor, back.Currency)} কার্ডে ফেরত গেছে।"],
        RefundFailed failed => t[$"Sending money of invoice {names.Of(failed.InvoiceId)} back failed: “{failed.Reason}”. It is the customer's credit.", $"বিল {names.Of(failed.InvoiceId)}-এর টাকা ফেরত যায়নি: “{failed.Reason}”। এটি গ্রাহকের জমা।"],
        PaymentNotConfirmed not => t[$"The payment of invoice {names.Of(not.InvoiceId)} was not confirmed with the bank in time.", $"বিল {names.Of(not.InvoiceId)}-এর লেনদেন সময়মতো ব্যাংকে নিশ্চিত হয়নি।"],
        PaymentAnswered { Captured: true } yes => t[$"Somebody looked: the money for invoice {names.Of(yes.InvoiceId)} was taken. “{yes.Reason}”.", $"দেখা হয়েছে: বিল {names.Of(yes.InvoiceId)}-এর টাকা নেওয়া হয়েছিল। “{yes.Reason}”।"],
        PaymentAnswered no => t[$"Somebody looked: the money for invoice {names.Of(no.InvoiceId)} was not taken. “{no.Reason}”.", $"দেখা হয়েছে: বিল {names.Of(no.InvoiceId)}-এর টাকা নেওয়া হয়নি। “{no.Reason}”।"],
        RefundAnswered { Sent: true } yes => t[$"Somebody looked: the money of invoice {names.Of(yes.InvoiceId)} went back. “{yes.Reason}”.", $"দেখা হয়েছে: বিল {names.Of(yes.InvoiceId)}-এর টাকা ফেরত গেছে। “{yes.Reason}”।"],
        RefundAnswered no => t[$"Somebody looked: the money of invoice {names.Of(no.InvoiceId)} did not go back. “{no.Reason}”.", $"দেখা হয়েছে: বিল {names.Of(no.InvoiceId)}-এর টাকা ফেরত যায়নি। “{no.Reason}”।"],
        DisputeOpened opened => t[$"The bank asks {Money(opened.AmountMinor, opened.Currency)} of invoice {names.Of(opened.InvoiceId)} back ({opened.Reason}). Billing rests meanwhile.", $"ব্যাংক বিল {names.Of(opened.InvoiceId)}-এর {Money(opened.AmountMinor, opened.Currency)} ফেরত চাইছে ({opened.Reason})। ততদিন বিল বন্ধ।"],
        DisputeWon won => t[$"The bank decided for us: {Money(won.AmountMinor, won.Currency)} of invoice {names.Of(won.InvoiceId)} stay paid.", $"ব্যাংক আমাদের পক্ষে বলেছে: বিল {names.Of(won.InvoiceId)}-এর {Money(won.AmountMinor, won.Currency)} পরিশোধিতই থাকবে।"],
        DisputeLost lost => t[$"The bank decided for the customer: {Money(lost.AmountMinor, lost.Currency)} of invoice {names.Of(lost.InvoiceId)} went back.", $"ব্যাংক গ্রাহকের পক্ষে বলেছে: বিল {names.Of(lost.InvoiceId)}-এর {Money(lost.AmountMinor, lost.Currency)} ফেরত গেছে।"],
        DisputeReleased => t["Billing goes on after the dispute.", "বিরোধের পর বিল আবার চলছে।"],
        CardUpdatedByNetwork updated => t[$"The bank renewed the card: {Brand(updated.Brand)} ending in {updated.LastFour}, through {updated.ExpiryMonth:00}/{updated.ExpiryYear}.", $"ব্যাংক কার্ড নবায়ন করেছে: {Brand(updated.Brand)}, শেষে {Digits(updated.LastFour)}, {Digits($"{updated.ExpiryMonth:00}/{updated.ExpiryYear}")} পর্যন্ত।"],
        CardDetached detached => t[$"The card {Brand(detached.Brand)} ending in {detached.LastFour} was taken away.", $"{Brand(detached.Brand)} কার্ড (শেষে {Digits(detached.LastFour)}) সরানো হয়েছে।"],
        _ => null,
    };
}
