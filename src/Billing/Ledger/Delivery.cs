using Billing.Invoicing;
using NodaTime;

namespace Billing.Ledger;

/// <summary>What is still to be delivered of one invoice, while something changes it.</summary>
/// <remarks>
/// It begins as the invoice's lines say. A credit note makes it smaller, a break lets it wait, a return gives it new days. What
/// it is after that is a <see cref="DeliveryPlan"/>, and what moved is a share, above or below zero, on each day concerned.
/// </remarks>
public sealed class Delivery
{
    private readonly Invoice invoice;
    private readonly List<DayShare> shares = [];
    private readonly int sequence;
    private IReadOnlyList<Stretch> stretches;
    private LocalDate since;
    private Money? waiting;
    private bool changed;

    private Delivery(Invoice invoice, Account revenue, IReadOnlyList<Stretch> lines, DeliveryPlan? last)
    {
        this.invoice = invoice;
        Revenue = revenue;
        Taken = last is null ? Money.Zero(invoice.Currency) : new(last.TakenMinor, invoice.Currency);
        sequence = last?.Sequence ?? 0;
        since = last?.EffectiveOn ?? LocalDate.MinIsoValue;
        stretches = last is null ? lines : last.Stretch is { } planned ? [planned] : [];
        waiting = last is { Stretch: null } ? new(last.AmountMinor, invoice.Currency) : null;
    }

    /// <summary>The invoice.</summary>
    public InvoiceId InvoiceId => invoice.Id;

    /// <summary>The subscription it bills.</summary>
    public SubscriptionId? SubscriptionId => invoice.SubscriptionId;

    /// <summary>What it becomes when it is delivered.</summary>
    public Account Revenue { get; }

    /// <summary>What was given up of it so far.</summary>
    public Money Taken { get; private set; }

    /// <summary>Whether it waits for a return.</summary>
    public bool Waits => waiting is not null;

    /// <summary>What moved: shares of days that are no more, and of days that are new.</summary>
    public IReadOnlyList<DayShare> Shares => shares;

    /// <summary>What is to be delivered of an issued invoice; <see langword="null"/> when it bills no days.</summary>
    /// <param name="invoice">With its lines.</param>
    /// <param name="last">The last plan there is of it, if anything changed it.</param>
    public static Delivery? Of(Invoice invoice, DeliveryPlan? last)
    {
        var days = invoice.Lines.Select(l => (l.Kind, Days: Stretch.Of(l, invoice))).Where(l => l.Days is not null).ToList();
        return days.Count == 0 ? null : new(invoice, Postings.RevenueOf(days[0].Kind), [.. days.Select(l => l.Days!.Value)], last);
    }

    /// <summary>
    /// What is not delivered of an invoice when a day is over, told by its documents alone: each plan counts until the next.
    /// </summary>
    /// <param name="invoice">With its lines.</param>
    /// <param name="plans">All there are of it, oldest first.</param>
    /// <param name="day">The day.</param>
    public static Money After(Invoice invoice, IReadOnlyList<DeliveryPlan> plans, LocalDate day)
    {
        LocalDate? first = plans.Count == 0 ? null : plans[0].EffectiveOn;
        var rest = invoice.Lines.Select(l => Stretch.Of(l, invoice)).OfType<Stretch>()
            .Aggregate(Money.Zero(invoice.Currency), (sum, s) => sum + s.After(day, first));
        for (var i = 0; i < plans.Count; i++)
        {
            LocalDate? next = i + 1 < plans.Count ? plans[i + 1].EffectiveOn : null;
            if (plans[i].Stretch is { } planned) rest += planned.After(day, next);
            else if (next is null) rest += new Money(plans[i].AmountMinor, invoice.Currency);
        }

        return rest;
    }

    /// <summary>What is to be delivered on a day and after it.</summary>
    public Money From(LocalDate day) => waiting ?? Sum(stretches.Select(s => s.From(LocalDate.Max(day, since))));

    /// <summary>Gives up as much as there is; what is left is delivered over the same days.</summary>
    /// <returns>How much was given up.</returns>
    public Money Take(Money upTo, LocalDate from)
    {
        var part = Money.Max(Money.Zero(upTo.Currency), Money.Min(upTo, From(from)));
        if (part.IsZero) return part;
        Taken += part;
        if (waiting is { } waits) (waiting, changed) = (waits - part, true);
        else Turn(from, From(from) - part, LocalDate.Max(from, since), stretches.Max(s => s.End));
        return part;
    }

    /// <summary>From a day on it waits: the clock stops.</summary>
    public void Wait(LocalDate from)
    {
        if (Waits || From(from).IsZero) return;
        var rest = From(from);
        Turn(from, rest, null, null);
    }

    /// <summary>What waited is delivered over so many days.</summary>
    public void Resume(LocalDate from, int days)
    {
        if (waiting is not { } rest) return;
        Turn(from, rest, from, from.PlusDays(days));
    }

    /// <summary>The plan it has now; <see langword="null"/> when nothing changed.</summary>
    public DeliveryPlan? Plan(Instant now) => changed
        ? DeliveryPlan.Create(invoice, sequence + 1, Revenue, (waiting ?? stretches[0].Amount).Minor, Taken.Minor, since, waiting is null ? stretches[0] : null, now)
        : null;

    private void Turn(LocalDate from, Money amount, LocalDate? start, LocalDate? end)
    {
        since = LocalDate.Max(from, since);
        shares.AddRange(stretches.SelectMany(s => s.Days(since)).Select(d => new DayShare(Revenue, d.On, -d.Share)));
        changed = true;
        if (start is not { } first)
        {
            (waiting, stretches) = (amount, []);
            return;
        }

        Stretch next = new(first, end!.Value, amount, first);
        (waiting, stretches) = (null, [next]);
        shares.AddRange(next.Days(first).Select(d => new DayShare(Revenue, d.On, d.Share)));
    }

    private Money Sum(IEnumerable<Money> parts) => parts.Aggregate(Money.Zero(invoice.Currency), (sum, part) => sum + part);
}

/// <summary>What is delivered of something on a day.</summary>
/// <param name="Revenue">What it becomes.</param>
/// <param name="On">The day.</param>
/// <param name="Amount">Below zero when it is taken back.</param>
public readonly record struct DayShare(Account Revenue, LocalDate On, Money Amount);
