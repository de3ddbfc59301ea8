using System.Net;
using System.Text;
using Billing.Payments;
using Billing.Server.Payments.Gateways;
using Billing.Server.Payments.Gateways.Sandbox;
using Billing.Server.Payments.Inbox;
using Billing.Server.Tests.Infrastructure;

namespace Billing.Server.Tests.Inbox;

/// <summary>The door that gateways knock at, over real HTTP.</summary>
public sealed class WebhookDoorTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 3, 1, 9, 0);

    [Fact]
    public async Task What_the_gateway_signed_is_stored_as_it_came_and_worked_through_afterwards()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Start);
        var payment = await ConfirmedAsync(house);
        var (body, signature) = Signed(house, house.Gateway.Notices()[^1]);

        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(house, body, signature));
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(house, body, signature));

        var kept = Assert.Single(await ListAsync(house.Client.ListGatewayNoticesAsync(cancellationToken: ApiHouse.Cancellation)));
        Assert.Equal(("sandbox", "payment.succeeded", "payment", 2), (kept.Gateway, kept.Type, kept.About, kept.Deliveries));
        Assert.Equal(Encoding.UTF8.GetString(body), (await house.Client.GetGatewayNoticeAsync(kept.Id, ApiHouse.Cancellation)).Body);

        // Nobody runs anything: the worker took it up when it came.
        using var glance = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while ((await house.Client.GetGatewayNoticeAsync(kept.Id, ApiHouse.Cancellation)).State != "done") await glance.WaitForNextTickAsync(ApiHouse.Cancellation);
        Assert.Equal("succeeded", (await house.Client.GetPaymentAsync(payment, ApiHouse.Cancellation)).State);
    }

    [Fact]
    public async Task What_the_gateway_did_not_sign_is_refused_counted_and_not_kept()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Start);
        await ConfirmedAsync(house);
        var (body, signature) = Signed(house, house.Gateway.Notices()[^1]);

        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(house, body, null));
        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(house, [.. body, (byte)' '], signature));
        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(house, body, signature.Replace("v1=", "v1=0", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(house, "{}"u8.ToArray(), NoticeSignature.Sign("{}"u8, Start, house.Gateway.NoticeSecrets[0])));
        Assert.Equal(HttpStatusCode.NotFound, await SendAsync(house, body, signature, "elsewhere"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await SendAsync(house, new byte[NoticeInbox.LargestBody + 1], signature));

        Assert.Equal(4, house.Get<NoticeInbox>().Refused);
        Assert.Empty(await ListAsync(house.Client.ListGatewayNoticesAsync(cancellationToken: ApiHouse.Cancellation)));
        Assert.Empty(await ListAsync(house.Client.ListAlarmsAsync(cancellationToken: ApiHouse.Cancellation)));
    }

    [Fact]
    public async Task A_notice_nobody_planned_for_is_kept_and_shown_to_a_person()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Start);
        var weather = new SandboxNotice("sbx_evt_1", SandboxNotice.CurrentVersion, "weather.changed", Start, NoticeSubject.Payment, "sbx_rain");
        var later = weather with { Id = "sbx_evt_2", Type = "payment.succeeded", Version = "2031-01" };

        foreach (var notice in new[] { weather, later })
        {
            var (body, signature) = Signed(house, notice);
            Assert.Equal(HttpStatusCode.NoContent, await SendAsync(house, body, signature));
        }

        var kept = await ListAsync(house.Client.ListGatewayNoticesAsync("unknown", ApiHouse.Cancellation));
        Assert.Equal(["sbx_evt_1", "sbx_evt_2"], kept.Select(n => n.NoticeId).Order(StringComparer.Ordinal));
        var alarms = await ListAsync(house.Client.ListAlarmsAsync(cancellationToken: ApiHouse.Cancellation));
        Assert.Equal(["notice_unknown", "notice_unknown"], alarms.Select(a => a.Kind));
        var refused = await Assert.ThrowsAsync<Client.BillingProblem>(() => house.Client.ReplayGatewayNoticeAsync(kept[0].Id, cancellationToken: ApiHouse.Cancellation));
        Assert.Equal("notice_unknown", refused.Code);
    }

    /// <summary>Ten minutes off to either side: all is refused, a person is told, and the comparison finds what was missed.</summary>
    [Theory]
    [InlineData(-10), InlineData(10)]
    public async Task A_clock_that_is_ten_minutes_off_is_told_of_and_nothing_is_missed_for_good(int minutes)
    {
        await using var house = await ApiHouse.OnSqliteAsync(Start, ("Billing:Reconciliation:EveryHours", "24"));
        var payment = await ConfirmedAsync(house);
        var (body, signature) = Signed(house, house.Gateway.Notices()[^1]);
        house.Clock.Now += Duration.FromMinutes(minutes);

        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(house, body, signature));
        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(house, body, signature));

        Assert.Equal("clock_differs", Assert.Single(await ListAsync(house.Client.ListAlarmsAsync(cancellationToken: ApiHouse.Cancellation))).Kind);
        Assert.Equal("action_required", (await house.Client.GetPaymentAsync(payment, ApiHouse.Cancellation)).State);
        await house.Client.ReconcileSoonAsync(cancellationToken: ApiHouse.Cancellation);
        await house.RunAsync();
        Assert.Equal("succeeded", (await house.Client.GetPaymentAsync(payment, ApiHouse.Cancellation)).State);
        var report = (await ListAsync(house.Client.ListReconciliationsAsync(ApiHouse.Cancellation))).Single(r => r.State == "finished");
        Assert.Equal((1, 0), (report.Healed, report.Differing));
    }

    [Fact]
    public async Task The_sandbox_delivers_by_itself_when_it_is_told_to()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Start, ("Billing:Sandbox:DeliverNotices", "true"));
        var payment = await ConfirmedAsync(house);

        using var glance = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while ((await house.Client.GetPaymentAsync(payment, ApiHouse.Cancellation)).State != "succeeded") await glance.WaitForNextTickAsync(ApiHouse.Cancellation);
    }

    /// <summary>A payment that waited for the customer, who confirmed it with the bank and never came back here.</summary>
    private static async Task<Guid> ConfirmedAsync(ApiHouse house)
    {
        var customer = await house.Client.AddCustomerAsync(new("USD", "UTC"), cancellationToken: ApiHouse.Cancellation);
        await house.Client.AddCardAsync(customer.Id, new("pm_card_authenticationRequired"), cancellationToken: ApiHouse.Cancellation);
        var draft = await house.Client.DraftInvoiceAsync(customer.Id, new([new("Setup", new(4_900, "USD"))]), cancellationToken: ApiHouse.Cancellation);
        await house.Client.IssueInvoiceAsync(draft.Id, cancellationToken: ApiHouse.Cancellation);
        var payment = await house.Client.PayInvoiceAsync(draft.Id, cancellationToken: ApiHouse.Cancellation);
        Assert.Equal("action_required", payment.State);
        Assert.IsType<ChargeOutcome.Succeeded>(house.Gateway.Answer(payment.GatewayReference!, yes: true));
        return payment.Id;
    }

    private static (byte[] Body, string Signature) Signed(ApiHouse house, SandboxNotice notice)
    {
        var body = Encoding.UTF8.GetBytes(notice.ToBody());
        return (body, NoticeSignature.Sign(body, house.Clock.Now, house.Gateway.NoticeSecrets[0]));
    }

    private static async Task<HttpStatusCode> SendAsync(ApiHouse house, byte[] body, string? signature, string gateway = "sandbox")
    {
        using var http = house.HttpWith(null);
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        if (signature is not null) content.Headers.Add("Sandbox-Signature", signature);
        using var answer = await http.PostAsync($"webhooks/{gateway}", content, ApiHouse.Cancellation);
        return answer.StatusCode;
    }

    private static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> rows)
    {
        List<T> all = [];
        await foreach (var row in rows) all.Add(row);
        return all;
    }
}
