using System.Net;
using System.Text;
using Billing.Server.Reports;
using Billing.Server.Tests.Browser;
using Billing.Server.Tests.Infrastructure;

namespace Billing.Server.Tests.Slices;

/// <summary>The figures of the business, as whoever watches the house receives them.</summary>
public sealed class BusinessMeterTests
{
    [Fact]
    public async Task The_figures_of_the_business_arrive_where_OpenTelemetry_is_collected()
    {
        using var collector = new HttpListener();
        using (var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            collector.Prefixes.Add($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/");
        }

        collector.Start();
        var address = collector.Prefixes.Single();
        await using var house = await PageHouse.OpenAsync(("Billing:Otlp:Endpoint", address));
        await house.OliviaAsync();

        var arriving = TakeAsync(collector);
        Assert.True(await Task.Run(() => house.Get<BusinessMeter>().SendAsync(ApiHouse.Cancellation), ApiHouse.Cancellation));
        var (path, body) = await arriving;

        Assert.Equal("/v1/metrics", path);
        Assert.All(["billing.mrr", "billing.subscriptions.paying", "billing.alarms", "USD"], word => Assert.Contains(word, body, StringComparison.Ordinal));
        Assert.DoesNotContain("olivia", body, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<(string Path, string Body)> TakeAsync(HttpListener collector)
    {
        var call = await collector.GetContextAsync();
        using var body = new MemoryStream();
        await call.Request.InputStream.CopyToAsync(body, ApiHouse.Cancellation);
        call.Response.StatusCode = 200;
        call.Response.ContentType = "application/x-protobuf";
        call.Response.Close();
        return (call.Request.Url!.AbsolutePath, Encoding.Latin1.GetString(body.ToArray()));
    }
}
