namespace Billing.Benchmarks;

/// <summary>The books of the floor: an entry an invoice, its sums, and the share of every day; lines alike are worked out once.</summary>
internal static class FloorLedger
{
    /// <summary>As many days as the longest period of the portfolio has.</summary>
    public const string Prepare = """
        CREATE TEMPORARY TABLE day_numbers AS
        WITH RECURSIVE numbers(k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM numbers WHERE k < 366) SELECT k FROM numbers
        """;

    /// <param name="id">An id of a kind, from the row's number.</param>
    /// <param name="days">The days of a period.</param>
    /// <param name="day">Day k of it.</param>
    /// <param name="later">The later of two dates.</param>
    public static string[] Statements(Func<string, string> id, string days, string day, string later) =>
    [
        $"""
        INSERT INTO ledger_entries (id, "on", original_on, rule, debit, credit, amount_minor, currency, document_kind, document_id,
          document_number, customer_id, at)
        SELECT {id("c")}, t.today, t.today, 'InvoiceIssued', 'Receivables', 'DeferredRevenue', d.total, d.currency, 'Invoice', d.invoice_id,
          0, d.customer_id, @now
        FROM due d JOIN zone_today t ON t.time_zone = d.time_zone WHERE d.total > 0 ORDER BY n
        """,
        $"""
        INSERT INTO ledger_days (id, currency, account, "on", rule, debit_minor, credit_minor, at)
        SELECT {id("d")}, currency, account, today, 'InvoiceIssued', debit, credit, @now
        FROM (SELECT s.*, row_number() OVER (ORDER BY account, currency, today) AS n
          FROM (
            SELECT d.currency, 'Receivables' AS account, t.today, sum(d.total) AS debit, 0 AS credit
            FROM due d JOIN zone_today t ON t.time_zone = d.time_zone GROUP BY d.currency, t.today
            UNION ALL
            SELECT d.currency, 'DeferredRevenue', t.today, 0, sum(d.total)
            FROM due d JOIN zone_today t ON t.time_zone = d.time_zone GROUP BY d.currency, t.today) AS s) AS sums
        """,
        $"""
        INSERT INTO delivery_days (id, currency, revenue, "on", amount_minor, at)
        SELECT {id("e")}, currency, 'PlanRevenue', delivered, amount, @now
        FROM (SELECT s.*, row_number() OVER (ORDER BY currency, delivered) AS n
          FROM (
            SELECT currency, {later}({day}, today) AS delivered,
              sum(times * sign * ((2 * size * (k + 1) + {days}) / (2 * {days}) - (2 * size * k + {days}) / (2 * {days}))) AS amount
            FROM (
              SELECT d.currency, d.period_start, d.period_end, t.today, l.amount, CASE WHEN l.amount < 0 THEN -1 ELSE 1 END AS sign,
                abs(l.amount) AS size, count(*) AS times
              FROM (SELECT invoice_id, subtotal AS amount FROM due UNION ALL SELECT invoice_id, -off FROM due WHERE off <> 0) AS l
              JOIN due d ON d.invoice_id = l.invoice_id JOIN zone_today t ON t.time_zone = d.time_zone
              GROUP BY d.currency, d.period_start, d.period_end, t.today, l.amount) AS alike
            JOIN day_numbers ON k < {days}
            GROUP BY 1, 2) AS s) AS days WHERE amount <> 0
        """,
    ];
}
