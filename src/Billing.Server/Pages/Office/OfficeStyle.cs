using System.Security.Cryptography;

namespace Billing.Server.Pages.Office;

/// <summary>The office's own part of the design system, under an address that changes with its content.</summary>
public sealed class OfficeStyle(IWebHostEnvironment environment)
{
    private const string Path = "office.css";

    private readonly Lazy<string> address = new(() =>
    {
        using var content = environment.WebRootFileProvider.GetFileInfo(Path).CreateReadStream();
        return $"/{Path}?v={Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 6))}";
    });

    /// <summary>What a page links to.</summary>
    public string Address => address.Value;
}
