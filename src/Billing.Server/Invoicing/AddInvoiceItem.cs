using Billing.Client.Contract;
using Billing.Invoicing;
using Billing.Plans;
using Billing.Server.Http;
using Billing.Server.Persistence;
using FluentValidation;
using MediatR;

namespace Billing.Server.Invoicing;

/// <summary>Adds something sold once to a draft.</summary>
internal sealed record AddInvoiceItem(Guid InvoiceId, NewInvoiceItem Item) : ICommand<InvoiceView>;

internal sealed class AddInvoiceItemValidator : AbstractValidator<AddInvoiceItem>
{
    public AddInvoiceItemValidator() => RuleFor(c => c.Item).SetValidator(new NewInvoiceItemValidator()).OverridePropertyName("");
}

/// <summary>An item; 250 lines of the largest still add up without overflow.</summary>
internal sealed class NewInvoiceItemValidator : AbstractValidator<NewInvoiceItem>
{
    public NewInvoiceItemValidator()
    {
        RuleFor(i => i.Description).NotEmpty().MaximumLength(200).OverridePropertyName("description");
        RuleFor(i => i.Quantity).InclusiveBetween(1, 1_000_000).OverridePropertyName("quantity");
        RuleFor(i => i.UnitAmount.Value).InclusiveBetween(-Price.LargestUnitAmount, Price.LargestUnitAmount)
            .OverridePropertyName("unitAmount.amount");
        RuleFor(i => i.UnitAmount.Value)
            .Must((item, unit) => (Int128)Int128.Abs(unit) * item.Quantity <= InvoiceItems.LargestLine)
            .WithMessage($"An item comes to at most {InvoiceItems.LargestLine} minor units.").OverridePropertyName("unitAmount.amount");
    }
}

internal static class InvoiceItems
{
    /// <summary>The largest line, in minor units: 250 of them stay far from the largest number there is.</summary>
    public const long LargestLine = 10_000_000_000_000_000;

    /// <summary>Adds an item, blaming the field <paramref name="field"/> for another currency.</summary>
    public static void Add(this Invoice invoice, NewInvoiceItem item, string field) =>
        invoice.AddItem(item.Description, item.Quantity, item.UnitAmount.ToMoney(field, invoice.Currency));
}

internal sealed class AddInvoiceItemHandler(BillingDbContext db, Door door) : IRequestHandler<AddInvoiceItem, InvoiceView>
{
    public async Task<InvoiceView> Handle(AddInvoiceItem request, CancellationToken cancellationToken)
    {
        var invoice = door.Current(await db.Invoices.WithIdAsync(request.InvoiceId, cancellationToken));

        invoice.Add(request.Item, "unitAmount");

        await db.SaveChangesAsync(cancellationToken);
        return invoice.ToView();
    }
}
