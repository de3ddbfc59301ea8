using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Persistence;

/// <summary>What is worked out from facts may be worked out once more when somebody else was faster.</summary>
internal static class LostRaces
{
    private const int Times = 8;

    /// <summary>Does it, each time in a context of its own, until nobody else is faster.</summary>
    /// <exception cref="DbUpdateException">Somebody was, every time.</exception>
    public static async Task<T> TryAgainAsync<T>(Func<Task<T>> work)
    {
        for (var time = 1; ; time++)
        {
            try
            {
                return await work();
            }
            catch (Exception e) when (time < Times && IsOne(e))
            {
            }
        }
    }

    private static bool IsOne(Exception e) =>
        e is DbUpdateConcurrencyException || e is DbUpdateException && UniqueViolation.Is(e.GetBaseException()) || Deadlock.Is(e);
}
