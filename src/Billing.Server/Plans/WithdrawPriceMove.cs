using Billing.Client.Contract;
using Billing.Notices;
using Billing.Plans;
using Billing.Server.Customers;
using Billing.Server.Http;
using Billing.Server.Notices;
using Billing.Server.Persistence;
using Billing.Server.Staff;
using Billing.Subscriptions;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Plans;

/// <summary>Takes a price move back, and its announcement from everybody who was told, while nobody pays the new price yet.</summary>
internal sealed record WithdrawPriceMove(string Code, Guid Id) : ICommand<PriceMoveView>, IHouseChange
{
    public string About => Code;
}

internal sealed class WithdrawPriceMoveHandler(BillingDbContext db, Door door) : IRequestHandler<WithdrawPriceMove, PriceMoveView>
{
    private const int BatchSize = 500;

    private static readonly string[] Changes =
        [nameof(Subscription.MovesToPriceId), nameof(Subscription.MovesToUnitAmountMinor), nameof(Subscription.MovesOn)];

    public async Task<PriceMoveView> Handle(WithdrawPriceMove request, CancellationToken cancellationToken)
    {
        var plan = await db.Plans.NamedAsync(request.Code, cancellationToken);
        var move = await db.PriceMoves.SingleOrDefaultAsync(m => m.Id == new PriceMoveId(request.Id) && m.PlanId == plan.Id, cancellationToken)
            ?? throw NotFound.Of("price move");

        door.Current(move).Withdraw(door.Now);

        // First, so that nobody is told or moved from here on.
        await db.SaveChangesAsync(cancellationToken);
        await TakeBackAsync(move, cancellationToken);
        return move.ToView(plan.Code);
    }

    private async Task TakeBackAsync(PriceMove move, CancellationToken cancellationToken)
    {
        var told = db.Subscriptions.AsNoTracking().Where(s => s.MovesToPriceId == move.ToPriceId).OrderBy(s => s.Id).Take(BatchSize);
        var bulk = BulkWriter.For(db);
        while (await told.ToListAsync(cancellationToken) is { Count: > 0 } batch)
        {
            var facts = batch.ConvertAll(s => s.TakeMoveBack(door.Now));
            var history = facts.ConvertAll(fact => HistoryEntry.Of(fact, door.Actor, door.Now));
            await bulk.UpdateAsync(batch, Changes, cancellationToken);
            await bulk.InsertAsync(history, cancellationToken);
            List<Notice> notices = [.. history.Zip(facts).Select(h => PlannedNotices.Of(h.First, h.Second)).OfType<Notice>()];
            await bulk.InsertAsync(notices, cancellationToken);
        }
    }
}
