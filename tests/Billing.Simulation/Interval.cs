using System.Globalization;

namespace Billing.Simulation;

/// <summary>A mean over seeds and how far it may be off, nineteen times of twenty.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Half">Half the width of the 95 % interval, by Student's t; none from one seed.</param>
internal sealed record Interval(double Mean, double? Half)
{
    // Of 1, 2, 3 … degrees of freedom.
    private static readonly double[] T95 =
    [
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093,
    ];

    public static Interval Of(IReadOnlyList<double> values)
    {
        var mean = values.Average();
        if (values.Count < 2) return new(mean, null);
        var deviation = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1));
        var t = values.Count - 1 <= T95.Length ? T95[values.Count - 2] : 1.96 + 2.5 / (values.Count - 1);
        return new(mean, t * deviation / Math.Sqrt(values.Count));
    }

    /// <summary><c>71.3 ± 0.8</c>, with a sign where it is a difference.</summary>
    public string Said(bool signed = false)
    {
        var mean = (signed && Mean >= 0 ? "+" : "") + Mean.ToString("N2", CultureInfo.InvariantCulture);
        return Half is { } half ? $"{mean} ± {half.ToString("N2", CultureInfo.InvariantCulture)}" : mean;
    }
}
