using System.Diagnostics;
using Billing.Server;
using Billing.Server.BillingRun;
using Billing.Server.Payments.Gateways.Sandbox;
using Billing.Server.Persistence;
using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Billing.Benchmarks;

/// <summary>The product itself on one database, with a clock that stands still.</summary>
internal sealed class House : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly Instant now;

    public House(Store store, string database, Instant now)
    {
        this.now = now;
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Billing:Database:Provider"] = store.Provider.ToString(),
            ["Billing:Database:ConnectionString"] = store.ConnectionString(database),
            ["Billing:Sandbox:ConnectionString"] = $"Data Source={Guid.NewGuid():N};Mode=Memory;Cache=Shared",
        };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        services = new ServiceCollection()
            .AddLogging(logging => logging.AddFilter(level => level >= LogLevel.Warning).AddConsole())
            .AddSingleton<IConfiguration>(configuration)
            .AddBilling(configuration)
            .AddSingleton(new BillingClock(new StandingClock(now)))
            .BuildServiceProvider();
    }

    public BillingDatabase Database => services.GetRequiredService<BillingDatabase>();

    public SandboxGateway Gateway => services.GetRequiredService<SandboxGateway>();

    /// <summary>The renew pass alone, measured.</summary>
    public async Task<Measured> RenewAsync()
    {
        var progress = new RunPass { Name = "renew" };
        var measure = Measure.Begin();
        await services.GetRequiredService<PassLoop>().RunAsync(
            services.GetRequiredService<RenewDueSubscriptions>(), progress, now,
            (_, _) =>
            {
                measure.Look();
                return Task.CompletedTask;
            },
            CancellationToken.None);
        if (progress.SetAside > 0) throw new InvalidOperationException($"{progress.SetAside} items were set aside.");
        return measure.End(progress.Done);
    }

    /// <summary>The whole billing run, as the schedule starts it.</summary>
    public async Task<TimeSpan> RunAsync()
    {
        var watch = Stopwatch.StartNew();
        await services.GetRequiredService<BillingRunner>().RunAsync("benchmark", CancellationToken.None);
        return watch.Elapsed;
    }

    /// <summary>Adds up what no run has added up yet, as the last pass of a run does.</summary>
    public async Task<TimeSpan> CloseDayAsync()
    {
        var watch = Stopwatch.StartNew();
        await services.GetRequiredService<CloseDay>().DoAsync(Guid.CreateVersion7(), CancellationToken.None);
        return watch.Elapsed;
    }

    /// <summary>Asks as the API does.</summary>
    public async Task<TAnswer> SendAsync<TAnswer>(IRequest<TAnswer> request)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, CancellationToken.None);
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private sealed class StandingClock(Instant now) : IClock
    {
        public Instant GetCurrentInstant() => now;
    }
}
