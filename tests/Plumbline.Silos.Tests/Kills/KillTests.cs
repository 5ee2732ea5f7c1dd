using System.Globalization;

namespace Plumbline.Silos.Tests.Kills;

/// <summary>A silo is killed under all kinds of clients at once, again and again: they are told the truth, nothing that was acknowledged is lost, and nothing is there twice.</summary>
public sealed class KillTests
{
    private const int WorkPerRound = 400;

    private static int Kills => Environment.GetEnvironmentVariable("PLUMBLINE_SOAK") is { Length: > 0 } ? 20 : 3;

    [Fact]
    public async Task Kill_UnderLoad_LosesNothing_DoublesNothing_AndTellsTheTruth()
    {
        await using var cluster = await Cluster.StartAsync();
        var edge = await Edge.StartAsync(cluster, cluster.Silos[0]);
        try
        {
            var place = await Workplace.SetUpAsync(edge);
            var load = new Load(place);
            var waits = new List<TimeSpan>();
            for (var kill = 0; kill < Kills; kill++)
            {
                await place.AddWorkAsync(WorkPerRound);
                var next = await Edge.StartAsync(cluster, cluster.Silos[^1]);
                place.Move(next);
                await edge.DisposeAsync();
                edge = next;
                load.Start();
                await load.ProgressAsync(3);
                load.Tally.Lose();
                await cluster.KillAsync(cluster.Silos[0]);
                await load.ProgressAsync(3);
                await load.StopAsync();
                waits.Add(load.Tally.Recovery);
                await cluster.JoinAsync();
            }
            await load.CheckAsync();
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{Kills} kills: {load.Tally}; from a kill until all were served again {waits.Average(w => w.TotalSeconds):0.0} s on average, {waits.Max().TotalSeconds:0.0} s at most"));
        }
        finally
        {
            await edge.DisposeAsync();
        }
    }
}
