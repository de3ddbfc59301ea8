using Billing.Client.Contract;
using Billing.Invoicing;
using Billing.Server.Customers;
using Billing.Server.Http;
using Billing.Server.Persistence;
using FluentValidation;
using MediatR;

namespace Billing.Server.Invoicing;

/// <summary>Begins an invoice for something sold once.</summary>
internal sealed record DraftInvoice(Guid CustomerId, NewInvoice Invoice) : ICommand<InvoiceView>;

internal sealed class DraftInvoiceValidator : AbstractValidator<DraftInvoice>
{
    public DraftInvoiceValidator()
    {
        RuleFor(c => c.Invoice.Items).Must(items => items is null || items.Count <= Invoice.MostLines && items.All(item => item is not null))
            .WithMessage($"An invoice has at most {Invoice.MostLines} items.").OverridePropertyName("items");
        RuleForEach(c => c.Invoice.Items).Where(item => item is not null).SetValidator(new NewInvoiceItemValidator()).OverridePropertyName("items");
    }
}

internal sealed class DraftInvoiceHandler(BillingDbContext db, Door door) : IRequestHandler<DraftInvoice, InvoiceView>
{
    public async Task<InvoiceView> Handle(DraftInvoice request, CancellationToken cancellationToken)
    {
        var customer = await db.Customers.WithIdAsync(request.CustomerId, cancellationToken);

        var invoice = Invoice.Draft(new(NewId.At(door.Now)), customer, door.Now);
        foreach (var (i, item) in (request.Invoice.Items ?? []).Index()) invoice.Add(item, $"items[{i}].unitAmount");

        db.Invoices.Add(invoice);
        return invoice.ToView();
    }
}
