using Billing.Dunning;
using Billing.Notices;
using Billing.Server.Dunning;
using Billing.Server.Subscriptions;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Simulation;

/// <summary>One world under one ladder: every day the customers do what they do, then the run does what is due, then the mails are read.</summary>
internal sealed class Life(House house, IReadOnlyList<Person> people)
{
    private static readonly string[] OtherCards = ["pm_card_visa", "pm_card_mastercard", "pm_card_visa_debit", "pm_card_amex", "sandbox_succeeds"];

    private readonly Dictionary<CustomerId, Person> byId = people.ToDictionary(p => new CustomerId(p.Customer));
    private readonly Dictionary<LocalDate, List<Act>> planned = [];
    private readonly Dictionary<Person, (int Cards, LocalDate LastOn)> put = [];
    private readonly HashSet<Guid> read = [];
    private readonly Dictionary<Person, int> losses = [];

    /// <summary>Lives until the day before <paramref name="end"/>.</summary>
    /// <param name="policy">A dunning policy to publish first; the shipped one when left out.</param>
    /// <param name="end">First day that is not lived any more.</param>
    public async Task LiveAsync(string? policy, LocalDate end)
    {
        if (policy is not null) await house.SendAsync(new PublishPolicy(new(policy)));
        foreach (var person in people)
        {
            foreach (var trouble in person.Troubles.Append(person.Expiry))
            {
                if (trouble?.Unprompted is { } day) Plan(new(Doing.PutInCard, person, trouble), day);
            }
        }

        for (var day = Merchant.Opened.PlusDays(Merchant.DaysOfStarting); day < end; day = day.PlusDays(1))
        {
            house.Now = Merchant.RunOn(day);
            if (planned.Remove(day, out var acts))
            {
                foreach (var act in acts.OrderBy(a => a.Person.Number)) await DoAsync(act, day);
            }

            await house.RunAsync();
            await ReadMailsAsync(day);
            await NoticeLossAsync(day);
        }
    }

    private void Plan(Act act, LocalDate day)
    {
        if (!planned.TryGetValue(day, out var acts)) planned[day] = acts = [];
        acts.Add(act);
    }

    private async Task DoAsync(Act act, LocalDate today)
    {
        var person = act.Person;
        var lifecycle = await LifecycleAsync(person);
        switch (act.Doing)
        {
            // Whoever put one in since the trouble began has done it.
            case Doing.PutInCard when lifecycle == Lifecycle.Active && !(put.GetValueOrDefault(person).LastOn >= act.Trouble.From)
                && (act.Trouble.Unprompted == today || await OwesAsync(person)):
                await PutInAsync(person, today);
                break;
            case Doing.Leave when lifecycle == Lifecycle.Active:
                await house.SendAsync(new CancelSubscription(person.Subscription, new("now")));
                break;
            case Doing.ComeBack when lifecycle is Lifecycle.Parked or Lifecycle.Ended:
                await house.SendAsync(new ComeBack(person.Subscription));
                if (!act.Trouble.IsNotTheCards || act.Trouble.Through >= today) await PutInAsync(person, today);
                break;
        }
    }

    private async Task PutInAsync(Person person, LocalDate today)
    {
        var cards = put.GetValueOrDefault(person).Cards;
        put[person] = (cards + 1, today);
        await Merchant.PutInAsync(house, person, OtherCards[cards % OtherCards.Length], today);
    }

    /// <summary>Asking mails that were sent today: some do something, some leave, most wait.</summary>
    private async Task ReadMailsAsync(LocalDate today)
    {
        await using var db = house.Data.Open();
        var mails = await db.DunningCases.Where(c => c.State == CaseState.Open)
            .Join(db.Notices, c => (Guid)(object)c.Id, n => n.SubjectId, (_, notice) => notice)
            .Where(n => n.State == NoticeState.Sent && n.DoneAt == house.Now)
            .Select(n => new { n.Id, n.CustomerId, n.Step }).ToListAsync();
        foreach (var mail in mails.Where(m => read.Add(m.Id)))
        {
            var person = byId[mail.CustomerId];
            if (person.TroubleOn(today) is { } trouble) React(person, trouble, Math.Max(1, mail.Step), today);
        }
    }

    private void React(Person person, Trouble trouble, int mail, LocalDate today)
    {
        var (dice, days) = (person.Dice, person.Dice.Wait(Assumptions.ActDays, Ask.ActDays, trouble.Number, mail));
        if (trouble.MeansIt || dice.Falls(Nth(Assumptions.LeavesBecauseWritten, mail), Ask.LeavesBecauseWritten, trouble.Number, mail))
            Plan(new(Doing.Leave, person, trouble), today.PlusDays(1));
        else if (dice.Falls(Nth(Assumptions.Acts, mail) * trouble.CanAct, Ask.Acts, trouble.Number, mail))
            Plan(new(Doing.PutInCard, person, trouble), LocalDate.Max(today.PlusDays(days), trouble.InHandOn));
    }

    /// <summary>Whose access ended today: some come back.</summary>
    private async Task NoticeLossAsync(LocalDate today)
    {
        await using var db = house.Data.Open();
        var lost = await db.DunningCases.Where(c => c.ParkedOn >= today.PlusDays(-1) && c.ParkedOn <= today.PlusDays(1))
            .Select(c => new { c.Id, c.CustomerId }).ToListAsync();
        foreach (var one in lost.Where(c => read.Add(c.Id.Value)))
        {
            var person = byId[one.CustomerId];
            var time = losses[person] = losses.GetValueOrDefault(person) + 1;
            if (person.TroubleOn(today) is not { MeansIt: false } trouble || !person.Dice.Falls(Assumptions.ComesBack, Ask.ComesBack, trouble.Number, time)) continue;
            var days = person.Dice.Wait(Assumptions.ComesBackDays, Ask.ComesBackDays, trouble.Number, time);
            Plan(new(Doing.ComeBack, person, trouble), LocalDate.Max(today.PlusDays(days), trouble.InHandOn));
        }
    }

    private async Task<Lifecycle> LifecycleAsync(Person person)
    {
        await using var db = house.Data.Open();
        var id = new SubscriptionId(person.Subscription);
        return await db.Subscriptions.Where(s => s.Id == id).Select(s => s.Lifecycle).SingleAsync();
    }

    private async Task<bool> OwesAsync(Person person)
    {
        await using var db = house.Data.Open();
        var id = new CustomerId(person.Customer);
        return await db.DunningCases.AnyAsync(c => c.CustomerId == id && c.State == CaseState.Open);
    }

    private static double Nth(IReadOnlyList<double> percents, int mail) => percents[Math.Min(mail, percents.Count) - 1];

    private enum Doing
    {
        PutInCard,
        Leave,
        ComeBack,
    }

    private sealed record Act(Doing Doing, Person Person, Trouble Trouble);
}
