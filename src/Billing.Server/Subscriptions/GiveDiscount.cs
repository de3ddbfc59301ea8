using Billing.Client.Contract;
using Billing.Server.Http;
using Billing.Server.Persistence;
using Billing.Subscriptions;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Subscriptions;

/// <summary>Gives a subscription a discount, from the next billed period on.</summary>
internal sealed record GiveDiscount(Guid SubscriptionId, DiscountGift Gift) : ICommand<SubscriptionView>;

internal sealed class GiveDiscountValidator : AbstractValidator<GiveDiscount>
{
    public GiveDiscountValidator() => RuleFor(c => c.Gift.Discount).NotEmpty().MaximumLength(60).OverridePropertyName("discount");
}

internal sealed class GiveDiscountHandler(BillingDbContext db, Door door) : IRequestHandler<GiveDiscount, SubscriptionView>
{
    public async Task<SubscriptionView> Handle(GiveDiscount request, CancellationToken cancellationToken)
    {
        var (subscription, plan) = await db.SubscriptionAsync(request.SubscriptionId, cancellationToken);
        var discount = await db.Discounts.SingleOrDefaultAsync(d => d.Code == request.Gift.Discount, cancellationToken)
            ?? throw new Refused("unknown_discount", "There is no discount with this code.", "discount");
        var position = 1 + await db.SubscriptionDiscounts.CountAsync(d => d.SubscriptionId == subscription.Id, cancellationToken);
        if (position > SubscriptionDiscount.MostGiven)
            throw new Refused("too_many_discounts", $"A subscription has at most {SubscriptionDiscount.MostGiven} discounts.", "discount");

        db.SubscriptionDiscounts.Add(door.Current(subscription).Give(discount, position, door.Now));
        db.Entry(subscription).State = EntityState.Modified;

        db.Record(new DiscountGiven(subscription.CustomerId, subscription.Today(door.Now), subscription.Id, discount.Name), door.Actor, door.Now);
        await db.SaveChangesAsync(cancellationToken);
        return subscription.ToView(plan);
    }
}
