using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;

namespace Billing.Server.Pages;

/// <summary>
/// The stylesheet, the script and what the merchant adds to them, under addresses that change with their content, so that
/// browsers may keep them for ever.
/// </summary>
public sealed class Assets(IWebHostEnvironment environment, Theme theme)
{
    private const string ThemePath = "/theme.css", LogoPath = "/logo";

    private readonly Lazy<string> style = new(() => Versioned(environment, "billing.css"));
    private readonly Lazy<string> officeStyle = new(() => Versioned(environment, "office.css"));
    private readonly Lazy<string> script = new(() => Versioned(environment, "billing.js"));

    /// <summary>The design system.</summary>
    public string Style => style.Value;

    /// <summary>The office's own part of it.</summary>
    public string OfficeStyle => officeStyle.Value;

    /// <summary>What pages are a little better with; nothing needs it.</summary>
    public string Script => script.Value;

    /// <summary>The merchant's colours, where there are any.</summary>
    public string? Colours { get; } = theme.Css is { } css ? Address(ThemePath, System.Text.Encoding.UTF8.GetBytes(css)) : null;

    /// <summary>The merchant's logo, where there is one.</summary>
    public string? Logo { get; } = theme.Logo is { } file ? Address(LogoPath, File.ReadAllBytes(file)) : null;

    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapGet(ThemePath, (Theme theme) => theme.Css is { } css ? Results.Text(css, "text/css") : Results.NotFound())
            .AddEndpointFilter(KeepAsync).ExcludeFromDescription();
        site.MapGet(LogoPath, (Theme theme) => theme.Logo is { } file ? Results.File(Path.GetFullPath(file), TypeOf(file)) : Results.NotFound())
            .AddEndpointFilter(KeepAsync).ExcludeFromDescription();
    }

    /// <summary>How long a browser may keep one of these: for ever under a versioned address, an hour under any other.</summary>
    public static string Keeping(HttpRequest request) =>
        request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "public, max-age=3600";

    private static ValueTask<object?> KeepAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.CacheControl = Keeping(context.HttpContext.Request);
        return next(context);
    }

    private static string TypeOf(string file) => new FileExtensionContentTypeProvider().TryGetContentType(file, out var type)
        ? type
        : "application/octet-stream";

    private static string Versioned(IWebHostEnvironment environment, string file)
    {
        using var content = environment.WebRootFileProvider.GetFileInfo(file).CreateReadStream();
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return Address($"/{file}", bytes.ToArray());
    }

    private static string Address(string path, byte[] content) => $"{path}?v={Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 6))}";
}
