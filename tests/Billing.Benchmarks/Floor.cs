using System.Data.Common;
using System.Globalization;
using Billing.Periods;
using Billing.Server.Persistence;
using Microsoft.Data.Sqlite;
using NodaTime;
using Npgsql;
using NpgsqlTypes;

namespace Billing.Benchmarks;

/// <summary>
/// The same rows by hand: set-based SQL over all that is due, in one transaction. It knows only what this benchmark's
/// portfolio needs (one discount at most, no balances, no planned ends) and checks nothing; nobody could bill with it, and
/// nothing that stores these rows in this database can be much faster.
/// </summary>
internal sealed class Floor(Store store)
{
    private Dialect Sql => store.Provider == DatabaseProvider.Postgres ? Postgres : Sqlite;

    private static Dialect Postgres => new(
        PeriodEnd: """
            (CASE s.cadence_unit
              WHEN 'Month' THEN s.anchor_date + make_interval(months => (s.next_period_index + 1) * s.cadence_count)
              WHEN 'Year' THEN s.anchor_date + make_interval(years => (s.next_period_index + 1) * s.cadence_count)
              ELSE s.anchor_date + make_interval(weeks => (s.next_period_index + 1) * s.cadence_count) END)::date
            """,
        // Ids in order, as the product's are: an index grows at its end.
        InvoiceId: "('a0000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid",
        HistoryId: "('b0000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid",
        EntryId: kind => $"('{kind}0000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid",
        Days: "(period_end - period_start)",
        Day: "period_start + k",
        Later: "GREATEST",
        Month: day => $"date_trunc('month', {day})::date",
        Number: "'INV-' || lpad(n::text, 6, '0')",
        Text: id => $"{id}::text",
        Analyze: "ANALYZE due");

    private static Dialect Sqlite => new(
        PeriodEnd: """
            CASE s.cadence_unit
              WHEN 'Month' THEN date(s.anchor_date, '+' || ((s.next_period_index + 1) * s.cadence_count) || ' months')
              WHEN 'Year' THEN date(s.anchor_date, '+' || ((s.next_period_index + 1) * s.cadence_count) || ' years')
              ELSE date(s.anchor_date, '+' || ((s.next_period_index + 1) * s.cadence_count * 7) || ' days') END
            """,
        InvoiceId: "'A0000000-0000-7000-8000-' || printf('%012X', n)",
        HistoryId: "'B0000000-0000-7000-8000-' || printf('%012X', n)",
        EntryId: kind => $"'{kind.ToUpperInvariant()}0000000-0000-7000-8000-' || printf('%012X', n)",
        Days: "CAST(julianday(period_end) - julianday(period_start) AS integer)",
        Day: "date(period_start, '+' || k || ' days')",
        Later: "max",
        Month: day => $"date({day}, 'start of month')",
        Number: "'INV-' || printf('%06d', n)",
        Text: id => $"lower({id})",
        Analyze: "SELECT 1");

    public async Task<Measured> RunAsync(string database, Instant now)
    {
        await using var connection = await store.ConnectAsync(database);
        var measure = Measure.Begin();
        await using var transaction = await connection.BeginTransactionAsync();

        await ExecuteAsync(connection, transaction, Prepare(Sql), now);
        await ZonesAsync(connection, transaction, now);
        await ExecuteAsync(connection, transaction, FloorLedger.Prepare, now);
        var items = 0;
        foreach (var statement in Statements(Sql)) items = await ExecuteAsync(connection, transaction, statement, now);

        await transaction.CommitAsync();
        return measure.End(items);
    }

    private static string Prepare(Dialect sql) => $"""
        CREATE TEMPORARY TABLE due AS
        SELECT w.*, {sql.InvoiceId} AS invoice_id, {sql.HistoryId} AS history_id, w.subtotal - w.off AS total
        FROM (
          SELECT s.id, s.customer_id, s.plan_id, s.quantity, s.unit_amount_minor, s.currency, s.time_zone, s.cadence_unit,
            s.cadence_count, s.mrr_minor, s.mrr_movements, s.paying_since, s.current_end AS period_start, {sql.PeriodEnd} AS period_end,
            p.name AS plan_name, d.name AS discount_name, d.position AS discount_position,
            CASE WHEN d.periods = 1 THEN 0 ELSE 1 END AS discount_recurs, s.quantity * s.unit_amount_minor AS subtotal,
            COALESCE((s.quantity * s.unit_amount_minor * d.percent_basis_points * 2 + 10000) / 20000, 0) AS off,
            row_number() OVER (ORDER BY s.next_billing_at, s.id) AS n
          FROM subscriptions s
          JOIN plans p ON p.id = s.plan_id
          LEFT JOIN subscription_discounts d ON d.subscription_id = s.id AND (d.periods IS NULL OR d.periods_used < d.periods)
          WHERE s.next_billing_at <= @now) AS w
        """;

    private static string[] Statements(Dialect sql) =>
    [
        sql.Analyze,
        """
        INSERT INTO invoices (id, customer_id, subscription_id, kind, status, period_start, period_end, change_number, number, currency,
          subtotal_minor, discount_minor, total_minor, balance_applied_minor, carried_forward_minor, credited_minor,
          credit_notes_minor, paid_minor, due_minor, issued_on, issued_at, automatic_attempts, created_at, version, on_backup_card, is_let_be)
        SELECT d.invoice_id, d.customer_id, d.id, 'Period', 'Open', d.period_start, d.period_end, 0, 
        """ + sql.Number + """
        , d.currency, d.subtotal, d.off, d.total, 0, 0, 0, 0, 0, d.total, t.today, @now, 0, @now, 1, FALSE, FALSE
        FROM due d JOIN zone_today t ON t.time_zone = d.time_zone ORDER BY n
        """,
        """
        INSERT INTO invoice_lines (invoice_id, position, kind, description, quantity, unit_amount_minor, amount_minor,
          service_start, service_end)
        SELECT invoice_id, 1, 'Plan', plan_name, quantity, unit_amount_minor, subtotal, period_start, period_end FROM due ORDER BY n
        """,
        """
        INSERT INTO invoice_lines (invoice_id, position, kind, description, quantity, unit_amount_minor, amount_minor,
          service_start, service_end)
        SELECT invoice_id, 2, 'Discount', discount_name, 1, -off, -off, period_start, period_end FROM due
        WHERE discount_name IS NOT NULL ORDER BY n
        """,
        $"""
        INSERT INTO mrr_movements (subscription_id, sequence, customer_id, plan_id, kind, "on", month, cohort, amount_minor, currency, recorded_at)
        SELECT id, mrr_movements + 1, customer_id, plan_id,
          CASE WHEN mrr_movements = 0 THEN 'New' WHEN mrr > mrr_minor THEN 'Expansion' ELSE 'Contraction' END,
          period_start, {sql.Month("period_start")}, {sql.Month("COALESCE(paying_since, period_start)")}, mrr - mrr_minor, currency, @now
        FROM (SELECT *, CASE cadence_unit
            WHEN 'Month' THEN (recurring * 2 + cadence_count) / (2 * cadence_count)
            WHEN 'Year' THEN (recurring * 2 + 12 * cadence_count) / (24 * cadence_count)
            ELSE (recurring * 730 + 84 * cadence_count) / (168 * cadence_count) END AS mrr
          FROM (SELECT *, subtotal - off * discount_recurs AS recurring FROM due) AS r) AS m
        WHERE mrr <> mrr_minor ORDER BY n
        """,
        $$"""
        INSERT INTO history (id, customer_id, type, "on", at, actor, sequence, data)
        SELECT history_id, customer_id, 'PeriodBilled', period_start, @now, 'run', 0,
          '{"subscriptionId":"' || {{sql.Text("id")}} || '","invoiceId":"' || {{sql.Text("invoice_id")}} || '","end":"' || period_end
          || '","totalMinor":' || total || ',"currency":"' || currency || '"}'
        FROM due ORDER BY n
        """,
        """
        UPDATE subscription_discounts SET periods_used = subscription_discounts.periods_used + 1, last_used_on = d.period_start,
          version = subscription_discounts.version + 1
        FROM due d
        WHERE subscription_discounts.subscription_id = d.id AND subscription_discounts.position = d.discount_position
        """,
        .. FloorLedger.Statements(sql.EntryId, sql.Days, sql.Day, sql.Later),
        "UPDATE number_series SET next = next + (SELECT count(*) FROM due) WHERE prefix = 'INV'",
        """
        UPDATE subscriptions SET lifecycle = 'Active', next_period_index = subscriptions.next_period_index + 1,
          current_start = d.period_start, current_end = d.period_end, next_billing_at = z.starts_at,
          mrr_minor = CASE d.cadence_unit
            WHEN 'Month' THEN ((d.subtotal - d.off * d.discount_recurs) * 2 + d.cadence_count) / (2 * d.cadence_count)
            WHEN 'Year' THEN ((d.subtotal - d.off * d.discount_recurs) * 2 + 12 * d.cadence_count) / (24 * d.cadence_count)
            ELSE ((d.subtotal - d.off * d.discount_recurs) * 730 + 84 * d.cadence_count) / (168 * d.cadence_count) END,
          mrr_movements = subscriptions.mrr_movements
            + CASE WHEN EXISTS (SELECT 1 FROM mrr_movements m
                WHERE m.subscription_id = d.id AND m.sequence = d.mrr_movements + 1) THEN 1 ELSE 0 END,
          paying_since = CASE WHEN d.subtotal > d.off * d.discount_recurs
            THEN COALESCE(subscriptions.paying_since, d.period_start) ELSE subscriptions.paying_since END,
          version = subscriptions.version + 1
        FROM due d JOIN zone_days z ON z.time_zone = d.time_zone AND z.date = d.period_end
        WHERE subscriptions.id = d.id
        """,
    ];

    /// <summary>When days begin where, for the few that are needed: no database keeps Noda Time's rules.</summary>
    private static async Task ZonesAsync(DbConnection connection, DbTransaction transaction, Instant now)
    {
        List<(string Zone, LocalDate Date)> wanted = [];
        await using (var command = connection.CreateCommand())
        {
            command.Transaction = transaction;
            command.CommandText = "SELECT DISTINCT time_zone, CAST(period_end AS text) FROM due";
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                wanted.Add((reader.GetString(0), LocalDate.FromDateOnly(DateOnly.Parse(reader.GetString(1), CultureInfo.InvariantCulture))));
        }

        var days = wanted.Select(w => $"('{w.Zone}', {Quoted(w.Date)}, {Quoted(CustomerZone.StartOfDay(w.Date, CustomerZone.Of(w.Zone)))})");
        var todays = wanted.Select(w => w.Zone).Distinct()
            .Select(zone => $"('{zone}', {Quoted(CustomerZone.DateAt(now, CustomerZone.Of(zone)))})");
        var (date, instant) = connection is NpgsqlConnection ? ("date", "timestamptz") : ("text", "text");
        await ExecuteAsync(connection, transaction, $"CREATE TEMPORARY TABLE zone_days (time_zone text, date {date}, starts_at {instant}, PRIMARY KEY (time_zone, date))", now);
        await ExecuteAsync(connection, transaction, $"CREATE TEMPORARY TABLE zone_today (time_zone text PRIMARY KEY, today {date})", now);
        await ExecuteAsync(connection, transaction, $"INSERT INTO zone_days VALUES {string.Join(", ", days)}", now);
        await ExecuteAsync(connection, transaction, $"INSERT INTO zone_today VALUES {string.Join(", ", todays)}", now);

        string Quoted<T>(T value) => value switch
        {
            Instant at => $"'{at.ToDateTimeUtc():yyyy-MM-dd HH:mm:ss}{(connection is NpgsqlConnection ? "Z" : "")}'",
            _ => $"'{value:uuuu'-'MM'-'dd}'",
        };
    }

    private static async Task<int> ExecuteAsync(DbConnection connection, DbTransaction transaction, string sql, Instant now)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.CommandTimeout = 0;
        if (sql.Contains("@now", StringComparison.Ordinal)) command.Parameters.Add(Now(connection, now));
        return await command.ExecuteNonQueryAsync();
    }

    private static DbParameter Now(DbConnection connection, Instant now) => connection is NpgsqlConnection
        ? new NpgsqlParameter("now", NpgsqlDbType.TimestampTz) { Value = now.ToDateTimeUtc() }
        : new SqliteParameter("@now", now.ToDateTimeUtc());

    /// <summary>The few words in which the two databases differ.</summary>
    private sealed record Dialect(
        string PeriodEnd, string InvoiceId, string HistoryId, Func<string, string> EntryId, string Days, string Day, string Later, Func<string, string> Month, string Number,
        Func<string, string> Text, string Analyze);
}
