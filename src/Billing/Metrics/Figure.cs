namespace Billing.Metrics;

/// <summary>How sure a figure is.</summary>
public enum Maturity
{
    /// <summary>It can be read.</summary>
    Known,

    /// <summary>The month is not over: it still moves.</summary>
    Running,

    /// <summary>Fewer than <see cref="Figure.Fewest"/> subscriptions stand behind it: it is not shown.</summary>
    NotEnoughData,

    /// <summary>What it is divided by is zero, or nobody entered it.</summary>
    NotDefined,
}

/// <summary>A figure and what it was divided from.</summary>
/// <param name="Name">Which; its definition is <see cref="FigureDefinition.Of"/>.</param>
/// <param name="Value">In the unit of its definition; <see langword="null"/> when it cannot be said.</param>
/// <param name="Part">What is counted, before it is divided.</param>
/// <param name="Whole">What it is divided by; 1 for a plain count or amount.</param>
/// <param name="Maturity">How sure it is.</param>
public sealed record Figure(FigureName Name, long? Value, long Part, long Whole, Maturity Maturity)
{
    /// <summary>With fewer subscriptions than that behind it, a share says more about chance than about the business.</summary>
    public const int Fewest = 10;

    /// <summary>A count or an amount.</summary>
    internal static Figure Plain(FigureName name, long value, bool running) =>
        new(name, value, value, 1, running ? Maturity.Running : Maturity.Known);

    /// <summary>A quotient, in the unit of its definition, rounded half away from zero.</summary>
    /// <param name="name">Which.</param>
    /// <param name="part">What is counted.</param>
    /// <param name="whole">What it is divided by.</param>
    /// <param name="behind">How many subscriptions stand behind it.</param>
    /// <param name="running">Whether its month is not over.</param>
    internal static Figure Quotient(FigureName name, Int128 part, long whole, int behind, bool running)
    {
        var definition = FigureDefinition.Of(name);
        if (whole <= 0) return new(name, null, (long)part, whole, Maturity.NotDefined);
        if (behind < Fewest) return new(name, null, (long)part, whole, Maturity.NotEnoughData);
        return new(name, Rounded(part * definition.Scale, whole), (long)part, whole, running ? Maturity.Running : Maturity.Known);
    }

    private static long Rounded(Int128 part, long whole)
    {
        var half = whole / 2;
        return (long)((part >= 0 ? part + half : part - half) / whole);
    }
}
