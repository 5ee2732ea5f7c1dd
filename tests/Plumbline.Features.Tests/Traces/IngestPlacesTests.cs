using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Features.Traces;
using Plumbline.Features.Traces.Ingestion;

namespace Plumbline.Features.Tests.Traces;

public sealed class IngestPlacesTests
{
    private static readonly ProjectKey[] Projects = [.. Enumerable.Range(0, 4).Select(i => new ProjectKey("tenant" + i, "project"))];

    private static IngestPlaces Places(int most) => new(Options.Create(new TracesOptions { MaxConcurrentRequests = most }));

    private static int Fill(IngestPlaces places, ProjectKey project)
    {
        var taken = 0;
        while (places.TryEnter(project)) taken++;
        return taken;
    }

    [Fact]
    public void AProject_ThatTakesAllItGets_LeavesRoomForOthers()
    {
        var places = Places(90);
        Assert.Equal([60, 20, 7, 2], Projects.Select(p => Fill(places, p)));
    }

    [Fact]
    public void AProject_ThatWasThereFirst_GivesWayUntilBothHaveTheSame()
    {
        var places = Places(100);
        var (first, second) = (Fill(places, Projects[0]), Fill(places, Projects[1]));
        for (var ended = 0; ended < 60; ended++)
        {
            places.Leave(Projects[0]);
            first--;
            if (places.TryEnter(Projects[0])) first++;
            if (places.TryEnter(Projects[1])) second++;
        }
        Assert.Equal((40, 40), (first, second));
    }

    [Fact]
    public void OnePlace_IsTakenAndGivenBack()
    {
        var places = Places(1);
        Assert.True(places.TryEnter(Projects[0]));
        Assert.False(places.TryEnter(Projects[1]));
        places.Leave(Projects[0]);
        Assert.True(places.TryEnter(Projects[1]));
    }

    /// <summary>In whatever order they come and go, no more are inside than there are places, and whoever has none gets one while any is free.</summary>
    [Fact]
    public void Places_InAnyOrder_AreBounded_AndANewcomerGetsOneThatIsFree() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(1, 40).ToArbitrary(), Gen.ListOf(Gen.Zip(Gen.Choose(0, 3), Gen.Elements(true, true, false))).ToArbitrary(), (most, steps) =>
        {
            var (places, held) = (Places(most), new int[Projects.Length]);
            foreach (var (project, enters) in steps)
            {
                if (enters)
                {
                    var (had, free) = (held[project], most - held.Sum());
                    var entered = places.TryEnter(Projects[project]);
                    Assert.True(entered ? free > 0 : had > 0 || free == 0);
                    if (entered) held[project]++;
                }
                else if (held[project] > 0)
                {
                    places.Leave(Projects[project]);
                    held[project]--;
                }
            }
        }));
}
