using Billing.Client.Contract;
using Billing.Plans;
using Billing.Server.Http;
using Billing.Server.Persistence;
using Billing.Server.Staff;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Plans;

/// <summary>Makes a plan, without prices.</summary>
internal sealed record CreatePlan(NewPlan Plan) : ICommand<PlanView>, IHouseChange
{
    public string About => Plan.Code;
}

internal sealed class CreatePlanValidator : AbstractValidator<CreatePlan>
{
    public CreatePlanValidator()
    {
        RuleFor(c => c.Plan.Code).Code("code");
        RuleFor(c => c.Plan.Name).NotEmpty().MaximumLength(200).OverridePropertyName("name");
        RuleFor(c => c.Plan.Pricing).Must(p => p is "flat" or "per_seat").WithMessage("A plan is flat or per_seat.").OverridePropertyName("pricing");
    }
}

internal sealed class CreatePlanHandler(BillingDbContext db, Door door) : IRequestHandler<CreatePlan, PlanView>
{
    public async Task<PlanView> Handle(CreatePlan request, CancellationToken cancellationToken)
    {
        var wanted = request.Plan;
        if (await db.Plans.AnyAsync(p => p.Code == wanted.Code, cancellationToken))
            throw new Refused("code_taken", "There is a plan with this code.", "code");

        var pricing = wanted.Pricing == "flat" ? PlanPricing.Flat : PlanPricing.PerSeat;
        var plan = Plan.Create(new(NewId.At(door.Now)), wanted.Code, wanted.Name, pricing, wanted.TrialDays, door.Now);

        db.Plans.Add(plan);
        return plan.ToView();
    }
}
