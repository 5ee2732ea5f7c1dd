using System.Globalization;

namespace Plumbline.Silos.Tests.Kills;

/// <summary>A silo is killed under all kinds of clients at once, again and again: they are told the truth, nothing that was acknowledged is
/// lost, and nothing is there twice. Every second time it is cut off before that and goes on serving clients of its own from grains that
/// have been opened elsewhere: the store alone tells the two apart.</summary>
public sealed class KillTests
{
    private const int WorkPerRound = 500;
    private const int Steps = 3;

    private static int Kills => Environment.GetEnvironmentVariable("PLUMBLINE_SOAK") is { Length: > 0 } ? 20 : 3;

    [Fact]
    public async Task Kill_UnderLoad_LosesNothing_DoublesNothing_AndTellsTheTruth()
    {
        await using var cluster = await Cluster.StartAsync();
        var (ledgers, tally, waits) = (new Ledgers(), new Tally(), new List<TimeSpan>());
        var edge = await Edge.StartAsync(cluster, cluster.Silos[0]);
        var place = await Workplace.SetUpAsync(edge);
        for (var kill = 0; kill < Kills; kill++)
        {
            place = await place.AddWorkAsync(WorkPerRound);
            var next = await Edge.StartAsync(cluster, cluster.Silos[^1]);
            using var load = new Load(place.At(next), ledgers, tally);
            load.Start();
            await load.ProgressAsync(Steps);
            if (kill % 2 == 0) await KillAsync(cluster, load, tally);
            else
            {
                using var cutOff = new Load(place, ledgers, null);
                await CutOffAsync(cluster, cutOff, load, tally);
            }
            await load.StopAsync();
            waits.Add(tally.Recovery);
            await edge.DisposeAsync();
            (edge, place) = (next, place.At(next));
            await cluster.JoinAsync();
        }
        await ledgers.CheckAsync(place);
        await edge.DisposeAsync();
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{Kills} kills: {tally}; from a kill until all were served again {waits.Average(w => w.TotalSeconds):0.0} s on average, "
                + $"{waits.Max().TotalSeconds:0.0} s at most"));
    }

    private static async Task KillAsync(Cluster cluster, Load load, Tally tally)
    {
        tally.Lose();
        cluster.Kill(cluster.Silos[0]);
        await load.ProgressAsync(Steps);
    }

    private static async Task CutOffAsync(Cluster cluster, Load stragglers, Load load, Tally tally)
    {
        stragglers.Start();
        await stragglers.ProgressAsync(Steps);
        tally.Lose();
        Cluster.CutOff(cluster.Silos[0]);
        await load.ProgressAsync(Steps);
        await stragglers.StopAsync();
        cluster.Kill(cluster.Silos[0]);
    }
}
