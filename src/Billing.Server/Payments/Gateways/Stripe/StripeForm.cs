using System.Collections;
using System.Globalization;
using System.Text;

namespace Billing.Server.Payments.Gateways.Stripe;

/// <summary>Parameters as Stripe reads them: what is inside something is named with brackets, <c>metadata[invoice]</c>, <c>expand[0]</c>.</summary>
/// <example><c>new StripeForm { { "created", new StripeForm { { "gte", 1 } } } }</c> is <c>created%5Bgte%5D=1</c>.</example>
internal sealed class StripeForm : IEnumerable<KeyValuePair<string, string>>
{
    private readonly List<KeyValuePair<string, string>> pairs = [];

    public void Add(string name, string value) => pairs.Add(new(name, value));

    public void Add(string name, long value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    public void Add(string name, bool value) => Add(name, value ? "true" : "false");

    public void Add(string name, IReadOnlyList<string> values)
    {
        for (var i = 0; i < values.Count; i++) Add(string.Create(CultureInfo.InvariantCulture, $"{name}[{i}]"), values[i]);
    }

    public void Add(string name, StripeForm inner)
    {
        // metadata[a] within setup_intent_data is setup_intent_data[metadata][a].
        foreach (var (key, value) in inner)
        {
            var bracket = key.IndexOf('[', StringComparison.Ordinal);
            Add(bracket < 0 ? $"{name}[{key}]" : $"{name}[{key[..bracket]}]{key[bracket..]}", value);
        }
    }

    /// <summary>Encoded, for a body or behind a question mark.</summary>
    public string Encode()
    {
        var text = new StringBuilder();
        foreach (var (name, value) in pairs)
        {
            if (text.Length > 0) text.Append('&');
            text.Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
        }

        return text.ToString();
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => pairs.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
