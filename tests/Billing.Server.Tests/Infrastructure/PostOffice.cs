using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using MimeKit;

namespace Billing.Server.Tests.Infrastructure;

/// <summary>A mail server on this machine: takes letters by SMTP, or says what a test wants it to say.</summary>
internal sealed class PostOffice : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource closing = new();
    private readonly List<MimeMessage> taken = [];
    private readonly Channel<MimeMessage> arrivals = Channel.CreateUnbounded<MimeMessage>();
    private readonly Task work;

    public PostOffice()
    {
        listener.Start();
        work = ListenAsync();
    }

    /// <summary>The next letter, once it is taken.</summary>
    public ValueTask<MimeMessage> NextAsync(CancellationToken cancellationToken) => arrivals.Reader.ReadAsync(cancellationToken);

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>What it answers to a recipient: <c>250</c> unless a test says otherwise.</summary>
    public string Answer { get; set; } = "250 ok";

    /// <summary>What it took, oldest first.</summary>
    public IReadOnlyList<MimeMessage> Taken
    {
        get
        {
            lock (taken) return [.. taken];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        listener.Stop();
        await work;
        closing.Dispose();
    }

    private async Task ListenAsync()
    {
        List<Task> callers = [];
        try
        {
            while (true) callers.Add(ServeAsync(await listener.AcceptTcpClientAsync(closing.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(callers);
        }
    }

    private async Task ServeAsync(TcpClient caller)
    {
        using (caller)
        {
            try
            {
                var stream = caller.GetStream();
                using var reader = new StreamReader(stream, Encoding.UTF8);
                await SayAsync(stream, "220 ready");
                while (await reader.ReadLineAsync(closing.Token) is { } line)
                {
                    var verb = line.Split(' ')[0].ToUpperInvariant();
                    if (verb == "DATA") await TakeAsync(stream, reader);
                    else await SayAsync(stream, verb switch { "EHLO" => "250 8BITMIME", "RCPT" => Answer, "QUIT" => "221 bye", _ => "250 ok" });
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // The caller hung up, or the office closes.
            }
        }
    }

    private async Task TakeAsync(NetworkStream stream, StreamReader reader)
    {
        await SayAsync(stream, "354 go on");
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(closing.Token) is { } line && line != ".")
            text.Append(line.StartsWith("..", StringComparison.Ordinal) ? line[1..] : line).Append("\r\n");

        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(text.ToString()));
        var message = await MimeMessage.LoadAsync(bytes, closing.Token);
        lock (taken) taken.Add(message);
        arrivals.Writer.TryWrite(message);
        await SayAsync(stream, "250 taken");
    }

    private static async Task SayAsync(NetworkStream stream, string line) => await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"));
}
