using Billing.Customers;
using Billing.History;
using Billing.Invoicing;
using NodaTime;

namespace Billing.Payments;

/// <summary>What an attempt's outcome means for its invoice and its customer.</summary>
/// <param name="Facts">For the history.</param>
/// <param name="Overpayment">Money that no longer had an invoice to settle and became the customer's credit.</param>
public sealed record Settlement(IReadOnlyList<Fact> Facts, BalanceEntry? Overpayment)
{
    private static readonly Settlement Nothing = new([], null);

    /// <summary>
    /// Applies an outcome: the one place where money moves an invoice. Applying it again, or an older one after a final
    /// one, changes nothing.
    /// </summary>
    /// <param name="attempt">The attempt; takes the outcome.</param>
    /// <param name="invoice">Its invoice; is paid. When it is tried again after a decline, dunning decides.</param>
    /// <param name="customer">The customer; gets what the invoice did not want.</param>
    /// <param name="outcome">What the gateway said.</param>
    /// <param name="now">When.</param>
    public static Settlement Apply(
        PaymentAttempt attempt, Invoice invoice, Customer customer, ChargeOutcome outcome, Instant now)
    {
        if (!attempt.Settle(outcome, now)) return Nothing;
        var today = customer.Today(now);

        return attempt.State switch
        {
            AttemptState.Succeeded or AttemptState.CapturedLate => Paid(attempt, invoice, customer, today, now),
            AttemptState.Declined => new([new PaymentDeclined(customer.Id, today, invoice.Id, attempt.Id, attempt.DeclineCode!)], null),
            AttemptState.ActionRequired => new([new PaymentNeedsAction(customer.Id, today, invoice.Id, attempt.Id)], null),
            AttemptState.Failed when outcome is ChargeOutcome.GivenUp => NotConfirmed(attempt, invoice, customer, today, now),
            AttemptState.Failed => Failed(attempt, invoice, customer, outcome is ChargeOutcome.NeverArrived, today, now),
            AttemptState.Unknown => Nothing,
            AttemptState.Started => throw new InvalidOperationException("An outcome never starts an attempt."),
        };
    }

    private static Settlement Paid(PaymentAttempt attempt, Invoice invoice, Customer customer, LocalDate today, Instant now)
    {
        var excess = invoice.TakePayment(attempt.Amount, now);
        var overpayment = excess.IsZero ? null : customer.MoveBalance(excess, BalanceReason.Overpayment, now, invoice.Id);
        return new(
            [new PaymentSucceeded(customer.Id, today, invoice.Id, attempt.Id, attempt.AmountMinor, attempt.Currency.Code)], overpayment);
    }

    private static Settlement Failed(
        PaymentAttempt attempt, Invoice invoice, Customer customer, bool neverArrived, LocalDate today, Instant now)
    {
        // What never arrived is tried anew; what the gateway refused as it stands would be refused again, so a person looks.
        if (neverArrived && attempt.Trigger == AttemptTrigger.Automatic) invoice.PlanAttempt(now);
        return new([new PaymentFailed(customer.Id, today, invoice.Id, attempt.Id, attempt.Detail!)], null);
    }

    private static Settlement NotConfirmed(PaymentAttempt attempt, Invoice invoice, Customer customer, LocalDate today, Instant now)
    {
        List<Fact> facts = [new PaymentNotConfirmed(customer.Id, today, invoice.Id, attempt.Id)];

        // Another card or another amount is a new question; the same one would be asked of the customer again at once.
        var next = invoice.OnBackupCard ? customer.BackupCardId : customer.DefaultCardId;
        if (next != attempt.CardId || invoice.DueMinor != attempt.AmountMinor) invoice.PlanAttempt(now);
        else if (invoice.PlanBackup(customer, attempt.CardId, now) is { } planned) facts.Add(planned);
        return new(facts, null);
    }
}
