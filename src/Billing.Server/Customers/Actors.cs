namespace Billing.Server.Customers;

/// <summary>Who did something, as written in the history.</summary>
public static class Actors
{
    /// <summary>What the names of the staff and of keys begin with.</summary>
    public const string StaffPrefix = "staff:", KeyPrefix = "key:";

    /// <summary>The billing run.</summary>
    public const string Run = "run";

    /// <summary>The customer, on the self-service page.</summary>
    public const string Customer = "customer";

    /// <summary>The gateway, or a bank or card network behind it.</summary>
    public const string Gateway = "gateway";

    /// <summary>The import of a file.</summary>
    public const string Import = "import";

    /// <summary>A caller of the API.</summary>
    public static string Key(string name) => KeyPrefix + name;

    /// <summary>Somebody of the merchant's staff.</summary>
    public static string Staff(string name) => StaffPrefix + name;

    /// <summary>Whether a person did it, or a program with a key; not the run, the customer or a file.</summary>
    public static bool IsPerson(string actor) =>
        actor.StartsWith(StaffPrefix, StringComparison.Ordinal) || actor.StartsWith(KeyPrefix, StringComparison.Ordinal);
}
