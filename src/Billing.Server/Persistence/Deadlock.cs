using Microsoft.Data.SqlClient;
using Npgsql;

namespace Billing.Server.Persistence;

/// <summary>
/// Tells the database's "two waited for each other, so I stopped one" from every other trouble, by number and never by words.
/// Nothing was done, and it can be tried again.
/// </summary>
internal static class Deadlock
{
    private const int SqlServerVictim = 1205;

    public static bool Is(Exception exception) => exception.GetBaseException() switch
    {
        PostgresException e => e.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure,
        SqlException e => e.Number == SqlServerVictim,
        _ => false,
    };
}
