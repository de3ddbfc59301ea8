namespace Billing.Server.Http { internal static class StubA {
 public static void MapReports(this IEndpointRouteBuilder b) { }
 public static void MapApiKeys(this IEndpointRouteBuilder b) { }
 public static IServiceCollection AddApiDocument(this IServiceCollection b) => b; public static void UseApiDocument(this WebApplication b) { } } }
