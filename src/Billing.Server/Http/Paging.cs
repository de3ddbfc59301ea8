using System.Buffers.Text;
using System.Linq.Expressions;
using Billing.Client.Contract;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Http;

/// <summary>Which page of a list is wanted.</summary>
/// <param name="Cursor">The <c>next</c> of the page before.</param>
/// <param name="Limit">Rows; 1 to 100, 50 when left out.</param>
internal sealed record PageQuery(
    [FromQuery(Name = "cursor")] string? Cursor = null, [FromQuery(Name = "limit")] int? Limit = null)
{
    private const int MostRows = 100, UsualRows = 50;

    public int Rows => Limit switch
    {
        null => UsualRows,
        >= 1 and <= MostRows => Limit.Value,
        _ => throw new BadInput(400, "bad_parameter", $"A limit is 1 to {MostRows}.", "limit"),
    };

    /// <summary>The id of the last row of the page before.</summary>
    public Guid? After => Cursor is null ? null : Read(Cursor)
        ?? throw new BadInput(400, "bad_cursor", "That is not a cursor of ours; take it from the page before.", "cursor");

    /// <summary>The cursor behind a row.</summary>
    public static string Behind(Guid id) => Base64Url.EncodeToString(id.ToByteArray(bigEndian: true));

    private static Guid? Read(string cursor)
    {
        var bytes = new byte[16];
        return Base64Url.IsValid(cursor, out var length) && length == bytes.Length && Base64Url.TryDecodeFromChars(cursor, bytes, out _)
            ? new Guid(bytes, bigEndian: true)
            : null;
    }
}

internal static class Paging
{
    /// <summary>
    /// One page by key, newest first: ids of version 7 grow with time. What is added meanwhile neither moves a row to another
    /// page nor hides one.
    /// </summary>
    /// <param name="rows">The list.</param>
    /// <param name="id">The key; typed ids and plain ones.</param>
    /// <param name="typed">Types the cursor.</param>
    /// <param name="page">Which page.</param>
    /// <param name="view">What is shown of a row.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<Page<TView>> ToPageAsync<TRow, TId, TView>(
        this IQueryable<TRow> rows, Expression<Func<TRow, TId>> id, Func<Guid, TId> typed, PageQuery page, Func<TRow, TView> view,
        CancellationToken cancellationToken) where TRow : class where TId : struct, IComparable<TId>
    {
        if (page.After is { } after) rows = rows.Where(Below(id, typed(after)));
        var found = await rows.AsNoTracking().OrderByDescending(id).Take(page.Rows + 1).ToListAsync(cancellationToken);
        if (found.Count <= page.Rows) return new([.. found.Select(view)], null);

        found.RemoveAt(page.Rows);
        return new([.. found.Select(view)], PageQuery.Behind(KeyOf(id.Compile()(found[^1]))));
    }

    private static Guid KeyOf<TId>(TId id) => id is Guid plain ? plain : Guid.Parse(id!.ToString()!);

    // row => row.Id.CompareTo(after) < 0, with the cursor as a parameter of the statement.
    private static Expression<Func<TRow, bool>> Below<TRow, TId>(Expression<Func<TRow, TId>> id, TId after) where TId : struct, IComparable<TId>
    {
        Expression<Func<TId>> cursor = () => after;
        var compared = Expression.Call(id.Body, nameof(IComparable<>.CompareTo), null, cursor.Body);
        return Expression.Lambda<Func<TRow, bool>>(Expression.LessThan(compared, Expression.Constant(0)), id.Parameters);
    }
}
