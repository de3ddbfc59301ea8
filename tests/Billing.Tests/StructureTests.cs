using System.Reflection;

namespace Billing.Tests;

public sealed class StructureTests
{
    [Fact]
    public void The_rules_know_Noda_Time_and_the_base_library_and_nothing_else()
    {
        var known = typeof(Money).Assembly.GetReferencedAssemblies().Select(a => a.Name!).Order(StringComparer.Ordinal);

        Assert.All(known, name => Assert.True(name is "NodaTime" || IsBaseLibrary(name), name));
    }

    private static bool IsBaseLibrary(string name) =>
        name.StartsWith("System.", StringComparison.Ordinal) &&
        Path.GetDirectoryName(Assembly.Load(name).Location) == Path.GetDirectoryName(typeof(object).Assembly.Location);
}
