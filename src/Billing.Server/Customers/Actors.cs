namespace Billing.Server.Customers;

/// <summary>Who did something, as written in the history.</summary>
public static class Actors
{
    /// <summary>The billing run.</summary>
    public const string Run = "run";

    /// <summary>The customer, on the self-service page.</summary>
    public const string Customer = "customer";

    /// <summary>The gateway, or a bank or card network behind it.</summary>
    public const string Gateway = "gateway";

    /// <summary>The import of a file.</summary>
    public const string Import = "import";

    /// <summary>A caller of the API.</summary>
    public static string Key(string name) => $"key:{name}";

    /// <summary>Somebody of the merchant's staff.</summary>
    public static string Staff(string name) => $"staff:{name}";
}
