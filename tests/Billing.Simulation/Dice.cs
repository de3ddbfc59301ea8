namespace Billing.Simulation;

/// <summary>
/// Chance that belongs to a person and a question, and not to the order in which questions are asked: so the same customer in the
/// same month meets the same bank and is in the same mood, whichever ladder is climbed.
/// </summary>
internal sealed class Dice(int seed, int person)
{
    /// <summary>A number from 0 to 1, always the same for the same question.</summary>
    public double Roll(Ask ask, int first = 0, int second = 0)
    {
        var mixed = Mix(Mix(Mix(Mix(Mix((ulong)seed) ^ (ulong)person) ^ (ulong)ask) ^ (ulong)first) ^ (ulong)second);
        return (mixed >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>So many of a hundred.</summary>
    public bool Falls(double percent, Ask ask, int first = 0, int second = 0) => Roll(ask, first, second) * 100 < percent;

    /// <summary>Days of a wait without memory, at least one.</summary>
    public int Wait(double meanDays, Ask ask, int first = 0, int second = 0) =>
        Math.Max(1, (int)Math.Ceiling(-Math.Log(1 - Roll(ask, first, second)) * meanDays));

    /// <summary>Days of a delivery, at least one: half of them have come by the median, nine of ten by the other day.</summary>
    public int Delivery(Delivery days, Ask ask, int first = 0)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - Roll(ask, first, 1))) * Math.Cos(2 * Math.PI * Roll(ask, first, 2));
        var spread = Math.Log((double)days.NineOfTen / days.Half) / 1.2816;
        return Math.Clamp((int)Math.Round(days.Half * Math.Exp(spread * normal)), 1, 90);
    }

    /// <summary>One of several, by weight.</summary>
    public T Among<T>(IReadOnlyList<(T What, double Weight)> these, Ask ask, int first = 0)
    {
        var left = Roll(ask, first) * these.Sum(t => t.Weight);
        foreach (var (what, weight) in these)
        {
            if ((left -= weight) < 0) return what;
        }

        return these[^1].What;
    }

    // The mixing step of SplitMix64; overflow is its way of working.
    private static ulong Mix(ulong state)
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15;
            state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            state = (state ^ (state >> 27)) * 0x94D049BB133111EB;
            return state ^ (state >> 31);
        }
    }
}

/// <summary>What chance is asked for; each has numbers of its own.</summary>
internal enum Ask
{
    Start, Place, Plan, Expiry, ExpiryFate, ExpiryDays, Fails, Code, Length, LengthKind, Post, Unprompted, UnpromptedDays, WantsToLeave,
    LeavesBecauseWritten, Acts, ActDays, ComesBack, ComesBackDays,
}

/// <summary>How long something is in the post.</summary>
/// <param name="Half">By this day half has come.</param>
/// <param name="NineOfTen">By this day nine of ten.</param>
internal sealed record Delivery(int Half, int NineOfTen);
