using System.Text.RegularExpressions;
using Billing.Server.Tests.Infrastructure;

namespace Billing.Server.Tests.Structure;

/// <summary>A folder is a word finance uses, and the glossary says what it means.</summary>
public sealed partial class FolderTests
{
    private static readonly string[] FoldersByKind =
        ["Common", "Enums", "Extensions", "Helpers", "Managers", "Models", "Services", "Shared", "Utils", "Utilities"];

    [Fact]
    public void No_folder_is_named_after_a_kind_of_code() => Assert.Empty(
        Repository.Folders("src")
            .Where(path => FoldersByKind.Contains(Path.GetFileName(path), StringComparer.OrdinalIgnoreCase))
            .Select(Repository.Relative));

    [Theory]
    [InlineData("src/Billing")]
    [InlineData("src/Billing.Server")]
    public void Every_folder_is_a_word_of_the_glossary(string project)
    {
        var words = Terms().Select(Letters).SelectMany(term => new[] { term, term + "s" }).ToHashSet();

        var unknown = Repository.Folders(project)
            .Where(path => !Below("Migrations", path) && !Below("wwwroot", path) && Path.GetFileName(path) is not ("wwwroot" or "billing-data" or "Properties" or "Configurations"))
            .Where(path => !Below("billing-data", path))
            .Where(path => !words.Contains(Letters(Path.GetFileName(path))))
            .Select(Repository.Relative);

        Assert.Empty(unknown);
    }

    [Fact]
    public void The_glossary_is_in_alphabetical_order() =>
        Assert.Equal(Terms().Order(StringComparer.OrdinalIgnoreCase), Terms());

    private static List<string> Terms() => File.ReadLines(Repository.At("docs", "glossary.md"))
        .Select(line => Entry().Match(line))
        .Where(match => match.Success)
        .Select(match => match.Groups["term"].Value)
        .ToList();

    // "billing run" and BillingRun are one word.
    private static string Letters(string name) => string.Concat(name.Where(char.IsLetter)).ToLowerInvariant();

    private static bool Below(string folder, string path) =>
        Repository.Relative(path).Contains($"/{folder}/", StringComparison.Ordinal);

    [GeneratedRegex(@"^- \*\*(?<term>[^*]+)\*\*: ", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Entry();
}
