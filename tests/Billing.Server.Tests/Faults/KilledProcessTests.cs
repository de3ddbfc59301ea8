using System.Diagnostics;
using Billing.Invoicing;
using Billing.Payments;
using Billing.Server.BillingRun;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Faults;

/// <summary>The real program, billing hundreds, is killed by the system at moments nobody planned, until all is done.</summary>
public sealed class KilledProcessTests(PostgresServer postgres, ITestOutputHelper output)
{
    private const int Customers = 150, MostRounds = 60;
    private const int Seed = 20260501;

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_process_killed_again_and_again_bills_once(string database)
    {
        var folder = Directory.CreateTempSubdirectory("billing-killed-").FullName;
        var sandbox = $"Data Source={Path.Combine(folder, "sandbox.db")};Pooling=False";
        // The program reads the real clock; what it finds due began an hour ago.
        var start = new BillingClock().WallNow - Duration.FromHours(1);
        await using var house = await TestHouse.OnAsync(database, postgres, start, new() { Sandbox = sandbox });
        await house.SellProAsync();
        await house.SubscribeManyAsync(Customers);

        var random = new Random(Seed);
        var (kills, customers) = (0, Customers);
        for (var round = 0; round < MostRounds; round++)
        {
            using var run = StartRun(house, folder, sandbox);
            if (!await KilledAsync(run, house, kills, random))
            {
                if (kills > 0) break;
                // It was done before we looked, as on a busy machine: more for it to do, and again.
                await house.SubscribeManyAsync(Customers);
                customers += Customers;
                continue;
            }

            kills++;
            await TwoMinutesLaterAsync(house, kills);
        }

        output.WriteLine($"{database}: killed {kills} times (seed {Seed}), {house.Gateway.Ledger.ChargeCalls()} charges sent for {customers} captures");
        // How often depends on how fast the machine is; once is enough for a kill to have been survived.
        Assert.InRange(kills, 1, MostRounds - 1);
        await TwoMinutesLaterAsync(house, kills + 1);
        using (var last = StartRun(house, folder, sandbox))
        {
            await last.WaitForExitAsync(TestHouse.Cancellation);
            Assert.Equal(0, last.ExitCode);
        }

        await house.MustAgreeAsync();
        await house.NothingIsLeftUnknownAsync();
        var invoices = await house.InvoicesAsync();
        Assert.Equal(customers, invoices.Count);
        Assert.All(invoices, i => Assert.Equal((InvoiceStatus.Paid, Merchant.Price), (i.Status, i.PaidMinor)));
        Assert.Equal(customers * Merchant.Price, Assert.Single(house.Gateway.Ledger.Totals()).Minor);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Kills it at a moment that its own traces choose; says whether it was still alive to be killed.</summary>
    private static async Task<bool> KilledAsync(Process run, TestHouse house, int round, Random random)
    {
        // First in the middle of renewing, then after so many more charges that were sent.
        var before = house.Gateway.Ledger.ChargeCalls();
        var after = random.Next(1, 12);
        Func<Task<bool>> moment = round == 0
            ? () => house.ReadAsync(db => db.RunPasses.AnyAsync(p => p.Name == "resolve", TestHouse.Cancellation))
            : () => Task.FromResult(house.Gateway.Ledger.ChargeCalls() >= before + after);

        // Looked at often, but not so often that the watcher takes the processor from the watched.
        using var glance = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (!run.HasExited && !await moment()) await glance.WaitForNextTickAsync(TestHouse.Cancellation);
        if (!run.HasExited) run.Kill();
        await run.WaitForExitAsync(TestHouse.Cancellation);
        return run.ExitCode is not (0 or 1 or 2) ? true
            : run.ExitCode == 0 ? false
            : throw new InvalidOperationException($"The run ended with {run.ExitCode}: {await run.StandardError.ReadToEndAsync(TestHouse.Cancellation)}");
    }

    /// <summary>The dead run's lease is over, and its charges may be asked about.</summary>
    private static async Task TwoMinutesLaterAsync(TestHouse house, int times)
    {
        await using var db = house.Database.Open();
        await db.RunLeases.ExecuteUpdateAsync(set => set.SetProperty(l => l.Until, Instant.FromUtc(2026, 1, 1, 0, 0)), TestHouse.Cancellation);
        var ahead = (times + 1) * (long)PaymentAttempt.Patience.TotalSeconds;
        if (await db.SandboxClocks.ExecuteUpdateAsync(set => set.SetProperty(c => c.AheadSeconds, ahead), TestHouse.Cancellation) == 0)
        {
            db.SandboxClocks.Add(new SandboxClock { AheadSeconds = ahead });
            await db.SaveChangesAsync(TestHouse.Cancellation);
        }
    }

    private static Process StartRun(TestHouse house, string folder, string sandbox)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(Program).Assembly.Location, "run"])
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["Billing__AllowSandbox"] = "true";
        start.Environment["Billing__Database__Provider"] = house.Database.Provider.ToString();
        start.Environment["Billing__Database__ConnectionString"] = house.Database.ConnectionString;
        start.Environment["Billing__Sandbox__ConnectionString"] = sandbox;
        var run = Process.Start(start)!;
        run.OutputDataReceived += (_, _) => { };
        run.BeginOutputReadLine();
        return run;
    }
}
