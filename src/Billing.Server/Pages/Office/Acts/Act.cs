using Billing.Customers;
using Billing.Dunning;
using Billing.Invoicing;
using Billing.Payments;
using Billing.Plans;
using Billing.Server.Staff;
using Billing.Subscriptions;
using MediatR;

namespace Billing.Server.Pages.Office.Acts;

/// <summary>Gives an order of the house.</summary>
internal delegate Task Order(IMediator send, CancellationToken cancellationToken);

/// <summary>What an act is done to.</summary>
internal enum ActOn
{
    Customer,
    Subscription,
    Invoice,
    Payment,
    Dispute,
}

/// <summary>
/// Something the staff can do for a customer, as a form. Every one goes the same way: filled in, shown what it would do, done.
/// </summary>
/// <param name="Code">In the address.</param>
/// <param name="Role">Who may.</param>
/// <param name="On">What it is done to.</param>
/// <param name="NeedsWhy">Whether a reason has to be given; one may always be.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Meaning">What it means, in a sentence.</param>
/// <param name="Possible">Whether it makes sense as things stand; the rules have the last word.</param>
/// <param name="Fields">What is asked.</param>
/// <param name="Order">The order that comes of it.</param>
internal sealed record Act(
    string Code, StaffRole Role, ActOn On, bool NeedsWhy, Func<Tongue, string> Title, Func<Tongue, string> Meaning,
    Func<ActFacts, bool> Possible, Func<ActFacts, IReadOnlyList<Field>> Fields, Func<ActFacts, Filled, Order> Order);

/// <summary>What an act is asked and decided with.</summary>
internal sealed record ActFacts(
    Desk Desk, Customer Customer, Subscription? Subscription, string? Plan, Invoice? Invoice, IReadOnlyList<Discount> Discounts)
{
    public PaymentAttempt? Payment { get; init; }
    public Dispute? Dispute { get; init; }

    /// <summary>What is being asked of the customer, while that is so.</summary>
    public DunningCase? Case { get; init; }

    public Tongue T => Desk.T;
}

/// <summary>An act that can be asked for, as a link.</summary>
public sealed record ActLink(string Path, string Title);
