using Billing.Client.Contract;
using Billing.Customers;
using Billing.Invoicing;
using Billing.Server.Customers;
using Billing.Server.Dunning;
using Billing.Server.Http;
using Billing.Server.Persistence;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Cards;

/// <summary>The customer agrees that a second card is charged when the usual one will not do.</summary>
internal sealed record AgreeToBackupCard(Guid CustomerId, Guid CardId, BackupConsent Consent) : ICommand<CardView>;

internal sealed class AgreeToBackupCardValidator : AbstractValidator<AgreeToBackupCard>
{
    public AgreeToBackupCardValidator() =>
        RuleFor(c => c.Consent.AgreedBy).NotEmpty().MaximumLength(Customer.LongestConsent).OverridePropertyName("agreedBy");
}

internal sealed class AgreeToBackupCardHandler(BillingDbContext db, DunningPolicies policies, Door door) : IRequestHandler<AgreeToBackupCard, CardView>
{
    public async Task<CardView> Handle(AgreeToBackupCard request, CancellationToken cancellationToken)
    {
        var customer = door.Current(await db.Customers.WithIdAsync(request.CustomerId, cancellationToken));
        var card = await db.Cards.SingleOrDefaultAsync(c => c.Id == new CardId(request.CardId) && c.CustomerId == customer.Id, cancellationToken)
            ?? throw NotFound.Of("card");

        db.Record(customer.AgreeToBackup(card.Id, request.Consent.AgreedBy, door.Now), door.Actor, door.Now);
        // What is open already may be paid by it too, and is planned anew.
        if (await db.LiveCaseAsync(customer.Id, cancellationToken) is { IsOpen: true } it)
            db.Replan(await db.FileOfAsync(it, customer, policies, cancellationToken), door.Actor, door.Now);
        return card.ToView(customer);
    }
}

/// <summary>The customer takes that back: what was planned on the second card is not tried.</summary>
internal sealed record WithdrawBackupCard(Guid CustomerId) : ICommand<CustomerView>;

internal sealed class WithdrawBackupCardHandler(BillingDbContext db, Door door) : IRequestHandler<WithdrawBackupCard, CustomerView>
{
    public async Task<CustomerView> Handle(WithdrawBackupCard request, CancellationToken cancellationToken)
    {
        var customer = door.Current(await db.Customers.WithIdAsync(request.CustomerId, cancellationToken));
        var planned = await db.Invoices.Where(i => i.CustomerId == customer.Id && i.Status == InvoiceStatus.Open && i.OnBackupCard)
            .ToListAsync(cancellationToken);

        var fact = customer.WithdrawBackup(door.Now);
        foreach (var invoice in planned) invoice.LeaveBackup();

        db.Record(fact, door.Actor, door.Now);
        await db.SaveChangesAsync(cancellationToken);
        return customer.ToView();
    }
}
