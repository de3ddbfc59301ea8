using NodaTime;

namespace Billing.Server.Demo;

/// <summary>Section <c>Billing:Demo</c>: <c>true</c>, or the particulars.</summary>
/// <param name="Customers">How many customers arrive.</param>
/// <param name="Months">How long the merchant has lived until today.</param>
internal sealed record DemoSettings(int Customers, int Months)
{
    private const int MostCustomers = 5_000, MostMonths = 60;

    /// <summary>Reads them.</summary>
    /// <returns><see langword="null"/> when no demo is wanted.</returns>
    public static DemoSettings? From(IConfiguration configuration)
    {
        var section = configuration.GetSection("Billing:Demo");
        var wanted = bool.TryParse(section.Value, out var said) ? said : section.GetValue("Enabled", section.GetChildren().Any());
        return wanted
            ? new(
                Math.Clamp(section.GetValue("Customers", 300), 2, MostCustomers), Math.Clamp(section.GetValue("Months", 18), 1, MostMonths))
            : null;
    }

    /// <summary>The day the merchant opened, when today is <paramref name="today"/>.</summary>
    public LocalDate OpenedOn(LocalDate today) => today.PlusMonths(-Months);
}
