using Billing.Server.Http;
using Billing.Server.Persistence;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.BillingRun;

/// <summary>Lets the next run take up an item that was set aside, instead of waiting longer.</summary>
internal sealed record RetrySetAside(string Pass, Guid SubjectId) : ICommand<Unit>;

internal sealed class RetrySetAsideValidator : AbstractValidator<RetrySetAside>
{
    public RetrySetAsideValidator() => RuleFor(c => c.Pass).NotEmpty().MaximumLength(40).OverridePropertyName("pass");
}

internal sealed class RetrySetAsideHandler(BillingDbContext db, Door door) : IRequestHandler<RetrySetAside, Unit>
{
    public async Task<Unit> Handle(RetrySetAside request, CancellationToken cancellationToken)
    {
        var item = await db.SetAside.SingleOrDefaultAsync(a => a.Pass == request.Pass && a.SubjectId == request.SubjectId, cancellationToken)
            ?? throw NotFound.Of("set-aside item");

        item.RetryAt = door.Now;
        return Unit.Value;
    }
}
