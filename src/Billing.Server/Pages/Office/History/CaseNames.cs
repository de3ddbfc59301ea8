using Billing.Dunning;

namespace Billing.Server.Pages.Office.History;

/// <summary>Where a case stands, in words.</summary>
internal static class CaseNames
{
    public static string Of(CaseState state, Tongue t) => state switch
    {
        CaseState.Open => t["being asked for", "চাওয়া হচ্ছে"],
        CaseState.Parked => t["parked", "স্থগিত"],
        CaseState.Recovered => t["paid", "পরিশোধ হয়েছে"],
        CaseState.Settled => t["settled", "মিটে গেছে"],
        CaseState.Paused => t["on a break", "বিরতিতে"],
        CaseState.MovedDown => t["moved to a smaller plan", "ছোট প্ল্যানে গেছেন"],
        CaseState.Left => t["left", "ছেড়ে গেছেন"],
        CaseState.Forgiven => t["forgiven", "মাফ করা হয়েছে"],
        CaseState.Stopped => t["no longer asked for", "আর চাওয়া হয় না"],
        CaseState.Returned => t["came back", "ফিরে এসেছেন"],
        CaseState.Ended => t["ended unpaid", "টাকা না পেয়ে শেষ"],
    };

    public static string Of(DunningStep step, Tongue t) => step switch
    {
        DunningStep.Retry => t["try the card", "কার্ডে চেষ্টা"],
        DunningStep.Write => t["write", "লেখা"],
        DunningStep.Wait => t["wait", "অপেক্ষা"],
        DunningStep.Park => t["park", "স্থগিত"],
        DunningStep.End => t["end", "শেষ"],
    };
}
