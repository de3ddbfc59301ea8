using System.Diagnostics.CodeAnalysis;
using Billing.Customers;
using Billing.Server.Persistence;

namespace Billing.Server.Pages.Office.Customers;

/// <summary>
/// Finding a customer by whatever one has at hand: the beginning of a name, of its last word or of a mail address; the main
/// app's id; an invoice's or credit note's number; a card's last four digits; our own id. Each is one look into an index.
/// </summary>
internal static class CustomerSearch
{
    private const int LastFour = 4;

    [SuppressMessage("Globalization", "CA1309", Justification = "The database compares, and by code point.")]
    public static IQueryable<Customer> Found(this BillingDbContext db, string text)
    {
        var words = Customer.NameKeyOf(text)!;
        // Everything that begins with these letters, as a range: no pattern, so that the index is used on every database.
        var end = words + '\uFFFF';
        var (exact, number) = (text.Trim(), InLatinDigits(text).Trim().ToUpperInvariant());

        var ids = db.Customers.Where(c => string.Compare(c.NameKey, words) >= 0 && string.Compare(c.NameKey, end) < 0).Select(c => c.Id)
            .Union(db.Customers.Where(c => string.Compare(c.LastNameKey, words) >= 0 && string.Compare(c.LastNameKey, end) < 0).Select(c => c.Id))
            .Union(db.Customers.Where(c => string.Compare(c.MailKey, words) >= 0 && string.Compare(c.MailKey, end) < 0).Select(c => c.Id))
            .Union(db.Customers.Where(c => c.ExternalId == exact).Select(c => c.Id))
            .Union(db.Invoices.Where(i => i.Number == number).Select(i => i.CustomerId))
            .Union(db.CreditNotes.Where(n => n.Number == number).Select(n => n.CustomerId));
        if (number.Length == LastFour && number.All(char.IsAsciiDigit))
            ids = ids.Union(db.Cards.Where(c => c.LastFour == number).Select(c => c.CustomerId));
        if (Guid.TryParse(exact, out var ours)) ids = ids.Union(db.Customers.Where(c => c.Id == new CustomerId(ours)).Select(c => c.Id));
        return db.Customers.Where(c => ids.Contains(c.Id));
    }

    private static string InLatinDigits(string text) =>
        string.Concat(text.Select(c => c is >= '০' and <= '৯' ? (char)('0' + (c - '০')) : c));
}
