namespace Billing.Server.Http;

/// <summary>The API: <c>/v1</c>.</summary>
internal static class Api
{
    public static IServiceCollection AddApi(this IServiceCollection services) => services;

    public static void UseApi(this WebApplication app)
    {
    }
}
