using Billing.Customers;
using Billing.Payments;
using Billing.Server.Customers;
using Billing.Server.Http;
using Billing.Server.Pages.Office.Acts;
using Billing.Server.Pages.SignIn;
using Billing.Server.Payments;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using Billing.Server.Staff;
using Billing.Subscriptions;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Pages.Office.Payments;

/// <summary>Sending money back: the same three steps as every act, but said and not rehearsed, for the gateway is no rehearsal.</summary>
internal static class RefundRoutes
{
    private const int MostAhead = 3;

    public static void MapRefundPages(this IEndpointRouteBuilder office)
    {
        var group = office.MapGroup("/payments/{id:guid}/refund").RequireAuthorization(OfficeDoor.Policy(StaffRole.Finance));
        group.MapGet("", async (Guid id, Desk desk, BillingDbContext db, CancellationToken stop) =>
        {
            var (payment, customer) = await FindAsync(db, id, stop);
            return Form(desk, payment, customer, FieldsOf(desk.T, payment), Troubles.None);
        });
        group.MapPost("", TakeAsync);
    }

    private static async Task<IResult> TakeAsync(
        Guid id, Desk desk, BillingDbContext db, IPaymentGateway gateway, IMediator send, Door door, HttpContext http, CancellationToken cancellationToken)
    {
        var (payment, customer) = await FindAsync(db, id, cancellationToken);
        var given = await Filled.ReadAsync(http);
        var fields = FieldsOf(desk.T, payment).Select(f => f with { Value = given[f.Name] }).ToList();
        try
        {
            if (given["step"] == "again") return Form(desk, payment, customer, fields, Troubles.None);
            if (given["why"].Length == 0) throw new Refused("why_missing", "Say why; whoever looks at it later will be glad.", "why");
            var amount = new Money(given.Amount("amount", payment.Currency), payment.Currency);
            if (amount.Minor is <= 0 || amount > payment.Refundable)
                throw new Refused("refund_exceeds_payment", $"At most {payment.Refundable} of this payment can go back.", "amount");
            if (given["step"] != "do" || given.Id("once") is not { } once)
                return await ConfirmAsync(desk, db, gateway, payment, customer, fields, amount, given["from"] == "credit", cancellationToken);

            if (!await TakenAsync(db, once, door, customer, given["why"], cancellationToken)) return new SeeOther($"/office/customers/{customer.Id}?done=refund");
            await RefundAsync(db, send, once, new(payment.Id.Value, new(given["why"], amount.ToAmount(), given["from"] == "credit")), cancellationToken);
            return new SeeOther($"/office/customers/{customer.Id}?done=refund");
        }
        catch (Exception e) when (Troubles.Of(e, fields, desk.T) is { } troubles)
        {
            return Form(desk, payment, customer, fields, troubles);
        }
    }

    /// <summary>Writes the act down before the gateway is asked, so that the same form again sends nothing again.</summary>
    private static async Task<bool> TakenAsync(
        BillingDbContext db, Guid once, Door door, Customer customer, string why, CancellationToken cancellationToken)
    {
        if (await db.HouseActs.AnyAsync(a => a.Id == once, cancellationToken)) return false;
        db.HouseActs.Add(HouseAct.Of(once, door.Actor, nameof(RefundPayment), "", customer.Id, why, door.Now));
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    private static async Task RefundAsync(BillingDbContext db, IMediator send, Guid once, RefundPayment refund, CancellationToken cancellationToken)
    {
        try
        {
            await send.Send(refund, cancellationToken);
        }
        catch (Refused)
        {
            // Nothing was sent, so nothing was done: the form may be filled in again.
            db.ChangeTracker.Clear();
            await db.HouseActs.Where(a => a.Id == once).ExecuteDeleteAsync(CancellationToken.None);
            throw;
        }
    }

    private static async Task<IResult> ConfirmAsync(
        Desk desk, BillingDbContext db, IPaymentGateway gateway, PaymentAttempt payment, Customer customer, IReadOnlyList<Field> fields, Money amount,
        bool fromCredit, CancellationToken cancellationToken)
    {
        var t = desk.T;
        var ahead = Outlook.Of(await db.OutlookFactsAsync(customer, gateway, desk.Now, cancellationToken));
        IReadOnlyList<string> said =
        [
            t[$"{t.F.Money(amount)} goes back to the card it came from, within some days.", $"{t.F.Money(amount)} যে কার্ড থেকে এসেছিল সেখানে কয়েক দিনের মধ্যে ফেরত যাবে।"],
            fromCredit
                ? t["It is taken out of the customer's credit.", "এটি গ্রাহকের জমা থেকে নেওয়া হবে।"]
                : t["A credit note over it is written for the invoice.", "বিলের জন্য এই টাকার ফেরতপত্র লেখা হবে।"],
        ];
        return new RazorComponentResult<ActConfirm>(new
        {
            Desk = desk, Page = PageOf(desk.T, payment, customer, fields, Troubles.None), What = new WhatHappens(said, [.. ahead.Take(MostAhead)], customer.Balance),
            Once = NewId.At(desk.Now),
        });
    }

    private static RazorComponentResult<ActForm> Form(
        Desk desk, PaymentAttempt payment, Customer customer, IReadOnlyList<Field> fields, Troubles troubles) =>
        new(new { Desk = desk, Page = PageOf(desk.T, payment, customer, fields, troubles) })
        {
            StatusCode = troubles == Troubles.None ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
        };

    private static FormPage PageOf(Tongue t, PaymentAttempt payment, Customer customer, IReadOnlyList<Field> fields, Troubles troubles) => new(
        $"/office/payments/{payment.Id}/refund", t["Send money back", "টাকা ফেরত দিন"],
        t[$"Of {t.F.Money(payment.Amount)} paid, {t.F.Money(payment.Refundable)} can go back.", $"দেওয়া {t.F.Money(payment.Amount)}-এর মধ্যে {t.F.Money(payment.Refundable)} ফেরত দেওয়া যায়।"],
        customer, null, troubles.At(fields), troubles.General);

    private static IReadOnlyList<Field> FieldsOf(Tongue t, PaymentAttempt payment) =>
    [
        new("amount", t[$"How much, in {payment.Currency}", $"কত, {payment.Currency}"], FieldKind.Amount),
        new("from", t["Because", "কারণ"], FieldKind.Choice, "note", Choices:
        [
            new("note", t["it was too much: write a credit note", "বেশি নেওয়া হয়েছে: ফেরতপত্র লিখুন"]), new("credit", t["the customer wants credit paid out", "গ্রাহক জমা ফেরত চান"]),
        ]),
        new("why", t["Why", "কেন"], FieldKind.Words, Hint: t["Kept in the history, with your name.", "আপনার নামসহ ইতিহাসে থাকবে।"]),
    ];

    private static async Task<(PaymentAttempt Payment, Customer Customer)> FindAsync(BillingDbContext db, Guid id, CancellationToken cancellationToken)
    {
        var payment = await db.PaymentAttempts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == new PaymentAttemptId(id), cancellationToken)
            ?? throw Http.NotFound.Of("payment");
        return (payment, await db.Customers.AsNoTracking().SingleAsync(c => c.Id == payment.CustomerId, cancellationToken));
    }
}
