using System.Data.Common;
using System.Linq.Expressions;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Storage;

namespace Billing.Server.Tests.Persistence.OnSqlServer;

/// <summary>
/// The house's model on the SQL Server provider with no server behind it: no connection is opened, and a command is
/// caught, whole, at the moment it would be sent.
/// </summary>
internal static class ServerlessSqlServer
{
    private static readonly BillingDatabase Database =
        new(DatabaseProvider.SqlServer, "Server=nowhere", o => o.AddInterceptors(new NoConnection(), new NoTransaction(), new Catch()));

    /// <summary>A context whose first command throws <see cref="Caught"/>.</summary>
    public static BillingDbContext Open() => Database.Open();

    /// <summary>
    /// The SQL of a query that another database's context has begun to compile, in the shapes its parameters can give it;
    /// none when it is SQL already, which tests may write and the house may not.
    /// </summary>
    /// <exception cref="InvalidOperationException">SQL Server cannot express it.</exception>
    public static IReadOnlyList<string> SqlOf(Expression query)
    {
        using var db = Open();
        var rooted = new Transplant(db);
        query = rooted.Visit(query);
        if (rooted.IsHandWritten) return [];
        return [.. new[] { Samples.Present, Samples.Missing }.Select(sample => SqlOf(db, query, rooted.Parameters, sample)).Distinct()];
    }

    private static string SqlOf(
        BillingDbContext db, Expression query, IEnumerable<QueryParameterExpression> parameters, Func<Type, object?> sample)
    {
        var context = db.GetService<IQueryContextFactory>().Create();
        foreach (var parameter in parameters.DistinctBy(p => p.Name)) context.Parameters[parameter.Name] = sample(parameter.Type);

        var rows = query.Type.IsGenericType && query.Type.GetGenericTypeDefinition() is { } type
            && (type == typeof(IQueryable<>) || type == typeof(IOrderedQueryable<>));
        var answer = rows ? typeof(IEnumerable<>).MakeGenericType(query.Type.GenericTypeArguments) : query.Type;
        try
        {
            typeof(ServerlessSqlServer).GetMethod(nameof(Send))!.MakeGenericMethod(answer).Invoke(null, [db, query, context]);
        }
        catch (System.Reflection.TargetInvocationException e) when (e.InnerException is Caught caught)
        {
            return caught.Sql;
        }
        catch (System.Reflection.TargetInvocationException e)
        {
            throw new InvalidOperationException($"SQL Server cannot run this query: {e.InnerException!.Message}", e.InnerException);
        }

        throw new InvalidOperationException($"This query sent no command: {query}");
    }

    /// <summary>Compiles and runs it as far as its command.</summary>
    public static void Send<TAnswer>(BillingDbContext db, Expression query, QueryContext context)
    {
        var answer = db.GetService<IDatabase>().CompileQuery<TAnswer>(query, async: false)(context);
        if (answer is System.Collections.IEnumerable rows and not string) rows.GetEnumerator().MoveNext();
    }

    /// <summary>Puts the same entities of this model in the place of another model's.</summary>
    private sealed class Transplant(BillingDbContext db) : ExpressionVisitor
    {
        public List<QueryParameterExpression> Parameters { get; } = [];

        public bool IsHandWritten { get; private set; }

        protected override Expression VisitMethodCall(MethodCallExpression node) =>
            node.Method.Name is nameof(RelationalQueryableExtensions.AsSplitQuery)
                ? throw new InvalidOperationException("Only the first of a split query's commands would be seen here.")
                : base.VisitMethodCall(node);

        protected override Expression VisitExtension(Expression node)
        {
            if (node is QueryParameterExpression parameter) Parameters.Add(parameter);
            IsHandWritten |= node is QueryRootExpression && node.GetType().Name.Contains("SqlQuery", StringComparison.Ordinal);
            return node is EntityQueryRootExpression root
                ? new EntityQueryRootExpression(db.Model.FindEntityType(root.EntityType.Name)!)
                : base.VisitExtension(node);
        }
    }

    private sealed class NoConnection : DbConnectionInterceptor
    {
        public override InterceptionResult ConnectionOpening(
            DbConnection connection, ConnectionEventData eventData, InterceptionResult result) => InterceptionResult.Suppress();

        public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
            DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
            new(InterceptionResult.Suppress());
    }

    private sealed class NoTransaction : DbTransactionInterceptor
    {
        public override InterceptionResult<DbTransaction> TransactionStarting(
            DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result) =>
            InterceptionResult<DbTransaction>.SuppressWithResult(new Nothing(connection));

        public override ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
            DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result,
            CancellationToken cancellationToken = default) =>
            new(InterceptionResult<DbTransaction>.SuppressWithResult(new Nothing(connection)));

        private sealed class Nothing(DbConnection connection) : DbTransaction
        {
            public override System.Data.IsolationLevel IsolationLevel => System.Data.IsolationLevel.ReadCommitted;

            protected override DbConnection DbConnection => connection;

            public override void Commit()
            {
            }

            public override void Rollback()
            {
            }
        }
    }

    private sealed class Catch : DbCommandInterceptor
    {
        public override DbCommand CommandInitialized(CommandEndEventData eventData, DbCommand result) => throw new Caught(result.CommandText);
    }
}

/// <summary>A command that would have been sent.</summary>
internal sealed class Caught(string sql) : Exception("A command was caught.")
{
    public string Sql { get; } = sql;
}
