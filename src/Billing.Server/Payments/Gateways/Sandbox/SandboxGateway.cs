using Billing.Payments;
using NodaTime;

namespace Billing.Server.Payments.Gateways.Sandbox;

/// <summary>A new card the network told us about, without anybody asking.</summary>
/// <param name="CustomerId">Whose card.</param>
/// <param name="At">When the network told.</param>
/// <param name="Card">The card from now on; the token is the one it was kept under.</param>
public sealed record SandboxCardUpdate(CustomerId CustomerId, Instant At, AttachedCard Card);

/// <summary>A gateway without a bank: every outcome on demand, and a book that outlives the process.</summary>
/// <remarks>
/// Its days are UTC days of the clock it is given, so a moved clock expires cards. An outcome is committed before it
/// is told. Beyond <see cref="KeyLifetime"/> a known key is charged anew, as at the real one: asking by
/// <see cref="FindAsync"/> first is the caller's duty, and the sandbox does not forgive its neglect.
/// </remarks>
public sealed partial class SandboxGateway : IPaymentGateway, IDisposable
{
    private readonly SandboxStore store;
    private readonly IClock clock;
    private readonly Uri? publicUrl;

    /// <summary>Opens the sandbox's book, and makes it when there is none.</summary>
    /// <param name="connectionString">Its own SQLite file, never the product's database.</param>
    /// <param name="clock">The clock that can be moved.</param>
    /// <param name="faults">Bad luck on demand; none by default.</param>
    /// <param name="publicUrl">Where customers reach its pages; by default the server they are to return to.</param>
    public SandboxGateway(string connectionString, IClock clock, SandboxFaults? faults = null, Uri? publicUrl = null)
    {
        this.publicUrl = publicUrl;
        store = new(connectionString);
        this.clock = clock;
        Faults = faults ?? new();
        Ledger = new(store);
        MakeNoticeSecret();
    }

    /// <summary>Bad luck on demand.</summary>
    public SandboxFaults Faults { get; }

    /// <summary>What was really asked and taken.</summary>
    public SandboxLedger Ledger { get; }

    /// <inheritdoc/>
    public string Name => "Sandbox";

    /// <inheritdoc/>
    public Duration KeyLifetime => Duration.FromHours(24);

    /// <inheritdoc/>
    public Money MinimumCharge(Currency currency) => SmallestCharge.Of(currency);

    /// <inheritdoc/>
    public Task<AttachedCard> AttachCardAsync(CustomerId customerId, string token, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var today = clock.GetCurrentInstant().InUtc().Date;
        return Task.FromResult(store.InTransaction(() => Attach(customerId, token, today)));
    }

    /// <inheritdoc/>
    public async Task<ChargeOutcome> ChargeAsync(ChargeRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await Faults.PassBeforeAsync(cancellationToken);

        var now = clock.GetCurrentInstant();
        var answer = store.InTransaction(() =>
        {
            var answer = Faults.TakeLostBefore() ? Lost : Charge(request, now);
            store.Execute(
                "INSERT INTO calls (attempt, at, answer) VALUES ($1, $2, $3)",
                request.AttemptId.ToString(),
                now.ToUnixTimeTicks(),
                answer.GetType().Name);
            return answer;
        });

        await Faults.PassAfterAsync(cancellationToken);
        return Faults.TakeLostAfter() ? Lost : answer;
    }

    /// <inheritdoc/>
    public Task<ChargeOutcome?> FindAsync(
        PaymentAttemptId attemptId, CustomerId customerId, string? reference, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // A capture tells more than any later try that failed.
        var payments = PaymentsOf(attemptId);
        var telling = payments.Find(payment => payment.Verdict == BankVerdict.Captured) ?? payments.LastOrDefault();
        return Task.FromResult(telling?.Outcome);
    }

    /// <summary>New cards told by the network after <paramref name="since"/> and up to now, oldest first.</summary>
    /// <remarks>Ask again with the newest instant seen; asking twice with the same one answers the same.</remarks>
    public IReadOnlyList<SandboxCardUpdate> CardUpdatesSince(Instant since)
    {
        var now = clock.GetCurrentInstant();
        var replaceable = store.Query(
            $"SELECT {KeptCard.Columns} FROM cards WHERE test_token LIKE $1 ORDER BY token",
            KeptCard.Read,
            $"{SandboxCards.Replaced}%");
        return
        [
            .. from card in replaceable
               let at = card.ReplacedOn!.Value.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant()
               where at > since && at <= now
               orderby at
               select new SandboxCardUpdate(CustomerId.From(Guid.Parse(card.CustomerId)), at, card.Replacement),
        ];
    }

    /// <inheritdoc/>
    public void Dispose() => store.Dispose();

    private static ChargeOutcome Lost => new ChargeOutcome.Unknown("The connection was lost before an answer came.");

    private AttachedCard Attach(CustomerId customerId, string token, LocalDate today)
    {
        var kept = store.Query(
            $"SELECT {KeptCard.Columns} FROM cards WHERE customer = $1 AND (test_token = $2 OR token = $2)",
            KeptCard.Read,
            customerId.ToString(),
            token);
        if (kept is [var known])
            return known.AsOf(today);

        if (!SandboxCards.TryFind(token, out var card))
            throw new Refused("card_token_unknown", "No card goes by this token; start again with a new one.", "token");
        if (card.RefusedWhenKept)
            throw new Refused("card_declined", "The bank did not accept this card; another card may work.", "token");

        var detached = store.Query(
            "SELECT count(*) FROM detached_cards WHERE customer = $1 AND test_token = $2", row => row.GetInt32(0), customerId.ToString(), token)[0];
        var fresh = KeptCard.New(customerId, card, detached, today);
        store.Execute(
            $"INSERT INTO cards ({KeptCard.Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0)",
            fresh.CustomerId,
            fresh.TestToken,
            fresh.Printed.Token,
            fresh.Printed.Fingerprint,
            fresh.Printed.Brand,
            fresh.Printed.LastFour,
            fresh.Printed.ExpiryMonth,
            fresh.Printed.ExpiryYear);
        return fresh.Printed;
    }

    private ChargeOutcome Charge(ChargeRequest request, Instant now)
    {
        var earlier = PaymentsOf(request.AttemptId);
        if (earlier is [.., var last] && now - last.At < KeyLifetime)
            return last.Request == request with { SomebodyWaits = false } ? last.Outcome : Failed("idempotency_key_reused",
                "This attempt was sent before with another card, invoice or amount; nothing was charged now.");

        if (request.Amount.Minor <= 0)
            return Failed("amount_not_positive", "There is nothing to charge.");
        if (!request.Amount.BelowChargeStep.IsZero)
            return Failed("amount_not_chargeable", $"Cards are charged {request.Amount.Currency} in steps of {request.Amount with { Minor = request.Amount.Currency.ChargeStep }} only.");
        if (request.Amount < MinimumCharge(request.Amount.Currency))
            return Failed("amount_too_small", "The amount is below the minimum for its currency.");

        var found = store.Query(
            $"SELECT {KeptCard.Columns} FROM cards WHERE token = $1", KeptCard.Read, request.CardToken);
        if (found is not [var card] || card.CustomerId != request.CustomerId.ToString())
            return Failed("card_unknown", "This customer has no card under that token.");

        var today = now.InUtc().Date;
        var answer = AilmentOf(request.CardToken, today) is { } code ? BankAnswer.Declined(code) : card.Behaviour.Bank(card.At(today));
        return answer.Verdict == BankVerdict.NeverArrived ? Lost : Record(request, answer, earlier.Count, now);
    }

    private ChargeOutcome Record(ChargeRequest request, BankAnswer answer, int earlier, Instant now)
    {
        var reference = Hash.Hex("sbx_pay_", $"{request.AttemptId} {earlier}");
        var payment = new SandboxPayment(request, now, answer.Verdict, answer.DeclineCode, reference);
        payment.InsertInto(store);
        store.Execute(
            "UPDATE cards SET tries = tries + 1, captures = captures + $2 WHERE token = $1",
            request.CardToken,
            answer.Verdict == BankVerdict.Captured ? 1 : 0);
        if (answer.Dispute is { } dispute) Dispute(reference, null, dispute, now);
        return answer.ConnectionLost ? Lost : payment.Outcome;
    }

    private List<SandboxPayment> PaymentsOf(PaymentAttemptId attemptId) => store.Query(
        $"SELECT {SandboxPayment.Columns} FROM payments WHERE attempt = $1 ORDER BY id",
        SandboxPayment.Read,
        attemptId.ToString());

    private static ChargeOutcome.Failed Failed(string code, string reason) => new($"{code}: {reason}");
}
