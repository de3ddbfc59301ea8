using Billing.Client.Contract;
using Billing.Dunning;
using Billing.Server.Http;
using Billing.Server.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Dunning;

/// <summary>The customer takes the chosen day back; the ladder goes on.</summary>
internal sealed record WithdrawDayToPay(Guid CustomerId) : ICommand<DunningView>;

internal sealed class WithdrawDayToPayHandler(BillingDbContext db, CaseInHand hand, Door door) : IRequestHandler<WithdrawDayToPay, DunningView>
{
    public async Task<DunningView> Handle(WithdrawDayToPay request, CancellationToken cancellationToken)
    {
        var (customer, it) = await hand.OpenAsync(request.CustomerId, cancellationToken);
        var chosenOn = await db.History.Where(h => h.CustomerId == customer.Id && h.Type == nameof(DayToPayChosen))
            .OrderByDescending(h => h.Id).Select(h => h.On).FirstOrDefaultAsync(cancellationToken);

        var fact = it.WithdrawPromise(chosenOn, customer.Today(door.Now), door.Now);

        db.Record(fact, door.Actor, door.Now);
        return await hand.ReplanAsync(it, customer, cancellationToken);
    }
}
