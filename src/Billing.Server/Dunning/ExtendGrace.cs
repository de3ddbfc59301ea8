using Billing.Client.Contract;
using Billing.Server.Http;
using Billing.Server.Persistence;
using FluentValidation;
using MediatR;
using NodaTime.Text;

namespace Billing.Server.Dunning;

/// <summary>Support gives time: nothing is tried, asked or parked before that day.</summary>
internal sealed record ExtendGrace(Guid CustomerId, Grace Grace) : ICommand<DunningView>;

internal sealed class ExtendGraceValidator : AbstractValidator<ExtendGrace>
{
    public ExtendGraceValidator()
    {
        RuleFor(c => c.Grace.Until).Day("until");
        RuleFor(c => c.Grace.Reason).Reason();
    }
}

internal sealed class ExtendGraceHandler(BillingDbContext db, CaseInHand hand, Door door) : IRequestHandler<ExtendGrace, DunningView>
{
    public async Task<DunningView> Handle(ExtendGrace request, CancellationToken cancellationToken)
    {
        var (customer, it) = await hand.OpenAsync(request.CustomerId, cancellationToken);

        var fact = it.Extend(LocalDatePattern.Iso.Parse(request.Grace.Until).Value, request.Grace.Reason, customer.Today(door.Now));

        db.Record(fact, door.Actor, door.Now);
        return await hand.ReplanAsync(it, customer, cancellationToken);
    }
}
