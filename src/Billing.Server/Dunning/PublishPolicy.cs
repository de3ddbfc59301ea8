using Billing.Client.Contract;
using Billing.Server.Http;
using Billing.Server.Persistence;
using Billing.Server.Staff;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Dunning;

/// <summary>Publishes a new version of the dunning policy. New cases begin with it; those that are open keep theirs.</summary>
internal sealed record PublishPolicy(NewDunningPolicy New) : ICommand<DunningPolicyView>, IHouseChange
{
    public string About => "";
}

internal sealed class PublishPolicyValidator : AbstractValidator<PublishPolicy>
{
    public PublishPolicyValidator() => RuleFor(c => c.New.Policy).NotEmpty().MaximumLength(PublishedPolicy.LongestData).OverridePropertyName("policy");
}

internal sealed class PublishPolicyHandler(BillingDbContext db, Door door) : IRequestHandler<PublishPolicy, DunningPolicyView>
{
    public async Task<DunningPolicyView> Handle(PublishPolicy request, CancellationToken cancellationToken)
    {
        // 1 is the one that comes with the program, whether or not it was used yet.
        var number = (await db.DunningPolicies.MaxAsync(p => (int?)p.Number, cancellationToken) ?? 1) + 1;
        if (DunningFile.Read(request.New.Policy, number) is (_, [_, ..] troubles))
            throw new Refused("policy_not_usable", string.Join(' ', troubles), "policy");

        var policy = new PublishedPolicy { Number = number, Data = request.New.Policy, PublishedAt = door.Now, PublishedBy = door.Actor };
        db.DunningPolicies.Add(policy);
        await db.SaveChangesAsync(cancellationToken);
        return policy.ToView();
    }
}
