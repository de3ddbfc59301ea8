using System.Text.RegularExpressions;
using Billing.Client.Contract;
using Billing.Invoicing;
using Billing.Payments;
using Billing.Server.BillingRun;
using Billing.Server.Invoicing;
using Billing.Server.Payments;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Faults;

/// <summary>
/// Every answer of the gateway, and the process killed at every await of the life it leads to: at the first, next time at the
/// second, until one life comes to its end unharmed. Then the run recovers, and the gateway's own ledger is asked.
/// </summary>
public sealed partial class FaultMatrixTests(ITestOutputHelper output)
{
    private static readonly Answer[] Charges =
    [
        new("succeeded", "pm_card_visa", true),
        .. new[]
        {
            "insufficient_funds", "processing_error", "incorrect_cvc", "invalid_account", "pin_try_exceeded", "stolen_card",
            "stop_payment_order", "duplicate_transaction",
        }.Select(code => new Answer($"declined {code}", $"sandbox_declines_{code}", false)),
        new("confirmed", "pm_card_authenticationRequired", true) { Confirms = true },
        new("confirmation refused", "pm_card_authenticationRequired", false) { Confirms = false },
        new("never confirmed", "pm_card_authenticationRequired", false),
        new("failed", "pm_card_visa", false) { Refused = true },
        new("unknown, captured", "pm_card_visa", true) { Lost = Lost.After },
        new("unknown, not captured", "pm_card_visa", true) { Lost = Lost.Before },
        new("unknown, declined", "sandbox_timeout_declined", false),
        new("timed out, captured", "pm_card_visa", true) { Trouble = Trouble.TimesOutAfter },
        new("timed out, not captured", "pm_card_visa", true) { Trouble = Trouble.TimesOutBefore },
        new("nonsense, captured", "pm_card_visa", true) { Trouble = Trouble.ThrowsAfter },
        new("nonsense, not captured", "pm_card_visa", true) { Trouble = Trouble.ThrowsBefore },
        new("unknown, and asking fails", "pm_card_visa", true) { Trouble = Trouble.LookUpFails },
    ];

    private static readonly Answer[] Refunds =
    [
        new("succeeded", "pm_card_visa", true),
        new("pending", "pm_card_pendingRefund", true),
        new("refused", "sandbox_refund_refused", false),
        new("returned by the bank", "pm_card_refundFail", false) { Returned = true },
        new("unknown, sent", "pm_card_visa", true) { Lost = Lost.After },
        new("unknown, not sent", "pm_card_visa", true) { Lost = Lost.Before },
        new("timed out, sent", "pm_card_visa", true) { Trouble = Trouble.TimesOutAfter },
        new("timed out, not sent", "pm_card_visa", true) { Trouble = Trouble.TimesOutBefore },
        new("nonsense, sent", "pm_card_visa", true) { Trouble = Trouble.ThrowsAfter },
        new("nonsense, not sent", "pm_card_visa", true) { Trouble = Trouble.ThrowsBefore },
        new("unknown, and asking fails", "pm_card_visa", true) { Trouble = Trouble.LookUpFails },
    ];

    [Fact]
    public Task The_run_killed_anywhere_captures_once_or_not_at_all() => ChargeAsync("the run", CollectAsync);

    [Fact]
    public Task A_manual_payment_killed_anywhere_captures_once_or_not_at_all() =>
        ChargeAsync("a manual payment", (matrix, invoice) => matrix.House.SendAsync(new PayInvoice(invoice.Value)));

    [Fact]
    public async Task A_refund_killed_anywhere_is_sent_once_or_not_at_all()
    {
        await using var matrix = await FaultMatrix.OpenAsync();
        var cases = 0;
        foreach (var answer in Refunds)
        {
            matrix.Prepare(new("all is well", answer.Card, true));
            var customer = await matrix.CustomerAsync(answer);
            var invoice = await matrix.IssueAsync(customer, 1_000_000);
            await matrix.RecoverAsync();
            var payment = Assert.Single(await matrix.AttemptsAsync(invoice));
            var before = cases;
            for (var (point, lived) = (1, false); !lived; point++, cases++)
                lived = await RefundCaseAsync(matrix, payment, answer, point);
            output.WriteLine($"{answer}: {cases - before}");
        }

        await matrix.House.MustAgreeAsync();
        MustBeTold("a refund", Refunds.Length, cases);
    }

    private async Task ChargeAsync(string flow, Func<FaultMatrix, InvoiceId, Task> begin)
    {
        await using var matrix = await FaultMatrix.OpenAsync();
        var cases = 0;
        foreach (var answer in Charges)
        {
            var before = cases;
            for (var (point, lived) = (1, false); !lived; point++, cases++)
                lived = await ChargeCaseAsync(matrix, await NewInvoiceAsync(matrix, answer), answer, point, begin);
            output.WriteLine($"{answer}: {cases - before}");
        }

        await matrix.House.MustAgreeAsync();
        MustBeTold(flow, Charges.Length, cases);
    }

    /// <summary>Of a customer and a card of its own: no case stands in another's dunning, nor in what a network allows a card.</summary>
    private static async Task<InvoiceId> NewInvoiceAsync(FaultMatrix matrix, Answer answer)
    {
        var customer = await matrix.CustomerAsync(answer);
        if (answer.Refused) await matrix.TakeCardAwayAsync(customer);
        return await matrix.IssueAsync(customer, Merchant.Price);
    }

    /// <returns>Whether it lived to its end.</returns>
    private static async Task<bool> ChargeCaseAsync(
        FaultMatrix matrix, InvoiceId invoice, Answer answer, int point, Func<FaultMatrix, InvoiceId, Task> begin)
    {
        matrix.Prepare(answer);
        matrix.Death.StrikeAt(point);
        await DieOrLiveAsync(async () =>
        {
            await SurviveNonsenseAsync(() => begin(matrix, invoice));
            while (await WaitAsync(matrix, invoice, answer) is { } id)
                await matrix.House.GetPass(typeof(ResolveUnknownAttempts)).DoAsync([id], matrix.House.Clock.Now, TestHouse.Cancellation);
        });
        var lived = !matrix.Death.Struck;
        matrix.Death.Restart();

        do await matrix.RecoverAsync();
        while (await WaitAsync(matrix, invoice, answer) is not null);

        await MustHoldAsync(matrix, invoice, answer, $"{answer}, killed at {point}");
        return lived;
    }

    /// <summary>Goes to the moment the gateway is to be asked next, the customer having done what the answer says; none: it is over.</summary>
    private static async Task<Guid?> WaitAsync(FaultMatrix matrix, InvoiceId invoice, Answer answer)
    {
        if ((await matrix.AttemptsAsync(invoice)).Find(a => !a.IsSettled) is not { } open) return null;
        if (open is { State: AttemptState.ActionRequired, GatewayReference: { } reference } && answer.Confirms is { } yes)
            matrix.House.Gateway.Answer(reference, yes);

        // Who never confirms is not looked after every few hours here: the end of the waiting is what counts.
        var next = open.State == AttemptState.ActionRequired && answer.Confirms is null ? open.ConfirmBy : open.AskAgainAt;
        matrix.House.Clock.Now = Instant.Max(matrix.House.Clock.Now, next!.Value);
        return open.Id.Value;
    }

    private static async Task MustHoldAsync(FaultMatrix matrix, InvoiceId id, Answer answer, string why)
    {
        var invoice = await matrix.InvoiceAsync(id);
        var attempts = await matrix.AttemptsAsync(id);
        var captured = matrix.Ledger.CapturesOf(id);

        Assert.True(captured.Count == (answer.Moves ? 1 : 0), $"{why}: captured {captured.Count} times.");
        Assert.True(captured.Sum(c => c.Amount.Minor) == invoice.PaidMinor, $"{why}: our books say {invoice.PaidMinor}.");
        Assert.True(invoice.Status == (answer.Moves ? InvoiceStatus.Paid : InvoiceStatus.Open), $"{why}: the invoice is {invoice.Status}.");
        Assert.All(attempts, a => Assert.True(
            a.IsSettled && a.IsCaptured == (matrix.Ledger.CapturesOf(a.Id).Count == 1), $"{why}: an attempt is {a.State}."));
        if (answer.Refused)
        {
            var refused = attempts[^1].Id.Value;
            Assert.True(await matrix.LookAsync(db => db.Alarms.AnyAsync(a => a.SubjectId == refused, TestHouse.Cancellation)), why);
        }

        if (invoice.Status == InvoiceStatus.Open) await matrix.House.SendAsync(new VoidInvoice(id.Value));
    }

    /// <returns>Whether it lived to its end.</returns>
    private static async Task<bool> RefundCaseAsync(FaultMatrix matrix, PaymentAttempt payment, Answer answer, int point)
    {
        var (earlier, balance) = (await RefundsAsync(matrix, payment), await BalanceAsync(matrix, payment));
        matrix.Prepare(answer);
        matrix.Death.StrikeAt(point);
        await DieOrLiveAsync(async () =>
        {
            await SurviveNonsenseAsync(() => matrix.House.SendAsync(new RefundPayment(payment.Id.Value, new NewRefund("Sorry", new(100, "USD")))));
            while (await WaitAsync(matrix, payment) is { } id)
                await matrix.House.GetPass(typeof(SendRefunds)).DoAsync([id], matrix.House.Clock.Now, TestHouse.Cancellation);
            await NoticeAsync(matrix, payment, answer);
        });
        var lived = !matrix.Death.Struck;
        matrix.Death.Restart();

        do await matrix.RecoverAsync();
        while (await WaitAsync(matrix, payment) is not null);
        await NoticeAsync(matrix, payment, answer);

        // Killed before it was written down, nobody asked for anything; else it is one refund.
        var made = (await RefundsAsync(matrix, payment)).ExceptBy(earlier.Select(r => r.Id), r => r.Id).ToList();
        var why = $"{answer}, killed at {point}";
        Assert.True(made.Count <= 1, $"{why}: {made.Count} refunds.");
        var sent = matrix.Ledger.RefundsOf(payment.GatewayReference!).Where(r => made.Any(m => m.Id == r.RefundId)
            && r.OutcomeAt(matrix.House.Clock.Now) is RefundOutcome.Succeeded).Sum(r => r.Amount.Minor);
        Assert.True(sent == (answer.Moves ? 100 * made.Count : 0), $"{why}: {sent} were sent.");
        Assert.All(made, r => Assert.True(r.State == (answer.Moves ? RefundState.Succeeded : RefundState.Failed), $"{why}: it is {r.State}."));
        // Where it was not sent, the credit of its note is there.
        Assert.Equal(answer.Moves ? 0 : 100 * made.Count, await BalanceAsync(matrix, payment) - balance);
        return lived;
    }

    /// <summary>What the bank returned is told by a notice, as soon as there is something to tell.</summary>
    private static async Task NoticeAsync(FaultMatrix matrix, PaymentAttempt payment, Answer answer)
    {
        if (!answer.Returned) return;
        matrix.House.Clock.Now += Duration.FromHours(1);
        foreach (var refund in (await RefundsAsync(matrix, payment)).Where(r => r.State == RefundState.Succeeded))
        {
            var now = await matrix.House.Gateway.FindRefundAsync(refund.Id, payment.GatewayReference!, TestHouse.Cancellation);
            await matrix.House.Get<RefundDesk>().SettleAsync([(refund.Id, now!)], matrix.House.Clock.Now, TestHouse.Cancellation);
        }
    }

    private static async Task<Guid?> WaitAsync(FaultMatrix matrix, PaymentAttempt payment)
    {
        if ((await RefundsAsync(matrix, payment)).Find(r => r.AskAgainAt is not null) is not { } open) return null;
        matrix.House.Clock.Now = Instant.Max(matrix.House.Clock.Now, open.AskAgainAt!.Value);
        return open.Id.Value;
    }

    private static Task<List<Refund>> RefundsAsync(FaultMatrix matrix, PaymentAttempt payment) => matrix.LookAsync(
        db => db.Refunds.AsNoTracking().Where(r => r.AttemptId == payment.Id).ToListAsync(TestHouse.Cancellation));

    private static Task<long> BalanceAsync(FaultMatrix matrix, PaymentAttempt payment) => matrix.LookAsync(
        db => db.Customers.Where(c => c.Id == payment.CustomerId).Select(c => c.BalanceMinor).SingleAsync(TestHouse.Cancellation));

    private static Task CollectAsync(FaultMatrix matrix, InvoiceId invoice) =>
        matrix.House.GetPass(typeof(CollectOpenInvoices)).DoAsync([invoice.Value], matrix.House.Clock.Now, TestHouse.Cancellation);

    /// <summary>A gateway's nonsense is a bug that nobody catches but the pass; the process lives on.</summary>
    private static async Task SurviveNonsenseAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (ItemsFailed e) when (e.InnerExceptions.All(inner => inner is InvalidDataException))
        {
        }
        catch (InvalidDataException)
        {
        }
    }

    private static async Task DieOrLiveAsync(Func<Task> life)
    {
        try
        {
            await life();
        }
        catch (Exception e) when (Died(e))
        {
        }

        static bool Died(Exception? e) => e is Died || e is AggregateException many && many.InnerExceptions.Any(Died) || e?.InnerException is { } inner && Died(inner);
    }

    /// <summary>docs/billing-run.md says how many cases there are; a case that is lost or found is told there.</summary>
    private static void MustBeTold(string flow, int answers, int cases)
    {
        var told = Row().Matches(File.ReadAllText(Repository.At("docs", "billing-run.md"))).Single(m => m.Groups["flow"].Value == flow);
        Assert.Equal($"{answers} {cases}", $"{told.Groups["answers"].Value} {told.Groups["cases"].Value}");
    }

    [GeneratedRegex(@"^\| (?<flow>the run|a manual payment|a refund) \| (?<answers>\d+) \| (?<cases>\d+) \|", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Row();
}
