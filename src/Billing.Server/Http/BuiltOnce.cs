using Microsoft.Extensions.Primitives;

namespace Billing.Server.Http;

/// <summary>
/// All endpoints, made when they are first asked for and then kept. A group of routes makes its endpoints, and compiles each of
/// their handlers, anew for everyone who asks; both routing and authorization do, which was half of the time it took to open.
/// </summary>
internal sealed class BuiltOnce(IReadOnlyList<EndpointDataSource> sources) : EndpointDataSource
{
    private readonly Lazy<IReadOnlyList<Endpoint>> endpoints = new(() => [.. sources.SelectMany(s => s.Endpoints)]);

    public override IReadOnlyList<Endpoint> Endpoints => endpoints.Value;

    /// <summary>Nothing is mapped once the door is open.</summary>
    public override IChangeToken GetChangeToken() => new CancellationChangeToken(CancellationToken.None);
}

internal static class BuildingOnce
{
    /// <summary>Comes after everything is mapped.</summary>
    public static void BuildEndpointsOnce(this IEndpointRouteBuilder app)
    {
        BuiltOnce all = new([.. app.DataSources]);
        app.DataSources.Clear();
        app.DataSources.Add(all);
    }
}
