namespace Billing.Retention;

/// <summary>Why a customer leaves, as one of a few sentences to choose from; data, not code.</summary>
/// <param name="Code">What is stored and reported: <c>too_expensive</c>.</param>
/// <param name="Labels">The sentence the customer chooses, by language.</param>
/// <param name="Offers">What may be offered, the first that fits; empty for none.</param>
/// <param name="WantsText">Whether a few own words are asked for; never demanded.</param>
public sealed record LeavingReason(
    string Code, IReadOnlyDictionary<string, string> Labels, IReadOnlyList<OfferKind> Offers, bool WantsText)
{
    /// <summary>The customer did not know of the subscription; whoever holds on to such a customer is not a friend.</summary>
    public const string DidNotKnow = "did_not_know";

    /// <summary>The customer no longer agrees to being charged.</summary>
    public const string ConsentWithdrawn = "consent_withdrawn";

    /// <summary>Whether nothing may be offered, whatever the data says.</summary>
    public bool InPeace => Code is DidNotKnow or ConsentWithdrawn;

    /// <summary>The sentence in a language.</summary>
    public string Label(string language) => Labels[language];
}
