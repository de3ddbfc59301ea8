using Billing.Client.Contract;
using Billing.Server.Http;
using Billing.Server.Persistence;
using Billing.Server.Staff;
using FluentValidation;
using MediatR;

namespace Billing.Server.Plans;

/// <summary>Sets the price for one currency and cadence: a new version for those who start from now on.</summary>
internal sealed record SetPrice(string Code, NewPrice Price) : ICommand<PriceView>, IHouseChange
{
    public string About => $"{Code}: {Price.UnitAmount.ToMoney("unitAmount")} / {Price.Cadence.Count} {Price.Cadence.Unit}";
}

internal sealed class SetPriceValidator : AbstractValidator<SetPrice>
{
    public SetPriceValidator() => RuleFor(c => c.Price.Cadence).Cadence("cadence");
}

internal sealed class SetPriceHandler(BillingDbContext db, Door door) : IRequestHandler<SetPrice, PriceView>
{
    public async Task<PriceView> Handle(SetPrice request, CancellationToken cancellationToken)
    {
        var plan = door.Current(await db.Plans.NamedAsync(request.Code, cancellationToken));
        var (unit, cadence) = (request.Price.UnitAmount.ToMoney("unitAmount"), request.Price.Cadence.ToCadence());
        var newest = await db.Prices.NewestAsync(plan.Id, unit.Currency, cadence, cancellationToken);

        var price = plan.SetPrice(new(NewId.At(door.Now)), unit, cadence, newest, door.Now);

        db.Prices.Add(price);
        return price.ToView(plan.Code);
    }
}
