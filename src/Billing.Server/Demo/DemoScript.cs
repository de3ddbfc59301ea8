using MediatR;

namespace Billing.Server.Demo;

/// <summary>One thing somebody does on a day, with a name that says whether it was done already.</summary>
/// <param name="Day">Days from the merchant's first.</param>
/// <param name="Name">Unique within the script.</param>
/// <param name="Who">Whom it concerns; <see langword="null"/> for the merchant.</param>
/// <param name="Act">What.</param>
internal sealed record DemoStep(int Day, string Name, string? Who, DemoAct Act);

/// <summary>A command on its way to its handler.</summary>
internal delegate Task Order(IMediator mediator, CancellationToken cancellationToken);

internal static class Orders
{
    public static Order Of<TAnswer>(IRequest<TAnswer> command) => (mediator, cancellationToken) => mediator.Send(command, cancellationToken);
}

/// <summary>What can be done.</summary>
internal abstract record DemoAct
{
    private DemoAct()
    {
    }

    /// <summary>A command that needs nobody's id.</summary>
    public sealed record Send(Order Command) : DemoAct;

    public sealed record Arrive(DemoPerson Person) : DemoAct;

    public sealed record BringCard(string Token) : DemoAct;

    public sealed record Subscribe(DemoPerson Person) : DemoAct;

    public sealed record Leave(bool AtOnce) : DemoAct;

    public sealed record StayAfterAll : DemoAct;

    public sealed record GoAway(int Days) : DemoAct;

    public sealed record ComeBack : DemoAct;

    public sealed record TakeThanks(string Currency) : DemoAct;
}

/// <summary>Everything that happens in the demo merchant's life, in order.</summary>
internal static class DemoScript
{
    public static IReadOnlyList<DemoStep> Of(DemoSettings settings, int days) =>
    [
        .. DemoCatalogue.Commands().Select((command, i) => new DemoStep(0, $"catalogue-{i}", null, new DemoAct.Send(command))),
        .. DemoPeople.Draw(settings.Customers, days).SelectMany(Life).Where(step => step.Day < days).OrderBy(step => step.Day),
    ];

    private static IEnumerable<DemoStep> Life(DemoPerson person)
    {
        DemoStep On(int day, string what, DemoAct act) => new(day, $"{person.Key} {what}", person.Key, act);

        yield return On(person.Arrives, "arrives", new DemoAct.Arrive(person));
        if (person.Card is { } card) yield return On(person.Arrives, "brings a card", new DemoAct.BringCard(card));
        yield return On(person.Arrives, "subscribes", new DemoAct.Subscribe(person));
        if (person.Thanked is { } thanked) yield return On(thanked, "is thanked", new DemoAct.TakeThanks(person.Customer.Currency));
        if (person.NewCard is { } mended) yield return On(mended, "brings a new card", new DemoAct.BringCard("pm_card_visa"));
        if (person.GoesAway is { } goes) yield return On(goes, "goes to the beach", new DemoAct.GoAway(person.AwayDays));
        if (person.BackEarly is { } back) yield return On(back, "is back early", new DemoAct.ComeBack());
        if (person.Leaves is { } leaves) yield return On(leaves, "leaves", new DemoAct.Leave(person.LeavesAtOnce));
        if (person.StaysAfterAll is { } stays && !person.LeavesAtOnce) yield return On(stays, "stays after all", new DemoAct.StayAfterAll());
    }
}
