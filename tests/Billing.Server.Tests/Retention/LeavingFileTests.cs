using System.Text;
using System.Text.Json.Nodes;
using Billing.Server.Retention;
using Billing.Server.Tests.Infrastructure;

namespace Billing.Server.Tests.Retention;

/// <summary>The file of choices about leaving: ours is good, and a bad one keeps the server from starting.</summary>
public sealed class LeavingFileTests
{
    private static string Ours => File.ReadAllText(Repository.At("src", "Billing.Server", "Retention", "leaving.json"));

    [Fact]
    public void Our_own_file_can_be_used_and_offers_nothing_to_who_is_to_be_left_in_peace()
    {
        var policy = Read(Ours);
        Assert.Empty(policy.Troubles());
        Assert.All(policy.Reasons.Where(r => r.InPeace), r => Assert.Empty(r.Offers));
        Assert.Equal(2, policy.Reasons.Count(r => r.InPeace));
    }

    [Theory]
    [InlineData("reasons[0].labels.bn", "\"\"", "Reason not_using_now has no label in bn.")]
    [InlineData("reasons[6].offers", "[\"talk\"]", "Reason did_not_know may have no offers: they leave in peace.")]
    [InlineData("reasons[1].code", "\"not_using_now\"", "Reason not_using_now is there more than once.")]
    [InlineData("reasons[1].code", "\"\"", "The code of a reason has 1 to 40 letters")]
    [InlineData("reasons[1].offers", "[\"gift\"]", "$.reasons[1].offers[0]")]
    [InlineData("reasons[1].offers", "[\"talk\",\"talk\"]", "names an offer twice")]
    [InlineData("reasons", "[]", "There is no reason to choose from.")]
    [InlineData("refund", "\"half\"", "$.refund")]
    [InlineData("offers.discount.percentBasisPoints", "10000", "A discount takes off 0.01 to 99.99 percent.")]
    [InlineData("offers.discount.periods", "0", "A discount lasts 1 to 120 periods.")]
    [InlineData("offers.discount.floorBasisPoints", "-1", "The floor is 0 to 100 percent of the list price.")]
    [InlineData("offers.later_payment_day.days", "15", "A payment moves by 1 to 14 days.")]
    [InlineData("offers.break.days", "0", "A break lasts 1 to 366 days.")]
    [InlineData("offers.talk.monthsBetween", "-1", "The months of offer Talk are 0 to 120.")]
    [InlineData("signedOut.countries[0].country", "\"de\"", "A country is two capital letters, not \"de\".")]
    [InlineData("signedOut.countries[0].from", "\"2022-02-30\"", "\"2022-02-30\" is not a day")]
    [InlineData("signedOut.countries[0].until", "\"2022-07-01\"", "The rule of DE ends before it begins.")]
    [InlineData("signedOut.countries[0].law", "\" \"", "The rule of DE names no law.")]
    [InlineData("surprise", "1", "surprise")]
    public void A_file_that_cannot_be_used_is_refused_with_what_is_wrong(string where, string value, string said)
    {
        var message = Assert.Throws<InvalidOperationException>(() => Read(With(where, value))).Message;
        Assert.StartsWith("test.json", message, StringComparison.Ordinal);
        Assert.Contains(said, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_server_starts_with_a_file_of_its_own_and_not_with_a_bad_one_or_none()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, With("refund", "\"none\""), TestHouse.Cancellation);
        Assert.Equal(Billing.Subscriptions.RefundRule.None, LeavingFile.Load(Configured(file)).Refund);

        await File.WriteAllTextAsync(file, With("refund", "\"half\""), TestHouse.Cancellation);
        var services = new ServiceCollection();
        var refused = Assert.Throws<InvalidOperationException>(() => services.AddBilling(Configured(file)));
        Assert.StartsWith($"{file} cannot be read", refused.Message, StringComparison.Ordinal);
        File.Delete(file);
        Assert.Contains("which is not there", Assert.Throws<InvalidOperationException>(() => LeavingFile.Load(Configured(file))).Message, StringComparison.Ordinal);
    }

    private static IConfiguration Configured(string file) => new ConfigurationBuilder()
        .AddInMemoryCollection([new("Billing:Leaving:File", file)]).Build();

    private static Billing.Retention.LeavingPolicy Read(string text) => LeavingFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "test.json");

    private static string With(string where, string value)
    {
        var root = JsonNode.Parse(Ours)!;
        var node = root;
        var steps = where.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.');
        foreach (var step in steps[..^1]) node = char.IsDigit(step[0]) ? node[step[0] - '0']! : node[step]!;
        node[steps[^1]] = JsonNode.Parse(value);
        return root.ToJsonString();
    }
}
