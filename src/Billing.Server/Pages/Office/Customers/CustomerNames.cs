using Billing.Customers;

namespace Billing.Server.Pages.Office.Customers;

/// <summary>What a customer is called, though nobody told us a name.</summary>
internal static class CustomerNames
{
    public static string Of(Customer customer, Tongue t) =>
        customer.Name ?? customer.Email ?? customer.ExternalId ?? t["A customer without a name", "নাম নেই এমন গ্রাহক"];
}
