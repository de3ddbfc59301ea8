using System.Text.Json;
using Billing.Client.Contract;
using Billing.Customers;
using Billing.Server.Http;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Customers;

internal static class CustomerViews
{
    /// <summary>The customer as the API shows it.</summary>
    public static CustomerView ToView(this Customer customer) => new(
        customer.Id.Value, customer.ExternalId, customer.Name, customer.Email, customer.Country, customer.Locale, customer.TimeZone,
        customer.Currency.Code, new(customer.BalanceMinor, customer.Currency.Code), customer.DefaultCardId?.Value,
        customer.CreatedAt.Iso(), customer.Version);

    public static HistoryView ToView(this HistoryEntry entry) => new(
        entry.Id, entry.Type, entry.On.Iso(), entry.At.Iso(), entry.Actor, JsonElement.Parse(entry.Data));

    /// <summary>The customer, to be changed.</summary>
    public static async Task<Customer> WithIdAsync(this IQueryable<Customer> customers, Guid id, CancellationToken cancellationToken) =>
        await customers.SingleOrDefaultAsync(c => c.Id == new CustomerId(id), cancellationToken) ?? throw NotFound.Of("customer");

    public static async Task<CustomerView> CustomerViewAsync(this BillingDbContext db, Guid id, CancellationToken cancellationToken) =>
        (await db.Customers.AsNoTracking().WithIdAsync(id, cancellationToken)).ToView();

    public static Task<Page<CustomerView>> CustomerPageAsync(
        this BillingDbContext db, string? externalId, PageQuery page, CancellationToken cancellationToken) => db.Customers
        .Where(c => externalId == null || c.ExternalId == externalId)
        .ToPageAsync(c => c.Id, CustomerId.From, page, ToView, cancellationToken);

    public static async Task<Page<HistoryView>> HistoryPageAsync(
        this BillingDbContext db, Guid customer, PageQuery page, CancellationToken cancellationToken)
    {
        var found = await db.Customers.AsNoTracking().WithIdAsync(customer, cancellationToken);
        return await db.History.Where(h => h.CustomerId == found.Id).ToPageAsync(h => h.Id, id => id, page, ToView, cancellationToken);
    }
}
