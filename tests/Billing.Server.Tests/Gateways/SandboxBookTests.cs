using Billing.Payments;
using Billing.Server.Payments.Gateways.Sandbox;

namespace Billing.Server.Tests.Gateways;

/// <summary>The sandbox's book: it outlives the process, ages its keys, and tells the truth about bad luck.</summary>
public sealed class SandboxBookTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("sandbox-book-");
    private readonly SandboxTestBench bench;

    public SandboxBookTests() => bench = new($"Data Source={Path.Combine(folder.FullName, "sandbox.db")}");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        bench.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_restart_keeps_everything()
    {
        var request = await bench.RequestAsync("sandbox_succeeds_then_insufficient_funds_after_1");
        var before = await bench.Sandbox.ChargeAsync(request, Cancellation);

        bench.Restart();

        Assert.Equal(before, await bench.Sandbox.ChargeAsync(request, Cancellation));
        Assert.Equal(before, await bench.Sandbox.FindAsync(request.AttemptId, request.CustomerId, null, Cancellation));
        var card = await bench.KeepAsync(request.CardToken);
        Assert.Equal("insufficient_funds", await bench.ChargeAsync(card));
        Assert.Equal(
            [new SandboxCapture(
                request.AttemptId, request.CustomerId, request.InvoiceId, request.Amount, bench.Clock.Now)],
            bench.Sandbox.Ledger.AllCaptures());
    }

    [Fact]
    public async Task What_a_killed_process_leaves_behind_knows_of_a_charge_nobody_was_told_of()
    {
        var request = await bench.RequestAsync("pm_card_visa");
        var hold = bench.Sandbox.Faults.HoldAfterCapture();
        var untold = bench.Sandbox.ChargeAsync(request, Cancellation);
        await hold.Arrived.WaitAsync(Cancellation);

        // The files as they lie there at this instant, log not yet folded in: just what kill -9 leaves.
        var crashed = folder.CreateSubdirectory("crashed");
        foreach (var file in folder.GetFiles("sandbox.db*"))
            file.CopyTo(Path.Combine(crashed.FullName, file.Name));
        using var reborn = new SandboxGateway(
            $"Data Source={Path.Combine(crashed.FullName, "sandbox.db")}", bench.Clock);

        Assert.False(untold.IsCompleted);
        Assert.IsType<ChargeOutcome.Succeeded>(await reborn.FindAsync(request.AttemptId, request.CustomerId, null, Cancellation));
        Assert.IsType<ChargeOutcome.Succeeded>(await reborn.ChargeAsync(request, Cancellation));
        Assert.Single(reborn.Ledger.CapturesOf(request.InvoiceId));

        hold.Release();
        Assert.IsType<ChargeOutcome.Succeeded>(await untold);
    }

    [Fact]
    public async Task Two_processes_on_one_book_capture_one_key_once()
    {
        var card = await bench.KeepAsync("pm_card_visa");
        var requests = Enumerable.Range(0, 200).Select(_ => bench.Request(card)).ToArray();
        using var other = new SandboxGateway(bench.ConnectionString, bench.Clock);
        using var together = new Barrier(2);

        var outcomes = await Task.WhenAll(AllAsync(bench.Sandbox), AllAsync(other));

        Assert.Equal(outcomes[0], outcomes[1]);
        using var witness = new SandboxLedger(bench.ConnectionString);
        Assert.All(requests, request => Assert.Single(witness.CapturesOf(request.InvoiceId)));
        Assert.All(requests, request => Assert.Equal(2, witness.ChargeCalls(request.AttemptId)));

        Task<List<ChargeOutcome>> AllAsync(SandboxGateway process) => Task.Factory.StartNew(
            () => All(process), Cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        List<ChargeOutcome> All(SandboxGateway process)
        {
            try
            {
                var told = new List<ChargeOutcome>();
                foreach (var request in requests)
                {
                    together.SignalAndWait(Cancellation);
                    told.Add(process.ChargeAsync(request, Cancellation).GetAwaiter().GetResult());
                }

                return told;
            }
            finally
            {
                // Whoever fails must not leave the other waiting.
                together.RemoveParticipant();
            }
        }
    }

    [Fact]
    public async Task A_key_is_remembered_for_a_day_and_then_charged_anew()
    {
        var request = await bench.RequestAsync("pm_card_visa");
        var first = await bench.Sandbox.ChargeAsync(request, Cancellation);

        bench.Clock.Now += bench.Sandbox.KeyLifetime - Duration.Epsilon;
        Assert.Equal(first, await bench.Sandbox.ChargeAsync(request, Cancellation));
        Assert.Single(bench.Sandbox.Ledger.CapturesOf(request.AttemptId));

        bench.Clock.Now += Duration.Epsilon;
        Assert.NotEqual(first, await bench.Sandbox.ChargeAsync(request, Cancellation));
        Assert.Equal(2, bench.Sandbox.Ledger.CapturesOf(request.AttemptId).Count);
        Assert.Equal(3, bench.Sandbox.Ledger.ChargeCalls(request.AttemptId));
    }

    [Fact]
    public async Task An_attempt_is_found_for_ever()
    {
        var request = await bench.RequestAsync("pm_card_visa");
        var outcome = await bench.Sandbox.ChargeAsync(request, Cancellation);
        bench.On(2037, 1, 1);

        Assert.Equal(outcome, await bench.Sandbox.FindAsync(request.AttemptId, request.CustomerId, null, Cancellation));
    }

    [Fact]
    public async Task A_capture_is_found_even_when_a_later_try_under_the_same_key_declined()
    {
        var request = await bench.RequestAsync("sandbox_succeeds_then_insufficient_funds_after_1");
        var captured = await bench.Sandbox.ChargeAsync(request, Cancellation);
        bench.Clock.Now += bench.Sandbox.KeyLifetime;
        Assert.IsType<ChargeOutcome.Declined>(await bench.Sandbox.ChargeAsync(request, Cancellation));

        Assert.Equal(captured, await bench.Sandbox.FindAsync(request.AttemptId, request.CustomerId, null, Cancellation));
    }

    [Fact]
    public async Task A_call_lost_before_the_bank_leaves_no_trace_but_the_call()
    {
        var request = await bench.RequestAsync("pm_card_visa");
        bench.Sandbox.Faults.LoseBeforeCapture(1);

        Assert.IsType<ChargeOutcome.Unknown>(await bench.Sandbox.ChargeAsync(request, Cancellation));
        Assert.Null(await bench.Sandbox.FindAsync(request.AttemptId, request.CustomerId, null, Cancellation));
        Assert.Empty(bench.Sandbox.Ledger.AllCaptures());
        Assert.Equal(1, bench.Sandbox.Ledger.ChargeCalls(request.AttemptId));

        Assert.IsType<ChargeOutcome.Succeeded>(await bench.Sandbox.ChargeAsync(request, Cancellation));
    }

    [Fact]
    public async Task A_call_lost_after_the_bank_is_captured_and_replayed()
    {
        var request = await bench.RequestAsync("pm_card_visa");
        bench.Sandbox.Faults.LoseAfterCapture(1);

        Assert.IsType<ChargeOutcome.Unknown>(await bench.Sandbox.ChargeAsync(request, Cancellation));
        Assert.Single(bench.Sandbox.Ledger.CapturesOf(request.InvoiceId));

        Assert.IsType<ChargeOutcome.Succeeded>(await bench.Sandbox.ChargeAsync(request, Cancellation));
        Assert.Single(bench.Sandbox.Ledger.CapturesOf(request.InvoiceId));
    }

    [Fact]
    public async Task A_call_held_before_the_bank_has_captured_nothing_yet()
    {
        var request = await bench.RequestAsync("pm_card_visa");
        var hold = bench.Sandbox.Faults.HoldBeforeCapture(arrivals: 2);
        var calls = Enumerable.Range(0, 2).Select(_ => bench.Sandbox.ChargeAsync(request, Cancellation)).ToArray();
        await hold.Arrived.WaitAsync(Cancellation);

        Assert.Empty(bench.Sandbox.Ledger.AllCaptures());
        hold.Release();

        Assert.Single((await Task.WhenAll(calls)).Distinct());
        Assert.Single(bench.Sandbox.Ledger.CapturesOf(request.InvoiceId));
    }

    [Fact]
    public async Task The_witness_adds_up_by_currency()
    {
        var card = await bench.KeepAsync("pm_card_visa");
        Money[] amounts = [Of(100, "USD"), Of(250, "USD"), Of(900, "JPY"), Of(1_230, "KWD")];
        foreach (var amount in amounts)
            await bench.Sandbox.ChargeAsync(bench.Request(card) with { Amount = amount }, Cancellation);

        Assert.Equal([Of(900, "JPY"), Of(1_230, "KWD"), Of(350, "USD")], bench.Sandbox.Ledger.Totals());
        Assert.Equal(Of(350, "USD"), bench.Sandbox.Ledger.TotalOf(Currency.Of("USD")));
        Assert.Equal(Of(0, "EUR"), bench.Sandbox.Ledger.TotalOf(Currency.Of("EUR")));
        Assert.Equal(4, bench.Sandbox.Ledger.ChargeCalls());
    }

    private static Money Of(long minor, string code) => new(minor, Currency.Of(code));
}
