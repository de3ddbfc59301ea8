using System.Reflection;
using Billing.Customers;
using Billing.History;
using Billing.Server.Persistence;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Billing.Server.Tests.Persistence.OnSqlServer;

/// <summary>What SaveChanges and the bulk writer send to SQL Server, for every entity there is.</summary>
public sealed class WriteTests
{
    public static TheoryData<string> Entities
    {
        get
        {
            using var db = ServerlessSqlServer.Open();
            return [.. db.Model.GetEntityTypes().Select(e => e.Name)];
        }
    }

    [Theory]
    [MemberData(nameof(Entities))]
    public async Task Rows_are_added_by_plain_inserts(string entity)
    {
        var sql = await SavingAsync(entity, EntityState.Added);

        // Ids are made by us: nothing is read back, so nothing has to be merged.
        Assert.DoesNotContain("MERGE", sql, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("OUTPUT", sql, StringComparison.OrdinalIgnoreCase);
        Assert.NotEmpty(TransactSql.Find<InsertStatement>(sql));
    }

    [Theory]
    [MemberData(nameof(Entities))]
    public async Task A_row_is_changed_only_in_the_version_it_was_read_in(string entity)
    {
        using var db = ServerlessSqlServer.Open();
        var type = db.Model.FindEntityType(entity)!;
        if (type.GetProperties().All(p => p.IsPrimaryKey())) return;

        var sql = await SavingAsync(entity, EntityState.Modified);

        var update = TransactSql.Find<UpdateStatement>(sql)[0];
        var versioned = typeof(IVersioned).IsAssignableFrom(type.ClrType);
        Assert.Equal(versioned, Columns(update.UpdateSpecification.WhereClause).Contains("version"));
    }

    [Theory]
    [MemberData(nameof(Entities))]
    public async Task A_row_is_deleted_by_its_key(string entity) =>
        Assert.NotEmpty(TransactSql.Find<DeleteStatement>(await SavingAsync(entity, EntityState.Deleted)));

    [Theory]
    [MemberData(nameof(Entities))]
    public void The_bulk_writer_can_change_any_column_of_any_entity(string entity)
    {
        using var db = ServerlessSqlServer.Open();
        Closed(BulkSqlIsSound<Customer>, db.Model.FindEntityType(entity)!.ClrType).Invoke(null, [db]);
    }

    [Theory]
    [MemberData(nameof(Entities))]
    public void The_driver_takes_every_value_as_the_type_of_its_column(string entity)
    {
        using var db = ServerlessSqlServer.Open();
        var type = db.Model.FindEntityType(entity)!;
        var row = SampleRows.Of(type, 1);
        Closed(ValuesFit<Customer>, type.ClrType).Invoke(null, [db, row]);
    }

    private static void BulkSqlIsSound<T>(BillingDbContext db) where T : class
    {
        var shape = TableShape<T>.Of(db);
        var match = shape.Version is null ? shape.Key : [.. shape.Key, shape.Version];
        var rest = shape.Columns.Except(match).ToList();
        foreach (var set in rest.Select(c => new[] { c }).Append([.. rest]).Where(s => s.Length > 0))
        {
            Assert.Empty(TransactSql.Errors(SqlServerBulkWriter.MakeRoomSql(shape, [.. match, .. set])));
            Assert.Empty(TransactSql.Errors(SqlServerBulkWriter.UpdateSql(shape, set, match)));
        }
    }

    /// <summary>What the bulk copy does with each value before it is written to the wire, which needs no server.</summary>
    private static void ValuesFit<T>(BillingDbContext db, T row) where T : class
    {
        const BindingFlags hidden = BindingFlags.Static | BindingFlags.NonPublic;
        var coerce = typeof(SqlParameter).GetMethod("CoerceValue", hidden)!;
        var typeNamed = coerce.GetParameters()[1].ParameterType.GetMethod("GetMetaTypeFromSqlDbType", hidden | BindingFlags.Public)!;

        using var table = SqlServerBulkWriter.Table([row], TableShape<T>.Of(db).Columns);
        foreach (var column in TableShape<T>.Of(db).Columns)
        {
            var stored = new SqlParameter { TypeName = "", SqlDbType = SqlDbTypeOf(column.PlainType) };
            var meta = typeNamed.Invoke(null, [stored.SqlDbType, false]);
            var value = table.Rows[0][column.Name];
            if (value is not DBNull) coerce.Invoke(null, [value, meta, false, false, false]);
        }
    }

    private static MethodInfo Closed(Delegate method, Type entity) => method.Method.GetGenericMethodDefinition().MakeGenericMethod(entity);

    private static System.Data.SqlDbType SqlDbTypeOf(string plainType) =>
        Enum.Parse<System.Data.SqlDbType>(plainType, ignoreCase: true);

    private static async Task<string> SavingAsync(string entity, EntityState state)
    {
        await using var db = ServerlessSqlServer.Open();
        for (var i = 1; i <= 5; i++)
        {
            var entry = db.Entry(SampleRows.Of(db.Model.FindEntityType(entity)!, i));
            entry.State = state == EntityState.Added ? EntityState.Added : EntityState.Unchanged;
            entry.State = state;
        }

        var failed = await Assert.ThrowsAnyAsync<Exception>(() => db.SaveChangesAsync(TestContext.Current.CancellationToken));
        return Assert.IsType<Caught>(failed.GetBaseException()).Sql;
    }

    private static List<string> Columns(TSqlFragment part)
    {
        var columns = new ColumnNames();
        part.Accept(columns);
        return columns.Found;
    }

    private sealed class ColumnNames : TSqlFragmentVisitor
    {
        public List<string> Found { get; } = [];

        public override void Visit(ColumnReferenceExpression node) => Found.Add(node.MultiPartIdentifier.Identifiers[^1].Value);
    }
}
