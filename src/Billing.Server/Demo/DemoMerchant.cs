namespace Billing.Server.Demo;

/// <summary>A merchant to look at.</summary>
internal static class DemoMerchant
{
    public static IServiceCollection AddDemoMerchant(this IServiceCollection services, IConfiguration configuration) => services;
}
