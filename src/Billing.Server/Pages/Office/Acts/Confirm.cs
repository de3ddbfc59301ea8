using Microsoft.AspNetCore.Http.HttpResults;

namespace Billing.Server.Pages.Office.Acts;

/// <summary>A question before something that cannot be taken back, or that others will notice.</summary>
/// <param name="Path">Where the answer is sent.</param>
/// <param name="Title">What it does.</param>
/// <param name="Of">To what.</param>
/// <param name="Effects">What will happen, in sentences.</param>
/// <param name="Section">Where in the office one is.</param>
/// <param name="Back">Where one came from.</param>
public sealed record Confirm(
    string Path, string Title, string Of, IReadOnlyList<string> Effects, OfficeSection Section, (string Path, string Name) Back)
{
    /// <summary>Sent along with the answer.</summary>
    public IReadOnlyList<(string Name, string Value)> Fields { get; init; } = [];

    internal RazorComponentResult<ConfirmPage> Ask(Desk desk) => new(new { Desk = desk, Confirm = this });
}
