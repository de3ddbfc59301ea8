using Billing.Customers;
using Billing.Notices;
using Billing.Server.BillingRun;
using Billing.Server.Http;
using Billing.Server.Pages;
using Billing.Server.Pages.Language;
using Billing.Server.Payments.Gateways;
using Billing.Server.Payments.Gateways.Sandbox;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using NodaTime;

namespace Billing.Server.Notices;

/// <summary>Makes mails of contents: in the customer's language, as HTML and as text, with links that are theirs alone.</summary>
internal sealed class NoticeRendering(
    IServiceProvider services, ILoggerFactory logging, IConfiguration configuration, IPaymentGateway gateway, BillingClock clock)
{
    /// <summary>How long the button of a mail lets in, by the wall clock; once.</summary>
    public static readonly Duration LinkLifetime = Duration.FromDays(7);

    private readonly Merchant merchant = Merchant.From(configuration);

    /// <summary>A link to the customer's own page; whoever calls stores its row. None where we do not know our own address.</summary>
    public (SignInLink Row, string Url)? LinkFor(CustomerId customer)
    {
        if (Home is not { } home) return null;
        var token = Secrets.New("pl_");
        return (SignInLink.ToPortal(token, customer, clock.WallNow + LinkLifetime), home + SignInLink.Path + token);
    }

    /// <summary>A message, laid out.</summary>
    public async Task<Rendered> RenderAsync(Customer customer, NoticeContent content, string? link, Unsubscribe? end)
    {
        var page = Page(customer.Locale, customer.Name, content, link, end?.Url);
        return new(page.Said.Subject, page.ToText(), await ToHtmlAsync(page), page.Words.Tag, end?.Url, end?.Hash);
    }

    /// <summary>The link that ends mails of this kind; the one a letter has already stays good.</summary>
    public Unsubscribe? UnsubscribeFor(NoticeKind kind, Letter? known)
    {
        if (known is { UnsubscribeUrl: { } url, UnsubscribeHash: { } hash }) return new(url, hash);
        if (!kind.MayBeSwitchedOff() || Home is not { } home) return null;
        var token = Secrets.New("un_");
        return new(home + PreferenceRoutes.Path + token, Secrets.Hash(token));
    }

    /// <summary>A message in a language, before it is laid out.</summary>
    public MailPage Page(string locale, string? name, NoticeContent content, string? link, string? unsubscribe)
    {
        var words = Words.Of(locale);
        return new(words, words.Say(content), name, merchant, link, unsubscribe);
    }

    /// <summary>The mail as HTML.</summary>
    public async Task<string> ToHtmlAsync(MailPage page)
    {
        await using var scope = services.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, logging);
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<Mail>(ParameterView.FromDictionary(new Dictionary<string, object?> { ["Page"] = page }))).ToHtmlString());
    }

    /// <summary>The address that is configured; in the sandbox this machine's own, where whoever tries it out sits.</summary>
    private string? Home => configuration["Billing:PublicUrl"] is { Length: > 0 } address ? address.TrimEnd('/')
        : gateway is SandboxGateway && Listening is { } own ? own.TrimEnd('/')
        : null;

    private string? Listening => services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
}

/// <summary>A link that ends mails of a kind at a click.</summary>
/// <param name="Url">The link.</param>
/// <param name="Hash">SHA-256 of the token in it.</param>
internal sealed record Unsubscribe(string Url, string Hash);
