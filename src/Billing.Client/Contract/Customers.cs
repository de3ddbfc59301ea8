namespace Billing.Client.Contract;

/// <summary>A customer to add.</summary>
/// <param name="Currency">ISO 4217; for life.</param>
/// <param name="TimeZone">IANA id of the zone the customer's days are counted in.</param>
/// <param name="ExternalId">Your own id, unique.</param>
/// <param name="Name">The name.</param>
/// <param name="Email">The mail address.</param>
/// <param name="Country">ISO 3166, two letters.</param>
/// <param name="Locale">Language of pages and mails: <c>en</c> or <c>bn</c>; <c>en</c> when left out.</param>
public sealed record NewCustomer(
    string Currency, string TimeZone, string? ExternalId = null, string? Name = null, string? Email = null,
    string? Country = null, string? Locale = null);

/// <summary>What may change of a customer; sent whole, with <c>If-Match</c>.</summary>
public sealed record CustomerChange(
    string TimeZone, string? ExternalId = null, string? Name = null, string? Email = null, string? Country = null,
    string? Locale = null);

/// <summary>A customer.</summary>
/// <param name="Id">Our id.</param>
/// <param name="ExternalId">Yours.</param>
/// <param name="Name">The name, if known.</param>
/// <param name="Email">The mail address, if known.</param>
/// <param name="Country">ISO 3166, if known.</param>
/// <param name="Locale">Language of pages and mails.</param>
/// <param name="TimeZone">IANA zone id.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Balance">Above zero: credit that the next invoices use up. Below: carried to the next invoice.</param>
/// <param name="DefaultCardId">The card that is charged.</param>
/// <param name="CreatedAt">ISO instant, UTC.</param>
/// <param name="Version">The <c>ETag</c>; send it back when you change something.</param>
public sealed record CustomerView(
    Guid Id, string? ExternalId, string? Name, string? Email, string? Country, string Locale, string TimeZone, string Currency,
    Amount Balance, Guid? DefaultCardId, string CreatedAt, int Version) : IVersionedView;

/// <summary>Credit to grant: the next invoices use it up.</summary>
/// <param name="Amount">Above zero, in the customer's currency.</param>
public sealed record NewCredit(Amount Amount);

/// <summary>One fact of a customer's history.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Type">What happened, in the past tense: <c>PeriodBilled</c>.</param>
/// <param name="On">The business date, in the customer's zone.</param>
/// <param name="At">When it was written; ISO instant, UTC.</param>
/// <param name="Actor">Who did it: <c>run</c>, <c>customer</c>, <c>key:name</c>, <c>staff:name</c>, <c>import</c>.</param>
/// <param name="Data">The fact's own particulars.</param>
public sealed record HistoryView(Guid Id, string Type, string On, string At, string Actor, System.Text.Json.JsonElement Data);

/// <summary>A link that signs one customer in to the portal, once.</summary>
/// <param name="Url">Send the customer there; never log it.</param>
/// <param name="ExpiresAt">After this it opens nothing; ISO instant, UTC.</param>
public sealed record PortalLinkView(string Url, string ExpiresAt);
