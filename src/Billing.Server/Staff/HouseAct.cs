using Billing.Server.Http;
using Billing.Server.Persistence;
using MediatR;
using NodaTime;

namespace Billing.Server.Staff;

/// <summary>
/// What a person, or a program with a key, did to the house, and why: plans, prices, keys, staff, runs; and every form of the
/// office, beside the facts it made in a customer's history. Append-only.
/// </summary>
public sealed class HouseAct
{
    public const int LongestAbout = 300, LongestWhy = 500;

    private HouseAct()
    {
    }

    /// <summary>For a form, the number it was handed out with: sent twice, it is taken once.</summary>
    public Guid Id { get; private set; }

    public Instant At { get; private set; }

    /// <summary>Who: <c>staff:name</c>, <c>key:name</c>.</summary>
    public string Actor { get; private set; } = null!;

    /// <summary>The order's name: <c>SetPrice</c>.</summary>
    public string What { get; private set; } = null!;

    /// <summary>Of what, without secrets: a plan's code and a price, a name.</summary>
    public string About { get; private set; } = null!;

    public CustomerId? CustomerId { get; private set; }

    /// <summary>Why, in the words of whoever did it.</summary>
    public string? Why { get; private set; }

    public static HouseAct Of(Guid id, string actor, string what, string about, CustomerId? customer, string? why, Instant now) => new()
    {
        Id = id,
        At = now,
        Actor = actor,
        What = what,
        About = about[..Math.Min(about.Length, LongestAbout)],
        CustomerId = customer,
        Why = why,
    };
}

/// <summary>An order that changes the house and not a customer: written down with who gave it, whichever door they came through.</summary>
internal interface IHouseChange
{
    /// <summary>Of what, without secrets.</summary>
    string About { get; }
}

/// <summary>A form of the office that is being taken.</summary>
/// <param name="Once">The number it was handed out with.</param>
/// <param name="Customer">Whom it is about, if anybody.</param>
/// <param name="Why">Why.</param>
public sealed record SentForm(Guid Once, CustomerId? Customer, string? Why);

/// <summary>Writes the act down in the transaction of the order.</summary>
internal sealed class RememberBehaviour<TRequest, TAnswer>(BillingDbContext db, Door door)
    : IPipelineBehavior<TRequest, TAnswer> where TRequest : notnull
{
    public async Task<TAnswer> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TAnswer> next)
    {
        var answer = await next();
        if (request is not ICommand<TAnswer>) return answer;
        var change = request as IHouseChange;
        if (change is null && door.Form is null) return answer;

        db.HouseActs.Add(HouseAct.Of(
            door.Form?.Once ?? NewId.At(door.Now), door.Actor, typeof(TRequest).Name, change?.About ?? "", door.Form?.Customer, door.Form?.Why, door.Now));
        return answer;
    }
}
