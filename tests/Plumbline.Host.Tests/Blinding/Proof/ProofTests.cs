namespace Plumbline.Host.Tests.Blinding.Proof;

/// <summary>Non-interference over pairs of worlds that are drawn at random: whoever is still to judge an output gets the same bytes in both, whatever they
/// ask. And the proof is worth something: each gate of the product is missed when it is gone.</summary>
[Collection(typeof(TheatreCollection))]
public sealed class ProofTests(Theatre theatre, ITestOutputHelper output)
{
    private const int PairsAtOnce = 25;
    private const int Shown = 20;

    [Fact]
    public async Task PairsOfWorlds_AreTheSameToWhoeverIsToJudge()
    {
        var (leaks, requests) = await theatre.ProveFixedAsync();
        AssertNone(leaks, requests);
        foreach (var seeds in Seeds.Fresh().Chunk(PairsAtOnce))
        {
            (leaks, requests) = await theatre.ProveAsync(await theatre.MakeAsync(seeds), isLast: true);
            AssertNone(leaks, requests);
        }
    }

    [Fact]
    public async Task EveryGate_IsMissedWhenItIsGone()
    {
        await theatre.ProveFixedAsync();
        var search = await GateSearch.BeginAsync(theatre);
        var unmissed = new List<string>();
        foreach (var gate in Gate.All)
        {
            var leak = await search.FindAsync(gate);
            output.WriteLine($"Without {gate.Name}: {leak}");
            if (leak is null) unmissed.Add(gate.Name);
        }
        Assert.Equal(Gate.SecondLines.Keys.Order(), unmissed.Order());
        Assert.True(Gate.All.Count - unmissed.Count >= 10);
    }

    private void AssertNone(IReadOnlyList<Leak> leaks, int requests)
    {
        output.WriteLine($"{requests} requests in both worlds");
        Assert.True(
            leaks.Count == 0,
            $"{leaks.Count} of {requests} answers tell worlds "
                + $"apart:\n{string.Join("\n", leaks.DistinctBy(l => (l.Difference, l.Question.About)).Take(Shown))}");
    }
}
