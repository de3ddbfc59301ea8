using Billing.Client.Contract;
using Billing.Server.Tests.Infrastructure;

namespace Billing.Server.Tests.Slices;

public sealed class CustomerTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 1, 10, 0);

    [Fact]
    public async Task A_customer_is_added_found_changed_and_remembered()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var added = await house.Client.AddCustomerAsync(new("USD", "Asia/Dhaka", "app-1", "Rina", "rina@example.com", "BD", "bn"));
        Assert.Equal((1, new Amount(0, "USD"), "bn"), (added.Version, added.Balance, added.Locale));
        Assert.Equal(added, await house.Client.GetCustomerAsync(added.Id));
        Assert.Equal(added, await house.Client.FindCustomerAsync("app-1"));
        Assert.Null(await house.Client.FindCustomerAsync("app-2"));

        var changed = await house.Client.ChangeCustomerAsync(added.Id, new("Europe/London", "app-1", "Rina K."), added.Version);
        Assert.Equal((2, "Rina K.", "Europe/London", null), (changed.Version, changed.Name, changed.TimeZone, changed.Email));

        var credited = await house.Client.GrantCreditAsync(added.Id, new(new(1500, "USD")));
        Assert.Equal((3, 1500), (credited.Version, credited.Balance.Value));

        var history = await house.Client.ListHistoryAsync(added.Id).ToListAsync(ApiHouse.Cancellation);
        Assert.Equal(["BalanceMoved", "CustomerChanged", "CustomerAdded"], history.Select(h => h.Type));
        Assert.All(history, h => Assert.Equal(("key:test", "2026-03-01"), (h.Actor, h.On)));
        Assert.Equal(1500, history[0].Data.GetProperty("amountMinor").GetInt64());
    }
}
