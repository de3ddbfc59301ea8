namespace Billing.Client.Contract;

/// <summary>A draft to write for a customer; nothing is owed before it is issued.</summary>
/// <param name="Items">What is sold once; more can be added until it is issued.</param>
public sealed record NewInvoice(IReadOnlyList<NewInvoiceItem>? Items = null);

/// <summary>Something sold once.</summary>
/// <param name="Description">What the customer reads; 200 letters at most.</param>
/// <param name="UnitAmount">Each; below zero for a reduction, as long as the invoice is not.</param>
/// <param name="Quantity">1 to 1 000 000.</param>
public sealed record NewInvoiceItem(string Description, Amount UnitAmount, int Quantity = 1);

/// <summary>An invoice. Once issued its lines and total never change. Total = balance applied + carried forward + credited + paid + due.</summary>
/// <param name="Id">Our id.</param>
/// <param name="CustomerId">Who owes.</param>
/// <param name="SubscriptionId">The subscription it bills, if any.</param>
/// <param name="Number">As printed; none before it is issued.</param>
/// <param name="Kind"><c>period</c> or <c>one_off</c>.</param>
/// <param name="Status"><c>draft</c>, <c>open</c>, <c>paid</c>, <c>void</c>, <c>uncollectible</c>.</param>
/// <param name="PeriodStart">First day billed.</param>
/// <param name="PeriodEnd">First day after the period billed.</param>
/// <param name="IssuedOn">In the customer's zone.</param>
/// <param name="Subtotal">Lines before discounts.</param>
/// <param name="Discount">What discounts take off.</param>
/// <param name="Total">Subtotal less discounts.</param>
/// <param name="BalanceApplied">Settled by credit; below zero when an older carried amount is collected with it.</param>
/// <param name="CarriedForward">Too small to charge; the next invoice collects it.</param>
/// <param name="Credited">Taken off what was due by credit notes.</param>
/// <param name="Paid">Money that arrived.</param>
/// <param name="Due">Still to pay.</param>
/// <param name="NextAttemptAt">When the run tries to collect it next.</param>
/// <param name="CreatedAt">ISO instant, UTC.</param>
/// <param name="Version">The <c>ETag</c>; send it back when you change something.</param>
/// <param name="Lines">The lines; left out in lists.</param>
public sealed record InvoiceView(
    Guid Id, Guid CustomerId, Guid? SubscriptionId, string? Number, string Kind, string Status, string? PeriodStart, string? PeriodEnd,
    string? IssuedOn, Amount Subtotal, Amount Discount, Amount Total, Amount BalanceApplied, Amount CarriedForward, Amount Credited,
    Amount Paid, Amount Due, string? NextAttemptAt, string CreatedAt, int Version, IReadOnlyList<InvoiceLineView>? Lines = null)
    : IVersionedView;

/// <summary>One line of an invoice.</summary>
/// <param name="Kind"><c>plan</c>, <c>discount</c> or <c>item</c>.</param>
/// <param name="Description">As printed.</param>
/// <param name="Quantity">Seats or pieces.</param>
/// <param name="UnitAmount">Each.</param>
/// <param name="Amount">Together.</param>
/// <param name="ServiceStart">First day of service, for a plan.</param>
/// <param name="ServiceEnd">First day after the service, for a plan.</param>
public sealed record InvoiceLineView(
    string Kind, string Description, int Quantity, Amount UnitAmount, Amount Amount, string? ServiceStart, string? ServiceEnd);

/// <summary>A credit note to write on an issued invoice: what is due shrinks first, the rest becomes the customer's credit.</summary>
/// <param name="Amount">Above zero; all credit notes together at most the total.</param>
/// <param name="Reason">Why; 500 letters at most.</param>
public sealed record NewCreditNote(Amount Amount, string Reason);

/// <summary>A credit note; it never changes.</summary>
/// <param name="Id">Our id.</param>
/// <param name="InvoiceId">The invoice it corrects.</param>
/// <param name="CustomerId">Whose.</param>
/// <param name="Number">As printed.</param>
/// <param name="Amount">Credited.</param>
/// <param name="ToBalance">The part that became the customer's credit.</param>
/// <param name="Reason">Why.</param>
/// <param name="IssuedOn">In the customer's zone.</param>
/// <param name="Lines">Its share of each line of the invoice, by cumulative difference: together the amount.</param>
public sealed record CreditNoteView(
    Guid Id, Guid InvoiceId, Guid CustomerId, string Number, Amount Amount, Amount ToBalance, string Reason, string IssuedOn,
    IReadOnlyList<CreditNoteLineView>? Lines = null);

/// <summary>How much of one line a credit note takes back; below zero for a reduction that shrinks with it.</summary>
/// <param name="Position">The line's place on the invoice.</param>
/// <param name="Kind">The line's kind.</param>
/// <param name="Description">The line's words.</param>
/// <param name="Amount">What is taken back of it.</param>
public sealed record CreditNoteLineView(int Position, string Kind, string Description, Amount Amount);
