using Billing.Customers;
using Billing.Dunning;
using Billing.Periods;

namespace Billing.Tests.Dunning;

/// <summary>One case from its first decline on, with a bank that says the same until told otherwise.</summary>
internal sealed class Story
{
    private readonly CardId card = new(Given.Id());
    private readonly DunningPolicy policy;

    public Story(string code, string declinedAt, string zone = "UTC", DunningPolicy? policy = null)
    {
        this.policy = policy ?? Policies.Shipped;
        Customer = Given.Customer(zone: zone);
        (Code, Now) = (code, Given.At(declinedAt));
        Case = DunningCase.Begin(new(Given.Id()), Customer, this.policy, code, card, Now);
        Case.Declined(code, card, ofTheLadder: false, Customer.Today(Now), Now);
        Replan();
    }

    public Customer Customer { get; }

    public DunningCase Case { get; }

    public string Code { get; set; }

    public Instant Now { get; set; }

    public bool HasCard { get; set; } = true;

    public bool HasBackup { get; set; }

    public bool Exempt { get; set; }

    public bool MayPark { get; set; } = true;

    public LocalDate? QuietUntil { get; set; }

    public Instant? ToldAt { get; set; }

    public int Tries { get; set; } = 1;

    /// <summary>What is next: <c>"2026-05-04 09:00 retry"</c>, where the customer lives.</summary>
    public string Next => $"{Case.NextAt!.Value.InZone(Customer.Zone).ToString("uuuu-MM-dd HH:mm", null)} {Case.NextStep.ToString().ToLowerInvariant()}";

    private DunningFacts Facts => new(Case, policy, Customer.Zone, HasCard, HasBackup, MayPark, Exempt, Tries, QuietUntil, ToldAt, Now);

    public DunningAct Ask() => Billing.Dunning.Dunning.Next(Facts);

    public DunningAct PaysAgain(Instant? declinedAt) => Billing.Dunning.Dunning.CardPaysAgain(Facts, declinedAt);

    public void Replan() => Case.Plan(Ask());

    /// <summary>Lives until the next step and does it, <paramref name="late"/> after it was due.</summary>
    public void Step(Duration late = default)
    {
        Now = Instant.Max(Now, Case.NextAt!.Value) + late;
        var act = Ask();
        if (act.At <= Now) Do(act);
        Replan();
    }

    /// <summary>Everything until it ends.</summary>
    public List<string> All()
    {
        List<string> steps = [];
        while (Case.State == CaseState.Open)
        {
            steps.Add(Next);
            Step();
        }

        return steps;
    }

    public void Declined(string code, bool ofTheLadder = true, CardId? other = null)
    {
        Case.Declined(code, other ?? card, ofTheLadder, Customer.Today(Now), Now);
        Replan();
    }

    private void Do(DunningAct act)
    {
        var today = CustomerZone.DateAt(Now, Customer.Zone);
        switch (act.Step)
        {
            case DunningStep.Retry when act.OnBackup:
                Case.BackupDeclined(Now);
                break;
            case DunningStep.Retry:
                Tries++;
                Case.Declined(Code, card, ofTheLadder: true, today, Now);
                break;
            case DunningStep.Write when Case.IsSilenced:
                Case.KeepSilent(Now);
                break;
            case DunningStep.Write:
                Case.Wrote(act.Template!.Value, today, Now);
                ToldAt ??= Now;
                break;
            case DunningStep.Park:
                Case.Park(today);
                break;
            case DunningStep.End:
                Case.Close(Case.State == CaseState.Parked ? CaseState.Ended : CaseState.Stopped, act.Why, today);
                break;
            case DunningStep.Wait:
                break;
        }
    }
}
