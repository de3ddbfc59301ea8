using System.IO.Pipelines;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Billing.Customers;
using Billing.Server.Customers;
using Billing.Server.Http;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Billing.Server.Pages.Portal.Settings;

/// <summary>
/// Everything that is kept about one customer, as JSON, row by row. It asks the database's own model what belongs to a
/// customer, directly or through a row that does: a table added tomorrow is in it without anybody thinking of it.
/// </summary>
internal static class PersonalData
{
    private const int FlushAt = 32 * 1024;

    /// <summary>What opens a door or a wallet is not handed out, not even to its owner; it says nothing about a person.</summary>
    private static readonly string[] Secrets = ["Token", "TokenHash", "GatewayToken", "Fingerprint"];

    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private static readonly MethodInfo WriteRows = Method(nameof(WriteRowsAsync)), RowsOf = Method(nameof(Rows));

    /// <summary>Writes it while it is read; however much it is, little of it is in memory.</summary>
    public static async Task WriteAsync(BillingDbContext db, CustomerId customer, Stream to, CancellationToken cancellationToken)
    {
        var pipe = PipeWriter.Create(to, new StreamPipeWriterOptions(leaveOpen: true));
        await using var json = new Utf8JsonWriter(pipe, Readable);
        json.WriteStartObject();
        foreach (var type in db.Model.GetEntityTypes().OrderBy(e => e.ClrType.Name, StringComparer.Ordinal))
        {
            if (RowsFor(db, type, customer, []) is not { } rows) continue;
            json.WriteStartArray(Named(type.ClrType.Name));
            await (Task)WriteRows.MakeGenericMethod(type.ClrType).Invoke(null, [rows, type, json, pipe, cancellationToken])!;
            json.WriteEndArray();
        }

        json.WriteEndObject();
        await json.FlushAsync(cancellationToken);
        await pipe.CompleteAsync();
    }

    /// <summary>The query of a customer's rows of one kind; none for what belongs to no customer.</summary>
    public static IQueryable? RowsFor(BillingDbContext db, IEntityType type, CustomerId customer, IReadOnlyList<IEntityType> seen)
    {
        if (type.ClrType == typeof(Customer)) return Of(db, type, nameof(Customer.Id), customer);
        if (type.FindProperty("CustomerId") is { } direct) return Of(db, type, direct.Name, customer);

        foreach (var key in type.GetForeignKeys().Where(k => k.PrincipalEntityType != type && !seen.Contains(k.PrincipalEntityType)))
        {
            if (RowsFor(db, key.PrincipalEntityType, customer, [.. seen, type]) is { } owners) return Through(db, key, owners);
        }

        return null;
    }

    private static IQueryable Of(BillingDbContext db, IEntityType type, string property, CustomerId customer)
    {
        var row = Expression.Parameter(type.ClrType);
        var value = Expression.Property(row, property);
        // A parameter of the statement, not a literal in it.
        Expression<Func<CustomerId>> wanted = () => customer;
        return Where(db, row, Expression.Equal(value, Expression.Convert(wanted.Body, value.Type)));
    }

    private static IQueryable Through(BillingDbContext db, IForeignKey key, IQueryable owners)
    {
        var owner = Expression.Parameter(key.PrincipalEntityType.ClrType);
        var id = Expression.Property(owner, key.PrincipalKey.Properties[0].Name);
        var ids = Expression.Call(typeof(Queryable), nameof(Queryable.Select), [owner.Type, id.Type], owners.Expression, Expression.Lambda(id, owner));
        var row = Expression.Parameter(key.DeclaringEntityType.ClrType);
        var mine = Expression.Convert(Expression.Property(row, key.Properties[0].Name), id.Type);
        return Where(db, row, Expression.Call(typeof(Queryable), nameof(Queryable.Contains), [id.Type], ids, mine));
    }

    private static IQueryable Where(BillingDbContext db, ParameterExpression row, Expression condition)
    {
        var all = (IQueryable)RowsOf.MakeGenericMethod(row.Type).Invoke(null, [db])!;
        return all.Provider.CreateQuery(Expression.Call(
            typeof(Queryable), nameof(Queryable.Where), [row.Type], all.Expression, Expression.Quote(Expression.Lambda(condition, row))));
    }

    private static IQueryable<T> Rows<T>(BillingDbContext db) where T : class => db.Set<T>().AsNoTracking();

    private static async Task WriteRowsAsync<T>(
        IQueryable rows, IEntityType type, Utf8JsonWriter json, PipeWriter pipe, CancellationToken cancellationToken) where T : class
    {
        var properties = type.GetProperties().Where(p => !Secrets.Contains(p.Name)).ToList();
        await foreach (var row in ((IQueryable<T>)rows).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            json.WriteStartObject();
            foreach (var property in properties) Write(json, property, property.PropertyInfo!.GetValue(row));
            json.WriteEndObject();
            await json.FlushAsync(cancellationToken);
            if (pipe.UnflushedBytes > FlushAt) await pipe.FlushAsync(cancellationToken);
        }
    }

    private static void Write(Utf8JsonWriter json, IProperty property, object? value)
    {
        json.WritePropertyName(Named(property.Name));
        if (value is Currency currency) json.WriteStringValue(currency.Code);
        else if (property.DeclaringType.ClrType == typeof(HistoryEntry) && property.Name == nameof(HistoryEntry.Data)) json.WriteRawValue((string)value!);
        else JsonSerializer.Serialize(json, value, property.ClrType, BillingJson.Options);
    }

    private static string Named(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    private static MethodInfo Method(string name) => typeof(PersonalData).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!;
}
