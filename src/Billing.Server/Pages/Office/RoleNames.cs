using Billing.Server.Customers;
using Billing.Server.Staff;

namespace Billing.Server.Pages.Office;

/// <summary>Roles, and whoever did something, in words.</summary>
internal static class RoleNames
{
    public static string Of(StaffRole role, Tongue t) => role switch
    {
        StaffRole.Support => t["support", "সহায়তা"],
        StaffRole.Finance => t["finance", "হিসাব"],
        StaffRole.Admin => t["admin", "অ্যাডমিন"],
    };

    public static string About(StaffRole role, Tongue t) => role switch
    {
        StaffRole.Support => t[
            "Sees everything about customers, and helps: credit, discounts, breaks, leaving and staying, details, links.",
            "গ্রাহকের সবকিছু দেখেন ও সাহায্য করেন: জমা, ছাড়, বিরতি, যাওয়া ও থাকা, তথ্য, লিংক।"],
        StaffRole.Finance => t[
            "Also voids, writes off and credits invoices, sets prices, looks after runs, and reads the audit log.",
            "এছাড়া বিল বাতিল, মওকুফ ও ফেরত, দাম ঠিক করা, বিলিং রান দেখা এবং কে কী করেছেন তা পড়া।"],
        StaffRole.Admin => t[
            "Also invites colleagues, ends sessions and makes keys for programs.",
            "এছাড়া সহকর্মী আমন্ত্রণ, সেশন শেষ করা এবং প্রোগ্রামের চাবি বানানো।"],
    };

    /// <summary>Who did it, as one says it.</summary>
    public static string Actor(string actor, Tongue t) => actor switch
    {
        Actors.Run => t["the billing run", "বিলিং রান"],
        Actors.Customer => t["the customer", "গ্রাহক"],
        Actors.Import => t["the import", "আমদানি"],
        _ when actor.StartsWith(Actors.StaffPrefix, StringComparison.Ordinal) => actor[Actors.StaffPrefix.Length..],
        _ when actor.StartsWith(Actors.KeyPrefix, StringComparison.Ordinal) =>
            t[$"the app ({actor[Actors.KeyPrefix.Length..]})", $"অ্যাপ ({actor[Actors.KeyPrefix.Length..]})"],
        _ => actor,
    };
}
