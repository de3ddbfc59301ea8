using System.Data.Common;

namespace Billing.Benchmarks;

/// <summary>Lays two databases side by side, row by row, so that the floor is known to have done the run's work.</summary>
internal static class Comparison
{
    // The ids of new rows differ; everything else must be the same, and so must who got which number.
    private static readonly (string What, string Sql)[] Questions =
    [
        ("subscriptions", """
            SELECT id, lifecycle, next_period_index, current_start, current_end, next_billing_at, mrr_minor, mrr_movements,
              cancel_at_period_end, ended_on, paying_since, version
            FROM subscriptions ORDER BY id
            """),
        ("discounts", "SELECT subscription_id, position, periods_used, last_used_on, version FROM subscription_discounts ORDER BY 1, 2"),
        ("invoices", """
            SELECT subscription_id, period_start, change_number, number, period_end, customer_id, kind, status, currency, subtotal_minor, discount_minor,
              total_minor, balance_applied_minor, carried_forward_minor, credited_minor, credit_notes_minor, paid_minor, due_minor,
              issued_on, issued_at, closed_at, next_attempt_at, automatic_attempts, created_at, version
            FROM invoices ORDER BY subscription_id, period_start
            """),
        ("lines", """
            SELECT i.subscription_id, i.period_start, l.position, l.kind, l.description, l.quantity, l.unit_amount_minor,
              l.amount_minor, l.service_start, l.service_end
            FROM invoice_lines l JOIN invoices i ON i.id = l.invoice_id ORDER BY 1, 2, 3
            """),
        ("movements", """
            SELECT subscription_id, sequence, customer_id, plan_id, kind, "on", month, cohort, amount_minor, currency, recorded_at, totalled_by
            FROM mrr_movements ORDER BY subscription_id, sequence
            """),
        ("history", """
            SELECT h.customer_id, h.type, h."on", h.at, h.actor, replace(h.data, lower(CAST(i.id AS text)), '')
            FROM history h JOIN invoices i ON i.customer_id = h.customer_id ORDER BY h.customer_id
            """),
        ("ledger entries", """
            SELECT customer_id, "on", original_on, rule, debit, credit, amount_minor, currency, document_kind, document_number, at
            FROM ledger_entries ORDER BY customer_id
            """),
        ("ledger sums", """
            SELECT currency, account, "on", rule, sum(debit_minor), sum(credit_minor) FROM ledger_days
            GROUP BY currency, account, "on", rule ORDER BY currency, account, "on", rule
            """),
        ("days to be delivered", """
            SELECT currency, revenue, "on", sum(amount_minor) FROM delivery_days
            GROUP BY currency, revenue, "on" HAVING sum(amount_minor) <> 0 ORDER BY currency, revenue, "on"
            """),
        ("history entries", "SELECT count(*) FROM history"),
        ("numbers", "SELECT count(DISTINCT number), min(number), max(number) FROM invoices"),
        ("series", "SELECT prefix, next FROM number_series ORDER BY prefix"),
        ("totals", "SELECT currency, count(*), sum(total_minor) FROM invoices GROUP BY currency ORDER BY currency"),
    ];

    /// <returns>How many rows were laid side by side.</returns>
    /// <exception cref="InvalidOperationException">Two rows differ, or one side has more.</exception>
    public static async Task<long> OfAsync(Store store, string one, string other)
    {
        await using var left = await store.ConnectAsync(one);
        await using var right = await store.ConnectAsync(other);
        var rows = 0L;
        foreach (var (what, sql) in Questions)
        {
            await using var mine = Asking(left, sql);
            await using var theirs = Asking(right, sql);
            await using var first = await mine.ExecuteReaderAsync();
            await using var second = await theirs.ExecuteReaderAsync();
            rows += await SameAsync(what, first, second);
        }

        return rows;
    }

    private static DbCommand Asking(DbConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        return command;
    }

    private static async Task<long> SameAsync(string what, DbDataReader left, DbDataReader right)
    {
        var (mine, theirs) = (new object[left.FieldCount], new object[left.FieldCount]);
        for (var rows = 0L; ; rows++)
        {
            var (more, moreThere) = (await left.ReadAsync(), await right.ReadAsync());
            if (more != moreThere) throw new InvalidOperationException($"One side has more {what} than the other's {rows}.");
            if (!more) return rows;

            left.GetValues(mine);
            right.GetValues(theirs);
            if (mine.SequenceEqual(theirs)) continue;
            throw new InvalidOperationException(
                $"The run and the floor differ in {what}:\n  {string.Join(" | ", mine)}\n  {string.Join(" | ", theirs)}");
        }
    }
}
