namespace Billing.Server.Pages.Office.Staff;

/// <summary>A browser and its machine in two words, from the long line that browsers send.</summary>
internal static class DeviceNames
{
    // The first that is in the line: most browsers name others too.
    private static readonly (string Sign, string Name)[] Browsers =
        [("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari")];

    private static readonly (string Sign, string Name)[] Machines =
        [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux")];

    public static string Of(string device, Tongue t)
    {
        var (browser, machine) = (Find(Browsers, device), Find(Machines, device));
        return (browser, machine) switch
        {
            (null, null) => t["an unknown program", "অজানা প্রোগ্রাম"],
            (null, { } known) => known,
            ({ } known, null) => known,
            ({ } known, { } on) => t[$"{known} on {on}", $"{on}-এ {known}"],
        };
    }

    private static string? Find((string Sign, string Name)[] names, string device) =>
        Array.Find(names, n => device.Contains(n.Sign, StringComparison.Ordinal)).Name;
}
