using Billing.Server.Pages.Language;

namespace Billing.Server.Pages.Office;

/// <summary>
/// The office in the reader's language. Both versions of a sentence stand side by side where it is said: one that lacks the
/// other does not compile.
/// </summary>
public sealed record Tongue(Words Words)
{
    public static readonly Tongue English = new(Words.English), Bengali = new(Words.Bengali);

    public Formats F => Words.Formats;

    public bool IsBengali => Words == Words.Bengali;

    public string this[string english, string bengali] => IsBengali ? bengali : english;

    /// <summary>Of one or of several: Bengali has one form for both, written to the number: ৩টি.</summary>
    public string Count(long number, string one, string many, string bengali) =>
        IsBengali ? F.Number(number) + bengali : $"{F.Number(number)} {(number == 1 ? one : many)}";
}
