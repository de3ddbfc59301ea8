using Billing.Notices;
using Billing.Server.Http;
using Billing.Server.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Notices;

/// <summary>A customer says which mails are wanted; what has to be said is said all the same.</summary>
internal sealed record ChoosePreferences(CustomerId CustomerId, bool Receipts, bool Courtesies) : ICommand<bool>;

internal sealed class ChoosePreferencesHandler(BillingDbContext db, Door door) : IRequestHandler<ChoosePreferences, bool>
{
    public async Task<bool> Handle(ChoosePreferences request, CancellationToken cancellationToken)
    {
        var customer = await db.Customers.SingleAsync(c => c.Id == request.CustomerId, cancellationToken);
        var known = await db.NoticePreferences.SingleOrDefaultAsync(p => p.CustomerId == customer.Id, cancellationToken);
        var wished = known ?? db.NoticePreferences.Add(NoticePreferences.All(customer.Id, door.Now)).Entity;

        var changed = wished.Wish(request.Receipts, request.Courtesies, customer.Today(door.Now), door.Now);

        db.Record(changed, door.Actor, door.Now);
        return true;
    }
}
