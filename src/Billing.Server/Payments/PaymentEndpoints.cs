using Billing.Client.Contract;
using Billing.Server.Http;
using Billing.Server.Persistence;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Billing.Server.Payments;

internal static class PaymentEndpoints
{
    public static void MapPayments(this IEndpointRouteBuilder v1)
    {
        var read = v1.For("/payments", "Payments", ApiScope.Read);
        read.MapGet("", ([FromQuery] Guid? customerId, [FromQuery] Guid? invoiceId, BillingDbContext db, [AsParameters] PageQuery page, CancellationToken stop) =>
                db.PaymentPageAsync(customerId, invoiceId, page, stop))
            .Named("listPayments", "Lists attempts to collect, all or one customer's or one invoice's, newest first");
        read.MapGet("/{id:guid}", (Guid id, BillingDbContext db, CancellationToken stop) => db.PaymentViewAsync(new(id), stop))
            .Named("getPayment", "Reads an attempt to collect");

        var write = v1.For("/payments/{id:guid}", "Payments", ApiScope.Write);
        write.MapPost("/confirmation", (Guid id, NewConfirmation confirmation, IMediator send, CancellationToken stop) =>
                send.Send(new ConfirmPayment(id, confirmation), stop))
            .OutsideTransaction().WithSecret().Named("confirmPayment", "Gives the page where the customer confirms a payment with the bank");
        write.MapPost("/look-up", (Guid id, IMediator send, CancellationToken stop) => send.Send(new LookUpPayment(id), stop))
            .OutsideTransaction().Named("lookUpPayment", "Asks the gateway now what became of a payment");
        write.MapPost("/give-up", (Guid id, IMediator send, CancellationToken stop) => send.Send(new GiveUpPayment(id), stop))
            .OutsideTransaction().Named("giveUpPayment", "Waits no longer for the customer to confirm a payment; what was confirmed before counts");
        write.MapPost("/refunds", async (Guid id, NewRefund refund, IMediator send, CancellationToken stop) =>
                Routes.Made("/v1/refunds/", await send.Send(new RefundPayment(id, refund), stop), r => r.Id))
            .OutsideTransaction().Named("refundPayment", "Sends captured money back to the card, with a credit note or out of the customer's credit");
        v1.For("/payments/{id:guid}", "Payments", ApiScope.Admin)
            .MapPost("/answer", (Guid id, PaymentAnswer answer, IMediator send, CancellationToken stop) => send.Send(new AnswerPayment(id, answer), stop))
            .Named("answerPayment", "Says whether money was taken, when the gateway was asked in vain");

        v1.MapRefunds();
        v1.MapReceivedPayments();
    }

    private static void MapRefunds(this IEndpointRouteBuilder v1)
    {
        var read = v1.For("/refunds", "Payments", ApiScope.Read);
        read.MapGet("", ([FromQuery] Guid? customerId, [FromQuery] Guid? paymentId, BillingDbContext db, [AsParameters] PageQuery page, CancellationToken stop) =>
                db.RefundPageAsync(customerId, paymentId, page, stop))
            .Named("listRefunds", "Lists refunds, all or one customer's or one payment's, newest first");
        read.MapGet("/{id:guid}", (Guid id, BillingDbContext db, CancellationToken stop) => db.RefundViewAsync(new(id), stop))
            .Named("getRefund", "Reads a refund");
        v1.For("/refunds/{id:guid}", "Payments", ApiScope.Admin)
            .MapPost("/answer", (Guid id, RefundAnswer answer, IMediator send, CancellationToken stop) => send.Send(new AnswerRefund(id, answer), stop))
            .Named("answerRefund", "Says whether money went back, when the gateway was asked in vain");
    }

    private static void MapReceivedPayments(this IEndpointRouteBuilder v1)
    {
        v1.For("/received-payments", "Payments", ApiScope.Read)
            .MapGet("", ([FromQuery] Guid? customerId, [FromQuery] Guid? invoiceId, BillingDbContext db, [AsParameters] PageQuery page, CancellationToken stop) =>
                db.ReceivedPageAsync(customerId, invoiceId, page, stop))
            .Named("listReceivedPayments", "Lists money that came past the gateway, newest first");
        v1.For("/invoices/{id:guid}", "Payments", ApiScope.Write)
            .MapPost("/received-payments", async (Guid id, NewReceivedPayment payment, IMediator send, CancellationToken stop) =>
                Routes.Made($"/v1/received-payments?invoiceId={id}", await send.Send(new RecordPayment(id, payment), stop)))
            .Named("recordPayment", "Writes down money that came by transfer, in cash or otherwise; the same reference again is the same money");
    }
}
