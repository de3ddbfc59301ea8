using Billing.Cards;
using Billing.Customers;
using Billing.Dunning;
using Billing.Notices;
using Billing.Payments;
using Billing.Periods;

namespace Billing.Tests.Dunning;

/// <summary>
/// Ten thousand cases with random banks, zones, outages and people, each lived to its end; the same ones in every run. What must
/// never happen does not.
/// </summary>
public sealed class DunningProperties
{
    private const int Cases = 10_000;
    private static readonly string[] Zones = ["UTC", "Pacific/Kiritimati", "Pacific/Niue", "Asia/Kathmandu", "Asia/Dhaka", "America/New_York", "Australia/Lord_Howe"];
    private static readonly string[] Codes = [.. DeclineCodes.Known.Order(StringComparer.Ordinal), "insufficient_funds", "insufficient_funds", "expired_card", "do_not_honor"];

    [Fact]
    public void Over_ten_thousand_cases_nothing_happens_that_must_never_happen()
    {
        var (parked, recovered, messages) = (0, 0, 0);
        for (var seed = 0; seed < Cases; seed++)
        {
            var life = new Life(seed);
            life.Live();
            life.MustHaveBeenKind();
            parked += life.Case.State == CaseState.Parked ? 1 : 0;
            recovered += life.Case.State == CaseState.Recovered ? 1 : 0;
            messages += life.Sent.Count;
        }

        // Enough of everything happened to say something.
        Assert.True(parked > Cases / 20 && recovered > Cases / 10 && messages > Cases / 2, $"{parked} parked, {recovered} recovered, {messages} messages");
    }

    /// <summary>One customer with one case and, now and then, another card, another invoice, a promise, or a person in support.</summary>
    private sealed class Life
    {
        private readonly Random random;
        private readonly string place;
        private readonly Customer customer;
        private readonly List<(CardId Card, string Brand, string Code, List<CardTry> InVain)> cards = [];
        private readonly List<(Instant At, NoticeKind Kind)> planned = [];
        private readonly List<(Instant At, string Tried)> retries = [];
        private Instant now;
        private Instant? parkedAt;
        private int tries = 1;
        private LocalDate? quietUntil;

        public Life(int seed)
        {
            random = new(seed);
            place = $"Case {seed}";
            now = Given.At("2026-01-01") + Duration.FromMinutes(random.Next(500_000));
            customer = Given.Customer(zone: Zones[random.Next(Zones.Length)], now: "2026-01-01");
            PutIn();
            Case = DunningCase.Begin(new(Given.Id()), customer, Policies.Shipped, cards[0].Code, cards[0].Card, now);
            if (Case.Ladder == DunningPolicy.Expired) quietUntil = customer.Today(now).PlusDays(14);
            Try(ofTheLadder: false);
            Replan();
        }

        public DunningCase Case { get; }

        public List<(Instant At, NoticeKind Kind)> Sent { get; } = [];

        private (CardId Card, string Brand, string Code, List<CardTry> InVain) Card => cards[^1];

        public void Live()
        {
            for (var steps = 0; Case.State == CaseState.Open; steps++)
            {
                Assert.True(steps < 300, $"{place} never ends: {Case.NextWhy}");
                // Mostly on time; now and then we are down for up to six days.
                now = Instant.Max(now, Case.NextAt!.Value) + (random.Next(12) == 0 ? Duration.FromHours(random.Next(1, 150)) : Duration.FromMinutes(random.Next(10)));
                Post();
                if (random.Next(8) == 0) Act();
                if (Case.State == CaseState.Open) Step();
            }
        }

        public void MustHaveBeenKind()
        {
            Assert.All(cards, card =>
            {
                foreach (var limit in Policies.Shipped.Limits.Where(l => l.Brand == "*" || l.Brand == card.Brand))
                    Assert.All(card.InVain, t => Assert.True(card.InVain.Count(o => o.At > t.At - limit.Window && o.At <= t.At) <= limit.Most, $"{place}: {limit}"));
                var hard = card.InVain.FindIndex(t => CardLimits.IsHard(t.DeclineCode!));
                Assert.True(hard < 0 || hard == card.InVain.Count - 1, $"{place}: tried again after {card.Code}");
            });
            Assert.All(Sent, s => Assert.False(NoticeMoment.IsQuiet(s.At, customer.Zone), $"{place}: {s} at night"));
            Assert.All(Sent, s => Assert.True(
                Sent.Count(o => o.At > s.At - Duration.FromDays(NoticePolicy.BudgetDays) && o.At <= s.At) <= NoticePolicy.Default.Budget, $"{place}: budget"));
            if (parkedAt is { } parked)
                Assert.True(Sent.Count > 0 && parked >= Sent.Min(s => s.At) + Duration.FromDays(7), $"{place}: parked too soon");
            // A day the customer chose is the customer's own try, beside the eight of ours.
            Assert.True(tries - Case.Promises <= DeclineCodes.MostRetries + 1, $"{place}: {tries} tries");
            Assert.All(retries, r => Assert.True(r.Tried != "ladder" || r.At.InZone(customer.Zone).TimeOfDay >= Policies.Shipped.Morning, $"{place}: {r} at night"));
            if (quietUntil is { } quiet) Assert.All(Sent.Where(s => s.Kind == NoticeKind.CardExpiredAsk), s =>
                Assert.True(CustomerZone.DateAt(s.At, customer.Zone) >= quiet, $"{place}: asked in the quiet time"));
        }

        private void PutIn() => cards.Add((new(Given.Id()), random.Next(2) == 0 ? "visa" : "mastercard", Codes[random.Next(Codes.Length)], []));

        /// <summary>Messages go out when it is a good moment, and only about what is still open.</summary>
        private void Post()
        {
            foreach (var notice in planned.ToList())
            {
                var moment = NoticeMoment.First(notice.Kind.Weight(), notice.At, customer.Zone, "BD", [.. Sent.Select(s => s.At)], NoticePolicy.Default);
                if (moment > now) continue;
                planned.Remove(notice);
                Sent.Add((moment, notice.Kind));
            }
        }

        private void Act()
        {
            var today = customer.Today(now);
            switch (random.Next(6))
            {
                case 0:
                    PutIn();
                    Try(ofTheLadder: false);
                    break;
                case 1 when Case.Promises < 2:
                    Case.Promise(today.PlusDays(random.Next(1, 15)), Policies.Shipped.Promise, today);
                    break;
                case 2:
                    for (var i = random.Next(12); i > 0 && Case.IsOpen; i--) Try(ofTheLadder: false);
                    break;
                case 3:
                    Case.WritePersonally("I know them.", today);
                    break;
                case 4:
                    Case.Extend(today.PlusDays(random.Next(1, 40)), "Time.", today);
                    break;
                default:
                    Case.Close(CaseState.Left, "Left.", today);
                    planned.Clear();
                    break;
            }

            if (Case.IsOpen) Replan();
        }

        private void Step()
        {
            var act = Ask();
            if (act.At > now)
            {
                Case.Plan(act);
                return;
            }

            switch (act.Step)
            {
                case DunningStep.Retry:
                    Try(ofTheLadder: true);
                    break;
                case DunningStep.Write when Case.IsSilenced:
                    Case.KeepSilent(now);
                    break;
                case DunningStep.Write:
                    Case.Wrote(act.Template!.Value, customer.Today(now), now);
                    planned.Add((now, act.Template.Value));
                    break;
                case DunningStep.Park:
                    Case.Park(customer.Today(now));
                    parkedAt = now;
                    break;
                case DunningStep.End:
                    Case.Close(CaseState.Stopped, act.Why, customer.Today(now));
                    break;
                case DunningStep.Wait:
                    break;
            }

            if (Case.IsOpen) Replan();
        }

        private void Try(bool ofTheLadder)
        {
            if (CardLimits.WhyNot(Card.Brand, Card.InVain, Policies.Shipped.Limits, now) is not null)
            {
                if (ofTheLadder) Case.RetryNotMade(customer.Today(now), now);
                return;
            }

            if (ofTheLadder)
            {
                tries++;
                retries.Add((Case.NextAt!.Value, Case.MachineFailedAt is null && Case.Ladder != "technical" ? "ladder" : "machine"));
            }

            if (random.Next(ofTheLadder ? 6 : 40) == 0)
            {
                Case.Close(CaseState.Recovered, "Paid.", customer.Today(now), RecoveryRoute.SilentRetry);
                planned.Clear();
                return;
            }

            var code = random.Next(5) == 0 ? Codes[random.Next(Codes.Length)] : Card.Code;
            Card.InVain.Add(new(now, code));
            Case.Declined(code, Card.Card, ofTheLadder, customer.Today(now), now);
            if (DunningPolicy.LadderOf(code) == DunningPolicy.Expired) quietUntil ??= customer.Today(now).PlusDays(14);
        }

        private void Replan() => Case.Plan(Ask());

        private DunningAct Ask() => Billing.Dunning.Dunning.Next(new(
            Case, Policies.Shipped, customer.Zone, true, false, true, false, tries, quietUntil,
            Sent.Count == 0 ? null : Sent.Min(s => s.At), now));
    }
}
