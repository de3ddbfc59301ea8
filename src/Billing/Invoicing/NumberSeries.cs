using System.Globalization;

namespace Billing.Invoicing;

/// <summary>
/// A gapless series of document numbers. Numbers are taken in blocks by moving <see cref="Next"/> in the transaction
/// that stores the documents: what rolls back gives its numbers back.
/// </summary>
public sealed class NumberSeries
{
    /// <summary>The series invoices are numbered in.</summary>
    public const string Invoices = "INV";

    /// <summary>The series credit notes are numbered in.</summary>
    public const string CreditNotes = "CN";

    private NumberSeries()
    {
    }

    /// <summary>What stands before the number; the key.</summary>
    public string Prefix { get; private set; } = null!;

    /// <summary>The next number nobody has.</summary>
    public long Next { get; private set; }

    /// <summary>Begins a series at 1.</summary>
    public static NumberSeries Begin(string prefix) => new() { Prefix = prefix, Next = 1 };

    /// <summary>The number as printed.</summary>
    /// <example><c>INV-000042</c></example>
    public static string Format(string prefix, long number) => string.Create(CultureInfo.InvariantCulture, $"{prefix}-{number:D6}");
}
