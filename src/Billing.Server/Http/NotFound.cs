namespace Billing.Server.Http;

/// <summary>The refusal for what is not there, or not the caller's to see.</summary>
internal static class NotFound
{
    /// <summary>The code every such refusal has.</summary>
    public const string Code = "not_found";

    public static Refused Of(string what) => new(Code, $"There is no such {what}.");
}
