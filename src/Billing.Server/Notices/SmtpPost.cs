using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Billing.Server.Notices;

/// <summary>Sends by SMTP: section <c>Billing:Smtp</c>.</summary>
internal sealed class SmtpPost(
    string host, int port, SecureSocketOptions security, string? user, string? password, MailboxAddress from, TimeSpan longestCall) : IPost
{
    private const int ForEncryptedSubmission = 587;
    private const int DefaultSeconds = 30;

    public bool IsThere => true;

    /// <summary>The server that is configured, or none.</summary>
    /// <param name="configuration">Where the section is.</param>
    /// <param name="longestCall">After what time a silent server is given up for now; half a minute by default.</param>
    /// <exception cref="InvalidOperationException">A host without an address to send from, or one that is none.</exception>
    public static IPost From(IConfiguration configuration, TimeSpan? longestCall = null)
    {
        if (configuration["Billing:Smtp:Host"] is not { Length: > 0 } host) return new NoPost();
        if (!MailboxAddress.TryParse(configuration["Billing:Smtp:From"] ?? "", out var from))
            throw new InvalidOperationException("Billing:Smtp:From must say the address letters come from.");
        if (from.Name is not { Length: > 0 }) from.Name = configuration["Billing:Merchant:Name"];

        var security = configuration["Billing:Smtp:Security"] switch
        {
            null or "starttls" => SecureSocketOptions.StartTls,
            "tls" => SecureSocketOptions.SslOnConnect,
            "none" => SecureSocketOptions.None,
            var other => throw new InvalidOperationException($"Billing:Smtp:Security is starttls, tls or none, not {other}."),
        };
        return new SmtpPost(
            host, configuration.GetValue("Billing:Smtp:Port", ForEncryptedSubmission), security, configuration["Billing:Smtp:User"],
            configuration["Billing:Smtp:Password"], from, longestCall ?? TimeSpan.FromSeconds(configuration.GetValue("Billing:Smtp:LongestSeconds", DefaultSeconds)));
    }

    public async Task SendAsync(Letter letter, CancellationToken cancellationToken)
    {
        var message = Message(letter);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(longestCall);
        using var client = new SmtpClient { Timeout = (int)longestCall.TotalMilliseconds };
        await client.ConnectAsync(host, port, security, limit.Token);
        if (user is not null) await client.AuthenticateAsync(user, password ?? "", limit.Token);
        try
        {
            await client.SendAsync(message, limit.Token);
        }
        catch (SmtpCommandException refused) when ((int)refused.StatusCode >= 500)
        {
            throw new Undeliverable($"{(int)refused.StatusCode} {refused.Message}", refused);
        }

        // It is taken; how the goodbye goes does not matter.
        await client.DisconnectAsync(quit: false, CancellationToken.None);
    }

    private MimeMessage Message(Letter letter)
    {
        var message = new MimeMessage { Subject = letter.Subject, MessageId = $"{letter.Id:N}@{from.Domain}", Date = letter.WrittenAt.ToDateTimeOffset() };
        message.From.Add(from);
        message.To.Add(MailboxAddress.TryParse(letter.To, out var to) ? to : throw new Undeliverable("That is no address of mail.", null));
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add(HeaderId.ContentLanguage, letter.Language);
        if (letter.UnsubscribeUrl is { } end)
        {
            // RFC 8058: one click in the mail program, without a page or a question.
            message.Headers.Add(HeaderId.ListUnsubscribe, $"<{end}>");
            message.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
        }

        var text = new TextPart("plain") { Text = letter.Text };
        message.Body = letter.Html is { } html ? new MultipartAlternative(text, new TextPart("html") { Text = html }) : text;
        return message;
    }
}
