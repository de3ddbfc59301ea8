using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Billing.Server.Tests.Persistence.OnSqlServer;

/// <summary>
/// Looks over the shoulder of every test of this assembly. Each query that anything compiles, on whichever database, is
/// compiled for SQL Server too and parsed as T-SQL, on the spot: what SQL Server could not run fails the test that ran
/// it, though nobody thought of SQL Server. And each place of the house that sends a query is remembered, so that
/// <see cref="EveryQueryTests"/> can name those that no test ever reached.
/// </summary>
internal static class QueryWatch
{
    private static readonly Module House = typeof(BillingDatabase).Module;

    /// <summary>What SQL Server could not run. Kept because whoever ran it may have caught the exception.</summary>
    public static ConcurrentBag<string> Failures { get; } = [];

    /// <summary>The T-SQL of the queries seen so far.</summary>
    public static ConcurrentDictionary<string, bool> Seen { get; } = new();

    /// <summary>Where in the house a query was on its way: the method's token and how far into it.</summary>
    public static ConcurrentDictionary<(int Token, int Offset), bool> Sites { get; } = new();

#pragma warning disable CA2255 // a module initializer in a program: nothing may run a query before it looks
    [ModuleInitializer]
    internal static void Begin() => DiagnosticListener.AllListeners.Subscribe(new Listeners());
#pragma warning restore CA2255

    private static void OnCompiling(QueryExpressionEventData query)
    {
        if (query.Context is not (SqliteBillingDbContext or PostgresBillingDbContext)) return;
        try
        {
            foreach (var sql in ServerlessSqlServer.SqlOf(query.Expression))
            {
                Seen.TryAdd(sql, true);
                if (TransactSql.Errors(sql) is [var error, ..]) throw new InvalidOperationException(error);
            }
        }
        catch (Exception e)
        {
            Failures.Add($"{e.Message}\n{query.Expression}\n{Environment.StackTrace}");
            throw;
        }
    }

    private static void OnSending(CommandCorrelatedEventData command)
    {
        if (command.Context is not BillingDbContext || command.CommandSource == CommandSource.SaveChanges) return;
        foreach (var frame in new StackTrace(fNeedFileInfo: false).GetFrames())
        {
            if (frame.GetMethod() is { } method && method.Module == House) Sites.TryAdd((method.MetadataToken, frame.GetILOffset()), true);
        }
    }

    private sealed class Listeners : IObserver<DiagnosticListener>
    {
        private static readonly string Compiling = CoreEventId.QueryCompilationStarting.Name!;
        private static readonly string Sending = RelationalEventId.CommandCreating.Name!;

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "Microsoft.EntityFrameworkCore")
                value.Subscribe(new Events(), name => name == Compiling || name == Sending);
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }

    private sealed class Events : IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Value is QueryExpressionEventData query) OnCompiling(query);
            else if (value.Value is CommandCorrelatedEventData command) OnSending(command);
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
