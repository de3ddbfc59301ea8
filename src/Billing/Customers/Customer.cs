using Billing.Dunning;
using Billing.History;
using Billing.Periods;
using NodaTime;

namespace Billing.Customers;

/// <summary>Who is billed. One currency for life, days counted in one zone.</summary>
public sealed partial class Customer : IVersioned
{
    private Customer()
    {
    }

    /// <summary>The customer's id.</summary>
    public CustomerId Id { get; private set; }

    /// <summary>The main app's own id for the same person or company, unique when given.</summary>
    public string? ExternalId { get; private set; }

    /// <summary>The name, or <see langword="null"/> when nobody told us; never invented.</summary>
    public string? Name { get; private set; }

    /// <summary>The name as it is looked for: in small letters.</summary>
    public string? NameKey { get; private set; }

    /// <summary>Its last word, for who looks for that.</summary>
    public string? LastNameKey { get; private set; }

    /// <summary>Where mail goes, or <see langword="null"/>.</summary>
    public string? Email { get; private set; }

    /// <summary>The address as it is looked for: in small letters.</summary>
    public string? MailKey { get; private set; }

    /// <summary>ISO 3166 two letters, or <see langword="null"/>.</summary>
    public string? Country { get; private set; }

    /// <summary>BCP 47 tag of the language the customer reads: <c>en</c>, <c>bn</c>.</summary>
    public string Locale { get; private set; } = null!;

    /// <summary>IANA id of the zone the customer's days are counted in.</summary>
    public string TimeZone { get; private set; } = null!;

    /// <summary>The currency of every price, invoice and credit.</summary>
    public Currency Currency { get; private set; } = null!;

    /// <summary>The card that is charged unless another is named.</summary>
    public CardId? DefaultCardId { get; private set; }

    /// <summary>
    /// Minor units in the customer's favour: above zero is credit, used up by the next invoices; below zero is what was
    /// too small to charge and is carried to the next invoice.
    /// </summary>
    public long BalanceMinor { get; private set; }

    /// <summary>How many balance entries there are.</summary>
    public int BalanceEntries { get; private set; }

    /// <summary>Whether nobody asks this customer for money by itself: no messages, and access stays.</summary>
    public bool IsExempt { get; private set; }

    /// <summary>When the customer was added.</summary>
    public Instant CreatedAt { get; private set; }

    /// <inheritdoc/>
    public int Version { get; private set; }

    /// <summary>The balance; see <see cref="BalanceMinor"/>.</summary>
    public Money Balance => new(BalanceMinor, Currency);

    /// <summary>The zone.</summary>
    public DateTimeZone Zone => CustomerZone.Of(TimeZone);

    /// <summary>Adds a customer.</summary>
    /// <exception cref="Refused"><c>unknown_time_zone</c>.</exception>
    public static Customer Add(CustomerId id, CustomerDetails details, Currency currency, Instant now)
    {
        var customer = new Customer { Id = id, Currency = currency, CreatedAt = now, Version = 1 };
        customer.Take(details);
        return customer;
    }

    /// <summary>Changes what is known of the customer. The currency never changes; the zone counts from the next period.</summary>
    /// <exception cref="Refused"><c>unknown_time_zone</c>.</exception>
    public CustomerChanged Change(CustomerDetails details, Instant now)
    {
        Take(details);
        return new(Id, Today(now));
    }

    /// <summary>The date it is for this customer.</summary>
    public LocalDate Today(Instant now) => CustomerZone.DateAt(now, Zone);

    /// <summary>Charges this card from now on.</summary>
    public CardBecameDefault UseCard(CardId card, Instant now)
    {
        DefaultCardId = card;
        if (BackupCardId == card) NoBackup();
        return new(Id, Today(now), card);
    }

    /// <summary>A card is gone: it is charged no more, in either place.</summary>
    public void LoseCard(CardId card)
    {
        if (BackupCardId == card) NoBackup();
        if (DefaultCardId == card) DefaultCardId = null;
    }

    /// <summary>Support decides whether this customer is asked for money by itself.</summary>
    public ExemptionChanged Exempt(bool exempt, string reason, Instant now)
    {
        IsExempt = exempt;
        return new(Id, Today(now), exempt, reason);
    }

    /// <summary>Moves the balance and returns the entry that says why; entries add up to the balance, always.</summary>
    public BalanceEntry MoveBalance(
        Money by, BalanceReason reason, Instant now, InvoiceId? invoice = null, CreditNoteId? creditNote = null)
    {
        BalanceMinor = (Balance + by).Minor;
        BalanceEntries++;
        return BalanceEntry.Create(this, by, reason, now, invoice, creditNote);
    }

    internal Customer Copy() => (Customer)MemberwiseClone();

    /// <summary>An address as it is looked for, however it is typed.</summary>
    public static string? MailKeyOf(string? email) => email?.Trim().ToLowerInvariant();

    /// <summary>A name as it is looked for, however it is typed.</summary>
    public static string? NameKeyOf(string? name) => name is null
        ? null
        : string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToLowerInvariant();

    private void Take(CustomerDetails details)
    {
        _ = CustomerZone.Of(details.TimeZone);
        ExternalId = details.ExternalId;
        Name = details.Name;
        NameKey = NameKeyOf(details.Name);
        LastNameKey = NameKey?[(NameKey.LastIndexOf(' ') + 1)..];
        Email = details.Email;
        MailKey = MailKeyOf(details.Email);
        Country = details.Country;
        Locale = details.Locale;
        TimeZone = details.TimeZone;
    }
}

/// <summary>What may be known of a customer and may change.</summary>
/// <param name="ExternalId">The main app's id.</param>
/// <param name="Name">The name.</param>
/// <param name="Email">The mail address.</param>
/// <param name="Country">ISO 3166 two letters.</param>
/// <param name="Locale">BCP 47 tag.</param>
/// <param name="TimeZone">IANA zone id.</param>
public sealed record CustomerDetails(
    string? ExternalId, string? Name, string? Email, string? Country, string Locale, string TimeZone);

/// <summary>A customer was added.</summary>
public sealed record CustomerAdded(CustomerId CustomerId, LocalDate On) : Fact(CustomerId, On);

/// <summary>What is known of a customer was changed.</summary>
public sealed record CustomerChanged(CustomerId CustomerId, LocalDate On) : Fact(CustomerId, On);

/// <summary>Another card is charged from now on.</summary>
public sealed record CardBecameDefault(CustomerId CustomerId, LocalDate On, CardId CardId) : Fact(CustomerId, On);
