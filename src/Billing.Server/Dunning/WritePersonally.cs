using Billing.Client.Contract;
using Billing.Server.Http;
using Billing.Server.Persistence;
using FluentValidation;
using MediatR;

namespace Billing.Server.Dunning;

/// <summary>Somebody writes in person: the next message of the ladder is not sent.</summary>
internal sealed record WritePersonally(Guid CustomerId, SupportAct Act) : ICommand<DunningView>;

internal sealed class WritePersonallyValidator : AbstractValidator<WritePersonally>
{
    public WritePersonallyValidator() => RuleFor(c => c.Act.Reason).Reason();
}

internal sealed class WritePersonallyHandler(BillingDbContext db, CaseInHand hand, Door door) : IRequestHandler<WritePersonally, DunningView>
{
    public async Task<DunningView> Handle(WritePersonally request, CancellationToken cancellationToken)
    {
        var (customer, it) = await hand.OpenAsync(request.CustomerId, cancellationToken);

        db.Record(it.WritePersonally(request.Act.Reason, customer.Today(door.Now)), door.Actor, door.Now);

        return await hand.ReplanAsync(it, customer, cancellationToken);
    }
}
