using Billing.Client.Contract;
using Billing.Server.Http;
using Billing.Server.Persistence;
using Billing.Server.Staff;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.BillingRun;

/// <summary>Runs and what they set aside, as the API shows them.</summary>
internal static class RunViews
{
    public static RunView ToView(this RunRecord run, IReadOnlyList<RunPass>? passes = null) => new(
        run.Id, run.AsOf.Iso(), run.StartedBy, Wire.Word(run.State), run.StartedAt.Iso(), run.FinishedAt?.Iso(), run.Error,
        passes?.Select(ToView).ToList());

    public static Task<Page<RunView>> RunPageAsync(this BillingDbContext db, PageQuery page, CancellationToken cancellationToken) =>
        db.Runs.ToPageAsync(r => r.Id, id => id, page, r => r.ToView(), cancellationToken);

    public static async Task<RunView> RunViewAsync(this BillingDbContext db, Guid id, CancellationToken cancellationToken)
    {
        var run = await db.Runs.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellationToken) ?? throw NotFound.Of("run");
        var passes = await db.RunPasses.AsNoTracking().Where(p => p.RunId == id).OrderBy(p => p.Position).ToListAsync(cancellationToken);
        return run.ToView(passes);
    }

    public static Task<Page<SetAsideView>> SetAsidePageAsync(this BillingDbContext db, PageQuery page, CancellationToken cancellationToken) =>
        db.SetAside.ToPageAsync(i => i.SubjectId, id => id, page, ToView, cancellationToken);

    private static SetAsideView ToView(SetAsideItem item) => new(
        item.Pass, item.SubjectId, item.Error, item.Failures, item.FirstFailedAt.Iso(), item.LastFailedAt.Iso(), item.RetryAt.Iso());

    private static RunPassView ToView(RunPass pass) => new(
        pass.Name, pass.Due, pass.Done, Math.Max(0, pass.Due - pass.Done - pass.SetAside), pass.SetAside, pass.Milliseconds,
        pass.Done * 1000L / Math.Max(1, pass.Milliseconds));
}

/// <summary>Lets the next run take up one item that was set aside, or all of them.</summary>
internal sealed record RetrySetAside(string? Pass, Guid? SubjectId) : ICommand<RetriedView>, IHouseChange
{
    public string About => $"{Pass} {SubjectId}";
}

internal sealed class RetrySetAsideHandler(BillingDbContext db, Door door) : IRequestHandler<RetrySetAside, RetriedView>
{
    public async Task<RetriedView> Handle(RetrySetAside request, CancellationToken cancellationToken)
    {
        var items = await db.SetAside
            .Where(i => request.SubjectId == null || (i.Pass == request.Pass && i.SubjectId == request.SubjectId))
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.RetryAt, door.Now), cancellationToken);
        return items > 0 || request.SubjectId is null ? new(items) : throw NotFound.Of("set-aside item");
    }
}
