namespace Billing.Client.Contract;

/// <summary>A card to keep, by the token the gateway gave the customer's browser. A card number never comes here.</summary>
/// <param name="Token">The gateway's token.</param>
/// <param name="MakeDefault">Whether it is charged from now on.</param>
public sealed record NewCard(string Token, bool MakeDefault = true);

/// <summary>A customer is to put in a card on the gateway's own page.</summary>
/// <param name="ReturnTo">Where the customer goes afterwards: a whole address of yours; the reference is added to it as <c>setup</c>.</param>
public sealed record NewCardSetup(string ReturnTo);

/// <summary>A page where one customer puts in one card.</summary>
/// <param name="Reference">To finish with, once the customer is back.</param>
/// <param name="Url">The page, for this customer only. A secret: send the browser there, and keep it nowhere.</param>
public sealed record CardSetupView(string Reference, string Url);

/// <summary>A kept card.</summary>
/// <param name="Id">Our id.</param>
/// <param name="CustomerId">Whose.</param>
/// <param name="Brand"><c>visa</c>, <c>mastercard</c>, <c>amex</c>.</param>
/// <param name="LastFour">The last four digits.</param>
/// <param name="ExpiryMonth">1 to 12; it is valid through the last day of that month.</param>
/// <param name="ExpiryYear">Four digits.</param>
/// <param name="IsDefault">Whether it is the one that is charged.</param>
/// <param name="AddedAt">ISO instant, UTC.</param>
/// <param name="Backup">When it is the second card: who agreed to it and when.</param>
public sealed record CardView(
    Guid Id, Guid CustomerId, string Brand, string LastFour, int ExpiryMonth, int ExpiryYear, bool IsDefault, string AddedAt,
    BackupConsentView? Backup);

/// <summary>The customer agrees that a second card is charged when the usual one will not do.</summary>
/// <param name="AgreedBy">Who agreed, and how: "the customer, on our page". 200 letters at most.</param>
public sealed record BackupConsent(string AgreedBy);

/// <summary>A consent as it was recorded.</summary>
/// <param name="AgreedBy">Who agreed, and how.</param>
/// <param name="AgreedAt">ISO instant, UTC.</param>
public sealed record BackupConsentView(string AgreedBy, string AgreedAt);
