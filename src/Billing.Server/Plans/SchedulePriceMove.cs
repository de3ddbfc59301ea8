using Billing.Client.Contract;
using Billing.Plans;
using Billing.Server.Http;
using Billing.Server.Persistence;
using Billing.Server.Staff;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using NodaTime.Text;

namespace Billing.Server.Plans;

/// <summary>Plans that whoever pays an older price moves to the newest; the next run tells them. See <see cref="PriceMove"/>.</summary>
internal sealed record SchedulePriceMove(string Code, NewPriceMove Move) : ICommand<PriceMoveView>, IHouseChange
{
    public string About => $"{Code}: {Move.Currency} / {Move.Cadence.Count} {Move.Cadence.Unit}, {Move.From}";
}

internal sealed class SchedulePriceMoveValidator : AbstractValidator<SchedulePriceMove>
{
    public SchedulePriceMoveValidator()
    {
        RuleFor(c => c.Move.Currency).Must(code => Currency.TryOf(code, out _))
            .WithMessage("That is not the code of a currency in use (ISO 4217).").OverridePropertyName("currency");
        RuleFor(c => c.Move.Cadence).Cadence("cadence");
        RuleFor(c => c.Move.From).Must(from => LocalDatePattern.Iso.Parse(from).Success)
            .WithMessage("A date is written 2027-01-31.").OverridePropertyName("from");
    }
}

internal sealed class SchedulePriceMoveHandler(BillingDbContext db, Door door) : IRequestHandler<SchedulePriceMove, PriceMoveView>
{
    public async Task<PriceMoveView> Handle(SchedulePriceMove request, CancellationToken cancellationToken)
    {
        var plan = door.Current(await db.Plans.NamedAsync(request.Code, cancellationToken));
        var (wanted, from) = (request.Move, LocalDatePattern.Iso.Parse(request.Move.From).Value);
        var newest = await db.Prices.SoldAsync(plan.Id, Currency.Of(wanted.Currency), wanted.Cadence.ToCadence(), cancellationToken);
        if (await db.PriceMoves.AnyAsync(m => m.ToPriceId == newest.Id && m.WithdrawnAt == null, cancellationToken))
            throw new Refused("price_move_exists", "There is a price move to this price; take it back to choose another day.");

        var move = PriceMove.To(new(NewId.At(door.Now)), newest, from, door.Now.InUtc().Date, door.Now);

        db.PriceMoves.Add(move);
        return move.ToView(plan.Code);
    }
}
