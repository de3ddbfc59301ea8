namespace Billing.Server.Staff;

/// <summary>What somebody of the staff may do; each may do all that those before may.</summary>
public enum StaffRole
{
    /// <summary>Sees customers and helps them: credit, discounts, breaks, leaving, details.</summary>
    Support,

    /// <summary>Also documents, plans and prices, runs and the audit log.</summary>
    Finance,

    /// <summary>Also the staff itself and the keys of the API.</summary>
    Admin,
}

internal static class StaffRoles
{
    /// <summary>Whether somebody of this role may do what needs <paramref name="wanted"/>.</summary>
    public static bool Allows(this StaffRole held, StaffRole wanted) => held >= wanted;

    /// <summary>The roles that may do what needs <paramref name="wanted"/>.</summary>
    public static IEnumerable<StaffRole> Holding(StaffRole wanted) => Enum.GetValues<StaffRole>().Where(r => r.Allows(wanted));
}
