using System.Security.Cryptography;
using System.Text;
using Billing.Server.Customers;
using Billing.Server.Http;
using Billing.Server.Pages.Office.History;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using Billing.Server.Staff;
using Billing.Subscriptions;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Pages.Office.Acts;

/// <summary>What an order does to a customer, in plain words: it was done to find out.</summary>
/// <param name="Facts">The facts it writes into the history.</param>
/// <param name="Ahead">What happens next after it.</param>
/// <param name="Balance">The customer's balance after it.</param>
public sealed record WhatHappens(IReadOnlyList<string> Facts, IReadOnlyList<OutlookEntry> Ahead, Money Balance)
{
    /// <summary>Says whether two are the same.</summary>
    public string Print => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', [.. Facts, $"{Balance}"]))));
}

/// <summary>
/// Does an order, looks at what it did, and then keeps it or takes it back. So the page before shows no guess but the thing
/// itself, and what is confirmed is what was shown, or nothing.
/// </summary>
internal sealed class ActDesk(BillingDbContext db, IMediator send, IPaymentGateway gateway, Door door)
{
    private const int MostAhead = 3;

    /// <summary>What it would do; nothing is kept.</summary>
    public Task<WhatHappens> RehearseAsync(Order order, CustomerId customer, Tongue t, CancellationToken cancellationToken) =>
        TryAsync(order, customer, t, _ => false, cancellationToken);

    /// <summary>Does it, if it does what was shown. The same form again changes nothing.</summary>
    /// <returns><see langword="null"/> when it is done; what it would do now, when that is something else than was shown.</returns>
    public async Task<WhatHappens?> DoAsync(
        Order order, CustomerId customer, Tongue t, SentForm form, string shown, CancellationToken cancellationToken)
    {
        if (await db.HouseActs.AnyAsync(a => a.Id == form.Once, cancellationToken)) return null;
        door.Form = form;
        var kept = false;
        var done = await TryAsync(order, customer, t, what => kept = what.Print == shown, cancellationToken);
        return kept ? null : done;
    }

    private async Task<WhatHappens> TryAsync(
        Order order, CustomerId customer, Tongue t, Func<WhatHappens, bool> keep, CancellationToken cancellationToken)
    {
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await order(send, cancellationToken);
            var what = await LookAsync(customer, t, cancellationToken);
            if (keep(what)) await transaction.CommitAsync(cancellationToken);
            else await transaction.RollbackAsync(cancellationToken);
            return what;
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }

    private async Task<WhatHappens> LookAsync(CustomerId id, Tongue t, CancellationToken cancellationToken)
    {
        var facts = db.ChangeTracker.Entries<HistoryEntry>().Select(e => e.Entity.Read()).ToList();
        var words = new FactWords(t, await FactNames.ReadAsync(db, facts, cancellationToken));
        var customer = await db.Customers.AsNoTracking().SingleAsync(c => c.Id == id, cancellationToken);
        var ahead = Outlook.Of(await db.OutlookFactsAsync(customer, gateway, door.Now, cancellationToken));
        return new([.. facts.Select(words.Of)], [.. ahead.Take(MostAhead)], customer.Balance);
    }
}
