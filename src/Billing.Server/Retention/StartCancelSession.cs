using Billing.Client.Contract;
using Billing.Periods;
using Billing.Retention;
using Billing.Server.Http;
using Billing.Server.Pages.Language;
using Billing.Server.Persistence;
using Billing.Server.Subscriptions;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Retention;

/// <summary>A customer looks at leaving: what it would mean, and what to say if one likes. Nothing changes yet.</summary>
internal sealed record StartCancelSession(Guid SubscriptionId, NewCancelSession Session) : ICommand<CancelSessionView>;

internal sealed class StartCancelSessionValidator : AbstractValidator<StartCancelSession>
{
    public StartCancelSessionValidator()
    {
        RuleFor(c => c.Session.Channel).Must(c => c is null or "portal" or "api")
            .WithMessage("A session begins on the portal or through the api.").OverridePropertyName("channel");
        RuleFor(c => c.Session.Language).Must(l => l is null || LeavingPolicy.Languages.Contains(l))
            .WithMessage("We speak en and bn.").OverridePropertyName("language");
    }
}

internal sealed class StartCancelSessionHandler(BillingDbContext db, Leaving leaving, LeavingPolicy policy, Door door)
    : IRequestHandler<StartCancelSession, CancelSessionView>
{
    public async Task<CancelSessionView> Handle(StartCancelSession request, CancellationToken cancellationToken)
    {
        var (subscription, plan) = await db.SubscriptionAsync(request.SubscriptionId, cancellationToken);
        var locale = await db.Customers.Where(c => c.Id == subscription.CustomerId).Select(c => c.Locale).SingleAsync(cancellationToken);
        var words = Words.Of(request.Session.Language ?? locale);
        var meaning = await leaving.MeaningAsync(subscription, plan, cancellationToken);
        var before = await db.CancelSessions.Where(s => s.SubscriptionId == subscription.Id && s.Outcome == null).ToListAsync(cancellationToken);

        var channel = request.Session.Channel == "portal" ? SessionChannel.Portal : SessionChannel.Api;
        var session = CancelSession.Start(new(NewId.At(door.Now)), subscription, channel, words.Tag, meaning.In(words), door.Now);
        foreach (var left in before) left.Abandon(CustomerZone.Of(subscription.TimeZone), door.Now);

        db.CancelSessions.Add(session);
        return session.ToOpenView(policy, meaning);
    }
}
