using System.Net;
using System.Net.Sockets;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Ingestion;

/// <summary>The usual port of OTLP over HTTP is taken when it is free, and done without when it is not.</summary>
public sealed class OtlpHttpPortTests
{
    [Fact]
    public async Task FreePort_TakesTelemetry_AndNothingElse()
    {
        var (server, port) = await StartOnFreePortAsync();
        await using var running = server;
        using var sender = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        sender.DefaultRequestHeaders.Add("x-api-key", RunningServer.ApiKey);
        var id = TraceSender.NewTraceId();
        using var taken = await sender.PostAsync(
            new Uri("/v1/traces", UriKind.Relative), TraceSender.Body(OtlpBytes.ChatSpans(TimeProvider.System.GetUtcNow(), id)));
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        using var script = ServerClient.Script(server, RunningServer.ApiKey);
        Assert.Equal(1, (await TraceSender.ListAsync(script))[id]);
        foreach (var path in new[] { "/", "/graphql?query={viewer{apiKey{name}}}", "/healthz/ready", "/v1" })
        {
            using var refused = await sender.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        }
    }

    [Fact]
    public async Task TakenPort_IsLeftToItsOwner_WithOneLine()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        await using var server = await ServerProcess.StartAsync(environment: RunningServer.FirstRun, otlpHttpPort: port);
        Assert.Single(server.Output.Split('\n'), line => line.Contains($"Port {port} is in use by another program", StringComparison.Ordinal));
        using var script = ServerClient.Script(server, RunningServer.ApiKey);
        Assert.True(await TraceSender.TrySendAsync(script, TraceSender.NewTraceId()));
    }

    /// <summary>A port that is free now may be taken a moment later; then another is tried.</summary>
    private static async Task<(ServerProcess Server, int Port)> StartOnFreePortAsync()
    {
        while (true)
        {
            var port = FreePort();
            var server = await ServerProcess.StartAsync(environment: RunningServer.FirstRun, otlpHttpPort: port);
            if (!server.Output.Contains("is in use by another program", StringComparison.Ordinal)) return (server, port);
            await server.DisposeAsync();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
