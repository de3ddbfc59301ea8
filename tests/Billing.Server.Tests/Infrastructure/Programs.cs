namespace Billing.Server.Tests.Infrastructure;

/// <summary>Programs installed on this machine.</summary>
internal static class Programs
{
    /// <summary>The first of <paramref name="names"/> that is a program on the PATH, with links followed.</summary>
    public static string? OnPath(params string[] names)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return names
            .SelectMany(name => folders.Select(folder => Path.Combine(folder, name)))
            .Where(File.Exists)
            .Select(path => new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path)
            .FirstOrDefault();
    }
}
