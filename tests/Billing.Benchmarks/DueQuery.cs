using System.Data.Common;
using Billing.Server.BillingRun;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore.Diagnostics;
using NodaTime;

namespace Billing.Benchmarks;

/// <summary>How the database finds what is due, in its own words, for the very query that the renew pass sends.</summary>
internal static class DueQuery
{
    public static async Task<IReadOnlyList<string>> ExplainAsync(Store store, string name, IPaymentGateway gateway, Instant now)
    {
        var explaining = new Explaining(store.Provider == DatabaseProvider.Postgres ? "EXPLAIN " : "EXPLAIN QUERY PLAN ");
        var database = new BillingDatabase(store.Provider, store.ConnectionString(name), o => o.AddInterceptors(explaining));
        await new RenewDueSubscriptions(database, gateway).NextDueAsync(now, CancellationToken.None);
        return explaining.Plan;
    }

    private sealed class Explaining(string word) : DbCommandInterceptor
    {
        public List<string> Plan { get; } = [];

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default)
        {
            await using var explain = command.Connection!.CreateCommand();
            explain.CommandText = word + command.CommandText;
            foreach (DbParameter given in command.Parameters)
            {
                var parameter = explain.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (given.ParameterName, given.Value);
                explain.Parameters.Add(parameter);
            }

            await using var plan = await explain.ExecuteReaderAsync(cancellationToken);
            while (await plan.ReadAsync(cancellationToken)) Plan.Add($"{plan.GetValue(plan.FieldCount - 1)}".Trim());
            return result;
        }
    }
}
