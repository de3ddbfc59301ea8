namespace Billing.Client.Contract;

/// <summary>Something a person is asked to look at.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Kind"><c>chargeRefused</c>, <c>outcomeUnknown</c>, <c>overpayment</c>, <c>refundFailed</c>, <c>dispute</c>,
/// <c>noticeUnknown</c>, <c>noticeFailed</c>, <c>booksDiffer</c>.</param>
/// <param name="SubjectId">The attempt, refund, dispute, notice or invoice it is about.</param>
/// <param name="CustomerId">Whose, where that is known.</param>
/// <param name="Words">What happened and what to do.</param>
/// <param name="RaisedAt">ISO instant, UTC.</param>
/// <param name="ClosedAt">When it was seen to.</param>
/// <param name="ClosedBy">By whom; <c>run</c> when it healed by itself.</param>
public sealed record AlarmView(
    Guid Id, string Kind, Guid SubjectId, Guid? CustomerId, string Words, string RaisedAt, string? ClosedAt, string? ClosedBy);
