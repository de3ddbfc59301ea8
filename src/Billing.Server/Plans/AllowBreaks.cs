using Billing.Client.Contract;
using Billing.Plans;
using Billing.Server.Http;
using Billing.Server.Persistence;
using Billing.Server.Staff;
using Billing.Subscriptions;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Plans;

/// <summary>Says what a break from a plan costs and allows, in one currency; for whoever goes from now on.</summary>
internal sealed record AllowBreaks(string Code, BreakTermsView Terms) : ICommand<BreakTermsView>, IHouseChange
{
    public string About => $"{Code}: {Terms.Fee.ToMoney("fee")}";
}

internal sealed class AllowBreaksValidator : AbstractValidator<AllowBreaks>
{
    public AllowBreaksValidator()
    {
        RuleFor(c => c.Terms.Access).Must(a => a is "full" or "read_only" or "none")
            .WithMessage("Access is full, read_only or none.").OverridePropertyName("access");
        RuleFor(c => c.Terms.Keeps).MaximumLength(200).OverridePropertyName("keeps");
    }
}

internal sealed class AllowBreaksHandler(BillingDbContext db) : IRequestHandler<AllowBreaks, BreakTermsView>
{
    public async Task<BreakTermsView> Handle(AllowBreaks request, CancellationToken cancellationToken)
    {
        var plan = await db.Plans.NamedAsync(request.Code, cancellationToken);
        var rules = request.Terms.ToRules();
        var known = await db.BreakTerms.SingleOrDefaultAsync(t => t.PlanId == plan.Id && t.Currency == rules.Fee.Currency, cancellationToken);

        if (known is null) db.BreakTerms.Add(known = BreakTerms.Allow(plan.Id, rules));
        else known.Change(rules);

        return known.ToView();
    }
}

internal static class BreakTermsViews
{
    public static BreakRules ToRules(this BreakTermsView terms) => new(
        terms.Fee.ToMoney("fee"), terms.ShortestDays, terms.LongestDays, terms.PerYear, terms.DaysBetween,
        Enum.GetValues<Access>().Single(a => Wire.Word(a) == terms.Access), terms.Keeps);

    public static BreakTermsView ToView(this BreakTerms terms) => new(
        terms.Fee.ToAmount(), terms.ShortestDays, terms.LongestDays, terms.PerYear, terms.DaysBetween, Wire.Word(terms.Access), terms.Keeps);

    public static async Task<IReadOnlyList<BreakTermsView>> BreakTermsAsync(
        this BillingDbContext db, string code, CancellationToken cancellationToken)
    {
        var plan = await db.Plans.AsNoTracking().NamedAsync(code, cancellationToken);
        var terms = await db.BreakTerms.AsNoTracking().Where(t => t.PlanId == plan.Id).ToListAsync(cancellationToken);
        return [.. terms.OrderBy(t => t.Currency.Code, StringComparer.Ordinal).Select(ToView)];
    }
}
