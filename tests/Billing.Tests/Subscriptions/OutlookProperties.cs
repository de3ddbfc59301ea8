using Billing.Invoicing;
using Billing.Subscriptions;

namespace Billing.Tests.Subscriptions;

/// <summary>The rules lived forward do what the outlook says, line by line; random lives, fixed seeds.</summary>
public sealed class OutlookProperties
{
    private const int Days = 200;

    [Fact]
    public void Whatever_happens_by_itself_was_in_every_outlook()
    {
        for (var seed = 1; seed <= 10; seed++) Live(new Random(seed), $"Seed {seed}");
    }

    [Fact]
    public void What_is_too_small_to_charge_is_not_said_to_be_tried_again_but_comes_with_the_next_bill()
    {
        var beach = new Beach(price: 49.00m, paid: false);
        var open = Assert.Single(beach.Invoices);
        open.PlanAttempt(Given.At("2026-04-10"));
        open.Credit(new(Given.Id()), beach.Customer, Given.Dollars(48.80m), "Sorry", Given.At("2026-04-05"));

        var said = Outlook.Of(Facts(beach, Given.At("2026-04-05")) with { Open = [open] });

        var first = Assert.IsType<OutlookEntry.Bills>(said[0]);
        Assert.Equal((Given.Dollars(49.20m), Given.Dollars(49.00m)), (first.Use.Due, ((OutlookEntry.Bills)said[1]).Use.Due));
        Assert.Equal((20, Money.Zero(Given.Minimum.Currency)), (open.DueMinor, beach.Customer.Balance));
    }

    /// <summary>One customer who now and then goes away, stays longer or comes back early, from day to day.</summary>
    private static void Live(Random random, string story)
    {
        var beach = new Beach(price: random.Next(100, 20_000) / 100m, credit: random.Next(3) == 0 ? random.Next(1, 9_000) / 100m : 0);
        var day = Given.Date("2026-04-01");
        var asked = Given.At(Text(day));
        List<(Instant At, string Line)> said = [];
        Ask();
        for (var i = 0; i < Days; i++)
        {
            var late = random.Next(12) == 0;
            var before = Given.At(Text(day));
            day = day.PlusDays(late ? random.Next(2, 12) : 1);
            var at = Given.At(Text(day));
            var bills = beach.Invoices.Count;
            var moved = late ? beach.WakeUp(Text(day)) : beach.Live(Text(day));
            var done = moved.SelectMany(m => m.Facts).Select(Line).OfType<string>()
                .Concat(beach.Invoices.Skip(bills).Select(Line)).Order(StringComparer.Ordinal).ToList();
            var due = said.Where(s => (s.At > before || asked == before) && s.At <= at).Select(s => s.Line).Order(StringComparer.Ordinal).ToList();
            if (late) Assert.All(done.Where(d => !d.StartsWith("reminds", StringComparison.Ordinal)), d => Assert.Contains(d, due));
            else Assert.True(done.SequenceEqual(due), $"{story}, {day}: said {string.Join("; ", due)}; did {string.Join("; ", done)}");
            if (late) Ask();
            if (random.Next(12) == 0) Act();
        }

        void Act()
        {
            try
            {
                _ = random.Next(4) switch
                {
                    0 => beach.Return(Text(day)),
                    1 when beach.LiveBreak is not null => beach.Extend(Text(day), Text(day.PlusDays(random.Next(5, 120)))),
                    _ => beach.Go(Text(day), Text(day.PlusDays(random.Next(14, 100))), random.Next(2) == 0 ? ChangeWhen.Now : ChangeWhen.PeriodEnd),
                };
            }
            catch (Refused)
            {
            }

            Ask();
        }

        void Ask()
        {
            asked = Given.At(Text(day));
            said = [.. Outlook.Of(Facts(beach, asked)).Select(e => (e.At, Line(e)))];
        }
    }

    private static OutlookFacts Facts(Beach beach, Instant now) => new(
        beach.Customer, [new(beach.Subscription, "Pro", "Pro", beach.Discounts, beach.LiveBreak)], [], Given.Card(beach.Customer), Given.Minimum, now);

    private static string Line(Invoice i) => Billed(i.PeriodStart!.Value, i.PeriodEnd!.Value, i.Total, i.BalanceAppliedMinor + i.CarriedForwardMinor);

    private static string Line(OutlookEntry entry) => entry switch
    {
        OutlookEntry.Bills e => Billed(e.Period.Start, e.Period.End, e.Charge.Total, e.Use.Applied.Minor + e.Use.CarriedForward.Minor),
        OutlookEntry.ChargesAway e => Billed(e.On, e.To, e.Total, e.Use.Applied.Minor + e.Use.CarriedForward.Minor),
        OutlookEntry.GoesAway e => $"goes {e.On}, back {e.ReturnOn}",
        OutlookEntry.Reminds e => $"reminds {e.On}, back {e.ReturnOn}, {e.Total} on {e.NextBillingOn}",
        OutlookEntry.Returns e => $"returns {e.On}, {e.BankedDays} wait, billed {e.NextBillingOn}",
        _ => throw new InvalidOperationException($"{entry}"),
    };

    private static string? Line(Billing.History.Fact fact) => fact switch
    {
        WentToBeach e => $"goes {e.On}, back {e.ReturnOn}",
        ReturnAnnounced e => $"reminds {e.On}, back {e.ReturnOn}, {new Money(e.TotalMinor, Given.Minimum.Currency)} on {e.NextBillingOn}",
        CameBackFromBeach e => $"returns {e.On}, {e.BankedDays} wait, billed {e.NextBillingOn}",
        _ => null,
    };

    private static string Billed(LocalDate from, LocalDate to, Money total, long settled) => $"bills {from} to {to}: {total}, {settled} settled";

    private static string Text(LocalDate day) => day.ToString("uuuu-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
