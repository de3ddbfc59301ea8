using Billing.Retention;
using Billing.Server.Customers;
using Billing.Server.Http;
using Billing.Server.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Retention;

/// <summary>Takes down how hard something was. The same answer sent twice is one answer.</summary>
/// <param name="Id">Made with the act it is about.</param>
/// <param name="CustomerId">Whose.</param>
/// <param name="Act">About what.</param>
/// <param name="Ease">1 very hard, 7 very easy.</param>
/// <param name="Words">One sentence, if any.</param>
internal sealed record GiveFeedback(Guid Id, Guid CustomerId, CustomerAct Act, int Ease, string? Words) : ICommand<bool>;

internal sealed class GiveFeedbackHandler(BillingDbContext db, Door door) : IRequestHandler<GiveFeedback, bool>
{
    public async Task<bool> Handle(GiveFeedback request, CancellationToken cancellationToken)
    {
        if (await db.Feedback.AnyAsync(f => f.Id == request.Id, cancellationToken)) return false;
        var customer = await db.Customers.WithIdAsync(request.CustomerId, cancellationToken);

        var (feedback, fact) = Feedback.Give(request.Id, customer, request.Act, request.Ease, request.Words, door.Now);

        db.Feedback.Add(feedback);
        db.Record(fact, door.Actor, door.Now);
        return true;
    }
}
