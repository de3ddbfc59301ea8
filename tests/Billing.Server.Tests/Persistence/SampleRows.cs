using Billing.Invoicing;
using Billing.Ledger;
using Billing.Payments;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Billing.Server.Tests.Persistence;

/// <summary>Rows of any entity, filled with what is hard to keep: by type alone, so that a new property is in them.</summary>
internal static class SampleRows
{
    private static readonly string[] Texts = ["Zoë", "বাংলাদেশ", "👩🏽‍💻", "a'b\"c\\d\te", " x "];
    private static readonly string[] Zones = ["UTC", "Asia/Dhaka", "America/New_York", "Pacific/Apia"];
    private static readonly LocalDate[] Dates = [new(1, 1, 1), new(9999, 12, 31), new(2024, 2, 29), new(1600, 1, 1), new(2026, 11, 1)];

    /// <summary>Row <paramref name="number"/> of this entity; every property has a value, and a different one in each row.</summary>
    public static object Of(IEntityType type, int number) => Of(type, number, p => Value(p, number));

    /// <summary>The same, with nothing wherever nothing is allowed.</summary>
    public static object Sparse(IEntityType type, int number) => Of(type, number, p => p.IsNullable ? null : Value(p, number));

    /// <summary>Row <paramref name="number"/> with some properties as given.</summary>
    public static T Of<T>(BillingDbContext db, int number, params (string Property, object? Value)[] given) where T : class
    {
        var row = (T)Of(db.Model.FindEntityType(typeof(T))!, number);
        foreach (var (property, value) in given) typeof(T).GetProperty(property)!.SetValue(row, value);
        return row;
    }

    /// <summary>A row of every entity; those with the same number belong together.</summary>
    public static IEnumerable<object> OfEach(BillingDbContext db, int number) => db.Model.GetEntityTypes().Select(e => Of(e, number));

    private static object Of(IEntityType type, int number, Func<IProperty, object?> value)
    {
        var row = Activator.CreateInstance(type.ClrType, nonPublic: true)!;
        foreach (var property in type.GetProperties()) property.PropertyInfo!.SetValue(row, value(property));
        if (row is Invoice invoice) AddUp(invoice, number);
        if (row is LedgerEntry entry) Balance(entry, number);
        // Nor does it take a payment of which more went back than was captured.
        if (row is PaymentAttempt) typeof(PaymentAttempt).GetProperty(nameof(PaymentAttempt.RefundedMinor))!.SetValue(row, 0L);
        return row;
    }

    /// <summary>The database refuses an invoice that does not add up.</summary>
    private static void AddUp(Invoice invoice, int number)
    {
        foreach (var amount in typeof(Invoice).GetProperties().Where(p => p.Name.EndsWith("Minor", StringComparison.Ordinal)))
            amount.SetValue(invoice, amount.Name is "SubtotalMinor" or "TotalMinor" or "PaidMinor" ? long.MaxValue - number : 0L);
        typeof(Invoice).GetProperty(nameof(Invoice.Number))!.SetValue(invoice, $"INV-{number:D6}");
    }

    /// <summary>The database refuses an entry that is not above zero, between two accounts, and not before its document.</summary>
    private static void Balance(LedgerEntry entry, int number)
    {
        typeof(LedgerEntry).GetProperty(nameof(LedgerEntry.AmountMinor))!.SetValue(entry, long.MaxValue - number);
        typeof(LedgerEntry).GetProperty(nameof(LedgerEntry.Credit))!.SetValue(entry, (Account)(((int)entry.Debit + 1) % Enum.GetValues<Account>().Length));
        typeof(LedgerEntry).GetProperty(nameof(LedgerEntry.OriginalOn))!.SetValue(entry, entry.On);
    }

    private static object Value(IProperty property, int number)
    {
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        if (property.Name == "Version") return number;
        if (property.Name == "TimeZone") return Zones[number % Zones.Length];
        if (type == typeof(string)) return Text(property, number);
        if (type == typeof(LocalDate)) return Dates[number % Dates.Length];
        if (type == typeof(Instant)) return Instant.FromUtc(1900 + number, 1, 1, 0, 0).Plus(Duration.FromTicks(12_345_670L + (number * 10)));
        if (type == typeof(Currency)) return Currency.Of(number % 2 == 0 ? "JPY" : "KWD");
        if (type == typeof(long)) return number % 2 == 0 ? long.MinValue + number : long.MaxValue - number;
        if (type == typeof(int)) return number % 2 == 0 ? int.MinValue + number : int.MaxValue - number;
        if (type == typeof(bool)) return number % 2 == 0;
        if (type == typeof(byte[])) return System.Text.Encoding.UTF8.GetBytes(Texts[number % Texts.Length]);
        if (type == typeof(Guid)) return Id(number);
        if (type.IsEnum) return Enum.GetValues(type) is var values ? values.GetValue(number % values.Length)! : number;
        if (type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ITypedId<>)))
            return Activator.CreateInstance(type, Id(number))!;
        throw new InvalidOperationException($"{nameof(SampleRows)} has no value of {type}: add one.");
    }

    private static string Text(IProperty property, int number)
    {
        var text = $"{number}{Texts[number % Texts.Length]}";
        return property.GetMaxLength() is { } most and > 0 && text.Length > most ? new string((char)('a' + number), most) : text;
    }

    private static Guid Id(int number) => new(number, 2, 3, [0xA0, 5, 6, 7, 8, 9, 10, (byte)(number & 0xFF)]);
}
