using System.Text;
using Billing.Server.Pages;
using Billing.Server.Pages.Language;

namespace Billing.Server.Notices;

/// <summary>All that stands in a mail, to be laid out as HTML or as text: the same figures in both.</summary>
/// <param name="Words">The customer's language.</param>
/// <param name="Said">What is said.</param>
/// <param name="Name">The customer's name, if we know it.</param>
/// <param name="Merchant">Who says it.</param>
/// <param name="Link">Where the button leads; none when we do not know our own address.</param>
/// <param name="Unsubscribe">Where mails of this kind end; none for what has to be said.</param>
public sealed record MailPage(Words Words, Said Said, string? Name, Merchant Merchant, string? Link, string? Unsubscribe)
{
    /// <summary>The merchant's address in one line.</summary>
    public string? Address => Merchant.Address is { } lines
        ? string.Join(", ", lines.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)) : null;

    /// <summary>The mail as plain text.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        text.Append(Words.Greeting(Name)).Append("\n\n").Append(Said.Lead).Append("\n\n");
        foreach (var row in Said.Rows) text.Append(row.Label).Append(": ").Append(row.Value).Append('\n');
        if (Said.Rows.Count > 0) text.Append('\n');
        text.Append(Said.After).Append("\n\n");
        text.Append(Link is null ? Words.OpenFromApp : $"{Said.Button}:\n{Link}\n{Words.ButtonOnce}").Append("\n\n");
        text.Append(Words.Regards).Append('\n').Append(Merchant.Name).Append("\n\n-- \n");
        if (Address is not null) text.Append(Merchant.Name).Append(", ").Append(Address).Append('\n');
        text.Append(Words.WhyThisMail(Merchant.Name)).Append('\n');
        if (Merchant.Contact is { } contact) text.Append(Words.Questions(contact)).Append('\n');
        if (Unsubscribe is not null) text.Append(Words.NotThisKind).Append('\n').Append(Unsubscribe).Append('\n');
        return text.ToString();
    }
}
