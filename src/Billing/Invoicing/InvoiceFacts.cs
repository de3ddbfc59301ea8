using Billing.History;
using NodaTime;

namespace Billing.Invoicing;

/// <summary>An invoice outside a subscription's periods was issued.</summary>
public sealed record InvoiceIssued(CustomerId CustomerId, LocalDate On, InvoiceId InvoiceId, string Number, long TotalMinor, string Currency)
    : Fact(CustomerId, On);

/// <summary>An invoice was voided.</summary>
public sealed record InvoiceVoided(CustomerId CustomerId, LocalDate On, InvoiceId InvoiceId) : Fact(CustomerId, On);

/// <summary>An invoice was given up on.</summary>
public sealed record InvoiceGivenUp(CustomerId CustomerId, LocalDate On, InvoiceId InvoiceId) : Fact(CustomerId, On);

/// <summary>An invoice was credited, in part or whole.</summary>
public sealed record InvoiceCredited(
    CustomerId CustomerId, LocalDate On, InvoiceId InvoiceId, string CreditNote, long AmountMinor, string Currency)
    : Fact(CustomerId, On);
