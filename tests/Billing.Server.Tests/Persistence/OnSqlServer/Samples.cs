using System.Collections;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Persistence.OnSqlServer;

/// <summary>Values of every type that queries take, for finding out what SQL they become.</summary>
internal static class Samples
{
    /// <summary>Something of this type; three of them for a list.</summary>
    public static object? Present(Type type) => Of(type, 3);

    /// <summary>Nothing, where nothing is possible; no item for a list.</summary>
    public static object? Missing(Type type) =>
        ItemOf(type) is null && (!type.IsValueType || Nullable.GetUnderlyingType(type) is not null) ? null : Of(type, 0);

    private static object? Of(Type type, int items)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return "a";
        if (type == typeof(Currency)) return Currency.Of("USD");
        if (type.IsEnum) return Enum.GetValues(type).GetValue(0);
        if (ItemOf(type) is { } item) return List(type, item, items);
        if (type == typeof(object)) return 1;
        if (type == typeof(DbFunctions)) return EF.Functions;
        if (type.IsValueType) return RuntimeHelpers.GetUninitializedObject(type);
        throw new InvalidOperationException($"{nameof(Samples)} has no value of {type}: add one.");
    }

    private static object List(Type type, Type item, int items)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
        for (var i = 0; i < items; i++) list.Add(Present(item));
        if (type.IsInstanceOfType(list)) return list;

        var array = Array.CreateInstance(item, items);
        list.CopyTo(array, 0);
        return type.IsInstanceOfType(array) ? array : Activator.CreateInstance(type, list)!;
    }

    private static Type? ItemOf(Type type) => type == typeof(string) ? null : type.GetInterfaces().Append(type)
        .FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GenericTypeArguments[0];
}
