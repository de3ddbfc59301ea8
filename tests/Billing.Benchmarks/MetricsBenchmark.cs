using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Billing.Client.Contract;
using Billing.Metrics;
using Billing.Server.Reports;
using DuckDB.NET.Data;
using NodaTime;
using Npgsql;

namespace Billing.Benchmarks;

/// <summary>
/// Three years of figures over many subscriptions: the report as the product reads it, beside a column store that is asked for
/// the same sums over the same movements, in turns.
/// </summary>
internal sealed class MetricsBenchmark(Options options)
{
    private const int Months = 36;

    private static readonly LocalDate First = new(2024, 1, 1), Last = First.PlusMonths(Months - 1);
    private static readonly Instant Now = Instant.FromUtc(2027, 1, 2, 9, 0);

    /// <exception cref="InvalidOperationException">The two did not say the same: the figures mean nothing.</exception>
    public async Task RunAsync()
    {
        Console.WriteLine($"{Environment.ProcessorCount} processors, .NET {Environment.Version}");
        var file = Path.GetTempFileName();
        try
        {
            var movements = await WriteAsync(file);
            using var duck = new DuckDBConnection("Data Source=:memory:");
            duck.Open();
            Execute(duck, $"CREATE TABLE movements AS SELECT * FROM read_csv('{file}', header = true)");
            foreach (var name in options.Databases)
            {
                await using var store = await Store.OpenAsync(name);
                Console.WriteLine($"\n{store.Name}: {await store.DescribeAsync()}");
                Console.WriteLine($"  movements   {movements:N0} of {options.Subscriptions:N0} subscriptions over {Months} months");
                await MeasureAsync(store, file, duck);
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    private async Task MeasureAsync(Store store, string file, DuckDBConnection duck)
    {
        await store.CreateAsync("metrics");
        await using var house = new House(store, "metrics", Now);
        await house.Database.MigrateAsync(CancellationToken.None);
        await LoadAsync(store, file);
        var closing = await house.CloseDayAsync();
        Console.WriteLine($"  close       the sums of all of them were made in {closing.TotalSeconds:N1} s; from then on only what is new is added");
        await store.SettleAsync("metrics");

        List<(TimeSpan Report, TimeSpan Peer)> rounds = [];
        for (var round = 0; round <= options.Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            var report = (await house.SendAsync(new ReadMetrics(First, Last))).Currencies.Single();
            var took = watch.Elapsed;
            watch.Restart();
            var peer = Peer(duck);
            var peerTook = watch.Elapsed;
            Verify(report, peer);
            // The first reads what was never read, and compiles.
            if (round > 0) rounds.Add((took, peerTook));
        }

        var (ours, theirs) = (Median(rounds.Select(r => r.Report)), Median(rounds.Select(r => r.Peer)));
        Console.WriteLine($"  report      {ours.TotalMilliseconds:N0} ms, beside {theirs.TotalMilliseconds:N0} ms of DuckDB over the movements: ratio {ours / theirs:N2}");
        Console.WriteLine("  the report and DuckDB said the same in every month, cohort and point of the curve");
        if (ours > TimeSpan.FromSeconds(1)) throw new InvalidOperationException("The report took more than a second.");
    }

    /// <summary>The same question to the column store, and the same arithmetic on its sums.</summary>
    private static MetricsCurrencyView Peer(DuckDBConnection duck)
    {
        using var command = duck.CreateCommand();
        command.CommandText = """
            SELECT strftime(cohort, '%Y-%m'), strftime(month, '%Y-%m'), kind, sum(amount_minor)::BIGINT, count(*) FILTER (amount_minor > 0), count(*) FILTER (amount_minor < 0)
            FROM movements GROUP BY ALL
            """;
        using var rows = command.ExecuteReader();
        List<CohortMoves> moves = [];
        while (rows.Read())
            moves.Add(new(Month(rows.GetString(0)), Month(rows.GetString(1)), Enum.Parse<MrrMovementKind>(rows.GetString(2)), rows.GetInt64(3), (int)rows.GetInt64(4), (int)rows.GetInt64(5)));
        return MetricsViews.Of(Currency.Of("USD"), moves, First.ToYearMonth(), Last.ToYearMonth(), Now.InUtc().Date.ToYearMonth(), []);
    }

    private static void Verify(MetricsCurrencyView report, MetricsCurrencyView peer)
    {
        var same = report.Months.Zip(peer.Months).All(m => m.First.Month == m.Second.Month && m.First.Figures.SequenceEqual(m.Second.Figures))
            && report.Cohorts.Zip(peer.Cohorts).All(c => (c.First.Month, c.First.Subscriptions, c.First.Mrr) == (c.Second.Month, c.Second.Subscriptions, c.Second.Mrr) && c.First.After.SequenceEqual(c.Second.After))
            && report.Survival.SequenceEqual(peer.Survival) && report.Cohorts.Count == Months && peer.Cohorts.Count == Months && report.Months.Count == Months;
        if (!same) throw new InvalidOperationException("The report and DuckDB did not say the same.");
    }

    /// <summary>Lives by arithmetic: one in three churns, one in five grows, one in ten goes away for two months.</summary>
    private async Task<int> WriteAsync(string file)
    {
        var count = 0;
        await using var writer = new StreamWriter(file, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        await writer.WriteLineAsync("subscription_id,sequence,customer_id,plan_id,kind,on,month,cohort,amount_minor,currency,recorded_at");
        for (var i = 0; i < options.Subscriptions; i++)
        {
            var began = i % Months;
            long worth = 900 + ((long)i * 37 % 50 * 100);
            var sequence = 0;
            await MoveAsync(MrrMovementKind.New, began, worth);
            if (i % 5 == 1) await MoveAsync(MrrMovementKind.Expansion, began + 2, 200);
            if (i % 10 == 2) await MoveAsync(MrrMovementKind.ToBeach, began + 3, -worth);
            if (i % 10 == 2) await MoveAsync(MrrMovementKind.BackFromBeach, began + 5, worth);
            var left = worth + (i % 5 == 1 ? 200 : 0);
            if (i % 3 == 0) await MoveAsync(i % 2 == 0 ? MrrMovementKind.VoluntaryChurn : MrrMovementKind.InvoluntaryChurn, began + 6 + (i / Months % 24), -left);

            async Task MoveAsync(MrrMovementKind kind, int month, long amount)
            {
                if (month >= Months) return;
                var (on, cohort) = (First.PlusMonths(month), First.PlusMonths(began));
                count++;
                await writer.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"A0000000-0000-7000-8000-{i:X12},{++sequence},B0000000-0000-7000-8000-{i:X12},C0000000-0000-7000-8000-000000000001,{kind},{on.PlusDays(i % 28):uuuu-MM-dd},{on:uuuu-MM-dd},{cohort:uuuu-MM-dd},{amount},USD,2027-01-01 00:00:00"));
            }
        }

        return count;
    }

    /// <summary>Straight into the table: what is measured reads nothing else.</summary>
    private static async Task LoadAsync(Store store, string file)
    {
        await using var connection = await store.ConnectAsync("metrics");
        const string columns = "subscription_id, sequence, customer_id, plan_id, kind, \"on\", month, cohort, amount_minor, currency, recorded_at";
        if (connection is NpgsqlConnection postgres)
        {
            await ExecuteAsync(postgres, "ALTER TABLE mrr_movements DISABLE TRIGGER ALL");
            await using var copy = await postgres.BeginTextImportAsync($"COPY mrr_movements ({columns}) FROM STDIN (FORMAT csv, HEADER)");
            using var reader = new StreamReader(file);
            var chunk = new char[1 << 16];
            while (await reader.ReadAsync(chunk) is > 0 and var read) await copy.WriteAsync(chunk.AsMemory(0, read));
            return;
        }

        await ExecuteAsync(connection, "PRAGMA foreign_keys = OFF");
        await using var transaction = await connection.BeginTransactionAsync();
        await using var insert = connection.CreateCommand();
        insert.CommandText = $"INSERT INTO mrr_movements ({columns}) VALUES ({string.Join(", ", Enumerable.Range(0, 11).Select(i => $"@p{i}"))})";
        var parameters = Enumerable.Range(0, 11).Select(i =>
        {
            var parameter = insert.CreateParameter();
            parameter.ParameterName = $"@p{i}";
            insert.Parameters.Add(parameter);
            return parameter;
        }).ToList();
        await foreach (var line in File.ReadLinesAsync(file).Skip(1))
        {
            var fields = line.Split(',');
            for (var i = 0; i < fields.Length; i++) parameters[i].Value = i is 1 or 8 ? long.Parse(fields[i], CultureInfo.InvariantCulture) : fields[i];
            await insert.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
    }

    private static TimeSpan Median(IEnumerable<TimeSpan> times) => times.Order().ToList() is var all ? all[all.Count / 2] : default;

    private static YearMonth Month(string text) => new(int.Parse(text[..4], CultureInfo.InvariantCulture), int.Parse(text[5..], CultureInfo.InvariantCulture));

    private static void Execute(DuckDBConnection duck, string sql)
    {
        using var command = duck.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static async Task ExecuteAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
