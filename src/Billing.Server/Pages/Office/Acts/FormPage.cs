using Billing.Customers;

namespace Billing.Server.Pages.Office.Acts;

/// <summary>A form as it is shown.</summary>
/// <param name="Path">Where it is sent.</param>
/// <param name="Title">What it does.</param>
/// <param name="Meaning">What that means.</param>
/// <param name="Customer">To whom.</param>
/// <param name="Of">To which plan or invoice.</param>
/// <param name="Fields">What is asked, with what is wrong.</param>
/// <param name="General">What else is wrong.</param>
public sealed record FormPage(
    string Path, string Title, string Meaning, Customer Customer, string? Of, IReadOnlyList<Field> Fields, IReadOnlyList<string> General)
{
    public string Back => $"/office/customers/{Customer.Id}";
}
