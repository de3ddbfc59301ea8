using Billing.Server.Payments.Gateways;
using Billing.Server.Payments.Gateways.Stripe;
using Billing.Server.Tests.Infrastructure;

namespace Billing.Server.Tests.Gateways.Stripe;

/// <summary>What is said about Stripe, and what a start does with half of it.</summary>
public sealed class StripeSettingsTests
{
    [Fact]
    public void Nothing_said_about_Stripe_is_no_Stripe() => Assert.Null(From());

    [Fact]
    public void A_key_and_its_signing_secrets_are_enough()
    {
        var live = From(("Key", "sk_live_abc"), ("WebhookSecrets", "whsec_a, whsec_b"))!;
        var test = From(("Key", "rk_test_abc"), ("WebhookSecrets:0", "whsec_a"), ("WebhookSecrets:1", "whsec_b"))!;

        Assert.Equal((false, 80), (live.IsTest, live.RequestsPerSecond));
        Assert.Equal((true, 20), (test.IsTest, test.RequestsPerSecond));
        Assert.Equal(["whsec_a", "whsec_b"], live.WebhookSecrets);
        Assert.Equal(["whsec_a", "whsec_b"], test.WebhookSecrets);
        Assert.Equal(7, From(("Key", "sk_live_abc"), ("WebhookSecrets", "whsec_a"), ("RequestsPerSecond", "7"))!.RequestsPerSecond);
    }

    [Theory]
    [InlineData("sk_live_abc", null, null, null), InlineData(null, "whsec_a", null, null), InlineData("sk_live_abc", " , ", null, null)]
    [InlineData("pk_live_abc", "whsec_a", null, null), InlineData("sk_live_abc", "we_a", null, null), InlineData("sk_live_abc", "whsec_a,sk_live_abc", null, null)]
    [InlineData("sk_live_abc", "whsec_a", "0", null), InlineData("sk_live_abc", "whsec_a", "100000", null)]
    [InlineData("sk_live_abc", "whsec_a", null, "http://api.stripe.example"), InlineData("", "", "80", null)]
    public void Half_of_it_is_refused_and_not_repeated(string? key, string? secrets, string? rate, string? address)
    {
        var error = Assert.Throws<InvalidOperationException>(
            () => From(("Key", key), ("WebhookSecrets", secrets), ("RequestsPerSecond", rate), ("Address", address)));

        Assert.Contains("Billing:Stripe:", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("abc", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_say_nothing_secret_of_themselves() => Assert.Equal(
        "Stripe at https://api.stripe.com/ (live), 80 requests a second", From(("Key", "sk_live_abc"), ("WebhookSecrets", "whsec_a"))!.ToString());

    [Fact]
    public async Task A_server_with_half_a_Stripe_does_not_start() => await Assert.ThrowsAsync<InvalidOperationException>(
        () => ApiHouse.OnSqliteAsync(Instant.FromUtc(2026, 11, 24, 9, 0), ("Billing:Stripe:Key", "sk_test_abc")));

    [Fact]
    public async Task Test_keys_take_no_real_money_so_a_real_server_does_not_start_on_them()
    {
        var now = Instant.FromUtc(2026, 11, 24, 9, 0);
        (string, string)[] settings = [("environment", "Production"), ("Billing:Stripe:Key", "sk_test_abc"), ("Billing:Stripe:WebhookSecrets", "whsec_a")];
        await Assert.ThrowsAsync<InvalidOperationException>(() => ApiHouse.OnSqliteAsync(now, settings));

        await using var staging = await ApiHouse.OnSqliteAsync(now, [.. settings, ("Billing:AllowSandbox", "true")]);
        Assert.Equal("Stripe", staging.Get<IPaymentGateway>().Name);
    }

    private static StripeSettings? From(params (string Name, string? Value)[] settings) => StripeSettings.From(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Where(s => s.Value is not null).Select(s => KeyValuePair.Create($"Billing:Stripe:{s.Name}", s.Value)))
        .Build());
}
