using System.Security.Cryptography;

namespace Billing.Server.Pages;

/// <summary>The one stylesheet, under an address that changes with its content, so that browsers may keep it for ever.</summary>
public sealed class Stylesheet(IWebHostEnvironment environment)
{
    private const string Path = "billing.css";

    private readonly Lazy<string> address = new(() =>
    {
        using var content = environment.WebRootFileProvider.GetFileInfo(Path).CreateReadStream();
        return $"/{Path}?v={Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 6))}";
    });

    /// <summary>What a page links to.</summary>
    public string Address => address.Value;
}
