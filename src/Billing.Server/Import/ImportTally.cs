using Billing.Subscriptions;

namespace Billing.Server.Import;

/// <summary>What became of the rows so far.</summary>
internal sealed class ImportTally(RejectsFile? rejects)
{
    /// <summary>How many troubles are kept to be shown; the others are counted.</summary>
    public const int MostShown = 100;

    private readonly Dictionary<SubscriptionId, int> lines = [];
    private readonly Dictionary<CustomerId, (int Line, string Token)> cards = [];
    private readonly List<Trouble> troubles = [];

    public int Read { get; set; }
    public int Taken { get; private set; }
    public int Active { get; private set; }
    public int Ended { get; private set; }
    public int Known { get; private set; }
    public int Rejected { get; private set; }
    public int Troubles { get; private set; }

    /// <summary>The first of them.</summary>
    public IReadOnlyList<Trouble> FirstTroubles => troubles;

    /// <summary>The cards to be kept at the gateway once the rows are in, and the lines that brought them.</summary>
    public IReadOnlyDictionary<CustomerId, (int Line, string Token)> Cards => cards;

    /// <summary>The line of this file that brought a subscription, if one did.</summary>
    public int? LineOf(SubscriptionId id) => lines.TryGetValue(id, out var line) ? line : null;

    /// <summary>The line of this file that has another card for the same customer, if one has.</summary>
    public int? OtherCard(ImportRow row, CustomerId customer) =>
        row.CardToken is not null && cards.TryGetValue(customer, out var card) && card.Token != row.CardToken ? card.Line : null;

    public void Written(ImportRow row, Subscription subscription)
    {
        Taken++;
        if (subscription.Lifecycle == Lifecycle.Ended) Ended++;
        else Active++;
        lines.Add(subscription.Id, row.Line);
        Keep(row, subscription.CustomerId);
    }

    public void AlreadyThere(ImportRow row, Subscription subscription)
    {
        Known++;
        Keep(row, subscription.CustomerId);
    }

    public async Task RejectAsync(ImportRecord record, IReadOnlyList<Trouble> reasons)
    {
        Rejected++;
        Add(reasons);
        if (rejects is not null) await rejects.AddAsync(record, reasons);
    }

    /// <summary>Something that concerns the file, or a card after its row is in.</summary>
    public void Add(IReadOnlyList<Trouble> reasons)
    {
        Troubles += reasons.Count;
        troubles.AddRange(reasons.Take(MostShown - troubles.Count));
    }

    private void Keep(ImportRow row, CustomerId customer)
    {
        if (row.CardToken is { } token) cards.TryAdd(customer, (row.Line, token));
    }
}
