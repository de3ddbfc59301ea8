using Billing.Server.Staff;

namespace Billing.Server.Pages.Office;

/// <summary>Where in the office one is.</summary>
public enum OfficeSection
{
    Overview,
    Customers,
    Invoices,
    Payments,
    Dunning,
    Breaks,
    Plans,
    Notices,
    Runs,
    Gateway,
    Books,
    Reports,
    Audit,
    Staff,
    Settings,
}

/// <summary>What belongs together in the menu.</summary>
public enum OfficeGroup
{
    People,
    Money,
    House,
}

internal static class OfficeSections
{
    /// <summary>The first page stands above the groups.</summary>
    public static OfficeGroup? Group(this OfficeSection section) => section switch
    {
        OfficeSection.Overview => null,
        OfficeSection.Customers or OfficeSection.Dunning or OfficeSection.Breaks or OfficeSection.Notices => OfficeGroup.People,
        OfficeSection.Invoices or OfficeSection.Payments or OfficeSection.Plans or OfficeSection.Gateway
            or OfficeSection.Books or OfficeSection.Reports => OfficeGroup.Money,
        OfficeSection.Runs or OfficeSection.Audit or OfficeSection.Staff or OfficeSection.Settings => OfficeGroup.House,
    };

    public static string Name(this OfficeGroup group, Tongue t) => group switch
    {
        OfficeGroup.People => t["People", "মানুষ"],
        OfficeGroup.Money => t["Money", "টাকা"],
        OfficeGroup.House => t["House", "ঘর"],
    };

    public static string Path(this OfficeSection section) =>
        section == OfficeSection.Overview ? "/office" : $"/office/{section.ToString().ToLowerInvariant()}";

    /// <summary>Who sees it: the same role that its pages ask for.</summary>
    public static StaffRole Role(this OfficeSection section) => section switch
    {
        OfficeSection.Overview or OfficeSection.Customers or OfficeSection.Invoices or OfficeSection.Payments or OfficeSection.Dunning
            or OfficeSection.Breaks or OfficeSection.Plans or OfficeSection.Notices => StaffRole.Support,
        OfficeSection.Runs or OfficeSection.Gateway or OfficeSection.Books or OfficeSection.Reports or OfficeSection.Audit => StaffRole.Finance,
        OfficeSection.Staff or OfficeSection.Settings => StaffRole.Admin,
    };

    public static string Name(this OfficeSection section, Tongue t) => section switch
    {
        OfficeSection.Overview => t["Overview", "এক নজরে"],
        OfficeSection.Customers => t["Customers", "গ্রাহক"],
        OfficeSection.Invoices => t["Invoices", "বিল"],
        OfficeSection.Payments => t["Payments", "লেনদেন"],
        OfficeSection.Dunning => t["Failed payments", "না পাওয়া টাকা"],
        OfficeSection.Breaks => t["Breaks", "বিরতি"],
        OfficeSection.Plans => t["Plans", "প্ল্যান"],
        OfficeSection.Notices => t["Messages", "বার্তা"],
        OfficeSection.Runs => t["Runs", "বিলিং রান"],
        OfficeSection.Gateway => t["Gateway", "গেটওয়ে"],
        OfficeSection.Books => t["Books", "হিসাবের খাতা"],
        OfficeSection.Reports => t["Reports", "প্রতিবেদন"],
        OfficeSection.Audit => t["Audit log", "কে কী করেছেন"],
        OfficeSection.Staff => t["Staff", "কর্মী"],
        OfficeSection.Settings => t["Settings", "সেটিংস"],
    };
}
