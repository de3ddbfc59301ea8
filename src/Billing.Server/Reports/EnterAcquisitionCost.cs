using Billing.Client.Contract;
using Billing.Plans;
using Billing.Server.Http;
using Billing.Server.Ledger;
using Billing.Server.Persistence;
using Billing.Server.Staff;
using FluentValidation;
using MediatR;

namespace Billing.Server.Reports;

/// <summary>Enters what was spent in a month on winning customers; entered again, the newest counts.</summary>
internal sealed record EnterAcquisitionCost(NewAcquisitionCost Cost) : ICommand<AcquisitionCostView>, IHouseChange
{
    public string About => $"{Cost.Month}: {Cost.Spent.Currency} {Cost.Spent.Value}";
}

internal sealed class EnterAcquisitionCostValidator : AbstractValidator<EnterAcquisitionCost>
{
    public EnterAcquisitionCostValidator() =>
        RuleFor(c => c.Cost.Spent.Value).InclusiveBetween(0, Price.LargestUnitAmount).OverridePropertyName("spent.amount");
}

internal sealed class EnterAcquisitionCostHandler(BillingDbContext db, Door door) : IRequestHandler<EnterAcquisitionCost, AcquisitionCostView>
{
    public async Task<AcquisitionCostView> Handle(EnterAcquisitionCost request, CancellationToken cancellationToken)
    {
        var (month, spent) = (LedgerMonths.Parse(request.Cost.Month, "month"), request.Cost.Spent);
        var cost = new AcquisitionCost
        {
            Id = NewId.At(door.Now), Month = month, Currency = spent.ToMoney("spent").Currency, AmountMinor = spent.Value, At = door.Now, Actor = door.Actor,
        };
        db.AcquisitionCosts.Add(cost);

        await db.SaveChangesAsync(cancellationToken);
        return new(LedgerMonths.Word(month), spent, door.Now.Iso(), door.Actor);
    }
}
