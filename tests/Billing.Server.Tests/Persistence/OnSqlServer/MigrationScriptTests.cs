using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Billing.Server.Tests.Persistence.OnSqlServer;

/// <summary>The script that makes the database, as SQL Server would read it.</summary>
public sealed partial class MigrationScriptTests
{
    [Theory]
    [InlineData(MigrationsSqlGenerationOptions.Default)]
    [InlineData(MigrationsSqlGenerationOptions.Idempotent)]
    public void The_script_is_T_SQL(MigrationsSqlGenerationOptions options) => Assert.Empty(TransactSql.Errors(Script(options)));

    [Fact]
    public void The_script_makes_every_table_of_the_model_with_every_column()
    {
        using var db = ServerlessSqlServer.Open();
        var expected = db.Model.GetEntityTypes()
            .SelectMany(e => e.GetProperties().Select(p => $"{e.GetTableName()}.{p.GetColumnName()} {p.GetColumnType()}"));

        var made = TransactSql.Find<CreateTableStatement>(Script()).SelectMany(table => table.Definition.ColumnDefinitions.Select(
            column => $"{table.SchemaObjectName.BaseIdentifier.Value}.{column.ColumnIdentifier.Value} {Text(column.DataType)}"))
            .Where(column => !column.StartsWith("__EFMigrationsHistory", StringComparison.Ordinal));

        Assert.Equal(expected.Order(StringComparer.Ordinal), made.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("ux_invoices_one_per_period", "subscription_id IS NOT NULL AND period_start IS NOT NULL")]
    [InlineData("ix_invoices_number", "number IS NOT NULL")]
    [InlineData("ux_payment_attempts_one_live_per_invoice", "state IN ('Started', 'ActionRequired', 'Unknown', 'Succeeded')")]
    [InlineData("ux_subscriptions_one_live_per_plan", "lifecycle <> 'Ended'")]
    [InlineData("ix_customers_external_id", "[external_id] IS NOT NULL")]
    public void A_line_that_must_not_be_crossed_is_a_filtered_unique_index(string name, string filter)
    {
        var index = Assert.Single(TransactSql.Find<CreateIndexStatement>(Script()), i => i.Name.Value == name);

        Assert.True(index.Unique);
        Assert.Equal(filter, Text(index.FilterPredicate));
    }

    [Theory]
    [InlineData("ck_invoices_numbered_when_issued")]
    [InlineData("ck_invoices_add_up")]
    [InlineData("ck_invoices_settled_owe_nothing")]
    [InlineData("ck_invoices_total_is_subtotal_less_discount")]
    [InlineData("ck_invoices_never_owe_less_than_nothing")]
    public void What_an_invoice_must_be_is_a_check(string name) => Assert.Contains(
        TransactSql.Find<CheckConstraintDefinition>(Script()), check => check.ConstraintIdentifier.Value == name);

    [Fact]
    public void Two_texts_that_differ_in_case_differ_on_SQL_Server_as_everywhere() => Assert.All(
        TransactSql.Find<ColumnDefinition>(Script()).Where(c => Text(c.DataType).Contains("char", StringComparison.OrdinalIgnoreCase)
            && c.ColumnIdentifier.Value is not ("MigrationId" or "ProductVersion")),
        column => Assert.Equal("Latin1_General_100_BIN2", column.Collation?.Value));

    [Fact]
    public void No_constraint_removes_rows_by_itself() => Assert.DoesNotContain(
        TransactSql.Find<ForeignKeyConstraintDefinition>(Script()),
        key => key.DeleteAction is not (DeleteUpdateAction.NotSpecified or DeleteUpdateAction.NoAction));

    [Fact]
    public void The_parser_does_notice_what_is_not_T_SQL() => Assert.NotEmpty(TransactSql.Errors("SELECT id FROM invoices LIMIT 1"));

    private static string Script(MigrationsSqlGenerationOptions options = MigrationsSqlGenerationOptions.Default)
    {
        using var db = ServerlessSqlServer.Open();
        return db.GetService<IMigrator>().GenerateScript(options: options);
    }

    private static string Text(TSqlFragment part) => Blanks().Replace(string.Concat(
        Enumerable.Range(part.FirstTokenIndex, part.LastTokenIndex - part.FirstTokenIndex + 1).Select(i => part.ScriptTokenStream[i].Text)), " ");

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blanks();
}
