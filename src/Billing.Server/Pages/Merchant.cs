namespace Billing.Server.Pages;

/// <summary>Whose house this is, as customers read it: section <c>Billing:Merchant</c>.</summary>
/// <param name="Name">The name on every page and invoice.</param>
/// <param name="Address">Printed on invoices below the name, lines parted by semicolons; may be empty.</param>
/// <param name="Contact">Where customers may write to; may be empty.</param>
public sealed record Merchant(string Name, string? Address, string? Contact)
{
    public static Merchant From(IConfiguration configuration) => new(
        configuration["Billing:Merchant:Name"] ?? "Billing", configuration["Billing:Merchant:Address"],
        configuration["Billing:Merchant:Contact"]);
}
