using Billing.Client.Contract;
using Billing.Customers;
using Billing.Server.Http;

namespace Billing.Server.Customers;

internal static class CustomerViews
{
    /// <summary>The customer as the API shows it.</summary>
    public static CustomerView ToView(this Customer customer) => new(
        customer.Id.Value, customer.ExternalId, customer.Name, customer.Email, customer.Country, customer.Locale, customer.TimeZone,
        customer.Currency.Code, new(customer.BalanceMinor, customer.Currency.Code), customer.DefaultCardId?.Value,
        customer.CreatedAt.Iso());
}
