using Billing.History;
using Billing.Notices;
using NodaTime;

namespace Billing.Dunning;

/// <summary>A payment failed, and a case began.</summary>
public sealed record DunningBegan(CustomerId CustomerId, LocalDate On, DunningCaseId CaseId, string Ladder, string Code) : Fact(CustomerId, On);

/// <summary>A message of a case was written down to be sent.</summary>
public sealed record DunningWrote(CustomerId CustomerId, LocalDate On, DunningCaseId CaseId, NoticeKind Template, int Number) : Fact(CustomerId, On);

/// <summary>A case was exhausted and the customer parked.</summary>
public sealed record DunningParked(CustomerId CustomerId, LocalDate On, DunningCaseId CaseId) : Fact(CustomerId, On);

/// <summary>A case ended.</summary>
public sealed record DunningEnded(
    CustomerId CustomerId, LocalDate On, DunningCaseId CaseId, CaseState How, RecoveryRoute? Route, bool PromiseKept, string Why)
    : Fact(CustomerId, On);

/// <summary>A card was not tried, and why.</summary>
public sealed record TryNotMade(CustomerId CustomerId, LocalDate On, InvoiceId InvoiceId, CardId CardId, string Code, string Words)
    : Fact(CustomerId, On);

/// <summary>The customer chose a day to pay.</summary>
public sealed record DayToPayChosen(CustomerId CustomerId, LocalDate On, DunningCaseId CaseId, LocalDate Day) : Fact(CustomerId, On);

/// <summary>The customer took the chosen day back.</summary>
public sealed record DayToPayWithdrawn(CustomerId CustomerId, LocalDate On, DunningCaseId CaseId, LocalDate Day) : Fact(CustomerId, On);

/// <summary>The card did not pay on the chosen day.</summary>
public sealed record PromiseBroken(CustomerId CustomerId, LocalDate On, DunningCaseId CaseId, LocalDate Day) : Fact(CustomerId, On);

/// <summary>Support gave time.</summary>
public sealed record GraceExtended(CustomerId CustomerId, LocalDate On, DunningCaseId CaseId, LocalDate Until, string Reason) : Fact(CustomerId, On);

/// <summary>Somebody writes in person.</summary>
public sealed record WrittenPersonally(CustomerId CustomerId, LocalDate On, DunningCaseId CaseId, string Reason) : Fact(CustomerId, On);

/// <summary>Nobody asks this customer for money by itself any more, or again.</summary>
public sealed record ExemptionChanged(CustomerId CustomerId, LocalDate On, bool Exempt, string Reason) : Fact(CustomerId, On);
