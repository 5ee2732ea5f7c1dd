using Plumbline.Testing;

namespace Plumbline.Host.Tests.Ingestion;

/// <summary>What was acknowledged is there after kill -9, once.</summary>
public sealed class DurabilityTests
{
    private const int Kills = 50;
    private const int SendersAtOnce = 4;

    [Fact]
    public async Task Kill_RightAfterAnAcknowledgement_LosesNothing()
    {
        var acknowledged = new HashSet<string>();
        var server = await ServerProcess.StartAsync(environment: RunningServer.FirstRun);
        var folder = server.Folder;
        try
        {
            for (var kill = 0; kill < Kills; kill++)
            {
                acknowledged.UnionWith(await SendUntilKilledAsync(server));
                server = await ServerProcess.StartAsync(folder, RunningServer.FirstRun);
            }
            using var script = ServerClient.Script(server, RunningServer.ApiKey);
            var listed = await TraceSender.ListAsync(script);
            Assert.True(acknowledged.Count >= Kills);
            Assert.Empty(acknowledged.Except(listed.Keys));
            Assert.All(listed.Values, times => Assert.Equal(1, times));
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    /// <summary>Several senders at once; the first acknowledgement kills the server. Gives every trace that was acknowledged.</summary>
    private static async Task<IReadOnlyCollection<string>> SendUntilKilledAsync(ServerProcess server)
    {
        using var script = ServerClient.Script(server, RunningServer.ApiKey);
        var sent = Enumerable.Range(0, SendersAtOnce).Select(_ => SendAsync(script, TraceSender.NewTraceId())).ToList();
        await Task.WhenAny(sent);
        await server.KillAsync();
        return [.. (await Task.WhenAll(sent)).OfType<string>()];
    }

    private static async Task<string?> SendAsync(ServerClient script, string traceId) => await TraceSender.TrySendAsync(script, traceId) ? traceId : null;
}
