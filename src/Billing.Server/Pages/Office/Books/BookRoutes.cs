using Billing.Server.Http;
using Billing.Server.Ledger;
using Billing.Server.Pages.Office.Acts;
using Billing.Server.Pages.SignIn;
using Billing.Server.Persistence;
using Billing.Server.Staff;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Billing.Server.Pages.Office.Books;

/// <summary>The ledger, as finance reads it and closes its months.</summary>
internal static class BookRoutes
{
    private const string Home = "/office/books";

    public static void MapBookPages(this IEndpointRouteBuilder office)
    {
        var books = office.MapGroup("/books").RequireAuthorization(OfficeDoor.Policy(StaffRole.Finance));
        books.MapGet("", ShowAsync);
        books.MapGet("/close", static IResult (string? month, Desk desk) => Closing(LedgerMonths.Parse(month ?? "", "month").ToYearMonth(), desk).Ask(desk));
        books.MapPost("/close", CloseAsync);
    }

    private static async Task<IResult> ShowAsync(
        string? done, Desk desk, BillingDbContext db, LedgerChecks checks, IMediator send, CancellationToken cancellationToken) =>
        new RazorComponentResult<BooksHome>(new
        {
            Desk = desk, Page = await BooksPage.ReadAsync(db, checks, send, desk, cancellationToken),
            Said = done == "closed" ? desk.T["The month is closed. What is learned of it later counts for the first open day.", "মাসটি বন্ধ হয়েছে। পরে যা জানা যাবে তা প্রথম খোলা দিনে ধরা হবে।"] : null,
        });

    private static async Task<IResult> CloseAsync(
        [FromForm] string? month, Desk desk, Door door, BillingDbContext db, LedgerChecks checks, IMediator send, CancellationToken cancellationToken)
    {
        door.Form = new(NewId.At(desk.Now), null, null);
        try
        {
            await send.Send(new CloseMonth(month ?? ""), cancellationToken);
            return new SeeOther($"{Home}?done=closed");
        }
        catch (Refused refused)
        {
            db.ChangeTracker.Clear();
            return new RazorComponentResult<BooksHome>(new
            {
                Desk = desk, Page = await BooksPage.ReadAsync(db, checks, send, desk, cancellationToken),
                Trouble = RefusalWords.Of(refused.Code, refused.Message, desk.T),
            })
            {
                StatusCode = StatusCodes.Status422UnprocessableEntity,
            };
        }
    }

    private static Confirm Closing(NodaTime.YearMonth month, Desk desk) => new(
        $"{Home}/close", desk.T["Close the month", "মাস বন্ধ করুন"], desk.F.MonthAndYear(month),
        [
            desk.T["It takes no more entries: its figures stay what they are.", "এতে আর কিছু লেখা হবে না: সংখ্যা যা আছে তাই থাকবে।"],
            desk.T["What is learned of it later counts for the first open day, and keeps its own date.", "পরে যা জানা যাবে তা প্রথম খোলা দিনে ধরা হবে, নিজের তারিখ রেখে।"],
            desk.T["It cannot be opened again.", "আবার খোলা যাবে না।"],
        ],
        OfficeSection.Books, (Home, desk.T["Books", "হিসাবের খাতা"]))
    {
        Fields = [("month", LedgerMonths.Word(month.OnDayOfMonth(1)))],
    };
}
