namespace Billing.Tests.Dunning;

/// <summary>The second card in the ladder, where the customer agreed to one.</summary>
public sealed class SecondCardTests
{
    [Fact]
    public void A_second_card_is_charged_only_with_consent_and_a_days_notice()
    {
        Assert.Empty(TriesOf("lost_card", hasBackup: false));
        // It is tried once: when it will not do either, nothing further is.
        Assert.Equal(["2026-05-02 09:00 retry"], TriesOf("lost_card", hasBackup: true));
    }

    [Fact]
    public void Who_told_the_bank_to_stop_is_not_charged_on_a_second_card() =>
        Assert.Empty(TriesOf("revocation_of_all_authorizations", hasBackup: true));

    private static List<string> TriesOf(string code, bool hasBackup)
    {
        var story = new Story(code, "2026-05-01T08:00") { HasBackup = hasBackup };
        story.Replan();
        return [.. story.All().Where(s => s.EndsWith("retry", StringComparison.Ordinal))];
    }
}
