using Billing.Cards;
using Billing.Invoicing;
using Billing.Periods;
using Billing.Subscriptions;
using NodaTime;

namespace Billing.Server.Pages.Language;

/// <summary>Every sentence a customer reads. A language is a class: what is missing does not compile.</summary>
public abstract partial class Words
{
    public static readonly Words English = new English(), Bengali = new Bengali();

    /// <summary>For <c>html lang</c>.</summary>
    public abstract string Tag { get; }

    public abstract Formats Formats { get; }

    public abstract string SkipToContent { get; }
    public abstract string SignOut { get; }
    public abstract string Questions(string contact);

    public abstract string FrontText { get; }
    public abstract string SignInTitle { get; }
    public abstract string SignInToPortal { get; }
    public abstract string SignInToOffice { get; }
    public abstract string SignInButton { get; }
    public abstract string SignInOnce { get; }
    public abstract string LinkUsedTitle { get; }
    public abstract string LinkUsedPortal { get; }
    public abstract string LinkUsedOffice { get; }
    public abstract string SignedOutTitle { get; }
    public abstract string SignedOutPortal { get; }
    public abstract string SignedOutOffice { get; }
    public abstract string GoodbyeTitle { get; }
    public abstract string Goodbye { get; }
    public abstract string NotThereTitle { get; }
    public abstract string NotThere { get; }
    public abstract string FormTooOldTitle { get; }
    public abstract string FormTooOld { get; }
    public abstract string BackHome { get; }

    public abstract string Hello(string? name);
    public abstract string WhatHappensNext { get; }
    public abstract string WhatYouHave { get; }
    public abstract string HowYouPay { get; }
    public abstract string YourInvoices { get; }
    public abstract string NoSubscription { get; }
    public abstract string NoInvoices { get; }
    public abstract string HowItIsMadeUp { get; }

    /// <summary>One sentence, or two: what is charged, when, to what.</summary>
    public abstract string Bills(OutlookEntry.Bills step, Card? card, bool dueNow);

    /// <summary>Beside a charge that is of another plan than the one the customer has now.</summary>
    public abstract string ThenYouHave(string plan);

    public abstract string Ends(OutlookEntry.Ends step);
    public abstract string Over(Subscription ended);

    /// <summary>While away: when one is back, and when the next charge comes.</summary>
    public abstract string Away(OutlookEntry.Returns step, LocalDate today);

    /// <summary>Before a planned break.</summary>
    public abstract string GoesAway(OutlookEntry.GoesAway step);

    public abstract string TheNextTwelveMonths { get; }
    public abstract string NothingHappens { get; }

    /// <summary>One thing that will happen by itself, in the list of all of them; the date stands beside it.</summary>
    public abstract string Happens(OutlookEntry entry);

    /// <summary>What one can do about it until then; nothing when there is nothing to do.</summary>
    public abstract string UntilThen(IReadOnlyList<HowToStop> ways);

    /// <summary>What an announced price move will do, and that one may leave before.</summary>
    public abstract string PriceMoves(MoveAhead move, Cadence cadence);

    /// <summary>today, tomorrow, in 7 days.</summary>
    public abstract string InDays(int days);

    public abstract string Every(Cadence cadence);
    public abstract string Seats(int seats, Money unit);
    public abstract string State(Subscription subscription);
    public abstract string Since(string date);
    public abstract string PaidThrough(string date);
    public abstract string AgreedWithYou { get; }
    public abstract string DiscountLeft(SubscriptionDiscount discount);

    public abstract string CardIs(Card card);
    public abstract string CardExpires(Card card);
    public abstract string CardExpired(Card card);
    public abstract string NoCard { get; }
    public abstract string Credit(Money credit);
    public abstract string CarriedBefore(Money owed);

    public abstract string OpenInvoice(Invoice invoice);
    public abstract string TriedAgainOn(string date);
    public abstract string ToConfirm { get; }
    public abstract string WeAreOnIt { get; }
    public abstract string NothingIsLost { get; }

    public abstract string Invoice { get; }
    public abstract string Number { get; }
    public abstract string Date { get; }
    public abstract string Amount { get; }
    public abstract string Status { get; }
    public abstract string Show { get; }
    public abstract string StatusOf(InvoiceStatus status);
    public abstract string BilledTo { get; }
    public abstract string Description { get; }
    public abstract string Quantity { get; }
    public abstract string Each { get; }
    public abstract string Subtotal { get; }
    public abstract string Discounts { get; }
    public abstract string Total { get; }
    public abstract string CreditUsed { get; }
    public abstract string FromBefore { get; }
    public abstract string Carried { get; }
    public abstract string CreditedBack { get; }
    public abstract string Paid { get; }
    public abstract string StillToPay { get; }
    public abstract string ToBeCharged { get; }
    public abstract string PaidOn(string date, Card card);
    public abstract string CreditNote(string number, string date, string reason);
    public abstract string PrintHint { get; }

    /// <summary>The language a customer chose, or English.</summary>
    public static Words Of(string locale) => IsBengali(locale) ? Bengali : English;

    /// <summary>The browser's first wish that we speak, while nobody is known yet.</summary>
    public static Words For(HttpContext http) => http.Request.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(l => l.Quality ?? 1)
        .Select(l => l.Value.Value ?? "")
        .FirstOrDefault(l => IsBengali(l) || l.StartsWith("en", StringComparison.OrdinalIgnoreCase)) is { } tag ? Of(tag) : English;

    /// <summary>The brand as it is written on a card.</summary>
    protected static string Brand(string brand) => brand switch
    {
        "visa" => "Visa",
        "mastercard" => "Mastercard",
        "amex" => "American Express",
        var other => string.Concat(other[..1].ToUpperInvariant(), other[1..]),
    };

    private static bool IsBengali(string tag) => tag.StartsWith("bn", StringComparison.OrdinalIgnoreCase);
}
