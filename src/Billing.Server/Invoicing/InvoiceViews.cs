using Billing.Client.Contract;
using Billing.Invoicing;
using Billing.Server.Http;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Invoicing;

/// <summary>Invoices and credit notes as the API shows them.</summary>
internal static class InvoiceViews
{
    public static InvoiceView ToView(this Invoice invoice) => invoice.ToSummary() with
    {
        Lines = [.. invoice.Lines.OrderBy(l => l.Position).Select(l => l.ToView(invoice.Currency))],
    };

    public static InvoiceView ToSummary(this Invoice invoice)
    {
        return new(
            invoice.Id.Value, invoice.CustomerId.Value, invoice.SubscriptionId?.Value, invoice.Number, Wire.Word(invoice.Kind),
            Wire.Word(invoice.Status), invoice.PeriodStart?.Iso(), invoice.PeriodEnd?.Iso(), invoice.IssuedOn?.Iso(),
            Of(invoice.SubtotalMinor), Of(invoice.DiscountMinor), Of(invoice.TotalMinor), Of(invoice.BalanceAppliedMinor),
            Of(invoice.CarriedForwardMinor), Of(invoice.CreditedMinor), Of(invoice.PaidMinor), Of(invoice.DueMinor),
            invoice.NextAttemptAt?.Iso(), invoice.CreatedAt.Iso(), invoice.Version);

        Amount Of(long minor) => new(minor, invoice.Currency.Code);
    }

    public static CreditNoteView ToView(this CreditNote note) => new(
        note.Id.Value, note.InvoiceId.Value, note.CustomerId.Value, note.Number!, new(note.AmountMinor, note.Currency.Code),
        new(note.ToBalanceMinor, note.Currency.Code), note.Reason, note.IssuedOn.Iso());

    /// <summary>The credit note with its share of each line of the invoice.</summary>
    public static CreditNoteView ToView(this CreditNote note, Invoice invoice)
    {
        var lines = invoice.Lines.OrderBy(l => l.Position).ToList();
        var shares = CreditShares.Of(
            [.. lines.Select(l => new Money(l.AmountMinor, note.Currency))], new(note.BeforeMinor, note.Currency), new(note.AmountMinor, note.Currency));
        return note.ToView() with
        {
            Lines = [.. lines.Zip(shares, (l, share) => new CreditNoteLineView(l.Position, Wire.Word(l.Kind), l.Description, share.ToAmount()))],
        };
    }

    /// <summary>The invoice with its lines, to be changed.</summary>
    public static async Task<Invoice> WithIdAsync(this IQueryable<Invoice> invoices, Guid id, CancellationToken cancellationToken) =>
        await invoices.Include(i => i.Lines).SingleOrDefaultAsync(i => i.Id == new InvoiceId(id), cancellationToken) ?? throw NotFound.Of("invoice");

    public static async Task<InvoiceView> InvoiceViewAsync(this BillingDbContext db, Guid id, CancellationToken cancellationToken) =>
        (await db.Invoices.AsNoTracking().WithIdAsync(id, cancellationToken)).ToView();

    public static Task<Page<InvoiceView>> InvoicePageAsync(
        this BillingDbContext db, Guid? customer, string? status, PageQuery page, CancellationToken cancellationToken)
    {
        IQueryable<Invoice> rows = db.Invoices;
        if (customer is { } id) rows = rows.Where(i => i.CustomerId == new CustomerId(id));
        if (status is not null)
        {
            var wanted = StatusOf(status);
            rows = rows.Where(i => i.Status == wanted);
        }

        return rows.ToPageAsync(i => i.Id, InvoiceId.From, page, ToSummary, cancellationToken);
    }

    public static async Task<Page<CreditNoteView>> CreditNotePageAsync(
        this BillingDbContext db, Guid invoice, PageQuery page, CancellationToken cancellationToken)
    {
        var credited = await db.Invoices.AsNoTracking().WithIdAsync(invoice, cancellationToken);
        return await db.CreditNotes.Where(n => n.InvoiceId == credited.Id)
            .ToPageAsync(n => n.Id, CreditNoteId.From, page, n => n.ToView(credited), cancellationToken);
    }

    private static InvoiceStatus StatusOf(string word) => Enum.GetValues<InvoiceStatus>().Where(s => Wire.Word(s) == word) is var found && found.Any()
        ? found.Single()
        : throw new BadInput(400, "bad_parameter", "A status is draft, open, paid, void or uncollectible.", "status");

    private static InvoiceLineView ToView(this InvoiceLine line, Currency currency) => new(
        Wire.Word(line.Kind), line.Description, line.Quantity, new(line.UnitAmountMinor, currency.Code), new(line.AmountMinor, currency.Code),
        line.ServiceStart?.Iso(), line.ServiceEnd?.Iso());
}
