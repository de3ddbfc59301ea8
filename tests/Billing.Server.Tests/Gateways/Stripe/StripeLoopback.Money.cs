using System.Globalization;
using System.Text.Json.Nodes;
using Billing.Server.Payments.Gateways;

namespace Billing.Server.Tests.Gateways.Stripe;

// What moves money, the ledger that bears witness, and the pages where customers say yes or no.
internal sealed partial class StripeLoopback
{
    private readonly Dictionary<string, LoopbackCard> behaviour = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> returns = new(StringComparer.Ordinal);
    private readonly List<LoopbackCapture> captures = [];
    private readonly HashSet<string> healed = new(StringComparer.Ordinal);

    /// <summary>What was really captured, whatever anybody was told.</summary>
    public IReadOnlyList<LoopbackCapture> Captures
    {
        get { lock (gate) return [.. captures]; }
    }

    /// <summary>What was sent back of a payment, failed or not, in Stripe's units.</summary>
    public IReadOnlyList<long> RefundsOf(string payment)
    {
        lock (gate)
            return [.. things.GetValueOrDefault("Refund", []).Values.Where(r => Text(r, "payment_intent") == payment).Select(r => r["amount"]!.GetValue<long>())];
    }

    /// <summary>The banks decide on refunds that are on their way.</summary>
    public void DecideRefunds()
    {
        lock (gate)
        {
            foreach (var refund in things.GetValueOrDefault("Refund", []).Values)
            {
                var card = behaviour[Text(Find("PaymentIntent", Text(refund, "payment_intent")!)!, "payment_method")!];
                if (card.Refunds == RefundCourse.Pending) refund["status"] = "succeeded";
                if (card.Refunds == RefundCourse.Returned && Text(refund, "status") == "succeeded")
                {
                    refund["status"] = "failed";
                    refund["failure_reason"] = "expired_or_canceled_card";
                    Tell("refund.failed", Copy(refund));
                }
            }
        }
    }

    private JsonObject Charge(Dictionary<string, string> form)
    {
        var amount = long.Parse(form["amount"], CultureInfo.InvariantCulture);
        // Stripe knows codes in small letters only.
        if (form["currency"].Any(char.IsUpper)) throw StripeSaysNo.Invalid("parameter_invalid_empty", "currency", began: false);
        var currency = Currency.Of(form["currency"].ToUpperInvariant());
        if (amount < 1) throw StripeSaysNo.Invalid("parameter_invalid_integer", "amount", began: false);
        if (currency.Exponent == 3 && amount % 10 != 0) throw StripeSaysNo.Invalid("parameter_invalid_integer", "amount", began: false);
        if (amount < SmallestCharge.Of(currency).Minor) throw StripeSaysNo.Invalid("amount_too_small", "amount");
        Get("Customer", form["customer"], "customer");
        var method = Real("PaymentMethod", form["payment_method"], "payment_method");
        if (Text(method, "customer") != form["customer"]) throw StripeSaysNo.Invalid("payment_method_unexpected_state", "payment_method");
        if (form.GetValueOrDefault("confirm") != "true" || form.GetValueOrDefault("off_session") != "true")
            throw StripeSaysNo.Invalid("parameter_missing", "confirm", began: false);

        Keep("PaymentIntent", new JsonObject
        {
            ["id"] = NewId("pi"), ["object"] = "payment_intent", ["amount"] = amount, ["amount_received"] = 0, ["currency"] = form["currency"],
            ["created"] = NowSeconds, ["customer"] = form["customer"], ["livemode"] = false, ["client_secret"] = NewId("pi_secret"),
            ["metadata"] = Metadata(form), ["payment_method"] = form["payment_method"], ["status"] = "requires_confirmation",
            ["last_payment_error"] = null, ["next_action"] = null, ["latest_charge"] = null,
        });
        var intent = Real("PaymentIntent", order[^1]);
        return behaviour[form["payment_method"]] switch
        {
            { Asks: true } => throw Declined(intent, "authentication_required", "authentication_required"),
            { DeclineCode: { } code } card => throw Declined(intent, "card_declined", code, card.Advice),
            _ => Capture(intent),
        };
    }

    private JsonObject Capture(JsonObject intent)
    {
        intent["status"] = "succeeded";
        intent["next_action"] = intent["last_payment_error"] = null;
        intent["amount_received"] = intent["amount"]!.GetValue<long>();
        intent["latest_charge"] = NewId("ch");
        captures.Add(new(
            Text(intent["metadata"]!.AsObject(), "billing_attempt"), Text(intent["metadata"]!.AsObject(), "billing_invoice"),
            intent["amount"]!.GetValue<long>(), Text(intent, "currency")!));
        if (behaviour[Text(intent, "payment_method")!].Disputed)
        {
            Tell("charge.dispute.created", Keep("Dispute", new JsonObject
            {
                ["id"] = NewId("du"), ["object"] = "dispute", ["amount"] = intent["amount"]!.GetValue<long>(), ["currency"] = Text(intent, "currency"),
                ["charge"] = Text(intent, "latest_charge"), ["payment_intent"] = Text(intent, "id"), ["created"] = NowSeconds,
                ["livemode"] = false, ["metadata"] = new JsonObject(), ["reason"] = "fraudulent", ["status"] = "needs_response",
            }));
        }

        return Tell("payment_intent.succeeded", Copy(intent));
    }

    private StripeSaysNo Declined(JsonObject intent, string code, string? declineCode, string? advice = null)
    {
        var error = new JsonObject { ["type"] = "card_error", ["code"] = code, ["message"] = Telltale };
        if (declineCode is not null) error["decline_code"] = declineCode;
        if (advice is not null) error["advice_code"] = advice;
        error["payment_method"] = Get("PaymentMethod", Text(intent, "payment_method")!);
        intent["status"] = "requires_payment_method";
        intent["next_action"] = null;
        intent["last_payment_error"] = Copy(error);
        var told = Copy(error);
        told["payment_intent"] = Tell("payment_intent.payment_failed", Copy(intent));
        return new(402, told);
    }

    private JsonObject Confirm(string id, Dictionary<string, string> form)
    {
        var intent = Real("PaymentIntent", id);
        if (Text(intent, "status") is not ("requires_payment_method" or "requires_confirmation"))
            throw StripeSaysNo.Invalid("payment_intent_unexpected_state", null);
        if (form.GetValueOrDefault("payment_method") is not { } method) throw StripeSaysNo.Invalid("parameter_missing", "payment_method");
        if (Text(Real("PaymentMethod", method, "payment_method"), "customer") != Text(intent, "customer"))
            throw StripeSaysNo.Invalid("payment_method_unexpected_state", "payment_method");
        if (!behaviour[method].Asks) return Capture(intent);
        returns[id] = form["return_url"];
        intent["status"] = "requires_action";
        intent["last_payment_error"] = null;
        intent["next_action"] = new JsonObject
        {
            ["type"] = "redirect_to_url",
            ["redirect_to_url"] = new JsonObject { ["url"] = new Uri(Address, $"/page/bank/{id}").AbsoluteUri, ["return_url"] = form["return_url"] },
        };
        return Tell("payment_intent.requires_action", Copy(intent));
    }

    private JsonObject Cancel(string id, Dictionary<string, string> form)
    {
        var intent = Real("PaymentIntent", id);
        if (Text(intent, "status") is "succeeded" or "canceled") throw StripeSaysNo.Invalid("payment_intent_unexpected_state", null);
        intent["status"] = "canceled";
        intent["next_action"] = null;
        intent["cancellation_reason"] = form.GetValueOrDefault("cancellation_reason");
        return Tell("payment_intent.canceled", Copy(intent));
    }

    private JsonObject Refund(Dictionary<string, string> form)
    {
        var intent = Real("PaymentIntent", form["payment_intent"], "payment_intent");
        var amount = long.Parse(form["amount"], CultureInfo.InvariantCulture);
        if (amount < 1) throw StripeSaysNo.Invalid("parameter_invalid_integer", "amount", began: false);
        var back = things.GetValueOrDefault("Refund", []).Values
            .Where(r => Text(r, "payment_intent") == form["payment_intent"] && Text(r, "status") != "failed").Sum(r => r["amount"]!.GetValue<long>());
        var left = intent["amount_received"]!.GetValue<long>() - back;
        if (left <= 0) throw StripeSaysNo.Invalid("charge_already_refunded", null);
        if (amount > left) throw StripeSaysNo.Invalid("charge_invalid_parameter", "amount");
        if (things.GetValueOrDefault("Dispute", []).Values.Any(d => Text(d, "payment_intent") == form["payment_intent"]))
            throw StripeSaysNo.Invalid("charge_disputed", null);
        return Tell("refund.created", Keep("Refund", new JsonObject
        {
            ["id"] = NewId("re"), ["object"] = "refund", ["amount"] = amount, ["currency"] = Text(intent, "currency"), ["created"] = NowSeconds,
            ["payment_intent"] = Text(intent, "id"), ["charge"] = Text(intent, "latest_charge"), ["metadata"] = Metadata(form), ["reason"] = null,
            ["status"] = behaviour[Text(intent, "payment_method")!].Refunds == RefundCourse.Pending ? "pending" : "succeeded",
        }));
    }

    /// <summary>The pages of Stripe and of the bank: a post with the customer's choice, then back to where they came from.</summary>
    private async Task PageAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        var id = http.Request.Path.Value!.Split('/')[^1];
        lock (gate)
        {
            if (http.Request.Path.StartsWithSegments("/page/checkout", StringComparison.Ordinal)) PutIn(id, form["card"].ToString());
            else if (Text(Find("PaymentIntent", id)!, "status") == "requires_action")
            {
                var intent = Find("PaymentIntent", id)!;
                if (form["answer"] == "yes" && behaviour[Text(intent, "payment_method")!].DeclineCode is null) Capture(intent);
                else Declined(intent, "payment_intent_authentication_failure", null);
            }
        }

        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = returns[id];
    }

    private void PutIn(string id, string token)
    {
        var session = Find("Checkout.Session", id)!;
        var setup = Find("SetupIntent", Text(session, "setup_intent")!)!;
        var method = KeepCard(LoopbackCard.Of(token)!, Text(session, "customer")!);
        setup["payment_method"] = Text(method, "id");
        setup["status"] = "succeeded";
        session["status"] = "complete";
        Tell("payment_method.attached", method);
        Tell("setup_intent.succeeded", Copy(setup));
        Tell("checkout.session.completed", Copy(session));
    }

    // A card that loses something does so until somebody asks what became of it.
    private bool Drops(string line, List<KeyValuePair<string, string>> form, Trouble trouble)
    {
        lock (gate)
        {
            if (line.StartsWith("GET /v1/payment_intents", StringComparison.Ordinal)) healed.UnionWith(behaviour.Keys);
            return line == "POST /v1/payment_intents" && form.Find(p => p.Key == "payment_method").Value is { } method
                && behaviour.GetValueOrDefault(method)?.Loses == trouble && !healed.Contains(method);
        }
    }
}

/// <summary>What the loopback captured, in Stripe's units.</summary>
internal sealed record LoopbackCapture(string? Attempt, string? Invoice, long Amount, string Currency);

/// <summary>What becomes of refunds to a card.</summary>
internal enum RefundCourse
{
    Arrives,
    Pending,
    Returned,
}

/// <summary>A test card: Stripe's own by their names, and <c>pm_loopback_…</c> for what those cannot act out.</summary>
internal sealed record LoopbackCard(string LastFour)
{
    private const string Declines = "pm_loopback_declines_", AgainstAdvice = "pm_loopback_never_again_";

    public string? RefusedWhenKept { get; init; }

    public string? DeclineCode { get; init; }

    public string? Advice { get; init; }

    /// <summary>The bank asks its customer.</summary>
    public bool Asks { get; init; }

    public bool Disputed { get; init; }

    public RefundCourse Refunds { get; init; }

    public Trouble Loses { get; init; }

    public static LoopbackCard? Of(string token) => token switch
    {
        "pm_card_visa" => new("4242"),
        "pm_card_mastercard" => new("4444"),
        "pm_card_chargeCustomerFail" => new("0341") { DeclineCode = "generic_decline", Advice = "try_again_later" },
        "pm_card_authenticationRequired" => new("3184") { Asks = true },
        "pm_card_visa_chargeDeclinedStolenCard" => new("9979") { RefusedWhenKept = "stolen_card" },
        "pm_card_createDispute" => new("0259") { Disputed = true },
        "pm_card_pendingRefund" => new("7726") { Refunds = RefundCourse.Pending },
        "pm_card_refundFail" => new("5126") { Refunds = RefundCourse.Returned },
        "pm_loopback_loses_answers" => new("1002") { Loses = Trouble.DropAfter },
        "pm_loopback_loses_requests" => new("1004") { Loses = Trouble.DropBefore },
        _ when token.StartsWith(Declines, StringComparison.Ordinal) => new("1005") { DeclineCode = token[Declines.Length..] },
        _ when token.StartsWith(AgainstAdvice, StringComparison.Ordinal) =>
            new("1006") { DeclineCode = token[AgainstAdvice.Length..], Advice = "do_not_try_again" },
        _ => null,
    };
}
