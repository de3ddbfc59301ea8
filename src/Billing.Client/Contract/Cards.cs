namespace Billing.Client.Contract;

/// <summary>A card to keep, by the token the gateway gave the customer's browser. A card number never comes here.</summary>
/// <param name="Token">The gateway's token.</param>
/// <param name="MakeDefault">Whether it is charged from now on.</param>
public sealed record NewCard(string Token, bool MakeDefault = true);

/// <summary>A kept card.</summary>
/// <param name="Id">Our id.</param>
/// <param name="CustomerId">Whose.</param>
/// <param name="Brand"><c>visa</c>, <c>mastercard</c>, <c>amex</c>.</param>
/// <param name="LastFour">The last four digits.</param>
/// <param name="ExpiryMonth">1 to 12; it is valid through the last day of that month.</param>
/// <param name="ExpiryYear">Four digits.</param>
/// <param name="IsDefault">Whether it is the one that is charged.</param>
/// <param name="AddedAt">ISO instant, UTC.</param>
public sealed record CardView(
    Guid Id, Guid CustomerId, string Brand, string LastFour, int ExpiryMonth, int ExpiryYear, bool IsDefault, string AddedAt);
