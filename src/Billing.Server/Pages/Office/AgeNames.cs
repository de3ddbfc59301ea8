namespace Billing.Server.Pages.Office;

/// <summary>The words for how long something is open.</summary>
internal static class AgeNames
{
    public static string Of(int age, Tongue t)
    {
        var ages = OpenByAge.Ages;
        return age switch
        {
            0 => t[$"up to {ages[0]} days", $"{t.F.Number(ages[0])} দিন পর্যন্ত"],
            _ when age < ages.Count => t[$"{ages[age - 1] + 1} to {ages[age]} days", $"{t.F.Number(ages[age - 1] + 1)}–{t.F.Number(ages[age])} দিন"],
            _ => t[$"over {ages[^1]} days", $"{t.F.Number(ages[^1])} দিনের বেশি"],
        };
    }
}
