using Billing.Client.Contract;
using Billing.Payments;
using Billing.Server.Http;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Payments;

/// <summary>Attempts to collect as the API shows them.</summary>
internal static class PaymentViews
{
    /// <summary>Nobody changes what is owed while it may be being paid.</summary>
    /// <exception cref="Refused"><c>payment_in_progress</c>.</exception>
    public static async Task MustNotBeUnderPaymentAsync(this BillingDbContext db, InvoiceId invoice, CancellationToken cancellationToken)
    {
        if (await db.PaymentAttempts.AnyAsync(a => a.InvoiceId == invoice
            && (a.State == AttemptState.Started || a.State == AttemptState.Unknown || a.State == AttemptState.ActionRequired), cancellationToken))
            throw UnderPayment;
    }

    /// <summary>
    /// The same for what must not wait for ever: what the customer was to confirm is let go, and an answer that did not come within
    /// the hour is waited for no longer. Should it have been taken after all, no invoice wants it and it is an overpayment.
    /// </summary>
    /// <exception cref="Refused"><c>payment_in_progress</c>.</exception>
    public static async Task LetGoOrWaitAsync(this BillingDbContext db, InvoiceId invoice, Instant now, CancellationToken cancellationToken)
    {
        var hourAgo = now - LongestWaitForAnswer;
        if (await db.PaymentAttempts.AnyAsync(a => a.InvoiceId == invoice && a.StartedAt > hourAgo
            && (a.State == AttemptState.Started || a.State == AttemptState.Unknown), cancellationToken))
            throw UnderPayment;
        await db.LetGoAsync(invoice, now, cancellationToken);
    }

    /// <summary>What the customer was to confirm is not waited for: it is given up by the next run.</summary>
    public static async Task LetGoAsync(this BillingDbContext db, InvoiceId invoice, Instant now, CancellationToken cancellationToken)
    {
        var waiting = await db.PaymentAttempts.SingleOrDefaultAsync(
            a => a.InvoiceId == invoice && a.State == AttemptState.ActionRequired, cancellationToken);
        waiting?.LetGo(now);
    }

    private static readonly Duration LongestWaitForAnswer = Duration.FromHours(1);

    public static Refused UnderPayment => new("payment_in_progress", "A payment of this invoice is under way; wait for its outcome, or give it up where it waits for the customer.");

    public static PaymentView ToView(this PaymentAttempt attempt) => new(
        attempt.Id.Value, attempt.InvoiceId.Value, attempt.CustomerId.Value, attempt.CardId.Value, attempt.Amount.ToAmount(),
        Wire.Word(attempt.Trigger), Wire.Word(attempt.State), attempt.DeclineCode, attempt.Detail, attempt.GatewayReference,
        attempt.StartedAt.Iso(), attempt.SettledAt?.Iso(), new(attempt.RefundedMinor, attempt.Currency.Code),
        attempt.State == AttemptState.ActionRequired ? attempt.ConfirmBy?.Iso() : null);

    public static async Task<PaymentView> PaymentViewAsync(this BillingDbContext db, PaymentAttemptId id, CancellationToken cancellationToken) =>
        (await db.PaymentAttempts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, cancellationToken) ?? throw NotFound.Of("payment")).ToView();

    public static Task<Page<PaymentView>> PaymentPageAsync(
        this BillingDbContext db, Guid? customer, Guid? invoice, PageQuery page, CancellationToken cancellationToken)
    {
        IQueryable<PaymentAttempt> rows = db.PaymentAttempts;
        if (customer is { } customerId) rows = rows.Where(a => a.CustomerId == new CustomerId(customerId));
        if (invoice is { } invoiceId) rows = rows.Where(a => a.InvoiceId == new InvoiceId(invoiceId));
        return rows.ToPageAsync(a => a.Id, PaymentAttemptId.From, page, ToView, cancellationToken);
    }
}
