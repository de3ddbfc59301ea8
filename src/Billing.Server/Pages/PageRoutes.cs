using System.Text.Encodings.Web;
using System.Text.Unicode;
using Billing.Server.Http;
using Billing.Server.Notices;
using Billing.Server.Pages.Leaving;
using Billing.Server.Pages.Office;
using Billing.Server.Pages.Portal;
using Billing.Server.Pages.SignIn;
using Billing.Server.Payments.Gateways.Sandbox;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.WebEncoders;

namespace Billing.Server.Pages;

/// <summary>The pages: portal and office. Rendered here, complete without a script.</summary>
internal static class PageRoutes
{
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddSingleton(p => Merchant.From(p.GetRequiredService<IConfiguration>()));
        services.AddSingleton(p => Theme.From(p.GetRequiredService<IConfiguration>()));
        services.AddSingleton(p => Embedding.From(p.GetRequiredService<IConfiguration>()));
        services.AddSingleton<Assets>();
        services.AddScoped<Visitor>();
        services.AddSessions();
        services.AddOffice();
        services.AddAntiforgery();
        services.AddOptions<AntiforgeryOptions>().Configure<Embedding>((o, embedding) =>
        {
            (o.Cookie.Name, o.SuppressXFrameOptionsHeader) = ("billing-form", true);
            embedding.Apply(o.Cookie);
        });

        // Bengali goes out as Bengali, not as a row of character references three times as long.
        services.Configure<WebEncoderOptions>(o => o.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        return services;
    }

    public static void UsePages(this WebApplication app)
    {
        app.UseWhen(http => !Edge.IsApi(http), site => site.UseStaticFiles(new StaticFileOptions
        {
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = Assets.Keeping(file.Context.Request),
        }));

        // Read now: a colour nobody can read, or an origin that is none, keeps the server from starting.
        _ = app.Services.GetRequiredService<Assets>();
        _ = app.Services.GetRequiredService<Embedding>();
        Assets.Map(app);

        var pages = app.MapGroup("").AddEndpointFilter(GuardAsync).DisableAntiforgery().ExcludeFromDescription();
        pages.MapEnter();
        pages.MapPortal();
        pages.MapOffice();
        pages.MapLeave();
        pages.MapMailbox();
        pages.MapSandboxPages();
        pages.MapPreferences();
        app.MapOneClick();
        pages.MapFront();
    }

    /// <summary>
    /// What every page is sent with; and no form is taken that one of our pages did not hand out (checked here for every
    /// post, whatever its parameters, which is why the framework's own check is off).
    /// </summary>
    private static async ValueTask<object?> GuardAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        PageHeaders.Write(context.HttpContext);
        if (HttpMethods.IsPost(context.HttpContext.Request.Method)
            && !await context.HttpContext.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context.HttpContext))
            return Messages.FormTooOld(context.HttpContext);
        return await next(context);
    }
}
