using Billing.Client.Contract;
using Billing.Server.Http;
using Billing.Server.Persistence;
using Billing.Server.Staff;
using MediatR;

namespace Billing.Server.Plans;

/// <summary>Stops selling a plan. Those who have it keep it; doing it twice changes nothing.</summary>
internal sealed record RetirePlan(string Code) : ICommand<PlanView>, IHouseChange
{
    public string About => Code;
}

internal sealed class RetirePlanHandler(BillingDbContext db, Door door) : IRequestHandler<RetirePlan, PlanView>
{
    public async Task<PlanView> Handle(RetirePlan request, CancellationToken cancellationToken)
    {
        var plan = door.Current(await db.Plans.NamedAsync(request.Code, cancellationToken));

        plan.Retire(door.Now);

        await db.SaveChangesAsync(cancellationToken);
        return plan.ToView();
    }
}
