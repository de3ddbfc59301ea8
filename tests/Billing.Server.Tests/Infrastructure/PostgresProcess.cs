using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Billing.Server.Tests.Infrastructure;

/// <summary>One running PostgreSQL server in a folder of its own, gone with its folder when it is disposed.</summary>
/// <remarks>
/// A small shell stands between this process and the server and reads from a pipe. The pipe closes when we dispose
/// and equally when this process is killed, so there is one way out for both: the shell stops the server and deletes
/// the folder.
/// </remarks>
internal sealed class PostgresProcess : IAsyncDisposable
{
    private const int Attempts = 3;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>Fast and forgetful: what these tests write does not outlive them.</summary>
    private static readonly string[] Throwaway =
        ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off"];

    // $1 programs, $2 folder, $3 port, $4 the user to run as (empty: as we are; PostgreSQL refuses to run as root); then
    // the server's settings, each after a -c.
    private const string Shell = """
        trap '' HUP INT TERM
        cd /
        programs=$1; folder=$2; port=$3; user=$4
        shift 4
        as_user() {
          if [ -z "$user" ]; then exec "$@"; fi
          exec setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups --inh-caps=-all "$@"
        }
        give_up() { cat "$folder/log" >&2; rm -rf "$folder"; exit 1; }
        mkdir "$folder/data"
        if [ -n "$user" ]; then chmod 711 "$folder"; chown "$user" "$folder/data"; fi
        (as_user "$programs/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --no-locale --no-sync \
          --no-instructions) > "$folder/log" 2>&1 || give_up
        exec 3<&0
        (as_user "$programs/postgres" -D "$folder/data" -p "$port" -k '' -c listen_addresses=127.0.0.1 \
          -c max_connections=300 "$@") < /dev/null >> "$folder/log" 2>&1 3<&- &
        server=$!
        # More than once: a server that has only just been started does not listen to signals yet.
        (read -r _; touch "$folder/stop"; while kill -INT "$server"; do sleep 0.1; done) <&3 2> /dev/null &
        watcher=$!
        exec 3<&-
        wait "$server"
        if [ ! -e "$folder/stop" ]; then kill -KILL "$watcher"; give_up; fi
        rm -rf "$folder"
        """;

    private readonly Process _shell;

    private PostgresProcess(Process shell, string folder, int port) => (_shell, Folder, Port) = (shell, folder, port);

    public string Folder { get; }

    public int Port { get; }

    /// <summary>The folder with <c>postgres</c> and <c>initdb</c>, or null where there is none.</summary>
    public static string? FindPrograms() => Candidates()
        .FirstOrDefault(folder => new[] { "postgres", "initdb" }.All(name => File.Exists(Path.Combine(folder, name))));

    /// <param name="programs">Where they are; see <see cref="FindPrograms"/>.</param>
    /// <param name="settings">Of the server, as <c>name=value</c>; without any it is fast and forgets in a crash.</param>
    public static async Task<PostgresProcess> StartAsync(string programs, params string[] settings)
    {
        for (var attempt = 1; ; attempt++)
        {
            var server = Launch(programs, settings.Length == 0 ? Throwaway : settings);
            var trouble = await server.WaitUntilReadyAsync();
            if (trouble is null) return server;

            await server.DisposeAsync();
            if (attempt == Attempts) throw new InvalidOperationException($"PostgreSQL did not start: {trouble}");
        }
    }

    public string ConnectionString(string database, bool pooling = true) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Port,
        Username = "postgres",
        Database = database,
        IncludeErrorDetail = true,
        Pooling = pooling,
        // A test class leaves its connections behind: let them go long before the server's limit is near.
        ConnectionIdleLifetime = 10,
        ConnectionPruningInterval = 2,
    }.ConnectionString;

    public async ValueTask DisposeAsync()
    {
        _shell.StandardInput.Close();
        using var deadline = new CancellationTokenSource(Deadline);
        await _shell.WaitForExitAsync(deadline.Token);
        _shell.Dispose();
    }

    private static PostgresProcess Launch(string programs, string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("billing-postgres-").FullName;
        var port = FreePort();
        string[] arguments = ["-c", Shell, "sh", programs, folder, $"{port}", Unprivileged(), .. settings.SelectMany(s => new[] { "-c", s })];
        var start = new ProcessStartInfo("/bin/sh", arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        return new(Process.Start(start)!, folder, port);
    }

    private async Task<string?> WaitUntilReadyAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (!deadline.IsCancellationRequested)
        {
            if (_shell.HasExited) return await _shell.StandardError.ReadToEndAsync(deadline.Token);
            if (await AnswersAsync()) return null;
            await Task.Delay(20, CancellationToken.None);
        }

        return $"no answer within {Deadline.TotalSeconds:0} seconds.";
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString("postgres", pooling: false));
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Unprivileged()
    {
        if (!Environment.IsPrivilegedProcess) return "";
        return File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal))
            ? "postgres"
            : "nobody";
    }

    // What the PATH names may be a link into the real folder, and initdb stands beside the real postgres.
    private static IEnumerable<string> Candidates()
    {
        if (Programs.OnPath("postgres") is { } program) yield return Path.GetDirectoryName(program)!;

        const string debian = "/usr/lib/postgresql";
        if (!Directory.Exists(debian)) yield break;
        foreach (var version in Directory.GetDirectories(debian).OrderByDescending(VersionOf))
            yield return Path.Combine(version, "bin");
    }

    private static int VersionOf(string folder) =>
        int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0;
}
