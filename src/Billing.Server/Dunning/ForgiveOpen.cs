using Billing.Client.Contract;
using Billing.Dunning;
using Billing.Server.Http;
using Billing.Server.Invoicing;
using Billing.Server.Payments;
using Billing.Server.Persistence;
using FluentValidation;
using MediatR;

namespace Billing.Server.Dunning;

/// <summary>Lets go what is open: each invoice is credited by what is due on it.</summary>
internal sealed record ForgiveOpen(Guid CustomerId, SupportAct Act) : ICommand<DunningView>;

internal sealed class ForgiveOpenValidator : AbstractValidator<ForgiveOpen>
{
    public ForgiveOpenValidator() => RuleFor(c => c.Act.Reason).Reason();
}

internal sealed class ForgiveOpenHandler(BillingDbContext db, CaseInHand hand, Door door) : IRequestHandler<ForgiveOpen, DunningView>
{
    public async Task<DunningView> Handle(ForgiveOpen request, CancellationToken cancellationToken)
    {
        var (customer, it) = await hand.OpenAsync(request.CustomerId, cancellationToken);
        var open = await db.OwedAsync(customer.Id, cancellationToken);
        foreach (var invoice in open) await db.LetGoOrWaitAsync(invoice.Id, door.Now, cancellationToken);

        var credits = open.ConvertAll(i => i.Credit(new(NewId.At(door.Now)), customer, i.Due, request.Act.Reason, door.Now));
        await db.CloseCaseAsync(customer.Id, CaseState.Forgiven, request.Act.Reason, door.Actor, door.Now, cancellationToken);

        await db.FileAsync(new Paper(null, credits, [], [], []), customer, door, cancellationToken);
        return await hand.ReplanAsync(it, customer, cancellationToken);
    }
}
