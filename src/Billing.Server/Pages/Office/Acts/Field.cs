namespace Billing.Server.Pages.Office.Acts;

/// <summary>How a field is filled in.</summary>
public enum FieldKind
{
    Text,
    Mail,
    Amount,
    Number,
    Date,
    Choice,
    Words,
}

/// <summary>A field of a form.</summary>
/// <param name="Name">As it is sent.</param>
/// <param name="Label">What the reader sees.</param>
/// <param name="Kind">How it is filled in.</param>
/// <param name="Value">What stands in it.</param>
/// <param name="Hint">A word of help below the label.</param>
/// <param name="Required">Whether it has to be filled in.</param>
/// <param name="Choices">What can be chosen.</param>
/// <param name="Trouble">What is wrong with it.</param>
public sealed record Field(
    string Name, string Label, FieldKind Kind = FieldKind.Text, string Value = "", string? Hint = null, bool Required = true,
    IReadOnlyList<Choice>? Choices = null, string? Trouble = null);

/// <summary>One of several.</summary>
public sealed record Choice(string Value, string Label);
