using Billing.Server.Demo;
using Billing.Server.Pages.Language;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Billing.Server.Pages;

/// <summary>The front door: where to go from here; with a demo merchant, where to click.</summary>
internal static class FrontRoutes
{
    public static void MapFront(this IEndpointRouteBuilder pages)
    {
        if (pages.ServiceProvider.GetService<DemoProgress>() is not null) pages.MapDemo();
        else pages.MapGet("/", (HttpContext http) => new RazorComponentResult<Front>(new { Words = Words.For(http) }));
    }
}
