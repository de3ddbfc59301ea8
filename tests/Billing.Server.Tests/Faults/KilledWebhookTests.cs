using Billing.Server.BillingRun;
using Billing.Server.Customers;
using Billing.Server.Tests.Infrastructure;
using Billing.Server.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Faults;

/// <summary>Whoever tells the main app what happened is killed at each call: of the database, before the wire, and after the answer.</summary>
public sealed class KilledWebhookTests(PostgresServer postgres, ITestOutputHelper output)
{
    /// <summary>Longer than the patience with an event that was on its way.</summary>
    private static readonly Duration UntilTheNextRun = Duration.FromMinutes(6);

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task An_event_of_a_process_that_dies_comes_again_under_the_same_id_and_in_its_place(string database)
    {
        var death = new SuddenDeath();
        await using var app = new Receiver();
        await using var house = await TestHouse.OnAsync(database, postgres, Instant.FromUtc(2026, 5, 4, 10, 0), new()
        {
            Interceptors = [death],
            Wire = new MortalWire(death),
        });
        await house.SendAsync(new RegisterWebhookEndpoint(new(app.Url)));
        Guid[] customers = [(await house.AddCustomerAsync()).Id, (await house.AddCustomerAsync()).Id];
        await PublishAsync(house);

        var (twice, afterTheAnswer) = (0, 0);
        for (var point = 1; ; point++)
        {
            foreach (var customer in customers) await house.SendAsync(new GrantCredit(customer, new(new(point, "USD"))));
            var before = app.Heard.Count;
            death.StrikeAt(point);
            var killed = await Record.ExceptionAsync(() => PublishAsync(house));
            death.Restart();
            var (heard, told) = (app.Heard.Count - before, await DeliveredAsync(house));
            if (killed is not null && heard > 0 && told < app.Heard.Select(m => m.Id).Distinct().Count()) afterTheAnswer++;

            house.Clock.Now += UntilTheNextRun;
            await PublishAsync(house);
            await MustBeToldAsync(house, app, customers);
            // Both customers' events may have been on their way; nothing else comes a second time.
            var again = app.Heard.Count - app.Heard.Select(m => m.Id).Distinct().Count();
            Assert.InRange(again - twice, 0, customers.Length);
            twice = again;

            if (killed is not null) continue;
            output.WriteLine($"{database}: killed at each of {point - 1} points; {twice} events came twice");
            Assert.InRange(point - 1, 12, 200);
            Assert.True(afterTheAnswer > 0 && twice > 0, "It was never killed between the receiver's yes and the note of it.");
            return;
        }
    }

    private static async Task PublishAsync(TestHouse house)
    {
        foreach (var pass in new Pass[] { house.Get<PublishFacts>(), house.Get<DeliverWebhooks>() })
        {
            await house.Get<PassLoop>().RunAsync(
                pass, new RunPass { Name = pass.Name }, house.Clock.Now, (_, _) => Task.CompletedTask, TestHouse.Cancellation);
        }
    }

    private static Task<int> DeliveredAsync(TestHouse house) =>
        house.ReadAsync(db => db.WebhookDeliveries.CountAsync(d => d.State == DeliveryState.Delivered, TestHouse.Cancellation));

    /// <summary>Who keeps the ids it knows has heard every fact exactly once, in order; what came twice was word for word the same.</summary>
    private static async Task MustBeToldAsync(TestHouse house, Receiver app, Guid[] customers)
    {
        foreach (var customer in customers)
        {
            var facts = await house.ReadAsync(db => db.History.CountAsync(h => h.CustomerId == new CustomerId(customer), TestHouse.Cancellation));
            var heard = app.Heard.Where(m => (Guid)m.Json["data"]!["customerId"]! == customer).ToList();
            Assert.Equal(Enumerable.Range(1, facts), heard.DistinctBy(m => m.Id).Select(m => m.Sequence));
            Assert.Equal(heard.Select(m => m.Sequence).Order(), heard.Select(m => m.Sequence));
        }

        Assert.All(app.Heard.GroupBy(m => m.Id), same => Assert.Single(same.Select(m => m.Body).Distinct()));
        Assert.Empty(await house.ReadAsync(db => db.WebhookDeliveries.Where(d => d.State != DeliveryState.Delivered).ToListAsync(TestHouse.Cancellation)));
    }

    /// <summary>Dies before the wire, or when the receiver has answered.</summary>
    private sealed class MortalWire(SuddenDeath death) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            death.Reach();
            var answer = await base.SendAsync(request, cancellationToken);
            death.Reach();
            return answer;
        }
    }
}
