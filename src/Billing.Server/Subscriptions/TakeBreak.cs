using Billing.Client.Contract;
using Billing.Dunning;
using Billing.Plans;
using Billing.Server.Dunning;
using Billing.Server.Http;
using Billing.Server.Invoicing;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using Billing.Server.Retention;
using Billing.Subscriptions;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using NodaTime.Text;

namespace Billing.Server.Subscriptions;

/// <summary>Goes On the Beach, now or when what is paid for is used up.</summary>
internal sealed record TakeBreak(Guid SubscriptionId, NewBreak Break) : ICommand<BreakView>;

internal sealed class TakeBreakValidator : AbstractValidator<TakeBreak>
{
    public TakeBreakValidator()
    {
        RuleFor(c => c.Break.ReturnOn).Date("returnOn");
        RuleFor(c => c.Break.When).Must(w => w is "now" or "period_end").WithMessage("A break begins now or at period_end.")
            .OverridePropertyName("when");
        RuleFor(c => c.Break.AskedHow).Must(h => h is "customer" or "support" or "leaving" or "dunning")
            .WithMessage("A break is asked for by customer or support, or in leaving or dunning.").OverridePropertyName("askedHow");
        RuleFor(c => c.Break.Reason).MaximumLength(BreakWish.LongestReason).OverridePropertyName("reason");
    }
}

internal sealed class TakeBreakHandler(BillingDbContext db, IPaymentGateway gateway, Door door) : IRequestHandler<TakeBreak, BreakView>
{
    public async Task<BreakView> Handle(TakeBreak request, CancellationToken cancellationToken)
    {
        var (subscription, _) = await db.SubscriptionAsync(request.SubscriptionId, cancellationToken);
        var (wish, terms, earlier) = await db.WishAsync(subscription, request.Break, cancellationToken);
        var facts = await db.BreakFactsAsync(subscription, gateway, door.Now, cancellationToken);

        if (request.Break.CancelSessionId is { } session)
        {
            if (subscription.PlannedEnd is not null) db.Record(subscription.KeepGoing(door.Now), door.Actor, door.Now);
            await db.CloseByBreakAsync(session, subscription, door, cancellationToken);
        }

        var moved = door.Current(subscription).TakeBreak(new(NewId.At(door.Now)), wish, terms, earlier, facts);

        db.Breaks.Add(moved.Break);
        await db.FileAsync(new(moved), facts.Customer, door, cancellationToken);
        await db.CloseIfGoneAsync(
            subscription.CustomerId, CaseState.Paused, "The customer goes On the Beach.", door.Actor, door.Now, cancellationToken);
        return moved.Break.ToView();
    }
}

internal static class BreakWishes
{
    /// <summary>What is wished, the terms it would be under, and the breaks before.</summary>
    /// <exception cref="Refused"><c>quote_stale</c>: the fee is not what the customer was shown.</exception>
    public static async Task<(BreakWish Wish, BreakTerms? Terms, IReadOnlyList<Break> Earlier)> WishAsync(
        this BillingDbContext db, Subscription subscription, NewBreak wanted, CancellationToken cancellationToken)
    {
        var terms = await db.BreakTerms.SingleOrDefaultAsync(
            t => t.PlanId == subscription.PlanId && t.Currency == subscription.Currency, cancellationToken);
        if (wanted.Fee is { } shown && terms is not null && shown != terms.Fee.ToAmount())
            throw new Refused("quote_stale", "The fee is another one now; show the customer the break again.", "fee");

        var earlier = await db.Breaks.Where(b => b.SubscriptionId == subscription.Id).ToListAsync(cancellationToken);
        var how = Enum.GetValues<BreakAskedHow>().Single(h => Wire.Word(h) == wanted.AskedHow);
        var when = wanted.When == "now" ? ChangeWhen.Now : ChangeWhen.PeriodEnd;
        return (new(when, LocalDatePattern.Iso.Parse(wanted.ReturnOn).Value, how, wanted.Reason), terms, earlier);
    }

    /// <summary>An ISO date.</summary>
    public static void Date<T>(this IRuleBuilderInitial<T, string> rule, string field) => rule
        .Must(text => text is { Length: 10 } && LocalDatePattern.Iso.Parse(text).Success)
        .WithMessage("A date is written 2026-12-31.").OverridePropertyName(field);
}
