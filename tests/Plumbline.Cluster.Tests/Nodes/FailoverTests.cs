using System.Globalization;
using Plumbline.Testing;

namespace Plumbline.Cluster.Tests.Nodes;

/// <summary>Nodes are lost while telemetry comes in: what was acknowledged is there afterwards, and the others serve on.</summary>
public sealed class FailoverTests(Emulator emulator)
{
    /// <summary>Traces that have to be taken after a loss before it counts as over, at each node that is left.</summary>
    private const int Enough = 10;

    [Fact]
    public async Task ANodeThatIsKilled_AndOneThatHangs_TakeNothingWithThem()
    {
        await using var cluster = await NodeCluster.StartAsync(emulator, 3);
        var acknowledged = new HashSet<string>();

        // The one through which a shard is first written holds it.
        var before = new Sender(cluster.Script(0));
        await before.SendAsync(Enough);
        acknowledged.UnionWith(before.Acknowledged);
        var killed = await LoseAsync(cluster, cluster.Nodes[0].KillAsync, [1, 2], acknowledged);

        await cluster.Nodes[1].PauseAsync();
        var hung = await LoseAsync(cluster, () => Task.CompletedTask, [2], acknowledged);
        await cluster.Nodes[1].ResumeAsync();

        // It learns that it was given up, when it reads the list of nodes at the latest, and ends rather than write beside its successor.
        await cluster.Nodes[1].EndAsync(TimeSpan.FromMinutes(4));
        Assert.Empty(acknowledged.Except((await TraceSender.ListAsync(cluster.Script(2))).Keys));
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{acknowledged.Count} traces; until all were served again after a kill {killed.TotalSeconds:0.0} s, after a node hung {hung.TotalSeconds:0.0} s"));
    }

    private static async Task<TimeSpan> LoseAsync(NodeCluster cluster, Func<Task> lose, int[] left, HashSet<string> acknowledged)
    {
        var lost = TimeProvider.System.GetTimestamp();
        await lose();
        foreach (var node in left) Assert.Equal("ready", await cluster.Script(node).ReadAsync("/healthz/ready"));
        var senders = Array.ConvertAll(left, node => new Sender(cluster.Script(node)));
        await Task.WhenAll(senders.Select(s => s.SendAsync(Enough)));
        foreach (var sender in senders) acknowledged.UnionWith(sender.Acknowledged);
        foreach (var node in left) Assert.Empty(acknowledged.Except((await TraceSender.ListAsync(cluster.Script(node))).Keys));
        return TimeProvider.System.GetElapsedTime(lost);
    }

    /// <summary>Sends as SDKs do: again, when it is told to come again.</summary>
    private sealed class Sender(ServerClient script)
    {
        private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

        public List<string> Acknowledged { get; } = [];

        public async Task SendAsync(int count)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90));
            while (Acknowledged.Count < count)
            {
                limit.Token.ThrowIfCancellationRequested();
                var trace = TraceSender.NewTraceId();
                if (await TraceSender.TrySendAsync(script, trace)) Acknowledged.Add(trace);
                await Task.Delay(Pause, CancellationToken.None);
            }
        }
    }
}
