using System.Text.RegularExpressions;
using Billing.Server.Tests.Infrastructure;

namespace Billing.Server.Tests.Structure;

/// <summary>A rule that is written down is a rule that is tested: its heading is the name of a test.</summary>
public sealed partial class RulesDocumentTests
{
    [Theory, InlineData("rules.md"), InlineData("ledger.md"), InlineData("metrics.md")]
    public void Every_rule_written_down_has_a_test_of_the_same_name(string document)
    {
        var rules = Repository.At("docs", document);
        var tests = Repository.Files("tests", ".cs").SelectMany(path => Method().Matches(File.ReadAllText(path)))
            .Select(match => Words(match.Groups["name"].Value)).ToHashSet();

        var untested = File.ReadLines(rules)
            .Where(line => line.StartsWith("### ", StringComparison.Ordinal))
            .Select(line => line[4..])
            .Where(heading => !tests.Contains(Words(heading)));

        Assert.Empty(untested);
    }

    // "A pause's fee is billed in advance." and A_pauses_fee_is_billed_in_advance are the same words.
    private static string Words(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    [GeneratedRegex(@"\b(void|Task) (?<name>\w+)\(", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Method();
}
