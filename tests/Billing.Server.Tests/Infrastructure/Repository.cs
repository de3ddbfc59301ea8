namespace Billing.Server.Tests.Infrastructure;

/// <summary>The files of this repository, found from wherever the tests were built to.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Path from the root, with forward slashes.</summary>
    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    /// <summary>Files below <paramref name="folder"/> that people write: nothing built, nothing fetched.</summary>
    public static IEnumerable<string> Files(string folder, params string[] extensions) =>
        Directory.EnumerateFiles(At(folder), "*", SearchOption.AllDirectories)
            .Where(path => extensions.Contains(Path.GetExtension(path)) && !IsBuilt(Relative(path)))
            .Order(StringComparer.Ordinal);

    /// <summary>Folders below <paramref name="folder"/> that people made.</summary>
    public static IEnumerable<string> Folders(string folder) =>
        Directory.EnumerateDirectories(At(folder), "*", SearchOption.AllDirectories)
            .Where(path => !IsBuilt(Relative(path)))
            .Order(StringComparer.Ordinal);

    private static bool IsBuilt(string path) => path.Split('/').Any(part => part is "bin" or "obj" or "node_modules");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Billing.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("No folder above the tests holds Billing.sln.");
    }
}
