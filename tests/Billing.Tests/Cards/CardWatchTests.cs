using Billing.Cards;
using Billing.Tests.Dunning;

namespace Billing.Tests.Cards;

public sealed class CardWatchTests
{
    private static readonly LocalDate Expiry = new(2026, 4, 30), First = new(2026, 5, 1);
    private static readonly QuietTerms Terms = Policies.Shipped.Quiet;

    [Theory]
    [InlineData("UTC", "2026-04-30T23:59", false)]
    [InlineData("UTC", "2026-05-01T00:00", true)]
    [InlineData("Pacific/Kiritimati", "2026-04-30T10:00", true)]
    [InlineData("Pacific/Niue", "2026-05-01T10:00", false)]
    public void A_card_is_valid_through_the_last_day_of_its_month_where_the_customer_lives(string zone, string now, bool over)
    {
        var (card, customer) = (Card(), Given.Customer(zone: zone));
        Assert.Equal(over, card.HasExpired(customer.Today(Given.At(now))));

        card.DateLooked(customer.Today(Given.At(now)), customer.Zone);
        Assert.Equal(over, card.DateLookAt is null);
        if (!over) Assert.Equal(First, card.DateLookAt!.Value.InZone(customer.Zone).Date);
    }

    [Fact]
    public void A_date_that_passed_is_no_reason_to_write()
    {
        var watch = Watch();
        Assert.Equal((WatchState.Quiet, null), (watch.State, watch.QuietUntil));
    }

    [Theory]
    [InlineData(3, 14)]
    [InlineData(9, 14)]
    [InlineData(10, 15)]
    [InlineData(28, 33)]
    public void Quiet_lasts_until_the_later_of_fourteen_days_after_expiry_and_five_after_the_first_decline(int declinedOn, int quietUntil)
    {
        var watch = Watch();
        watch.Declined(First.PlusDays(declinedOn - 1));
        watch.Declined(First.PlusDays(60));

        Assert.Equal(First.PlusDays(quietUntil - 1), watch.QuietUntil);
    }

    [Theory]
    [InlineData(WatchEvidence.ChargedAfterDate, WatchState.Healed)]
    [InlineData(WatchEvidence.NetworkUpdate, WatchState.Healed)]
    [InlineData(WatchEvidence.CardPutIn, WatchState.Replaced)]
    [InlineData(WatchEvidence.CaseEnded, WatchState.Exhausted)]
    public void A_watch_ends_once_by_its_evidence(WatchEvidence evidence, WatchState state)
    {
        var watch = Watch();
        Assert.Equal(state, watch.End(evidence, new(2026, 5, 9))!.State);
        Assert.Null(watch.End(WatchEvidence.CardPutIn, new(2026, 5, 20)));
        watch.Ask(new(2026, 5, 21));

        Assert.Equal((state, new LocalDate(2026, 5, 9), null, null), (watch.State, watch.EndedOn!.Value, watch.NextLookAt, watch.AskedOn));
        Assert.Equal(9, watch.SeenDays);
    }

    [Fact]
    public void Only_a_card_that_healed_without_a_word_counts_as_healed_by_itself()
    {
        var (quiet, asked) = (Watch(), Watch());
        asked.Ask(new(2026, 5, 14));
        quiet.End(WatchEvidence.CardPutIn, new(2026, 5, 9));
        asked.End(WatchEvidence.CardPutIn, new(2026, 5, 20));

        Assert.Equal((true, 9), (quiet.HealedByItself, quiet.SeenDays!.Value));
        Assert.Equal((false, 14), (asked.HealedByItself, asked.SeenDays!.Value));
    }

    [Fact]
    public void A_bank_that_calls_a_card_expired_before_its_date_begins_the_watch_that_day()
    {
        var watch = CardWatch.Begin(new(Given.Id()), Card(), "BD", Default(), Terms, new(2026, 4, 3), Given.At("2026-04-03"));
        Assert.Equal(new LocalDate(2026, 4, 3), watch.ExpiredOn);
    }

    [Fact]
    public void A_date_known_to_be_stale_is_never_watched_again()
    {
        var card = Card();
        card.KnowStaleDate();
        Assert.Equal((false, null), (card.HasExpired(new(2027, 1, 1)), card.DateLookAt));

        Assert.NotNull(card.Renew("other", "visa", "1111", 4, 2029, new(2027, 1, 1)));
        Assert.Null(card.Renew("other", "visa", "1111", 4, 2029, new(2027, 1, 1)));
        Assert.Equal((new LocalDate(2029, 4, 30), true), (card.ValidThrough, card.HasExpired(new(2029, 5, 1))));
    }

    [Fact]
    public void The_network_is_asked_daily_for_a_month_and_then_weekly()
    {
        var watch = Watch();
        var now = Given.At("2026-05-01");
        watch.LookedInVain(new(2026, 5, 1), now);
        Assert.Equal(now + Duration.FromDays(1), watch.NextLookAt);

        watch.LookedInVain(new(2026, 5, 31), now);
        Assert.Equal(now + Duration.FromDays(7), watch.NextLookAt);
    }

    private static Card Card() =>
        Billing.Cards.Card.Keep(new(Given.Id()), new(Given.Id()), "token", "print", "visa", "4242", 4, 2026, Given.At("2023-04-01"));

    private static QuietTime Default() => QuietTime.Choose("BD", "visa", [], Terms);

    private static CardWatch Watch()
    {
        var watch = CardWatch.Begin(new(Given.Id()), Card(), "BD", Default(), Terms, First, Given.At("2026-05-01"));
        Assert.Equal(Expiry, watch.ExpiredOn);
        return watch;
    }
}
