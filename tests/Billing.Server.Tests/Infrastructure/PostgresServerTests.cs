using Npgsql;

namespace Billing.Server.Tests.Infrastructure;

public sealed class PostgresServerTests(PostgresServer postgres)
{
    [Fact]
    public async Task Two_databases_do_not_see_each_other()
    {
        var first = await postgres.CreateDatabaseAsync();
        var second = await postgres.CreateDatabaseAsync();

        await AskAsync(first, "CREATE TABLE seen (n int)");

        Assert.Equal(1L, await CountTablesAsync(first, "seen"));
        Assert.Equal(0L, await CountTablesAsync(second, "seen"));
    }

    [Fact]
    public async Task A_database_made_from_a_template_has_its_tables_and_its_own_rows()
    {
        await postgres.EnsureTemplateAsync("cards", MakeCardsAsync);
        var first = await postgres.CreateDatabaseAsync("cards");
        var second = await postgres.CreateDatabaseAsync("cards");

        await AskAsync(first, "INSERT INTO cards VALUES ('4242')");

        Assert.Equal(1L, await AskAsync(first, "SELECT count(*) FROM cards"));
        Assert.Equal(0L, await AskAsync(second, "SELECT count(*) FROM cards"));
    }

    [Fact]
    public async Task A_template_is_made_once_for_all_who_ask_at_the_same_time()
    {
        var made = 0;
        Task MakeAsync(string connectionString)
        {
            Interlocked.Increment(ref made);
            return MakeCardsAsync(connectionString);
        }

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            await postgres.EnsureTemplateAsync("cards of many", MakeAsync);
            await postgres.CreateDatabaseAsync("cards of many");
        }));

        Assert.Equal(1, made);
    }

    [Fact]
    public async Task A_stopped_server_leaves_no_folder_behind()
    {
        if (PostgresProcess.FindPrograms() is not { } programs)
        {
            Requirement.Missing("PostgreSQL is not installed.");
            return;
        }

        var server = await PostgresProcess.StartAsync(programs);
        Assert.True(Directory.Exists(server.Folder));

        await server.DisposeAsync();

        Assert.False(Directory.Exists(server.Folder));
    }

    private static Task MakeCardsAsync(string connectionString) =>
        AskAsync(connectionString, "CREATE TABLE cards (last_four text)");

    private static Task<object?> CountTablesAsync(string connectionString, string name) =>
        AskAsync(connectionString, $"SELECT count(*) FROM information_schema.tables WHERE table_name = '{name}'");

    private static async Task<object?> AskAsync(string connectionString, string sql)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellationToken);
    }
}
