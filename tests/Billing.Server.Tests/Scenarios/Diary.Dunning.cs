using System.Globalization;
using Billing.Dunning;
using Billing.Notices;
using Billing.Server.Customers;
using Billing.Server.Dunning;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Scenarios;

/// <content>What is said and done about a payment that failed.</content>
internal sealed partial class Diary
{
    /// <summary>What was planned to be said about it: <c>"2026-05-09 PaymentFailed"</c>.</summary>
    public async Task TheCustomerIsWrittenTo(params string[] notices) => Assert.Equal(notices, (await house.ReadAsync(db =>
            db.Notices.OrderBy(n => n.PlannedAt).ToListAsync(TestHouse.Cancellation)))
        .Where(n => IsAboutAFailedPayment(n.Kind))
        .Select(n => n.PlannedAt.InZone(zone).ToString("uuuu-MM-dd ", CultureInfo.InvariantCulture) + n.Kind));

    /// <summary>Every case so far: <c>"Recovered (SilentRetry)"</c>.</summary>
    public async Task TheCasesAre(params string[] cases) => Assert.Equal(cases, (await house.ReadAsync(db =>
            db.DunningCases.OrderBy(c => c.OpenedAt).ToListAsync(TestHouse.Cancellation)))
        .Select(c => c.Route is { } route ? $"{c.State} ({route})" : $"{c.State}"));

    /// <summary>What comes next, when and why.</summary>
    public async Task NextIs(string step) => Assert.Equal(step, (await CaseAsync()) is { NextAt: { } at } it
        ? at.InZone(zone).ToString("uuuu-MM-dd HH:mm ", CultureInfo.InvariantCulture) + it.NextStep.ToString().ToLowerInvariant()
        : "nothing");

    public async Task TheCardIsWatched(string watch)
    {
        var found = await house.ReadAsync(db => db.CardWatches.OrderBy(w => w.ExpiredOn).ToListAsync(TestHouse.Cancellation));
        Assert.Equal(watch, string.Join(", ", found.Select(w => w.Evidence is { } evidence ? $"{w.State} ({evidence})" : $"{w.State}")));
    }

    public async Task TheCustomerHasAnAddress()
    {
        var now = await CustomerAsync();
        await house.SendAsync(new ChangeCustomer(customer, new(now.TimeZone, Email: "rahima@example.com", Locale: "en")));
    }

    public Task TheCustomerPays(Guid? card = null) => house.SendAsync(new PayOpen(customer, new(card)));

    public Task TheCustomerChoosesToPayOn(string day) => house.SendAsync(new ChooseDayToPay(customer, new(day)));

    public Task SupportActs(Func<Guid, MediatR.IRequest<Client.Contract.DunningView>> act) => house.SendAsync(act(customer));

    public Guid Customer => customer;

    public Guid Subscription => subscription;

    private static bool IsAboutAFailedPayment(NoticeKind kind) => kind is NoticeKind.CardExpiredAsk or NoticeKind.PaymentFailed
        or NoticeKind.PaymentFixData or NoticeKind.PaymentNewCard or NoticeKind.PaymentToConfirm or NoticeKind.PaymentNeutral
        or NoticeKind.ConsentWithdrawn or NoticeKind.PromiseBroken or NoticeKind.LastCall or NoticeKind.Parked;

    private Task<DunningCase?> CaseAsync() => house.ReadAsync(db => db.DunningCases.AsNoTracking()
        .Where(c => c.CustomerId == new CustomerId(customer) && (c.State == CaseState.Open || c.State == CaseState.Parked))
        .SingleOrDefaultAsync(TestHouse.Cancellation));
}
