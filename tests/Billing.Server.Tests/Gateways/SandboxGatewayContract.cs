using System.Text;
using Billing.Payments;
using Billing.Server.Payments.Gateways;
using Billing.Server.Payments.Gateways.Sandbox;

namespace Billing.Server.Tests.Gateways;

/// <summary>The sandbox keeps the contract every gateway keeps.</summary>
public sealed class SandboxGatewayContract : PaymentGatewayContract, IDisposable
{
    private readonly MovableClock clock = new(Instant.FromUtc(2027, 1, 15, 9, 0));

    private readonly SandboxGateway sandbox;

    public SandboxGatewayContract()
    {
        sandbox = new($"Data Source={Guid.NewGuid():N};Mode=Memory;Cache=Shared", clock);
        sandbox.ChangeNoticeSecret();
    }

    protected override IPaymentGateway Gateway => sandbox;

    protected override GatewayTestCards Cards { get; } = new()
    {
        Succeeds = "pm_card_visa",
        NeedsAuthentication = "pm_card_authenticationRequired",
        RefusedWhenKept = "pm_card_visa_chargeDeclinedStolenCard",
        Declining = new Dictionary<DeclineClass, string>
        {
            [DeclineClass.Soft] = "pm_card_chargeCustomerFail",
            [DeclineClass.Technical] = "sandbox_declines_processing_error",
            [DeclineClass.FixCardData] = "sandbox_declines_incorrect_cvc",
            [DeclineClass.NeedsNewCard] = "sandbox_declines_invalid_account",
            [DeclineClass.NeedsAuthentication] = "sandbox_declines_pin_try_exceeded",
            [DeclineClass.Fraud] = "sandbox_declines_stolen_card",
            [DeclineClass.ConsentWithdrawn] = "sandbox_declines_stop_payment_order",
            [DeclineClass.OurFault] = "sandbox_declines_duplicate_transaction",
        },
        TimesOutCaptured = "sandbox_timeout_captured",
        TimesOutNotCaptured = "sandbox_timeout_not_captured",
        Disputed = "sandbox_disputed",
        RefundPending = "pm_card_pendingRefund",
        RefundReturned = "pm_card_refundFail",
    };

    protected override (string InUse, string Replaced) NoticeSecrets => (sandbox.NoticeSecrets[0], sandbox.NoticeSecrets[1]);

    protected override Instant Now => clock.Now;

    public void Dispose() => sandbox.Dispose();

    protected override Task<IReadOnlyList<Money>> CapturesOfAsync(InvoiceId invoiceId) =>
        Task.FromResult<IReadOnlyList<Money>>([.. sandbox.Ledger.CapturesOf(invoiceId).Select(c => c.Amount)]);

    protected override Task<bool> PutInAsync(CardSetup setup, string testToken)
    {
        sandbox.PutIn(sandbox.SetupOf(setup.Reference)!, testToken);
        return Task.FromResult(true);
    }

    protected override Task<bool> AnswerBankAsync(Uri page, bool yes)
    {
        sandbox.Answer(page.Segments[^1], yes);
        return Task.FromResult(true);
    }

    protected override Task<IReadOnlyList<Money>> RefundsOfAsync(string paymentReference) =>
        Task.FromResult<IReadOnlyList<Money>>([.. sandbox.Ledger.RefundsOf(paymentReference).Select(r => r.Amount)]);

    protected override Task<Instant> LaterAsync() => Task.FromResult(clock.Now += Duration.FromSeconds(1));

    protected override byte[] NoticeOf(string id, ChargeRequest request, string paymentReference) => Encoding.UTF8.GetBytes(
        new SandboxNotice(
            id, SandboxNotice.CurrentVersion, "payment.succeeded", clock.Now, NoticeSubject.Payment, paymentReference, request.CustomerId.Value,
            request.AttemptId.Value).ToBody());

    protected override byte[] StrangeNotice(string id) => Encoding.UTF8.GetBytes(
        new SandboxNotice(id, SandboxNotice.CurrentVersion, "weather.changed", clock.Now, NoticeSubject.Payment, "sbx_rain").ToBody());

    protected override Task UntilBanksHaveDecidedAsync()
    {
        clock.Now += SandboxRefund.Takes;
        return Task.CompletedTask;
    }
}
