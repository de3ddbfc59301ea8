using Billing.Ledger;
using Billing.Server.Http;
using Billing.Server.Persistence;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using NodaTime;

namespace Billing.Server.Ledger;

internal static class LedgerEndpoints
{
    public static void MapLedger(this IEndpointRouteBuilder v1)
    {
        var read = v1.For("/ledger", "Ledger", ApiScope.Reports);
        read.MapGet("/accounts", () => ChartOfAccounts.Rows.Select(LedgerReading.ToView))
            .Named("listAccounts", "The chart of accounts");
        read.MapGet("/trial-balance", ([FromQuery] DateOnly on, [FromQuery] DateTimeOffset? knownAt, BillingDbContext db, CancellationToken stop) =>
                db.TrialBalanceAsync(LocalDate.FromDateOnly(on), Known(knownAt), stop))
            .Named("readTrialBalance", "Every account at the end of a day, as known now or at an earlier instant");
        read.MapGet("/accounts/{account}/statement", (
                string account, [FromQuery] string currency, [FromQuery] DateOnly from, [FromQuery] DateOnly to, BillingDbContext db,
                [AsParameters] PageQuery page, CancellationToken stop) => db.StatementAsync(
                new(LedgerReading.AccountOf(account), Currency.Of(currency), LocalDate.FromDateOnly(from), LocalDate.FromDateOnly(to)), page, stop))
            .Named("readStatement", "One account over some days, with its entries, newest first");
        read.MapGet("/entries", (
                [FromQuery] Guid? documentId, [FromQuery] Guid? customerId, BillingDbContext db, [AsParameters] PageQuery page, CancellationToken stop) =>
                db.EntryPageAsync(documentId, customerId, page, stop))
            .Named("listLedgerEntries", "The entries of a document or a customer, newest first");
        read.MapGet("/deferred", ([FromQuery] string from, [FromQuery] string to, [FromQuery] DateTimeOffset? knownAt, IMediator send, CancellationToken stop) =>
                send.Send(new ReadDeferred(LedgerMonths.Parse(from, "from"), LedgerMonths.Parse(to, "to"), Known(knownAt)), stop))
            .Named("readDeferred", "Deferred revenue by month: opening + billed + delivered + credited + voided = closing, and the months to come");
        read.MapGet("/checks", (BillingDbContext db, LedgerChecks checks, Door door, CancellationToken stop) =>
                db.LedgerChecksAsync(checks, door.Now, stop))
            .Named("readLedgerChecks", "Each account beside its documents, now");
        read.MapGet("/months", (BillingDbContext db, CancellationToken stop) => db.ClosedMonthsAsync(stop))
            .Named("listClosedMonths", "The closed months, newest first");

        v1.For("/ledger/months/{month}", "Ledger", ApiScope.Admin)
            .MapPost("/close", (string month, IMediator send, CancellationToken stop) => send.Send(new CloseMonth(month), stop))
            .Named("closeMonth", "Closes a month: it takes no more entries");
    }

    private static Instant? Known(DateTimeOffset? at) => at is { } known ? Instant.FromDateTimeOffset(known) : null;
}
