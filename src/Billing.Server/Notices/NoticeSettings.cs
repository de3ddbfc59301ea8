using Billing.Notices;

namespace Billing.Server.Notices;

/// <summary>What the merchant chose, section <c>Billing:Notices</c>: how much, and who speaks.</summary>
/// <param name="Policy">The contact budget.</param>
/// <param name="Speaks">Who says what is not named otherwise.</param>
/// <param name="Kinds">Kinds that go another way, or not at all.</param>
internal sealed record NoticeSettings(NoticePolicy Policy, Voice Speaks, IReadOnlyDictionary<NoticeKind, Voice> Kinds)
{
    /// <exception cref="InvalidOperationException">A word nobody knows, or something switched off that has to be said.</exception>
    public static NoticeSettings From(IConfiguration configuration)
    {
        var section = configuration.GetSection("Billing:Notices");
        var speaks = VoiceOf("Billing:Notices:Speaks", section["Speaks"] ?? "mail");
        if (speaks == Voice.Nobody) throw new InvalidOperationException("Billing:Notices:Speaks is mail or app: something has to be said.");

        var kinds = section.GetSection("Kinds").GetChildren().ToDictionary(
            k => Enum.TryParse<NoticeKind>(k.Key, ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind
                : throw new InvalidOperationException($"Billing:Notices:Kinds knows no {k.Key}."),
            k => VoiceOf($"Billing:Notices:Kinds:{k.Key}", k.Value));
        if (kinds.Where(k => k.Value == Voice.Nobody && k.Key.Weight() == NoticeWeight.Promise).Select(k => (NoticeKind?)k.Key).FirstOrDefault() is { } promise)
            throw new InvalidOperationException($"Billing:Notices:Kinds:{promise} cannot be off: customers are told of it before it happens.");
        return new(NoticePolicy.Of(section.GetValue("Budget", NoticePolicy.Default.Budget)), speaks, kinds);
    }

    /// <summary>Who says this.</summary>
    public Voice VoiceFor(Notice notice) =>
        VoiceOf(notice.Kind) == Voice.Nobody ? Voice.Nobody
        : notice.Channel == NoticeChannel.App ? Voice.App
        : VoiceOf(notice.Kind);

    /// <summary>Who says notices of this kind.</summary>
    public Voice VoiceOf(NoticeKind kind) => Kinds.GetValueOrDefault(kind, Speaks);

    private static Voice VoiceOf(string name, string? word) => word switch
    {
        "mail" => Voice.Mail,
        "app" => Voice.App,
        "off" => Voice.Nobody,
        _ => throw new InvalidOperationException($"{name} is mail, app or off, not {word}."),
    };
}

/// <summary>Who says a notice.</summary>
public enum Voice
{
    /// <summary>We, by mail.</summary>
    Mail,

    /// <summary>The main app, told by a webhook.</summary>
    App,

    /// <summary>Nobody; the merchant wants it so.</summary>
    Nobody,
}
