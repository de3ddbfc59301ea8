using Billing.Client.Contract;
using Billing.Ledger;
using Billing.Server.Http;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Ledger;

/// <summary>What the ledger's reports read: sums, never single entries; of everything that was known at an instant.</summary>
internal static class LedgerReading
{
    /// <summary>The sums known at an instant; all when none is named.</summary>
    public static IQueryable<LedgerDay> KnownAt(this IQueryable<LedgerDay> days, Instant? at) =>
        at is { } known ? days.Where(d => d.At <= known) : days;

    /// <summary>Every account and currency at the end of a day. Debits and credits come to the same in each currency.</summary>
    public static async Task<TrialBalanceView> TrialBalanceAsync(
        this BillingDbContext db, LocalDate on, Instant? knownAt, CancellationToken cancellationToken)
    {
        var sums = await db.LedgerDays.KnownAt(knownAt).Where(d => d.On <= on)
            .GroupBy(d => new { d.Currency, d.Account })
            .Select(g => new { g.Key.Currency, g.Key.Account, Debit = g.Sum(d => d.DebitMinor), Credit = g.Sum(d => d.CreditMinor) })
            .ToListAsync(cancellationToken);

        return new(on.Iso(), knownAt?.Iso(), [.. sums.GroupBy(s => s.Currency).OrderBy(g => g.Key.Code, StringComparer.Ordinal).Select(g =>
        {
            var rows = ChartOfAccounts.Rows
                .SelectMany(r => g.Where(s => s.Account == r.Account).Select(s => Row(r, s.Debit, s.Credit))).ToList();
            return new TrialBalanceCurrencyView(g.Key.Code, rows, rows.Sum(r => r.Debits), rows.Sum(r => r.Credits));
        })]);
    }

    /// <summary>An account in a currency over some days: what it held before, its entries newest first, and what it held after.</summary>
    public static async Task<StatementView> StatementAsync(
        this BillingDbContext db, StatementQuery query, PageQuery page, CancellationToken cancellationToken)
    {
        var (account, currency) = (query.Account, query.Currency);
        var row = ChartOfAccounts.Of(account);
        var sums = await db.LedgerDays.Where(d => d.Account == account && d.Currency == currency && d.On <= query.To)
            .GroupBy(d => d.On < query.From)
            .Select(g => new { Before = g.Key, Net = g.Sum(d => d.DebitMinor - d.CreditMinor) }).ToListAsync(cancellationToken);
        var opening = sums.Where(s => s.Before).Sum(s => s.Net);
        var closing = sums.Sum(s => s.Net);

        var entries = await db.LedgerEntries
            .Where(e => e.Currency == currency && e.On >= query.From && e.On <= query.To && (e.Debit == account || e.Credit == account))
            .ToPageAsync(e => e.Id, id => id, page, ToView, cancellationToken);
        return new(row.ToView(), currency.Code, query.From.Iso(), query.To.Iso(), Signed(row, opening), Signed(row, closing), entries);
    }

    /// <summary>Entries, newest first: those of one document, of one customer, or both.</summary>
    public static Task<Page<LedgerEntryView>> EntryPageAsync(
        this BillingDbContext db, Guid? document, Guid? customer, PageQuery page, CancellationToken cancellationToken)
    {
        if (document is null && customer is null)
            throw new BadInput(400, "bad_parameter", "Name a documentId or a customerId; for all entries of an account read its statement.", "documentId");
        IQueryable<LedgerEntry> entries = db.LedgerEntries;
        if (document is { } id) entries = entries.Where(e => e.DocumentId == id);
        if (customer is { } whose) entries = entries.Where(e => e.CustomerId == new CustomerId(whose));
        return entries.ToPageAsync(e => e.Id, key => key, page, ToView, cancellationToken);
    }

    public static async Task<IReadOnlyList<LedgerCheckView>> LedgerChecksAsync(
        this BillingDbContext db, LedgerChecks checks, Instant now, CancellationToken cancellationToken) =>
        [.. (await checks.ReadAsync(db, now, cancellationToken)).Select(c => new LedgerCheckView(
            Wire.Word(c.Subledger), c.Currency.Code, c.BooksMinor, c.DocumentsMinor, c.Difference))];

    public static AccountView ToView(this ChartRow row) => new(Wire.Word(row.Account), row.Number, row.Name, Wire.Word(row.Kind));

    /// <summary>An account as the wire writes it.</summary>
    public static Account AccountOf(string word) => ChartOfAccounts.Rows.SingleOrDefault(r => Wire.Word(r.Account) == word)?.Account
        ?? throw NotFound.Of("account");

    private static TrialBalanceRowView Row(ChartRow row, long debit, long credit) =>
        new(Wire.Word(row.Account), row.Number, row.Name, debit, credit, Signed(row, debit - credit));

    /// <summary>Above zero on the side the account grows on.</summary>
    private static long Signed(ChartRow row, long debitLessCredit) => row.GrowsByDebit ? debitLessCredit : -debitLessCredit;

    private static LedgerEntryView ToView(LedgerEntry entry) => new(
        entry.Id, entry.On.Iso(), entry.OriginalOn.Iso(), Wire.Word(entry.Rule), Wire.Word(entry.Debit), Wire.Word(entry.Credit),
        new(entry.AmountMinor, entry.Currency.Code), Wire.Word(entry.DocumentKind), entry.DocumentId,
        entry.DocumentNumber == 0 ? null : entry.DocumentNumber, entry.CustomerId?.Value, entry.At.Iso());
}

/// <summary>Which statement is wanted.</summary>
internal sealed record StatementQuery(Account Account, Currency Currency, LocalDate From, LocalDate To);
