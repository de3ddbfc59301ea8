using Billing.Customers;
using Billing.Retention;
using Billing.Server.BillingRun;
using Billing.Server.Http;
using Billing.Server.Notices;
using Billing.Server.Pages;
using Billing.Server.Pages.Language;
using Billing.Server.Persistence;
using Billing.Subscriptions;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Retention;

/// <summary>
/// Somebody who is not signed in wants to leave. If the address is a customer's, a mail goes there; whoever asked is told the
/// same either way.
/// </summary>
/// <param name="Email">The address given.</param>
/// <param name="Number">A customer's or subscription's number, if one was given; it narrows, and never keeps anybody out.</param>
/// <param name="Wish">What is asked for.</param>
/// <param name="Host">Where our pages are.</param>
public sealed record AskToLeave(string Email, string? Number, SignedOutWish Wish, string Host) : ICommand<bool>;

internal sealed class AskToLeaveValidator : AbstractValidator<AskToLeave>
{
    public AskToLeaveValidator()
    {
        RuleFor(c => c.Email).NotEmpty().MaximumLength(254).EmailAddress();
        RuleFor(c => c.Number).MaximumLength(100);
        RuleFor(c => c.Wish.Text).MaximumLength(CancelSession.LongestText);
        When(c => c.Wish.Extraordinary, () => RuleFor(c => c.Wish.Text).NotEmpty());
    }
}

internal sealed class AskToLeaveHandler(
    BillingDbContext db, LeavingPolicy policy, BillingClock clock, IConfiguration configuration, Door door) : IRequestHandler<AskToLeave, bool>
{
    private const int MostAtOnce = 10;

    public async Task<bool> Handle(AskToLeave request, CancellationToken cancellationToken)
    {
        var key = Customer.MailKeyOf(request.Email)!;
        var quietSince = clock.WallNow - LeaveLink.Quiet;
        if (await db.LeaveLinks.AnyAsync(l => l.MailKey == key && l.MadeAt > quietSince, cancellationToken)) return false;
        var all = await HeldAsync(key, cancellationToken);
        var held = all.Where(h => h.IsCalled(request.Number)).ToList() is [_, ..] named ? named : all;
        if (held.Count == 0) return false;

        var asked = held.ConvertAll(h => (h.Plan, Link: Begin(h, request, key)));
        Write(held[0].Customer, asked);
        return true;
    }

    private async Task<List<Held>> HeldAsync(string key, CancellationToken cancellationToken)
    {
        var found = await db.Customers.Where(c => c.MailKey == key)
            .Join(db.Subscriptions.Where(s => s.Lifecycle != Lifecycle.Ended), c => c.Id, s => s.CustomerId, (customer, subscription) => new { customer, subscription })
            .Join(db.Plans, r => r.subscription.PlanId, p => p.Id, (r, plan) => new { r.customer, r.subscription, plan.Name })
            .OrderBy(r => r.subscription.Id).Take(MostAtOnce).ToListAsync(cancellationToken);
        return [.. found.Where(r => policy.SignedOut.Opens(r.customer.Country, r.customer.Today(door.Now)))
            .Select(r => new Held(r.customer, r.subscription, r.Name))];
    }

    private string Begin(Held held, AskToLeave request, string key)
    {
        var words = Words.Of(held.Customer.Locale);
        var end = held.Subscription.EndIfLeft(request.Wish.End);
        var session = CancelSession.Ask(
            new(NewId.At(door.Now)), held.Subscription, request.Wish, words.Tag, words.LeavingSignedOut(held.Plan, end), door.Now);
        var token = Secrets.New("lv_");
        db.CancelSessions.Add(session);
        db.LeaveLinks.Add(LeaveLink.To(session.Id, token, key, clock.WallNow));
        // Of two who ask at the same moment one is enough.
        db.Entry(held.Customer).State = EntityState.Modified;
        return $"{request.Host.TrimEnd('/')}{LeaveLink.Path}{token}";
    }

    private void Write(Customer customer, IReadOnlyList<(string Plan, string Link)> asked)
    {
        var words = Words.Of(customer.Locale);
        var merchant = Merchant.From(configuration).Name;
        db.Letters.Add(Letter.Write(
            NewId.At(door.Now), customer.Id, customer.Email!, words.ConfirmLeaveSubject(merchant), words.ConfirmLeaveLetter(merchant, asked),
            words.Tag, door.Now));
    }

    private sealed record Held(Customer Customer, Subscription Subscription, string Plan)
    {
        public bool IsCalled(string? number) => number?.Trim() is { Length: > 0 } text
            && (text == Customer.ExternalId || Guid.TryParse(text, out var id) && (id == Customer.Id.Value || id == Subscription.Id.Value));
    }
}
