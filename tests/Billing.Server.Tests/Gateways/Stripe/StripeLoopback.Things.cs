using System.Globalization;
using System.Text.Json.Nodes;

namespace Billing.Server.Tests.Gateways.Stripe;

// What Stripe keeps, and what it does with it.
internal sealed partial class StripeLoopback
{
    private readonly Dictionary<string, Dictionary<string, JsonObject>> things = new(StringComparer.Ordinal);
    private readonly List<string> order = [];

    /// <summary>How many customers were made of one of ours.</summary>
    public int CustomersOf(CustomerId id)
    {
        lock (gate) return things.GetValueOrDefault("Customer", []).Values.Count(c => Text(c["metadata"]!.AsObject(), "billing_customer") == id.ToString());
    }

    private JsonObject Do(string endpoint, string[] path, Dictionary<string, string> form) => endpoint switch
    {
        "customers.create" => Keep("Customer", new JsonObject
        {
            ["id"] = NewId("cus"), ["object"] = "customer", ["created"] = NowSeconds, ["livemode"] = false, ["metadata"] = Metadata(form),
        }),
        "payment_methods.attach" => Attach(path[0], form["customer"]),
        "payment_methods.retrieve" => Get("PaymentMethod", path[0]),
        "payment_methods.detach" => Detach(path[0]),
        "customers.listPaymentMethods" => List("PaymentMethod", form, m => Text(m, "customer") == path[0]),
        "payment_intents.create" => Charge(form),
        "payment_intents.retrieve" => Get("PaymentIntent", path[0]),
        "payment_intents.list" => List("PaymentIntent", form, i => form.GetValueOrDefault("customer") is not { } of || Text(i, "customer") == of),
        "payment_intents.confirm" => Confirm(path[0], form),
        "payment_intents.cancel" => Cancel(path[0], form),
        "refunds.create" => Refund(form),
        "refunds.retrieve" => Get("Refund", path[0]),
        "refunds.list" => List("Refund", form, r => form.GetValueOrDefault("payment_intent") is not { } of || Text(r, "payment_intent") == of),
        "disputes.retrieve" => Get("Dispute", path[0]),
        "disputes.list" => List("Dispute", form, _ => true),
        "checkout.sessions.create" => BeginSetup(form),
        "checkout.sessions.retrieve" => Session(path[0], form),
        "setup_intents.retrieve" => Expanded(Get("SetupIntent", path[0]), "PaymentMethod", "payment_method"),
        _ => throw new NotSupportedException($"The loopback does not do {endpoint}."),
    };

    private JsonObject Attach(string token, string customer)
    {
        Get("Customer", customer, "customer");
        if (Find("PaymentMethod", token) is { } known)
            return Text(known, "customer") == customer ? Copy(known) : throw StripeSaysNo.Invalid("payment_method_unexpected_state", null);
        var card = LoopbackCard.Of(token) ?? throw StripeSaysNo.Invalid("resource_missing", "payment_method");
        if (card.RefusedWhenKept is { } code)
            throw new StripeSaysNo(402, new JsonObject { ["type"] = "card_error", ["code"] = "card_declined", ["decline_code"] = code });
        return Tell("payment_method.attached", KeepCard(card, customer));
    }

    private JsonObject KeepCard(LoopbackCard card, string customer)
    {
        var id = NewId("pm");
        behaviour[id] = card;
        return Keep("PaymentMethod", new JsonObject
        {
            ["id"] = id, ["object"] = "payment_method", ["created"] = NowSeconds, ["customer"] = customer, ["livemode"] = false,
            ["type"] = "card", ["metadata"] = new JsonObject(),
            ["card"] = new JsonObject
            {
                ["brand"] = "visa", ["country"] = "US", ["exp_month"] = 12, ["exp_year"] = Clock.GetCurrentInstant().InUtc().Year + 3,
                ["fingerprint"] = $"fp{card.LastFour}", ["funding"] = "credit", ["last4"] = card.LastFour,
            },
        });
    }

    private JsonObject Detach(string id)
    {
        var method = Real("PaymentMethod", id);
        if (method["customer"] is null) throw StripeSaysNo.Invalid("payment_method_unexpected_state", null);
        method["customer"] = null;
        return Tell("payment_method.detached", Copy(method));
    }

    private JsonObject BeginSetup(Dictionary<string, string> form)
    {
        if (form["mode"] != "setup") throw StripeSaysNo.Invalid("parameter_invalid_string_empty", "mode");
        Get("Customer", form["customer"], "customer");
        var setup = Keep("SetupIntent", new JsonObject
        {
            ["id"] = NewId("seti"), ["object"] = "setup_intent", ["created"] = NowSeconds, ["customer"] = form["customer"], ["livemode"] = false,
            ["client_secret"] = NewId("seti_secret"), ["status"] = "requires_payment_method", ["usage"] = "off_session",
            ["payment_method"] = null, ["metadata"] = Metadata(form, "setup_intent_data[metadata]"),
        });
        var id = NewId("cs_test");
        returns[id] = form["success_url"].Replace("{CHECKOUT_SESSION_ID}", id, StringComparison.Ordinal);
        return Keep("Checkout.Session", new JsonObject
        {
            ["id"] = id, ["object"] = "checkout.session", ["created"] = NowSeconds, ["customer"] = form["customer"], ["mode"] = "setup",
            ["status"] = "open", ["url"] = new Uri(Address, $"/page/checkout/{id}").AbsoluteUri, ["setup_intent"] = setup["id"]!.GetValue<string>(),
            ["livemode"] = false, ["metadata"] = Metadata(form), ["success_url"] = form["success_url"], ["cancel_url"] = form["cancel_url"],
        });
    }

    private JsonObject Session(string id, Dictionary<string, string> form)
    {
        var session = Get("Checkout.Session", id);
        if (form.GetValueOrDefault("expand[0]") == "setup_intent.payment_method")
            session["setup_intent"] = Expanded(Get("SetupIntent", Text(session, "setup_intent")!), "PaymentMethod", "payment_method");
        return session;
    }

    private JsonObject Expanded(JsonObject thing, string name, string field)
    {
        if (Text(thing, field) is { } id) thing[field] = Get(name, id);
        return thing;
    }

    private JsonObject List(string name, Dictionary<string, string> form, Func<JsonObject, bool> wanted)
    {
        var since = long.Parse(form.GetValueOrDefault("created[gte]", "0"), CultureInfo.InvariantCulture);
        var limit = int.Parse(form.GetValueOrDefault("limit", "10"), CultureInfo.InvariantCulture);
        if (limit is < 1 or > 100) throw StripeSaysNo.Invalid("parameter_invalid_integer", "limit");
        var all = Enumerable.Reverse(order).Select(id => Find(name, id)).OfType<JsonObject>()
            .Where(thing => thing["created"]!.GetValue<long>() >= since && wanted(thing));
        if (form.GetValueOrDefault("starting_after") is { } after) all = all.SkipWhile(t => Text(t, "id") != after).Skip(1);
        var page = all.Take(limit + 1).ToList();
        return new JsonObject
        {
            ["object"] = "list",
            ["data"] = new JsonArray([.. page.Take(limit).Select(Copy)]),
            ["has_more"] = page.Count > limit,
            ["url"] = "/v1/list",
        };
    }

    private JsonObject Keep(string name, JsonObject thing)
    {
        foreach (var wrong in StripeFacts.WrongObject(name, thing)) Violations.Enqueue($"The loopback itself: {wrong}");
        if (!things.TryGetValue(name, out var kept)) things[name] = kept = new(StringComparer.Ordinal);
        kept[Text(thing, "id")!] = thing;
        order.Add(Text(thing, "id")!);
        return Copy(thing);
    }

    private JsonObject? Find(string name, string id) => things.GetValueOrDefault(name)?.GetValueOrDefault(id);

    private JsonObject Real(string name, string id, string param = "id") => Find(name, id) ?? throw StripeSaysNo.Invalid("resource_missing", param);

    private JsonObject Get(string name, string id, string param = "id") => Copy(Real(name, id, param));

    private static JsonObject Metadata(Dictionary<string, string> form, string name = "metadata") => new(form
        .Where(p => p.Key.StartsWith(name + "[", StringComparison.Ordinal))
        .Select(p => KeyValuePair.Create(p.Key[(name.Length + 1)..^1], (JsonNode?)p.Value)));

    private static JsonObject Copy(JsonObject thing) => thing.DeepClone().AsObject();

    private static string? Text(JsonObject thing, string field) => thing[field]?.GetValue<string>();
}
