namespace Billing.Server.Pages;

/// <summary>The pages: portal and office.</summary>
internal static class PageRoutes
{
    public static IServiceCollection AddPages(this IServiceCollection services) => services;

    public static void UsePages(this WebApplication app)
    {
    }
}
