using System.Globalization;

namespace Billing.Server.Pages.Charts;

/// <summary>A linear scale from amounts to whole pixels, with round marks to label.</summary>
/// <param name="Low">The smallest mark.</param>
/// <param name="High">The largest mark.</param>
/// <param name="Step">From mark to mark.</param>
/// <param name="Top">Pixel of <paramref name="High"/>.</param>
/// <param name="Bottom">Pixel of <paramref name="Low"/>.</param>
internal sealed record Scale(long Low, long High, long Step, int Top, int Bottom)
{
    /// <summary>The marks to label, from the lowest.</summary>
    public IEnumerable<long> Marks
    {
        get
        {
            for (var mark = Low; mark <= High; mark += Step) yield return mark;
        }
    }

    /// <summary>Covers these amounts, and zero, with three to six steps of 1, 2 or 5 times a power of ten.</summary>
    public static Scale Covering(long least, long most, int top, int bottom)
    {
        least = Math.Min(least, 0);
        most = Math.Max(most, 0);
        var step = RoundStep(Math.Max(1, (most - least) / 4));
        var high = -FloorTo(-most, step);
        return new(FloorTo(least, step), high == 0 && least == 0 ? step : high, step, top, bottom);
    }

    /// <summary>Where an amount is drawn, in tenths of a pixel at most.</summary>
    public decimal At(long amount) => Bottom - decimal.Round((decimal)(Bottom - Top) * (amount - Low) / (High - Low), 1);

    /// <summary>A coordinate as SVG wants it, whatever the reader's language.</summary>
    public static string Write(decimal coordinate) => coordinate.ToString("0.#", CultureInfo.InvariantCulture);

    private static long RoundStep(long wanted)
    {
        for (var power = 1L; ; power *= 10)
        {
            if (wanted <= power) return power;
            if (wanted <= 2 * power) return 2 * power;
            if (wanted <= 5 * power) return 5 * power;
        }
    }

    private static long FloorTo(long amount, long step)
    {
        var quotient = amount / step;
        return (amount % step < 0 ? quotient - 1 : quotient) * step;
    }
}
