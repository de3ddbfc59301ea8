using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Billing.Server.Tests.Infrastructure;

/// <summary>A main app on this machine that listens to webhooks and answers what a test wants it to.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly Task work;
    private readonly ConcurrentQueue<Message> heard = new();

    public Receiver()
    {
        var port = FreePort();
        Url = $"http://127.0.0.1:{port}/hooks/";
        listener.Prefixes.Add(Url);
        listener.Start();
        work = ListenAsync();
    }

    public string Url { get; }

    /// <summary>What it answers.</summary>
    public int Answer { get; set; } = 204;

    /// <summary>What it took with a yes, oldest first.</summary>
    public IReadOnlyList<Message> Taken => [.. heard.Where(m => m.Answered is >= 200 and < 300)];

    /// <summary>Everything that came.</summary>
    public IReadOnlyList<Message> Heard => [.. heard];

    public async ValueTask DisposeAsync()
    {
        listener.Close();
        await work;
    }

    private static int FreePort()
    {
        using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                var call = await listener.GetContextAsync();
                using var reader = new StreamReader(call.Request.InputStream, Encoding.UTF8);
                var answer = Answer;
                heard.Enqueue(new(
                    call.Request.Headers["webhook-id"]!, call.Request.Headers["webhook-timestamp"]!, call.Request.Headers["webhook-signature"]!,
                    await reader.ReadToEndAsync(), answer));
                call.Response.StatusCode = answer;
                call.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // Closed.
        }
    }

    /// <summary>One message as it came.</summary>
    public sealed record Message(string Id, string Timestamp, string Signature, string Body, int Answered)
    {
        public JsonNode Json => JsonNode.Parse(Body)!;

        public string Type => (string)Json["type"]!;

        public int Sequence => (int)Json["data"]!["sequence"]!;
    }
}
