using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Billing.Server.Persistence;

/// <summary>Tells the database's "there is one already" from every other trouble, by number and never by words.</summary>
internal static class UniqueViolation
{
    private const int SqliteConstraintUnique = 2067, SqliteConstraintPrimaryKey = 1555;
    private const int SqlServerIndex = 2601, SqlServerConstraint = 2627;

    public static bool Is(Exception exception) => exception switch
    {
        SqliteException e => e.SqliteExtendedErrorCode is SqliteConstraintUnique or SqliteConstraintPrimaryKey,
        PostgresException e => e.SqlState == PostgresErrorCodes.UniqueViolation,
        SqlException e => e.Number is SqlServerIndex or SqlServerConstraint,
        _ => false,
    };
}
