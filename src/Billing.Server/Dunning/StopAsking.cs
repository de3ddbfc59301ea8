using Billing.Client.Contract;
using Billing.Dunning;
using Billing.Server.Http;
using Billing.Server.Persistence;
using FluentValidation;
using MediatR;

namespace Billing.Server.Dunning;

/// <summary>Stops asking for what is open, for good: it stays owed and can be paid, but nobody tries, writes or parks.</summary>
internal sealed record StopAsking(Guid CustomerId, SupportAct Act) : ICommand<DunningView>;

internal sealed class StopAskingValidator : AbstractValidator<StopAsking>
{
    public StopAskingValidator() => RuleFor(c => c.Act.Reason).Reason();
}

internal sealed class StopAskingHandler(BillingDbContext db, CaseInHand hand, Door door) : IRequestHandler<StopAsking, DunningView>
{
    public async Task<DunningView> Handle(StopAsking request, CancellationToken cancellationToken)
    {
        var (customer, it) = await hand.OpenAsync(request.CustomerId, cancellationToken);

        foreach (var invoice in await db.OwedAsync(customer.Id, cancellationToken)) invoice.LetBe();
        await db.CloseCaseAsync(customer.Id, CaseState.Stopped, request.Act.Reason, door.Actor, door.Now, cancellationToken);

        return await hand.ReplanAsync(it, customer, cancellationToken);
    }
}
