using Billing.Client.Contract;
using Billing.Server.Cards;
using Billing.Server.Customers;
using Billing.Server.Http;
using Billing.Server.Persistence;
using Billing.Server.Subscriptions;
using Billing.Subscriptions;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Demo;

/// <summary>
/// Does the steps of the script through the same commands as anybody else, each once: its mark is committed with it, as an
/// API caller's answer is, so that a start after a kill goes on where it was.
/// </summary>
internal sealed class DemoActor(IServiceScopeFactory scopes, BillingDatabase database)
{
    private const string Name = "demo";

    /// <summary>The names of the steps that are done.</summary>
    public async Task<HashSet<string>> DoneAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await db.IdempotentAnswers.Where(a => a.Caller == Name).Select(a => a.Key).ToHashSetAsync(StringComparer.Ordinal, cancellationToken);
    }

    public async Task DoAsync(DemoStep step, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BillingDbContext>();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        var door = scope.ServiceProvider.GetRequiredService<Door>();
        door.Actor = Actors.Key(Name);

        // A card is asked for at the gateway, so without a transaction around it; doing it twice keeps one card.
        var order = await OrderAsync(db, door, step, cancellationToken);
        if (step.Act is DemoAct.BringCard) await order(mediator, cancellationToken);

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (step.Act is not DemoAct.BringCard) await SendAsync(step.Act, mediator, order, cancellationToken);
        db.IdempotentAnswers.Add(new IdempotentAnswer { Caller = Name, Key = step.Name, RequestHash = Secrets.Hash(step.Name), Status = 200, At = door.Now });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>
    /// People change their minds too late, or on the morning a period is being billed: whatever the business refuses them then
    /// is refused, and the story goes on. Nothing else of the script is ever refused.
    /// </summary>
    private static async Task SendAsync(DemoAct act, IMediator mediator, Order order, CancellationToken cancellationToken)
    {
        try
        {
            await order(mediator, cancellationToken);
        }
        catch (Refused) when (act is DemoAct.Leave or DemoAct.StayAfterAll or DemoAct.GoAway or DemoAct.ComeBack)
        {
        }
    }

    private static async Task<Order> OrderAsync(BillingDbContext db, Door door, DemoStep step, CancellationToken cancellationToken) => step.Act switch
    {
        DemoAct.Send send => send.Command,
        DemoAct.Arrive arrive => Orders.Of(new AddCustomer(arrive.Person.Customer)),
        DemoAct.BringCard card => Orders.Of(new AddCard(await CustomerAsync(db, step, cancellationToken), new NewCard(card.Token))),
        DemoAct.Subscribe subscribe => Orders.Of(new StartSubscription(await CustomerAsync(db, step, cancellationToken), subscribe.Person.Subscription)),
        DemoAct.Leave leave => Orders.Of(new CancelSubscription(await SubscriptionAsync(db, step, cancellationToken), new(leave.AtOnce ? "now" : "period_end"))),
        DemoAct.StayAfterAll => Orders.Of(new WithdrawCancel(await SubscriptionAsync(db, step, cancellationToken))),
        DemoAct.GoAway away => Orders.Of(new TakeBreak(
            await SubscriptionAsync(db, step, cancellationToken), new(door.Now.InUtc().Date.PlusDays(away.Days).Iso(), Reason: "Time off"))),
        DemoAct.ComeBack => Orders.Of(new ReturnFromBreak(await SubscriptionAsync(db, step, cancellationToken))),
        DemoAct.TakeThanks thanks => Orders.Of(new GrantCredit(await CustomerAsync(db, step, cancellationToken), new(Thanks(thanks.Currency)))),
        _ => throw new InvalidOperationException($"{step.Act.GetType().Name} is nothing anybody does."),
    };

    private static Amount Thanks(string currency) => DemoCatalogue.Negotiated("skiff", currency, DemoCatalogue.Monthly);

    private static Task<Guid> CustomerAsync(BillingDbContext db, DemoStep step, CancellationToken cancellationToken) =>
        db.Customers.Where(c => c.ExternalId == step.Who).Select(c => (Guid)(object)c.Id).SingleAsync(cancellationToken);

    private static Task<Guid> SubscriptionAsync(BillingDbContext db, DemoStep step, CancellationToken cancellationToken) =>
        db.Subscriptions.Where(s => db.Customers.Any(c => c.Id == s.CustomerId && c.ExternalId == step.Who))
            .OrderByDescending(s => s.Lifecycle != Lifecycle.Ended).Select(s => (Guid)(object)s.Id).FirstAsync(cancellationToken);
}
