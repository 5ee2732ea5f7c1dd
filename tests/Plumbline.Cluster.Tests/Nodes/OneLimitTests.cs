using Plumbline.Testing;

namespace Plumbline.Cluster.Tests.Nodes;

/// <summary>What there is one of is one for all nodes: a caller's quota, the link for the first owner.</summary>
public sealed class OneLimitTests(Emulator emulator)
{
    private const int Quota = 120;

    [Fact]
    public async Task Nodes_CountTogether_AndShowOneOwnerLink()
    {
        await using var cluster = await NodeCluster.StartAsync(
            emulator, 2, ("PLUMBLINE_GRAPHQL_REQUESTS_PER_MINUTE", $"{Quota}"), ("PLUMBLINE_INIT_OWNER_EMAIL", ""), ("PLUMBLINE_INIT_OWNER_PASSWORD", ""));
        var shown = cluster.Nodes.Count(n => n.Output.Contains("to become the owner:", StringComparison.Ordinal));
        var told = cluster.Nodes.Count(n => n.Output.Contains("Another node has shown the link for the first owner", StringComparison.Ordinal));
        Assert.Equal((1, 1), (shown, told));

        ServerClient[] scripts = [cluster.Script(0), cluster.Script(1)];
        var (admitted, began) = (0, TimeProvider.System.GetTimestamp());
        for (var i = 0; i < 2 * Quota; i++)
            if (!(await scripts[i % 2].QueryTextAsync("{ viewer { organizations { id } } }")).Contains("RATE_LIMITED", StringComparison.Ordinal)) admitted++;
        var cameBack = TimeProvider.System.GetElapsedTime(began).TotalMinutes * Quota;
        Assert.InRange(admitted, Quota - (Quota / 10), Quota + cameBack + 1);
        foreach (var script in scripts) script.Dispose();
    }
}
