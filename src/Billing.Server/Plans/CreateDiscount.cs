using Billing.Client.Contract;
using Billing.Plans;
using Billing.Server.Http;
using Billing.Server.Persistence;
using Billing.Server.Staff;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Plans;

/// <summary>Makes a discount that can be given to subscriptions.</summary>
internal sealed record CreateDiscount(NewDiscount Discount) : ICommand<DiscountView>, IHouseChange
{
    public string About => Discount.Code;
}

internal sealed class CreateDiscountValidator : AbstractValidator<CreateDiscount>
{
    public CreateDiscountValidator()
    {
        RuleFor(c => c.Discount.Code).Code("code");
        RuleFor(c => c.Discount.Name).NotEmpty().MaximumLength(200).OverridePropertyName("name");
        RuleFor(c => c.Discount.PercentBasisPoints).Must((c, percent) => percent is null != c.Discount.Amount is null)
            .WithMessage("A discount is a percentage or an amount, one of the two.").OverridePropertyName("percentBasisPoints");
    }
}

internal sealed class CreateDiscountHandler(BillingDbContext db, Door door) : IRequestHandler<CreateDiscount, DiscountView>
{
    public async Task<DiscountView> Handle(CreateDiscount request, CancellationToken cancellationToken)
    {
        var wanted = request.Discount;
        if (await db.Discounts.AnyAsync(d => d.Code == wanted.Code, cancellationToken))
            throw new Refused("code_taken", "There is a discount with this code.", "code");

        var id = new DiscountId(NewId.At(door.Now));
        var discount = wanted.PercentBasisPoints is { } percent
            ? Discount.Percent(id, wanted.Code, wanted.Name, percent, wanted.Periods, door.Now)
            : Discount.Amount(id, wanted.Code, wanted.Name, wanted.Amount!.ToMoney("amount"), wanted.Periods, door.Now);

        db.Discounts.Add(discount);
        return discount.ToView();
    }
}
