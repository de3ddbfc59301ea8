namespace Billing.Invoicing;

/// <content>What dunning knows of it.</content>
public sealed partial class Invoice
{
    /// <summary>The case by which it was last asked for.</summary>
    public DunningCaseId? CaseId { get; private set; }

    /// <summary>Whether nobody asks for it by itself any more; it can still be paid by hand.</summary>
    public bool IsLetBe { get; private set; }

    /// <summary>It is asked for with the others of a case.</summary>
    /// <returns>Whether it was not before.</returns>
    public bool JoinCase(DunningCaseId id)
    {
        var joins = CaseId != id;
        CaseId = id;
        return joins;
    }

    /// <summary>Support stopped asking for it, for good.</summary>
    public void LetBe() => (IsLetBe, NextAttemptAt) = (true, null);
}
