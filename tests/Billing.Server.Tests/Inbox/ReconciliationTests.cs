using Billing.Payments;
using Billing.Server.Alarms;
using Billing.Server.Payments;
using Billing.Server.Payments.Gateways;
using Billing.Server.Payments.Gateways.Sandbox;
using Billing.Server.Payments.Reconciliation;
using Billing.Server.Tests.Faults;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Inbox;

/// <summary>The daily comparison: when it runs, where it begins to read, how it goes on, and what it leaves to a person.</summary>
public sealed class ReconciliationTests(PostgresServer postgres)
{
    private static readonly Instant Start = Instant.FromUtc(2026, 3, 1, 9, 0);

    private static readonly ReconciliationPlan Daily = new(Duration.FromHours(24), Duration.FromHours(72));

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Our_books_are_compared_with_the_gateways_once_a_day(string database)
    {
        await using var house = await TestHouse.OnAsync(database, postgres, Start, new() { Comparing = Daily });
        await house.SellProAsync();
        await house.SubscribeManyAsync(2);
        await house.SubscribeAsync("pm_card_chargeCustomerFail");
        for (var hour = 0; hour <= 50; hour += 5, house.Clock.Now += Duration.FromHours(5)) await house.RunAsync();

        var reports = await ReportsAsync(house);
        Assert.Equal(
            [(Start + Duration.FromHours(24), 1), (Start + Duration.FromHours(49), 1), (Start + Duration.FromHours(74), 0)],
            reports.Select(r => (r.DueAt, r.FinishedAt is null ? 0 : 1)));
        Assert.Equal((3, 0, 0), (reports[0].Payments, reports[0].Healed, reports[0].Differing));
        Assert.Equal(reports[0].StartedAt!.Value - Daily.Overlap, reports[1].Since);
    }

    /// <summary>
    /// A payment that the gateway began before the last comparison and listed only after it, as it may on another machine with
    /// another clock: the overlap reads it again.
    /// </summary>
    [Fact]
    public async Task The_next_comparison_begins_to_read_a_while_before_the_last_one()
    {
        Late? late = null;
        await using var house = await TestHouse.OnSqliteAsync(Start, new() { Comparing = Daily, Gateway = sandbox => late = new(sandbox) });
        var customer = await house.AddCustomerAsync();
        var card = await house.Gateway.AttachCardAsync(new(customer.Id), "pm_card_visa", TestHouse.Cancellation);
        await house.RunAsync();
        house.Clock.Now += Duration.FromHours(24) - Duration.FromMinutes(10);
        late!.Hidden = house.Gateway.ChargeAtTheGateway(new(customer.Id), card.Token, new(4_900, Currency.Of("USD")));
        house.Clock.Now += Duration.FromMinutes(10);
        await house.RunAsync();
        Assert.Empty(await OpenAlarmsAsync(house));

        late.Hidden = null;
        house.Clock.Now += Duration.FromHours(24);
        await house.RunAsync();
        Assert.Equal([AlarmKind.BooksDiffer], await OpenAlarmsAsync(house));
    }

    [Fact]
    public async Task Money_that_is_none_of_ours_is_shown_to_a_person_once()
    {
        await using var house = await TestHouse.OnSqliteAsync(Start, new() { Comparing = Daily });
        var customer = await house.AddCustomerAsync();
        var card = await house.Gateway.AttachCardAsync(new(customer.Id), "pm_card_visa", TestHouse.Cancellation);
        var payment = house.Gateway.ChargeAtTheGateway(new(customer.Id), card.Token, new(4_900, Currency.Of("USD")));
        house.Gateway.RefundAtTheGateway(payment, new(900, Currency.Of("USD")));
        house.Gateway.OpenDispute(payment);
        await house.DeliverAsync();

        var alarms = await house.ReadAsync(db => db.Alarms.AsNoTracking().OrderBy(a => a.Words).ToListAsync(TestHouse.Cancellation));
        Assert.Equal(3, alarms.Count);
        Assert.Contains("USD 49.00 were taken at the gateway", string.Join('\n', alarms.Select(a => a.Words)), StringComparison.Ordinal);
        foreach (var alarm in alarms) await house.SendAsync(new CloseAlarm(alarm.Id));

        // Seen to is seen to: three comparisons read them again and call nobody.
        for (var day = 0; day < 4; day++, house.Clock.Now += Duration.FromHours(24)) await house.RunAsync();
        Assert.Empty(await OpenAlarmsAsync(house));
        Assert.Equal([3, 3, 3], (await ReportsAsync(house)).Where(r => r.FinishedAt is not null).Select(r => r.Differing));
    }

    [Fact]
    public async Task Stopped_by_a_silent_gateway_it_goes_on_where_it_was()
    {
        Late? late = null;
        await using var house = await TestHouse.OnSqliteAsync(Start, new() { Comparing = Daily, Gateway = sandbox => late = new(sandbox) });
        await house.SellProAsync();
        await house.SubscribeManyAsync(3, "pm_card_authenticationRequired");
        await house.RunAsync();
        var asked = await house.ReadAsync(db => db.PaymentAttempts.AsNoTracking().ToListAsync(TestHouse.Cancellation));
        foreach (var attempt in asked) house.Gateway.Answer(attempt.GatewayReference!, yes: true);

        late!.RefundsSilent = true;
        house.Clock.Now += Duration.FromHours(24);
        await house.RunAsync();
        var stopped = (await ReportsAsync(house))[0];
        Assert.Equal((ReconciliationStep.Refunds, 3, (Instant?)null), (stopped.Step, stopped.Payments, stopped.FinishedAt));
        Assert.Equal(1, await house.ReadAsync(db => db.SetAside.CountAsync(TestHouse.Cancellation)));

        late.RefundsSilent = false;
        house.Clock.Now += Duration.FromHours(2);
        await house.RunAsync();
        var finished = (await ReportsAsync(house))[0];
        Assert.Equal((stopped.Id, 3, ReconciliationStep.Finished), (finished.Id, finished.Payments, finished.Step));
        Assert.Equal(0, await house.ReadAsync(db => db.SetAside.CountAsync(TestHouse.Cancellation)));
        Assert.All(await house.ReadAsync(db => db.PaymentAttempts.AsNoTracking().ToListAsync(TestHouse.Cancellation)), a => Assert.Equal(AttemptState.Succeeded, a.State));
    }

    /// <summary>
    /// Three paid; of one the gateway has lost every trace, and one it lists late and tells of when it is asked. The first is shown to a person,
    /// once, with the money left where our books have it; of the other nobody is told.
    /// </summary>
    [Fact]
    public async Task Money_that_our_books_hold_and_the_gateway_lacks_is_shown_to_a_person_once()
    {
        Late? late = null;
        await using var house = await TestHouse.OnSqliteAsync(Start, new() { Comparing = Daily, Gateway = sandbox => late = new(sandbox) });
        await house.SellProAsync();
        await house.SubscribeManyAsync(3);
        await house.RunAsync();
        var paid = await house.ReadAsync(db => db.PaymentAttempts.AsNoTracking().OrderBy(a => a.Id).ToListAsync(TestHouse.Cancellation));
        (late!.Gone, late.Hidden) = (paid[0].GatewayReference, paid[1].GatewayReference);

        for (var day = 0; day < 4; day++, house.Clock.Now += Duration.FromHours(24)) await house.RunAsync();

        var alarm = Assert.Single(await house.ReadAsync(db => db.Alarms.AsNoTracking().ToListAsync(TestHouse.Cancellation)));
        Assert.Equal((AlarmKind.BooksDiffer, paid[0].Id.Value, (CustomerId?)paid[0].CustomerId), (alarm.Kind, alarm.SubjectId, alarm.CustomerId));
        Assert.Contains($"USD 49.00 taken ({paid[0].GatewayReference})", alarm.Words, StringComparison.Ordinal);
        var reports = (await ReportsAsync(house)).Where(r => r.FinishedAt is not null).ToList();
        Assert.Equal([(3, 0, 1), (3, 0, 1), (3, 0, 1)], reports.Select(r => (r.Payments, r.Healed, r.Differing)));
        Assert.All(await house.InvoicesAsync(), i => Assert.Equal(Billing.Invoicing.InvoiceStatus.Paid, i.Status));
    }

    /// <summary>A notice of a payment that the gateway holds over another amount, or in another currency, than was asked for.</summary>
    [Theory, InlineData(4_800, "USD"), InlineData(4_900, "EUR")]
    public async Task Another_amount_than_was_asked_for_pays_nothing_and_is_shown_to_a_person(long minor, string currency)
    {
        Late? late = null;
        await using var house = await TestHouse.OnSqliteAsync(Start, new() { Gateway = sandbox => late = new(sandbox) });
        await house.SellProAsync();
        await house.SubscribeAsync("pm_card_authenticationRequired");
        await house.RunAsync();
        var attempt = await house.ReadAsync(db => db.PaymentAttempts.AsNoTracking().SingleAsync(TestHouse.Cancellation));
        house.Gateway.Answer(attempt.GatewayReference!, yes: true);
        late!.Told = new(minor, Currency.Of(currency));

        await house.DeliverAsync();

        Assert.Equal([AlarmKind.BooksDiffer], await OpenAlarmsAsync(house));
        Assert.Equal(AttemptState.ActionRequired, await house.ReadAsync(db => db.PaymentAttempts.Select(a => a.State).SingleAsync(TestHouse.Cancellation)));
        Assert.Equal(0, Assert.Single(await house.InvoicesAsync()).PaidMinor);
    }

    [Fact]
    public async Task A_refund_over_another_amount_than_was_asked_for_is_not_settled_and_is_shown_to_a_person()
    {
        Late? late = null;
        await using var house = await TestHouse.OnSqliteAsync(Start, new() { Gateway = sandbox => late = new(sandbox) });
        await house.SellProAsync();
        await house.SubscribeAsync("pm_card_pendingRefund");
        await house.RunAsync();
        var payment = await house.ReadAsync(db => db.PaymentAttempts.Select(a => a.Id.Value).SingleAsync(TestHouse.Cancellation));
        await house.SendAsync(new RefundPayment(payment, new("A kindness", new(1_000, "USD"))));
        house.Clock.Now += SandboxRefund.Takes;
        late!.ToldBack = new(900, Currency.Of("USD"));

        await house.DeliverAsync();

        Assert.Equal([AlarmKind.BooksDiffer], await OpenAlarmsAsync(house));
        Assert.Equal(RefundState.Pending, await house.ReadAsync(db => db.Refunds.Select(r => r.State).SingleAsync(TestHouse.Cancellation)));
    }

    /// <summary>Stopped after the gateway's list was read, it does not know any more what stood there: then all are asked for.</summary>
    [Fact]
    public async Task Stopped_between_the_list_and_what_it_lacks_nothing_is_overlooked()
    {
        Late? late = null;
        await using var house = await TestHouse.OnSqliteAsync(Start, new() { Comparing = Daily, Gateway = sandbox => late = new(sandbox) });
        await house.SellProAsync();
        await house.SubscribeManyAsync(3);
        await house.RunAsync();
        var paid = await house.ReadAsync(db => db.PaymentAttempts.AsNoTracking().OrderBy(a => a.Id).ToListAsync(TestHouse.Cancellation));
        late!.Gone = paid[^1].GatewayReference;

        late.QuestionsSilent = true;
        house.Clock.Now += Duration.FromHours(24);
        await house.RunAsync();
        Assert.Equal(ReconciliationStep.MissingPayments, (await ReportsAsync(house))[0].Step);

        late.QuestionsSilent = false;
        house.Clock.Now += Duration.FromHours(2);
        await house.RunAsync();
        Assert.Equal([AlarmKind.BooksDiffer], await OpenAlarmsAsync(house));
    }

    private static Task<List<ReconciliationReport>> ReportsAsync(TestHouse house) => house.ReadAsync(
        db => db.Reconciliations.AsNoTracking().OrderBy(r => r.DueAt).ToListAsync(TestHouse.Cancellation));

    private static Task<List<AlarmKind>> OpenAlarmsAsync(TestHouse house) => house.ReadAsync(
        db => db.Alarms.Where(a => a.ClosedAt == null).Select(a => a.Kind).ToListAsync(TestHouse.Cancellation));

    /// <summary>A gateway that lists a payment later than it took it, has lost one, or is silent about refunds or when it is asked.</summary>
    private sealed class Late(IPaymentGateway behind) : GatewayBehind
    {
        public string? Hidden { get; set; }

        public string? Gone { get; set; }

        /// <summary>What it says a payment is over.</summary>
        public Money? Told { get; set; }

        /// <summary>What it says a refund is over.</summary>
        public Money? ToldBack { get; set; }

        public bool QuestionsSilent { get; set; }

        public bool RefundsSilent { get; set; }

        protected override IPaymentGateway Behind { get; } = behind;

        public override IAsyncEnumerable<GatewayPayment> PaymentsSinceAsync(Instant since, CancellationToken cancellationToken) =>
            base.PaymentsSinceAsync(since, cancellationToken).Where(p => p.Reference != Hidden && p.Reference != Gone);

        public override async Task<GatewayPayment?> ReadPaymentAsync(string reference, CancellationToken cancellationToken) =>
            QuestionsSilent ? throw new GatewaySilent("The gateway does not answer.")
            : reference != Gone && await base.ReadPaymentAsync(reference, cancellationToken) is { } read ? read with { Amount = Told ?? read.Amount }
            : null;

        public override async Task<GatewayRefund?> ReadRefundAsync(string reference, CancellationToken cancellationToken) =>
            await base.ReadRefundAsync(reference, cancellationToken) is { } read ? read with { Amount = ToldBack ?? read.Amount } : null;

        public override async Task<ChargeOutcome?> FindAsync(
            PaymentAttemptId attemptId, CustomerId customerId, string? reference, CancellationToken cancellationToken) =>
            await base.FindAsync(attemptId, customerId, reference, cancellationToken) is { } found && found.GatewayReference != Gone ? found : null;

        public override IAsyncEnumerable<GatewayRefund> RefundsSinceAsync(Instant since, CancellationToken cancellationToken) => RefundsSilent
            ? throw new GatewaySilent("The gateway does not answer.")
            : base.RefundsSinceAsync(since, cancellationToken);
    }
}
