using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Billing.Server.Tests.Persistence.OnSqlServer;

/// <summary>T-SQL as SQL Server 2019 reads it, parsed by Microsoft's own parser; no server is asked.</summary>
internal static class TransactSql
{
    /// <summary>What is wrong with it, by line and column; empty when nothing is.</summary>
    public static IReadOnlyList<string> Errors(string sql)
    {
        Parse(sql, out var errors);
        return [.. errors.Select(e => $"{e.Line}:{e.Column} {e.Message}\n{sql}")];
    }

    /// <summary>The parts of one kind in a script that must be well-formed.</summary>
    public static IReadOnlyList<TFragment> Find<TFragment>(string sql) where TFragment : TSqlFragment
    {
        var script = Parse(sql, out var errors);
        Assert.Empty(errors.Select(e => $"{e.Line}:{e.Column} {e.Message}"));
        var finder = new Finder<TFragment>();
        script.Accept(finder);
        return finder.Found;
    }

    private static TSqlFragment Parse(string sql, out IList<ParseError> errors)
    {
        using var reader = new StringReader(sql);
        return new TSql150Parser(initialQuotedIdentifiers: true).Parse(reader, out errors);
    }

    private sealed class Finder<TFragment> : TSqlFragmentVisitor where TFragment : TSqlFragment
    {
        public List<TFragment> Found { get; } = [];

        public override void Visit(TSqlFragment node)
        {
            if (node is TFragment found) Found.Add(found);
        }
    }
}
