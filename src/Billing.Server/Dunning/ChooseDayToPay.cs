using Billing.Client.Contract;
using Billing.Server.Http;
using Billing.Server.Persistence;
using FluentValidation;
using MediatR;
using NodaTime.Text;

namespace Billing.Server.Dunning;

/// <summary>The customer chooses a day to pay: until its morning nothing is asked, and then the card is tried once.</summary>
internal sealed record ChooseDayToPay(Guid CustomerId, DayToPay Choice) : ICommand<DunningView>;

internal sealed class ChooseDayToPayValidator : AbstractValidator<ChooseDayToPay>
{
    public ChooseDayToPayValidator() => RuleFor(c => c.Choice.Day).Day("day");
}

internal sealed class ChooseDayToPayHandler(BillingDbContext db, CaseInHand hand, Door door) : IRequestHandler<ChooseDayToPay, DunningView>
{
    public async Task<DunningView> Handle(ChooseDayToPay request, CancellationToken cancellationToken)
    {
        var (customer, it) = await hand.OpenAsync(request.CustomerId, cancellationToken);
        var policy = await hand.PolicyAsync(it, cancellationToken);

        var fact = it.Promise(LocalDatePattern.Iso.Parse(request.Choice.Day).Value, policy.Promise, customer.Today(door.Now));

        db.Record(fact, door.Actor, door.Now);
        return await hand.ReplanAsync(it, customer, cancellationToken);
    }
}
