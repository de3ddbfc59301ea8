namespace Billing.Server.Tests.Demo;

/// <summary>The whole demo merchant that README's first command brought to life, for whoever comes after; it takes a minute to make.</summary>
internal static class DemoDatabase
{
    /// <summary>Where <c>billing.db</c> and <c>sandbox.db</c> are; none when that test was not run.</summary>
    public static string? Folder { get; private set; }

    public static void Keep(string folder) => Folder = folder;

    public static void Delete()
    {
        if (Folder is { } folder) Directory.Delete(folder, recursive: true);
        Folder = null;
    }
}
