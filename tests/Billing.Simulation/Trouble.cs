using NodaTime;

namespace Billing.Simulation;

/// <summary>Days on which a customer's bank says no, and what would end it.</summary>
/// <param name="Number">The how manieth of this customer.</param>
/// <param name="From">First day.</param>
/// <param name="Through">Last day if nobody does anything.</param>
/// <param name="Code">What the bank says.</param>
/// <param name="InHandOn">From when on the customer has another card to put in.</param>
/// <param name="Unprompted">When the customer puts it in without being asked; never when left out.</param>
/// <param name="MeansIt">Whether the customer wants to leave, as the bank says.</param>
internal sealed record Trouble(
    int Number, LocalDate From, LocalDate Through, string Code, LocalDate InHandOn, LocalDate? Unprompted = null, bool MeansIt = false)
{
    /// <summary>Whether it is no matter of the card, and passes.</summary>
    public bool IsNotTheCards => Code is "insufficient_funds" or "processing_error" or "issuer_not_available";

    /// <summary>Which share of those who would act can.</summary>
    public double CanAct => Code switch
    {
        "insufficient_funds" => Assumptions.ActsWithoutMoney,
        "do_not_honor" or "generic_decline" => Assumptions.ActsWhenRefused,
        _ => 1,
    };
}
