using System.Collections.Concurrent;
using System.Linq.Expressions;
using Billing.History;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Billing.Server.Persistence;

/// <summary>
/// The columns of an entity as the model maps them, with compiled readers: what bulk writes need to know, so that a new
/// property is in them without anyone remembering.
/// </summary>
internal sealed class TableShape<T> where T : class
{
    private static readonly ConcurrentDictionary<IEntityType, TableShape<T>> Known = new();

    private TableShape(IEntityType entity)
    {
        Table = entity.GetTableName()!;
        Columns = [.. entity.GetProperties().Select(ColumnShape<T>.Of)];
        Key = [.. Columns.Where(c => c.IsKey)];
        Version = typeof(IVersioned).IsAssignableFrom(typeof(T))
            ? Columns.Single(c => c.Property.Name == nameof(IVersioned.Version)) : null;
    }

    public string Table { get; }

    public IReadOnlyList<ColumnShape<T>> Columns { get; }

    public IReadOnlyList<ColumnShape<T>> Key { get; }

    /// <summary>The concurrency token, when the entity has one.</summary>
    public ColumnShape<T>? Version { get; }

    public static TableShape<T> Of(DbContext db) => Known.GetOrAdd(db.Model.FindEntityType(typeof(T))!, static e => new(e));

    /// <summary>The columns of these properties, in this order.</summary>
    public IReadOnlyList<ColumnShape<T>> Named(IEnumerable<string> properties) =>
        [.. properties.Select(p => Columns.Single(c => c.Property.Name == p))];
}

/// <summary>One column: its name, the type it is stored as, and how to read it off an entity.</summary>
internal abstract class ColumnShape<T>(IProperty property)
{
    public IProperty Property { get; } = property;

    public string Name { get; } = property.GetColumnName();

    public string StoreType { get; } = property.GetColumnType();

    /// <summary>The type without length and precision, which arrays and binary values have none of: <c>character varying</c>.</summary>
    public string PlainType { get; } = WithoutFacets(property.GetColumnType());

    public bool IsKey { get; } = property.IsPrimaryKey();

    /// <summary>The value as the provider stores it, or <see langword="null"/>.</summary>
    public abstract object? Read(T row);

    /// <summary>The values of many rows in one typed array.</summary>
    public abstract Array ReadAll(IReadOnlyList<T> rows);

    /// <summary>Writes the value to a sink without boxing it.</summary>
    public abstract void WriteTo(IColumnSink sink, T row);

    /// <summary>The type of the values before they may be missing.</summary>
    public abstract Type StoredAs { get; }

    public static ColumnShape<T> Of(IProperty property)
    {
        var stored = property.GetTypeMapping().Converter?.ProviderClrType ?? property.ClrType;
        stored = Nullable.GetUnderlyingType(stored) ?? stored;
        var shape = stored.IsValueType ? typeof(ValueColumn<,>) : typeof(ReferenceColumn<,>);
        return (ColumnShape<T>)Activator.CreateInstance(shape.MakeGenericType(typeof(T), stored), property)!;
    }

    private static string WithoutFacets(string storeType)
    {
        var open = storeType.IndexOf('(', StringComparison.Ordinal);
        return open < 0 ? storeType : storeType[..open] + storeType[(storeType.IndexOf(')', StringComparison.Ordinal) + 1)..];
    }
}

/// <summary>Takes values one by one, in column order.</summary>
internal interface IColumnSink
{
    void Write<TValue>(TValue value, string plainType);

    void WriteNull();
}

internal sealed class ValueColumn<T, TStored>(IProperty property) : ColumnShape<T>(property) where TStored : struct
{
    private readonly Func<T, TStored?> read = Reader.Compile<T, TStored?>(property);

    public override Type StoredAs => typeof(TStored);

    public override object? Read(T row) => read(row);

    public override Array ReadAll(IReadOnlyList<T> rows)
    {
        if (Property.IsNullable)
        {
            var values = new TStored?[rows.Count];
            for (var i = 0; i < values.Length; i++) values[i] = read(rows[i]);
            return values;
        }

        var present = new TStored[rows.Count];
        for (var i = 0; i < present.Length; i++) present[i] = read(rows[i]).GetValueOrDefault();
        return present;
    }

    public override void WriteTo(IColumnSink sink, T row)
    {
        if (read(row) is { } value) sink.Write(value, PlainType);
        else sink.WriteNull();
    }
}

internal sealed class ReferenceColumn<T, TStored>(IProperty property) : ColumnShape<T>(property) where TStored : class
{
    private readonly Func<T, TStored?> read = Reader.Compile<T, TStored?>(property);

    public override Type StoredAs => typeof(TStored);

    public override object? Read(T row) => read(row);

    public override Array ReadAll(IReadOnlyList<T> rows)
    {
        var values = new TStored?[rows.Count];
        for (var i = 0; i < values.Length; i++) values[i] = read(rows[i]);
        return values;
    }

    public override void WriteTo(IColumnSink sink, T row)
    {
        if (read(row) is { } value) sink.Write(value, PlainType);
        else sink.WriteNull();
    }
}

internal static class Reader
{
    /// <summary>Compiles <c>row => converted(row.Property)</c>, keeping a missing value missing.</summary>
    public static Func<T, TStored> Compile<T, TStored>(IProperty property)
    {
        var row = Expression.Parameter(typeof(T), "row");
        Expression value = Expression.Property(row, property.PropertyInfo!);

        Expression stored = value;
        if (property.GetTypeMapping().Converter is { } converter)
        {
            var lambda = converter.ConvertToProviderExpression;
            var wanted = lambda.Parameters[0].Type;
            stored = Expression.Invoke(lambda, value.Type == wanted ? value : Expression.Convert(value, wanted));
        }

        stored = Expression.Convert(stored, typeof(TStored));
        var mayBeMissing = !value.Type.IsValueType || Nullable.GetUnderlyingType(value.Type) is not null;
        if (mayBeMissing)
        {
            stored = Expression.Condition(
                Expression.Equal(value, Expression.Constant(null, value.Type)), Expression.Default(typeof(TStored)), stored);
        }

        return Expression.Lambda<Func<T, TStored>>(stored, row).Compile();
    }
}
