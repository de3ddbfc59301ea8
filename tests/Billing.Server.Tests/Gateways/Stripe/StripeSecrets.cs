using System.Text.RegularExpressions;

namespace Billing.Server.Tests.Gateways.Stripe;

/// <summary>What may never be written anywhere: keys, signing secrets, client secrets, card numbers, and what is on a card.</summary>
internal static partial class StripeSecrets
{
    public static bool In(string line) => Secret().IsMatch(line);

    [GeneratedRegex(
        "sk_|rk_|whsec_|_secret_|client_secret|Bearer|Authorization|last4|fp[0-9]{4}|[0-9]{13,19}|/page/",
        RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Secret();
}
