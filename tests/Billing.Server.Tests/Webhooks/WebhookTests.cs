using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Billing.Client;
using Billing.History;
using Billing.Notices;
using Billing.Server.BillingRun;
using Billing.Server.Persistence;
using Billing.Server.Tests.Browser;
using Billing.Server.Tests.Infrastructure;
using Billing.Server.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Webhooks;

/// <summary>What the main app hears, over a real wire.</summary>
public sealed partial class WebhookTests
{
    private static readonly Instant Now = PageHouse.Now;

    [Fact]
    public async Task Every_fact_is_told_once_signed_and_numbered_within_its_customer()
    {
        await using var app = new Receiver();
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        await house.SellCrewAsync();
        await house.OliviaAsync();
        house.Clock.Now += Duration.FromMinutes(1);
        var made = await house.Client.RegisterWebhookEndpointAsync(new(app.Url), cancellationToken: ApiHouse.Cancellation);
        var olivia = await house.OliviaAsync();
        var rahima = await house.RahimaAsync();
        for (var i = 0; i < 2; i++) await house.RunAsync();

        foreach (var customer in new[] { olivia, rahima })
        {
            var told = app.Taken.Where(m => (Guid)m.Json["data"]!["customerId"]! == customer).ToList();
            var facts = await house.ReadAsync(db => db.History.Where(h => h.CustomerId == new CustomerId(customer)).Select(h => h.Type).ToListAsync(ApiHouse.Cancellation));
            Assert.Equal(Enumerable.Range(1, facts.Count), told.Select(m => m.Sequence));
            Assert.Equal(facts.Select(EventTypes.Of).Order(StringComparer.Ordinal), told.Select(m => m.Type).Order(StringComparer.Ordinal));
        }

        Assert.All(app.Taken, message => Assert.True(IsSigned(message, made.Secret), message.Id));
        Assert.All(app.Taken, message => Assert.False(IsSigned(message with { Body = message.Body + " " }, made.Secret)));
        Assert.Equal(app.Taken.Count, app.Taken.Select(m => m.Id).Distinct().Count());
        var paid = app.Taken.First(m => m.Type == "payment.succeeded");
        Assert.Equal(8_640, (int)paid.Json["data"]!["fact"]!["amountMinor"]!);

        // Whoever registers hears of what happens from then on, and nothing twice.
        Assert.DoesNotContain(app.Taken, m => m.Type == "customer.added" && (Guid)m.Json["data"]!["customerId"]! is var id && id != olivia && id != rahima);
    }

    [Fact]
    public async Task A_receiver_that_is_down_misses_nothing_and_hears_it_in_order()
    {
        await using var app = new Receiver { Answer = 503 };
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        await house.SellCrewAsync();
        var made = await house.Client.RegisterWebhookEndpointAsync(new(app.Url), cancellationToken: ApiHouse.Cancellation);
        await house.OliviaAsync();
        for (var hour = 0; hour < 48; hour++)
        {
            await house.RunAsync();
            house.Clock.Now += Duration.FromHours(1);
        }

        // It rests 5, 10, 20 … minutes, at most six hours: who is down is not hammered.
        Assert.Empty(app.Taken);
        Assert.InRange(app.Heard.Count, 5, 20);
        Assert.NotNull(Assert.Single(await house.Client.ListWebhookEndpointsAsync(cancellationToken: ApiHouse.Cancellation).ToListAsync(ApiHouse.Cancellation)).RestsUntil);

        app.Answer = 200;
        house.Clock.Now += Duration.FromHours(6);
        await house.RunAsync();

        Assert.Equal(Enumerable.Range(1, app.Taken.Count), app.Taken.Select(m => m.Sequence));
        Assert.Contains(app.Taken, m => m.Type == "payment.succeeded");
        var log = await house.Client.ListWebhookDeliveriesAsync(made.Endpoint.Id, cancellationToken: ApiHouse.Cancellation).ToListAsync(ApiHouse.Cancellation);
        Assert.All(log, d => Assert.Equal(("delivered", 200), (d.State, d.LastStatus)));
        var first = log.Single(d => d.Sequence == 1);
        Assert.Equal((app.Heard[0].Id, app.Heard.Count(m => m.Id == first.EventId)), (first.EventId, first.Attempts));
    }

    [Fact]
    public async Task An_event_the_receiver_refuses_for_days_is_given_up_and_can_be_replayed_under_the_same_id()
    {
        await using var app = new Receiver { Answer = 400 };
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var made = await house.Client.RegisterWebhookEndpointAsync(new(app.Url), cancellationToken: ApiHouse.Cancellation);
        var customer = await house.Client.AddCustomerAsync(new("USD", "UTC"), cancellationToken: ApiHouse.Cancellation);
        for (var hour = 0; hour < 110; hour++)
        {
            await house.RunAsync();
            house.Clock.Now += Duration.FromHours(1);
        }

        var given = Assert.Single(await house.Client.ListWebhookDeliveriesAsync(made.Endpoint.Id, cancellationToken: ApiHouse.Cancellation).ToListAsync(ApiHouse.Cancellation));
        Assert.Equal(("given_up", DeliverWebhooks.MostAttempts, 400, customer.Id), (given.State, given.Attempts, given.LastStatus, given.CustomerId));

        app.Answer = 204;
        Assert.Equal(1, (await house.Client.ReplayWebhooksAsync(made.Endpoint.Id, new(DeliveryId: given.Id), cancellationToken: ApiHouse.Cancellation)).Deliveries);
        await house.RunAsync();
        Assert.Equal(1, (await house.Client.ReplayWebhooksAsync(made.Endpoint.Id, new(Since: "2026-11-24T00:00:00Z"), cancellationToken: ApiHouse.Cancellation)).Deliveries);
        await house.RunAsync();

        Assert.Equal([given.EventId, given.EventId], app.Taken.Select(m => m.Id));
        Assert.Equal(app.Taken[0].Body, app.Taken[1].Body);
        var both = await Assert.ThrowsAsync<BillingProblem>(() => house.Client.ReplayWebhooksAsync(made.Endpoint.Id, new(), cancellationToken: ApiHouse.Cancellation));
        Assert.Equal("validation_failed", both.Code);
    }

    [Fact]
    public async Task While_a_secret_is_rotated_both_signatures_are_good_and_then_the_new_one_alone()
    {
        await using var app = new Receiver();
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var given = "whsec_" + Convert.ToBase64String(Encoding.UTF8.GetBytes("a secret the main app brought"));
        var made = await house.Client.RegisterWebhookEndpointAsync(new(app.Url, given), cancellationToken: ApiHouse.Cancellation);
        Assert.Equal(given, made.Secret);
        var rotated = await house.Client.RotateWebhookSecretAsync(made.Endpoint.Id, new(24), cancellationToken: ApiHouse.Cancellation);

        await house.Client.AddCustomerAsync(new("USD", "UTC"), cancellationToken: ApiHouse.Cancellation);
        await house.RunAsync();
        Assert.True(IsSigned(app.Taken[0], given) && IsSigned(app.Taken[0], rotated.Secret));

        house.Clock.Now += Duration.FromHours(25);
        await house.Client.AddCustomerAsync(new("USD", "UTC"), cancellationToken: ApiHouse.Cancellation);
        await house.RunAsync();
        Assert.True(!IsSigned(app.Taken[1], given) && IsSigned(app.Taken[1], rotated.Secret));
    }

    [Fact]
    public async Task A_secret_is_shown_once_and_stands_nowhere_in_the_clear()
    {
        await using var app = new Receiver { Answer = 500 };
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var made = await house.Client.RegisterWebhookEndpointAsync(new(app.Url), new("once"), cancellationToken: ApiHouse.Cancellation);
        await house.Client.AddCustomerAsync(new("USD", "UTC"), cancellationToken: ApiHouse.Cancellation);
        await house.RunAsync();
        var log = new Journal<DeliverWebhooks>();
        var pass = new DeliverWebhooks(house.Get<BillingDatabase>(), house.Get<WebhookPost>(), log);
        house.Clock.Now += Duration.FromHours(1);
        var now = house.Get<BillingClock>().GetCurrentInstant();
        await pass.DoAsync(await pass.NextDueAsync(now, ApiHouse.Cancellation), now, ApiHouse.Cancellation);

        var bare = made.Secret["whsec_".Length..];
        Assert.Contains(log.Lines, l => l.Contains("It answered 500.", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, l => l.Contains(bare, StringComparison.Ordinal));
        var kept = await house.ReadAsync(db => db.WebhookEndpoints.SingleAsync(ApiHouse.Cancellation));
        Assert.DoesNotContain(bare, kept.SealedSecret, StringComparison.Ordinal);
        Assert.DoesNotContain(bare, await house.Http.GetStringAsync("/v1/webhook-endpoints", ApiHouse.Cancellation), StringComparison.Ordinal);
        Assert.DoesNotContain(
            await house.ReadAsync(db => db.IdempotentAnswers.ToListAsync(ApiHouse.Cancellation)), a => a.Body?.Contains(bare, StringComparison.Ordinal) == true);
    }

    [Theory]
    [InlineData("http://example.com/hooks", null)]
    [InlineData("https://name:word@example.com/hooks", null)]
    [InlineData("ftp://example.com", null)]
    [InlineData("https://example.com/hooks", "whsec_c2hvcnQ=")]
    public async Task An_endpoint_that_would_not_be_safe_is_refused(string url, string? secret)
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var refused = await Assert.ThrowsAsync<BillingProblem>(() => house.Client.RegisterWebhookEndpointAsync(new(url, secret), cancellationToken: ApiHouse.Cancellation));
        Assert.Equal("validation_failed", refused.Code);
        if (secret is not null) Assert.DoesNotContain(secret, refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_main_app_can_speak_instead_of_a_mail()
    {
        await using var app = new Receiver();
        await using var office = new PostOffice();
        await using var house = await ApiHouse.OnSqliteAsync(
            Now, ("Billing:Notices:Speaks", "app"), ("Billing:Notices:Kinds:CardAdded", "mail"), ("Billing:Smtp:Host", "127.0.0.1"),
            ("Billing:Smtp:Port", $"{office.Port}"), ("Billing:Smtp:Security", "none"), ("Billing:Smtp:From", "billing@example.com"));
        await house.SellCrewAsync();
        await house.Client.RegisterWebhookEndpointAsync(new(app.Url), cancellationToken: ApiHouse.Cancellation);
        await house.OliviaAsync();
        await house.RunAsync();

        Assert.Equal("Your card is in place", Assert.Single(office.Taken).Subject);
        var due = Assert.Single(app.Taken, m => m.Type == "notice.due").Json["data"]!;
        Assert.Equal(("receipt", "en", "olivia@example.com"), ((string)due["fact"]!["kind"]!, (string)due["message"]!["language"]!, (string)due["message"]!["to"]!));
        Assert.Equal("Thank you: $86.40 for Crew", (string)due["message"]!["subject"]!);
        Assert.Contains("$86.40", (string)due["message"]!["text"]!, StringComparison.Ordinal);
        Assert.Contains("<html", (string)due["message"]!["html"]!, StringComparison.Ordinal);
        Assert.Equal(NoticeState.Sent, await house.ReadAsync(db => db.Notices.Where(n => n.Kind == NoticeKind.Receipt).Select(n => n.State).SingleAsync(ApiHouse.Cancellation)));
    }

    [Fact]
    public async Task A_disabled_endpoint_is_told_nothing_and_one_that_is_gone_is_disabled()
    {
        await using var app = new Receiver();
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var made = await house.Client.RegisterWebhookEndpointAsync(new(app.Url), cancellationToken: ApiHouse.Cancellation);
        await house.Client.DisableWebhookEndpointAsync(made.Endpoint.Id, cancellationToken: ApiHouse.Cancellation);
        await house.Client.AddCustomerAsync(new("USD", "UTC"), cancellationToken: ApiHouse.Cancellation);
        await house.RunAsync();
        Assert.Empty(app.Heard);

        await house.Client.EnableWebhookEndpointAsync(made.Endpoint.Id, cancellationToken: ApiHouse.Cancellation);
        app.Answer = 410;
        await house.RunAsync();
        Assert.Single(app.Heard);
        Assert.False(Assert.Single(await house.Client.ListWebhookEndpointsAsync(cancellationToken: ApiHouse.Cancellation).ToListAsync(ApiHouse.Cancellation)).Enabled);
    }

    [Fact]
    public void Every_fact_has_a_type_of_its_own()
    {
        var facts = typeof(Fact).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Fact))).Select(t => EventTypes.Of(t.Name)).ToList();
        Assert.Equal(facts.Count, facts.Distinct().Count());
        Assert.All(facts, type => Assert.Matches("^[a-z_]+\\.[a-z_]+$", type));
        Assert.Contains("price_move.announced", facts);
        Assert.Contains("break.begun", facts);
    }

    /// <summary>As anybody would check it by the words of the scheme, knowing nothing of our code.</summary>
    private static bool IsSigned(Receiver.Message message, string secret)
    {
        using var hmac = new HMACSHA256(Convert.FromBase64String(secret.Replace("whsec_", "", StringComparison.Ordinal)));
        var expected = Convert.ToBase64String(hmac.ComputeHash(Encoding.UTF8.GetBytes(string.Concat(message.Id, ".", message.Timestamp, ".", message.Body))));
        return Signatures().Matches(message.Signature).Any(found => found.Groups["value"].Value == expected);
    }

    [GeneratedRegex(@"(^| )v1,(?<value>\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Signatures();

    private sealed class Journal<T> : ILogger<T>
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{formatter(state, exception)} {exception}");
    }
}
