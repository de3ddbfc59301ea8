using Billing.Server.Payments.Gateways.Sandbox;

namespace Billing.Server.Tests.Gateways;

/// <summary>What each kind of test card does, day by day.</summary>
public sealed class SandboxCardsTests : IDisposable
{
    private readonly SandboxTestBench bench = new();

    public static TheoryData<string> Tokens => new(SandboxCards.All.Select(card => card.Token));

    public void Dispose() => bench.Dispose();

    [Theory, MemberData(nameof(Tokens))]
    public async Task Every_listed_card_keeps_the_promise_of_its_name(string token)
    {
        Assert.True(SandboxCards.TryFind(token, out var listed));
        if (listed.RefusedWhenKept)
        {
            await Assert.ThrowsAsync<Refused>(() => bench.KeepAsync(token));
            return;
        }

        var expected = listed.Meaning.StartsWith("Succeeds", StringComparison.Ordinal) ? "succeeded"
            : listed.Meaning.Contains("confirm with", StringComparison.Ordinal) ? "action_required"
            : listed.Meaning.Contains("lost", StringComparison.Ordinal) ? "unknown"
            : null;
        var outcome = await bench.ChargeAsync(await bench.KeepAsync(token));

        if (expected is not null)
            Assert.Equal(expected, outcome);
    }

    [Fact]
    public async Task Keeping_a_card_twice_changes_nothing()
    {
        var first = await bench.KeepAsync("pm_card_visa");
        bench.On(2028, 6, 1);

        Assert.Equal(first, await bench.KeepAsync("pm_card_visa"));
        Assert.Equal(first, await bench.KeepAsync(first.Token));
        Assert.StartsWith("sbx_card_", first.Token, StringComparison.Ordinal);
        Assert.Equal((1, 2030), (first.ExpiryMonth, first.ExpiryYear));
    }

    [Fact]
    public async Task A_bank_says_no_on_the_days_it_was_told_to_and_not_before_or_after()
    {
        var (card, other) = (await bench.KeepAsync("pm_card_visa"), await bench.KeepAsync("pm_card_mastercard"));
        bench.Sandbox.Ail(card.Token, new(2027, 2, 3), new(2027, 2, 5), "insufficient_funds");
        bench.Sandbox.Ail(card.Token, new(2027, 2, 5), new(2027, 2, 5), "authentication_required");

        List<string> said = [];
        foreach (var day in Enumerable.Range(2, 5))
        {
            bench.On(2027, 2, day);
            said.Add(await bench.ChargeAsync(card));
            Assert.Equal("succeeded", await bench.ChargeAsync(other));
        }

        Assert.Equal(["succeeded", "insufficient_funds", "insufficient_funds", "action_required", "succeeded"], said);
    }

    [Fact]
    public async Task The_network_replaces_a_card_on_the_day_its_name_says()
    {
        var card = await bench.KeepAsync("sandbox_replaced_by_network_on_day_11_in_0_months");
        bench.On(2027, 2, 10);
        Assert.Equal(card, Assert.Single(await bench.Sandbox.CardsAsync(bench.Customer, SandboxTestBench.Cancellation)));
        Assert.Equal("expired_card", await bench.ChargeAsync(card));

        bench.On(2027, 2, 11);
        Assert.Equal((1, 2030), Assert.Single(await bench.Sandbox.CardsAsync(bench.Customer, SandboxTestBench.Cancellation)) is var told ? (told.ExpiryMonth, told.ExpiryYear) : default);
        Assert.Equal("succeeded", await bench.ChargeAsync(card));
        Assert.False(SandboxCards.TryFind("sandbox_expired_on_day_11_in_0_months", out _));
    }

    [Fact]
    public async Task Succeeds_three_times_and_then_has_no_money()
    {
        var card = await bench.KeepAsync("sandbox_succeeds_then_insufficient_funds_after_3");

        Assert.Equal(
            ["succeeded", "succeeded", "succeeded", "insufficient_funds", "insufficient_funds"],
            await InARowAsync(card.Token, 5));
    }

    [Fact]
    public async Task Declines_twice_and_then_succeeds()
    {
        var card = await bench.KeepAsync("sandbox_declines_processing_error_2_times");

        Assert.Equal(["processing_error", "processing_error", "succeeded"], await InARowAsync(card.Token, 3));
    }

    [Fact]
    public async Task Has_money_around_payday_only()
    {
        var card = await bench.KeepAsync("sandbox_insufficient_until_payday");
        int[] paid = [1, 2, 3, 25, 26, 27, 28, 29, 30, 31];

        foreach (var day in Enumerable.Range(1, 31))
        {
            bench.On(2027, 3, day);
            Assert.Equal(paid.Contains(day) ? "succeeded" : "insufficient_funds", await bench.ChargeAsync(card));
        }
    }

    [Fact]
    public async Task An_expired_card_is_good_through_the_last_day_of_its_month()
    {
        var card = await bench.KeepAsync("sandbox_expired");
        Assert.Equal((2, 2027), (card.ExpiryMonth, card.ExpiryYear));

        bench.On(2027, 2, 28);
        Assert.Equal("succeeded", await bench.ChargeAsync(card));

        bench.On(2027, 3, 1);
        Assert.Equal("expired_card", await bench.ChargeAsync(card));
    }

    [Fact]
    public async Task An_expiry_can_be_ordered_by_the_month()
    {
        var card = await bench.KeepAsync("sandbox_expired_in_0_months");
        Assert.Equal((1, 2027), (card.ExpiryMonth, card.ExpiryYear));

        Assert.Equal("succeeded", await bench.ChargeAsync(card));
        bench.On(2027, 2, 1);
        Assert.Equal("expired_card", await bench.ChargeAsync(card));
    }

    [Fact]
    public async Task A_bank_may_go_on_paying_after_the_printed_date()
    {
        var card = await bench.KeepAsync("sandbox_expired_honoured");
        bench.On(2027, 12, 24);

        Assert.Equal("succeeded", await bench.ChargeAsync(card));
    }

    [Fact]
    public async Task A_replaced_card_declines_until_the_network_tells_of_the_new_one()
    {
        var start = bench.Clock.Now;
        var old = await bench.KeepAsync("sandbox_replaced_by_network");

        bench.On(2027, 3, 5);
        Assert.Equal("expired_card", await bench.ChargeAsync(old));
        Assert.Empty(bench.Sandbox.CardUpdatesSince(start));

        bench.On(2027, 3, 6);
        var update = Assert.Single(bench.Sandbox.CardUpdatesSince(start));
        Assert.Equal("succeeded", await bench.ChargeAsync(old));

        Assert.Equal((bench.Customer, Instant.FromUtc(2027, 3, 6, 0, 0)), (update.CustomerId, update.At));
        Assert.Equal((old.Token, 2, 2030), (update.Card.Token, update.Card.ExpiryMonth, update.Card.ExpiryYear));
        Assert.NotEqual(old.LastFour, update.Card.LastFour);
        Assert.Empty(bench.Sandbox.CardUpdatesSince(update.At));
        Assert.Equal(update.Card, await bench.KeepAsync(old.Token));
    }

    [Theory]
    [InlineData("sandbox_declines_no_such_code"), InlineData("sandbox_expired_in_months"), InlineData("")]
    [InlineData("sandbox_succeeds_then_insufficient_funds"), InlineData("SANDBOX_SUCCEEDS")]
    public async Task A_misspelt_card_is_refused_aloud(string token) =>
        Assert.Equal(
            "card_token_unknown",
            (await Assert.ThrowsAsync<Refused>(() => bench.KeepAsync(token))).Code);

    private async Task<List<string>> InARowAsync(string cardToken, int times)
    {
        var card = await bench.KeepAsync(cardToken);
        var outcomes = new List<string>();
        for (var i = 0; i < times; i++)
            outcomes.Add(await bench.ChargeAsync(card));
        return outcomes;
    }
}
