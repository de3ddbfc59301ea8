using Microsoft.Data.Sqlite;
using NodaTime;

namespace Billing.Server.Payments.Gateways.Sandbox;

/// <summary>A card as the sandbox keeps it: what was printed on it the day it was kept, and what it has done.</summary>
internal sealed record KeptCard(
    string CustomerId, string TestToken, AttachedCard Printed, int Tries, int Captures)
{
    public const string Columns =
        "customer, test_token, token, fingerprint, brand, last_four, expiry_month, expiry_year, tries, captures";

    public SandboxCard Behaviour => SandboxCards.TryFind(TestToken, out var card)
        ? card
        : throw new InvalidOperationException($"A kept card is of a kind this version does not know: {TestToken}.");

    public static KeptCard Read(SqliteDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        new AttachedCard(
            row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetInt32(6), row.GetInt32(7)),
        row.GetInt32(8),
        row.GetInt32(9));

    /// <summary>A card kept anew; one that was detached before comes back under another token.</summary>
    public static KeptCard New(CustomerId customerId, SandboxCard card, int detached, LocalDate today)
    {
        var expiry = today.ToYearMonth().PlusMonths(card.MonthsToExpiry);
        var printed = new AttachedCard(
            Hash.Hex("sbx_card_", detached == 0 ? $"{customerId} {card.Token}" : $"{customerId} {card.Token} {detached}"),
            Hash.Hex("sbx_fp_", card.Token),
            card.Brand,
            card.LastFour,
            expiry.Month,
            expiry.Year);
        return new(customerId.ToString(), card.Token, printed, Tries: 0, Captures: 0);
    }

    public CardMoment At(LocalDate today) => new(today, LastValidDay(AsOf(today)), Tries, Captures);

    /// <summary>The card as the network knows it on a day: the printed one, or the one that replaced it.</summary>
    public AttachedCard AsOf(LocalDate today) => ReplacedOn is { } day && today >= day ? Replacement : Printed;

    /// <summary>The day the network tells of the new card, when it ever does.</summary>
    public LocalDate? ReplacedOn =>
        Behaviour.ReplacedOnDay is { } days ? LastValidDay(Printed).PlusDays(days) : null;

    /// <summary>The card that follows: a new number, hence a new fingerprint, under the same token.</summary>
    public AttachedCard Replacement
    {
        get
        {
            var expiry = new YearMonth(Printed.ExpiryYear, Printed.ExpiryMonth)
                .PlusMonths(SandboxCard.UsualMonthsToExpiry);
            return Printed with
            {
                Fingerprint = Hash.Hex("sbx_fp_", $"{TestToken} replaced"),
                LastFour = Hash.FourDigits($"{TestToken} replaced"),
                ExpiryMonth = expiry.Month,
                ExpiryYear = expiry.Year,
            };
        }
    }

    private static LocalDate LastValidDay(AttachedCard card) =>
        new YearMonth(card.ExpiryYear, card.ExpiryMonth).ToDateInterval().End;
}
