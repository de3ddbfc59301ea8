namespace Billing.Notices;

/// <summary>How much a customer is written to. A business choice, kept as data.</summary>
/// <param name="Budget">The most notices in <see cref="BudgetDays"/> days, over everything we send.</param>
/// <param name="KeptForAsking">Of those, so many stay free of courtesies.</param>
/// <param name="KeptForPromises">Of those, so many stay free for what has to be said before something happens.</param>
public sealed record NoticePolicy(int Budget = 8, int KeptForAsking = 2, int KeptForPromises = 2)
{
    /// <summary>The days a budget is for.</summary>
    public const int BudgetDays = 30;

    /// <summary>What most merchants want.</summary>
    public static readonly NoticePolicy Default = new();

    /// <summary>The policy with this budget; what is kept free stays.</summary>
    /// <exception cref="InvalidOperationException">So small that nothing would be left for a courtesy.</exception>
    public static NoticePolicy Of(int budget) => budget > Default.KeptForAsking + Default.KeptForPromises
        ? Default with { Budget = budget }
        : throw new InvalidOperationException($"A contact budget is at least {Default.KeptForAsking + Default.KeptForPromises + 1} in {BudgetDays} days.");

    /// <summary>How many may have gone out before one of this weight may.</summary>
    /// <example>Of 8: a courtesy goes as one of the first 4, an ask as one of the first 6, a promise as one of the first 8.</example>
    public int BudgetFor(NoticeWeight weight) => weight switch
    {
        NoticeWeight.Courtesy => Budget - KeptForAsking - KeptForPromises,
        NoticeWeight.Answer => Budget - KeptForPromises,
        NoticeWeight.Asking => Budget - KeptForPromises,
        NoticeWeight.Promise => Budget,
    };
}
