using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Billing.Server.Http;

/// <summary>The keys that sessions and kept secrets are sealed with; in a folder beside the database, so that a copy of the one opens nothing.</summary>
internal static class KeyRing
{
    private const string DefaultFolder = "billing-data/keys";

    /// <summary>Sessions outlive a restart, and every process of an installation reads the same keys.</summary>
    public static IServiceCollection AddKeyRing(this IServiceCollection services)
    {
        services.AddDataProtection();
        services.AddOptions<KeyManagementOptions>().Configure<IConfiguration, ILoggerFactory>((o, configuration, logging) =>
            o.XmlRepository = new FileSystemXmlRepository(new(configuration["Billing:KeysFolder"] ?? DefaultFolder), logging));
        return services;
    }
}
