using Billing.Client.Contract;
using Billing.Server.Http;
using Billing.Server.Persistence;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Alarms;

internal static class AlarmEndpoints
{
    public static void MapAlarms(this IEndpointRouteBuilder v1)
    {
        var alarms = v1.For("/alarms", "Alarms", ApiScope.Admin);
        alarms.MapGet("", ([FromQuery] bool? closed, BillingDbContext db, [AsParameters] PageQuery page, CancellationToken stop) =>
                db.Alarms.Where(a => (a.ClosedAt != null) == (closed ?? false)).ToPageAsync(a => a.Id, id => id, page, ToView, stop))
            .Named("listAlarms", "Lists what a person is asked to look at, newest first; the closed ones on request");
        alarms.MapPost("/{id:guid}/close", (Guid id, IMediator send, CancellationToken stop) => send.Send(new CloseAlarm(id), stop))
            .Named("closeAlarm", "Says that it is seen to");
    }

    internal static AlarmView ToView(Alarm alarm) => new(
        alarm.Id, Wire.Word(alarm.Kind), alarm.SubjectId, alarm.CustomerId?.Value, alarm.Words, alarm.RaisedAt.Iso(), alarm.ClosedAt?.Iso(),
        alarm.ClosedBy);
}

/// <summary>Says that an alarm is seen to. Saying it twice changes nothing.</summary>
internal sealed record CloseAlarm(Guid Id) : ICommand<AlarmView>;

internal sealed class CloseAlarmHandler(BillingDbContext db, Door door) : IRequestHandler<CloseAlarm, AlarmView>
{
    public async Task<AlarmView> Handle(CloseAlarm request, CancellationToken cancellationToken)
    {
        var alarm = await db.Alarms.SingleOrDefaultAsync(a => a.Id == request.Id, cancellationToken) ?? throw NotFound.Of("alarm");
        alarm.Close(door.Actor, door.Now);
        return AlarmEndpoints.ToView(alarm);
    }
}
