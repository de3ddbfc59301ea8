using Billing.Client.Contract;
using Billing.Payments;
using Billing.Server.Http;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Payments;

/// <summary>Refunds, and money that came past the gateway, as the API shows them.</summary>
internal static class RefundViews
{
    public static RefundView ToView(this Refund refund) => new(
        refund.Id.Value, refund.AttemptId.Value, refund.InvoiceId.Value, refund.CustomerId.Value, refund.CreditNoteId?.Value,
        refund.Amount.ToAmount(), Wire.Word(refund.Cause), refund.Reason, Wire.Word(refund.State), refund.Detail, refund.GatewayReference,
        refund.RequestedAt.Iso(), refund.SettledAt?.Iso());

    public static async Task<RefundView> RefundViewAsync(this BillingDbContext db, RefundId id, CancellationToken cancellationToken) =>
        (await db.Refunds.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellationToken) ?? throw NotFound.Of("refund")).ToView();

    public static Task<Page<RefundView>> RefundPageAsync(
        this BillingDbContext db, Guid? customer, Guid? payment, PageQuery page, CancellationToken cancellationToken)
    {
        IQueryable<Refund> rows = db.Refunds;
        if (customer is { } customerId) rows = rows.Where(r => r.CustomerId == new CustomerId(customerId));
        if (payment is { } paymentId) rows = rows.Where(r => r.AttemptId == new PaymentAttemptId(paymentId));
        return rows.ToPageAsync(r => r.Id, RefundId.From, page, ToView, cancellationToken);
    }

    public static ReceivedPaymentView ToView(this ReceivedPayment payment) => new(
        payment.Id.Value, payment.InvoiceId.Value, payment.CustomerId.Value, Wire.Word(payment.By), payment.Reference, payment.Amount.ToAmount(),
        new(payment.ExcessMinor, payment.Currency.Code), payment.ReceivedOn.Iso(), payment.RecordedBy, payment.RecordedAt.Iso());

    public static Task<Page<ReceivedPaymentView>> ReceivedPageAsync(
        this BillingDbContext db, Guid? customer, Guid? invoice, PageQuery page, CancellationToken cancellationToken)
    {
        IQueryable<ReceivedPayment> rows = db.ReceivedPayments;
        if (customer is { } customerId) rows = rows.Where(p => p.CustomerId == new CustomerId(customerId));
        if (invoice is { } invoiceId) rows = rows.Where(p => p.InvoiceId == new InvoiceId(invoiceId));
        return rows.ToPageAsync(p => p.Id, ReceivedPaymentId.From, page, ToView, cancellationToken);
    }
}
