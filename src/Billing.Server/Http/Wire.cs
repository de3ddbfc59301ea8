using System.Text.Json;
using Billing.Client.Contract;
using Billing.Periods;
using NodaTime;
using NodaTime.Text;

namespace Billing.Server.Http;

/// <summary>Words and amounts between the wire and the rules.</summary>
internal static class Wire
{
    public static Money ToMoney(this Amount amount, string field) => Currency.TryOf(amount.Currency, out var currency)
        ? new(amount.Value, currency)
        : throw new Refused("unknown_currency", "That is not the code of a currency in use (ISO 4217).", $"{field}.currency");

    /// <summary>Money in the one currency that is possible here.</summary>
    public static Money ToMoney(this Amount amount, string field, Currency wanted) => amount.ToMoney(field) is var money && money.Currency == wanted
        ? money
        : throw new Refused("currency_mismatch", $"This customer is billed in {wanted}.", $"{field}.currency");

    public static Amount ToAmount(this Money money) => new(money.Minor, money.Currency.Code);

    public static Cadence ToCadence(this CadenceView cadence) => new(
        cadence.Unit switch
        {
            "day" => CadenceUnit.Day,
            "week" => CadenceUnit.Week,
            "month" => CadenceUnit.Month,
            "year" => CadenceUnit.Year,
            _ => throw new Refused("unknown_cadence", "A cadence counts in day, week, month or year.", "cadence.unit"),
        },
        cadence.Count);

    public static CadenceView ToView(this Cadence cadence) => new(Word(cadence.Unit), cadence.Count);

    /// <summary>An enum value as the wire writes it: <c>action_required</c>.</summary>
    public static string Word<TEnum>(TEnum value) where TEnum : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    public static string Iso(this LocalDate date) => LocalDatePattern.Iso.Format(date);

    public static string Iso(this Instant instant) => InstantPattern.ExtendedIso.Format(instant);
}
