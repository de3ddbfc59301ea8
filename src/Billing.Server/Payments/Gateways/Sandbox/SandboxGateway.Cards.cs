using Billing.Payments;
using NodaTime;
using NodaTime.Text;

namespace Billing.Server.Payments.Gateways.Sandbox;

public sealed partial class SandboxGateway
{
    /// <inheritdoc/>
    public Task<CardSetup> BeginCardSetupAsync(CustomerId customerId, Uri returnTo, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var reference = store.InTransaction(() =>
        {
            var earlier = store.Query("SELECT count(*) FROM card_setups", row => row.GetInt32(0))[0];
            var fresh = Hash.Hex("sbx_setup_", $"{customerId} {earlier}");
            store.Execute(
                "INSERT INTO card_setups (reference, customer, return_to) VALUES ($1, $2, $3)",
                fresh, customerId.ToString(), returnTo.AbsoluteUri);
            return fresh;
        });
        return Task.FromResult(new CardSetup(reference, PageAt(returnTo, $"{SandboxPages.CardSetup}/{reference}")));
    }

    /// <inheritdoc/>
    public Task<AttachedCard?> FinishCardSetupAsync(CustomerId customerId, string reference, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (SetupOf(reference) is not { } setup || setup.CustomerId != customerId)
            throw new Refused("card_setup_unknown", "No card was being put in under this reference; start again.");
        if (setup.CardToken is null) return Task.FromResult<AttachedCard?>(null);
        return Task.FromResult<AttachedCard?>(CardBy(setup.CardToken)?.AsOf(Today)
            ?? throw new Refused("card_setup_unknown", "The card put in here has been taken away since; start again."));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<AttachedCard>> CardsAsync(CustomerId customerId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var kept = store.Query(
            $"SELECT {KeptCard.Columns} FROM cards WHERE customer = $1 ORDER BY token", KeptCard.Read, customerId.ToString());
        return Task.FromResult<IReadOnlyList<AttachedCard>>([.. kept.Select(card => card.AsOf(Today))]);
    }

    /// <inheritdoc/>
    public Task DetachCardAsync(CustomerId customerId, string cardToken, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        store.InTransaction(() =>
        {
            store.Execute(
                "INSERT INTO detached_cards (token, customer, test_token) SELECT token, customer, test_token FROM cards WHERE token = $1 AND customer = $2",
                cardToken, customerId.ToString());
            return store.Execute("DELETE FROM cards WHERE token = $1 AND customer = $2", cardToken, customerId.ToString());
        });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<Uri?> ConfirmationPageAsync(
        PaymentAttemptId attemptId, string reference, Uri returnTo, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (PaymentBy(reference).Verdict != BankVerdict.ConfirmationNeeded) return Task.FromResult<Uri?>(null);
        store.Execute(
            "INSERT INTO confirmations (reference, return_to) VALUES ($1, $2) ON CONFLICT (reference) DO UPDATE SET return_to = $2",
            reference, returnTo.AbsoluteUri);
        return Task.FromResult<Uri?>(PageAt(returnTo, $"{SandboxPages.Confirmation}/{reference}"));
    }

    /// <inheritdoc/>
    public Task<ChargeOutcome> GiveUpAsync(PaymentAttemptId attemptId, string reference, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Decide(reference, BankVerdict.GivenUp, null));
    }

    /// <summary>
    /// A card's bank says no from one day of the sandbox's through another, whatever kind of card it is: no money until payday, a limit
    /// reached, a bank that is down. On the day after, the card is what it was.
    /// </summary>
    /// <param name="cardToken">A kept card's.</param>
    /// <param name="from">First day.</param>
    /// <param name="through">Last day.</param>
    /// <param name="code">What the bank says.</param>
    public void Ail(string cardToken, LocalDate from, LocalDate through, string code) => store.Execute(
        "INSERT INTO ailments (card, from_day, until_day, code) VALUES ($1, $2, $3, $4) ON CONFLICT (card, from_day) DO UPDATE SET until_day = $3, code = $4",
        cardToken, LocalDatePattern.Iso.Format(from), LocalDatePattern.Iso.Format(through), code);

    private string? AilmentOf(string cardToken, LocalDate today) => store.Query(
        "SELECT code FROM ailments WHERE card = $1 AND from_day <= $2 AND until_day >= $2 ORDER BY from_day DESC LIMIT 1",
        row => row.GetString(0), cardToken, LocalDatePattern.Iso.Format(today)).FirstOrDefault();

    /// <summary>The card that is being put in under a reference.</summary>
    internal SandboxSetup? SetupOf(string reference) => store.Query(
        "SELECT reference, customer, return_to, card FROM card_setups WHERE reference = $1", SandboxSetup.Read, reference).SingleOrDefault();

    /// <summary>The customer chose this test card on the sandbox's page. The first choice stays.</summary>
    /// <exception cref="Refused">As <see cref="AttachCardAsync"/>.</exception>
    internal void PutIn(SandboxSetup setup, string testToken) => store.InTransaction(() => store.Execute(
        "UPDATE card_setups SET card = $2 WHERE reference = $1 AND card IS NULL",
        setup.Reference, Attach(setup.CustomerId, testToken, Today).Token));

    /// <summary>The payment a customer is asked to confirm, and where to go afterwards.</summary>
    internal SandboxQuestion? QuestionOf(string reference) => store.Query(
        "SELECT p.reference, p.amount, p.currency, p.verdict, c.return_to FROM payments p JOIN confirmations c ON c.reference = p.reference WHERE p.reference = $1",
        SandboxQuestion.Read, reference).SingleOrDefault();

    /// <summary>The customer said yes to the bank, or no. What is decided already stays.</summary>
    internal ChargeOutcome Answer(string reference, bool yes)
    {
        var answer = yes ? CardBy(PaymentBy(reference).Request.CardToken)?.Behaviour.AfterConfirmation : null;
        return answer is null
            ? Decide(reference, BankVerdict.Declined, "authentication_not_handled")
            : Decide(reference, answer.Verdict, answer.DeclineCode);
    }

    private ChargeOutcome Decide(string reference, BankVerdict verdict, string? code) => store.InTransaction(() =>
    {
        var decided = store.Execute(
            "UPDATE payments SET verdict = $2, code = $3 WHERE reference = $1 AND verdict = 'ConfirmationNeeded'",
            reference, verdict.ToString(), code);
        var payment = PaymentBy(reference);
        if (decided == 1 && verdict == BankVerdict.Captured)
            store.Execute("UPDATE cards SET captures = captures + 1 WHERE token = $1", payment.Request.CardToken);
        return payment.Outcome;
    });

    private SandboxPayment PaymentBy(string reference) => store.Query(
        $"SELECT {SandboxPayment.Columns} FROM payments WHERE reference = $1", SandboxPayment.Read, reference).Single();

    private KeptCard? CardBy(string token) => store.Query(
        $"SELECT {KeptCard.Columns} FROM cards WHERE token = $1", KeptCard.Read, token).SingleOrDefault();

    private LocalDate Today => clock.GetCurrentInstant().InUtc().Date;

    // Where this server is called when nobody configured it: as the page the customer comes from.
    private Uri PageAt(Uri returnTo, string path) => new(publicUrl ?? returnTo, path);
}
