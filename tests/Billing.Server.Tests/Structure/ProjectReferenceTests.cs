using System.Xml.Linq;
using Billing.Server.Tests.Infrastructure;

namespace Billing.Server.Tests.Structure;

/// <summary>Who may see whom, read from the project files.</summary>
public sealed class ProjectReferenceTests
{
    [Fact]
    public void The_rules_know_Noda_Time_and_nothing_else() => Assert.Equal(["NodaTime"], References("Billing"));

    [Fact]
    public void The_client_depends_on_nothing() => Assert.Empty(References("Billing.Client"));

    [Fact]
    public void The_server_stands_on_the_rules_and_the_wire() => Assert.Equal(
        ["Billing", "Billing.Client", "Microsoft.SqlServer.Server"],
        References("Billing.Server").Where(name => Directory.Exists(Repository.At("src", name))));

    [Fact]
    public void There_are_three_projects_and_one_stand_in() => Assert.Equal(
        ["Billing", "Billing.Client", "Billing.Server", "Microsoft.SqlServer.Server"],
        Repository.Files("src", ".csproj").Select(path => Path.GetFileNameWithoutExtension(path)!)
            .Order(StringComparer.Ordinal));

    // An analyzer works at build time only and is marked so; everything else travels with the project.
    private static IEnumerable<string> References(string project) =>
        XDocument.Load(Repository.At("src", project, $"{project}.csproj")).Descendants()
            .Where(item => item.Name.LocalName.EndsWith("Reference", StringComparison.Ordinal))
            .Where(item => (string?)item.Attribute("PrivateAssets") != "all")
            .Select(item => item.Attribute("Include")!.Value.Replace('\\', '/'))
            .Select(name => Path.GetExtension(name) == ".csproj" ? Path.GetFileNameWithoutExtension(name) : name)
            .Order(StringComparer.Ordinal);
}
