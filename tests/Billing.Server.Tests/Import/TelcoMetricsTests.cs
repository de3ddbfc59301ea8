using Billing.Client.Contract;
using Billing.Server.Reports;
using Billing.Server.Tests.Infrastructure;
using DuckDB.NET.Data;

namespace Billing.Server.Tests.Import;

/// <summary>What the reports say of seven thousand real customers, beside plain SQL over their file in another database.</summary>
public sealed class TelcoMetricsTests(PostgresServer postgres)
{
    private static readonly string Telco = Repository.At("tests", "Billing.Server.Tests", "Data", "telco-subscriptions.csv");

    /// <summary>Months from the first to the last one that was seen: the month of the end, or November 2026 where there was none.</summary>
    private static readonly string Tenures = $$"""
        SELECT plan, unit_amount_minor AS minor, date_trunc('month', started_on) AS began, date_trunc('month', ended_on) AS ended,
          date_diff('month', date_trunc('month', started_on), coalesce(date_trunc('month', ended_on), DATE '2026-11-01')) AS tenure
        FROM read_csv('{{Telco}}', header = true, types = {'started_on': 'DATE', 'ended_on': 'DATE'})
        """;

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Survival_by_tenure_MRR_by_plan_and_churned_MRR_are_what_plain_SQL_over_the_file_says(string database)
    {
        await using var bench = await ImportBench.OnAsync(database, postgres);
        await bench.ImportFileAsync(new(Telco, AsOf: new(2026, 11, 1)));
        var plans = await bench.House.ReadAsync(db => db.MrrByPlanAsync(TestHouse.Cancellation));
        bench.House.Clock.Now = Instant.FromUtc(2026, 12, 2, 9, 0);
        var open = await MetricsAsync(bench, "2026-11");

        // The day is closed: the sums by cohort say what the single movements said.
        await bench.House.Get<Billing.Server.BillingRun.CloseDay>().DoAsync(Guid.CreateVersion7(), TestHouse.Cancellation);
        var closed = await MetricsAsync(bench, "2026-11");
        Assert.Equivalent(open, closed, strict: true);

        Assert.Equal(
            Ask("SELECT plan, count(*), sum(minor)::BIGINT FROM tenures WHERE ended IS NULL GROUP BY plan ORDER BY plan"),
            plans.OrderBy(p => p.Plan, StringComparer.Ordinal).Select(p => $"{p.Plan}|{p.Subscriptions}|{p.Mrr.Value}"));
        Assert.Equal(
            Ask("SELECT k, count(*) FILTER (tenure >= k), count(*) FILTER (tenure = k AND ended IS NOT NULL) FROM tenures, range(0, (SELECT max(tenure) + 1 FROM tenures)) AS r(k) GROUP BY k ORDER BY k"),
            closed.Survival.Select(s => $"{s.Months}|{s.AtRisk}|{s.Lost}"));
        var curve = Ask("""
            WITH risk AS (SELECT k, count(*) FILTER (tenure >= k) AS n, count(*) FILTER (tenure = k AND ended IS NOT NULL) AS d
              FROM tenures, range(0, (SELECT max(tenure) + 1 FROM tenures)) AS r(k) GROUP BY k)
            SELECT round(1000000 * exp(sum(ln(1 - d / n::DOUBLE)) OVER (ORDER BY k)))::BIGINT FROM risk WHERE d < n ORDER BY k
            """);
        Assert.Equal(curve, closed.Survival.Select(s => $"{s.ShareMillionths}"));

        // Year by year, as many months as are read at once.
        var churned = new List<string>();
        for (var year = 2020; year <= 2026; year++)
        {
            var months = (await MetricsAsync(bench, $"{year}-12", $"{year}-01")).Months;
            churned.AddRange(months.Select(m => (m.Month, m.Figures.Single(f => f.Name == "revenue_churn_voluntary").Part)).Where(m => m.Part != 0).Select(m => $"{m.Month}|{m.Part}"));
        }

        Assert.Equal(
            Ask("SELECT strftime(ended, '%Y-%m'), sum(minor)::BIGINT FROM tenures WHERE ended > began GROUP BY ended ORDER BY ended"), churned);
    }

    private static async Task<MetricsCurrencyView> MetricsAsync(ImportBench bench, string to, string from = "2026-01") =>
        Assert.Single((await bench.House.SendAsync(new ReadMetrics(Month(from), Month(to)))).Currencies);

    private static LocalDate Month(string month) => Billing.Server.Ledger.LedgerMonths.Parse(month, "month");

    /// <summary>Each row of the answer, with bars between its columns.</summary>
    private static List<string> Ask(string question)
    {
        using var duck = new DuckDBConnection("Data Source=:memory:");
        duck.Open();
        using var command = duck.CreateCommand();
        command.CommandText = $"CREATE TEMPORARY TABLE tenures AS {Tenures}";
        command.ExecuteNonQuery();
        command.CommandText = question;
        using var rows = command.ExecuteReader();
        List<string> answer = [];
        while (rows.Read()) answer.Add(string.Join('|', Enumerable.Range(0, rows.FieldCount).Select(i => Convert.ToString(rows.GetValue(i), System.Globalization.CultureInfo.InvariantCulture))));
        return answer;
    }
}
