using Billing.Client.Contract;
using Billing.Server.Http;
using Billing.Server.Invoicing;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using FluentValidation;
using MediatR;
using NodaTime.Text;

namespace Billing.Server.Subscriptions;

/// <summary>Moves the return to a later day.</summary>
internal sealed record ExtendBreak(Guid SubscriptionId, BreakExtension Extension) : ICommand<BreakView>;

internal sealed class ExtendBreakValidator : AbstractValidator<ExtendBreak>
{
    public ExtendBreakValidator() => RuleFor(c => c.Extension.ReturnOn).Date("returnOn");
}

internal sealed class ExtendBreakHandler(BillingDbContext db, IPaymentGateway gateway, Door door) : IRequestHandler<ExtendBreak, BreakView>
{
    public async Task<BreakView> Handle(ExtendBreak request, CancellationToken cancellationToken)
    {
        var (subscription, _) = await db.SubscriptionAsync(request.SubscriptionId, cancellationToken);
        var away = await db.Breaks.LiveAsync(subscription, cancellationToken);
        var facts = await db.BreakFactsAsync(subscription, gateway, door.Now, cancellationToken);

        var moved = door.Current(subscription).Extend(away, LocalDatePattern.Iso.Parse(request.Extension.ReturnOn).Value, facts);

        db.Touch(subscription);
        await db.FileAsync(new(moved), facts.Customer, door, cancellationToken);
        return moved.Break.ToView();
    }
}

/// <summary>Comes back today.</summary>
internal sealed record ReturnFromBreak(Guid SubscriptionId) : ICommand<BreakView>;

internal sealed class ReturnFromBreakHandler(BillingDbContext db, IPaymentGateway gateway, Door door)
    : IRequestHandler<ReturnFromBreak, BreakView>
{
    public async Task<BreakView> Handle(ReturnFromBreak request, CancellationToken cancellationToken)
    {
        var (subscription, _) = await db.SubscriptionAsync(request.SubscriptionId, cancellationToken);
        var away = await db.Breaks.LiveAsync(subscription, cancellationToken);
        var facts = await db.BreakFactsAsync(subscription, gateway, door.Now, cancellationToken);

        var moved = door.Current(subscription).ReturnEarly(away, facts);

        await db.FileAsync(new(moved), facts.Customer, door, cancellationToken);
        return moved.Break.ToView();
    }
}

/// <summary>Takes a planned break back.</summary>
internal sealed record WithdrawBreak(Guid SubscriptionId) : ICommand<BreakView>;

internal sealed class WithdrawBreakHandler(BillingDbContext db, Door door) : IRequestHandler<WithdrawBreak, BreakView>
{
    public async Task<BreakView> Handle(WithdrawBreak request, CancellationToken cancellationToken)
    {
        var (subscription, _) = await db.SubscriptionAsync(request.SubscriptionId, cancellationToken);
        var planned = await db.Breaks.LiveAsync(subscription, cancellationToken);

        db.Record(door.Current(subscription).WithdrawBreak(planned, door.Now), door.Actor, door.Now);

        await db.SaveChangesAsync(cancellationToken);
        return planned!.ToView();
    }
}
