using System.Text.Json;
using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Reviews.State;
using Plumbline.ObjectStore.Journals;

namespace Plumbline.Features.Tests.Reviews;

/// <summary>What a person has seen is kept within bounds, and what fell out of them counts as seen.</summary>
public sealed class TraceOpeningsTests(SharedProduct shared)
{
    private static readonly DateTimeOffset Start = Queues.Start;

    [Fact]
    public void Opened_OutweighsListed_WhicheverCameFirst()
    {
        var state = new TraceOpeningsState();
        state.Apply(new TraceOpened { Listed = ["a", "b"], At = Start });
        state.Apply(new TraceOpened { Opened = ["a", "c"], At = Start });
        state.Apply(new TraceOpened { Listed = ["c"], At = Start });
        Assert.Equal(
            [SeenKind.Opened, SeenKind.Listed, SeenKind.Opened, null],
            new[] { "a", "b", "c", "d" }.Select(state.Find));
    }

    [Fact]
    public void BeyondTheMost_TheOldestAreForgotten_AndUntilWhenIsKnown()
    {
        var state = new TraceOpeningsState();
        state.Apply(new TraceOpened { Listed = ["first"], At = Start });
        state.Apply(new TraceOpened { Opened = ["second"], At = Start.AddHours(1) });
        state.Apply(new TraceOpened { Listed = [.. Enumerable.Range(0, TraceOpeningsState.Most - 2).Select(i => $"{i}")], At = Start.AddHours(2) });
        Assert.Null(state.ForgottenUntil);
        state.Apply(new TraceOpened { Listed = ["more"], At = Start.AddHours(3) });
        Assert.Equal((null, SeenKind.Opened, SeenKind.Listed), (state.Find("first"), state.Find("second"), state.Find("more")));
        Assert.Equal(Start, state.ForgottenUntil);
        state.Apply(new TraceOpened { Opened = ["yet another"], At = Start.AddHours(4) });
        Assert.Equal((null, Start.AddHours(1)), (state.Find("second"), state.ForgottenUntil));
        Assert.Equal(TraceOpeningsState.Most, state.Opened.Count + state.Listed.Count);
    }

    [Fact]
    public void WhatAnEarlierBuildWrote_WasOpened_AndIsForgottenFirst()
    {
        var state = JsonSerializer.Deserialize<TraceOpeningsState>("""{"Opened":["x","y"],"Order":["x","y"]}""", JournalOptions.DefaultJson)!;
        state.Apply(JsonSerializer.Deserialize<TraceOpened>("""{"TraceId":"z"}""", JournalOptions.DefaultJson)!);
        Assert.Equal([SeenKind.Opened, SeenKind.Opened, SeenKind.Opened], new[] { "x", "y", "z" }.Select(state.Find));
        state.Apply(new TraceOpened { Listed = [.. Enumerable.Range(0, TraceOpeningsState.Most - 2).Select(i => $"{i}")], At = Start });
        Assert.Equal((null, SeenKind.Opened, SeenKind.Opened), (state.Find("x"), state.Find("y"), state.Find("z")));
        Assert.Equal(Start, state.ForgottenUntil);
    }

    [Fact]
    public async Task Recorded_IsFoundAfterAReload_AndKnownWithoutAsking()
    {
        var host = await shared.HostAsync();
        var (project, openings) = (new ProjectKey(RandomId.New(), RandomId.New()), host.Get<ITraceOpenings>());
        Assert.False(openings.IsKnown(project, "ann", "t", SeenKind.Listed));
        await openings.RecordAsync(project, "ann", ["t", "u"], SeenKind.Listed, default);
        Assert.True(openings.IsKnown(project, "ann", "t", SeenKind.Listed));
        Assert.False(openings.IsKnown(project, "ann", "t", SeenKind.Opened));
        Assert.False(openings.IsKnown(project, "bob", "t", SeenKind.Listed));
        await openings.RecordAsync(project, "ann", ["t"], SeenKind.Opened, default);
        await host.ReloadAsync(host.Grains.GetGrain<ITraceOpeningsGrain>(project.Child("ann")));
        Assert.Equal(SeenKind.Opened, await FindAsync("ann", "t"));
        Assert.Equal(SeenKind.Listed, await FindAsync("ann", "u"));
        Assert.Null(await FindAsync("bob", "t"));

        ValueTask<SeenKind?> FindAsync(string person, string trace) => openings.FindAsync(project, person, trace, Unasked, default);
        static ValueTask<DateTimeOffset?> Unasked() => throw new InvalidOperationException("Nothing was forgotten, so no time is needed.");
    }

    /// <summary>A trace that began after all that was forgotten had been seen is none of those.</summary>
    [Theory]
    [InlineData(-1, SeenKind.Listed)]
    [InlineData(1, null)]
    [InlineData(null, SeenKind.Listed)]
    public async Task Forgotten_CountsAsSeen_UnlessTheTraceCameLater(int? hours, SeenKind? expected)
    {
        var host = await shared.HostAsync();
        var (project, openings) = (new ProjectKey(RandomId.New(), RandomId.New()), host.Get<ITraceOpenings>());
        await openings.RecordAsync(project, "ann", ["first"], SeenKind.Listed, default);
        await openings.RecordAsync(project, "ann", [.. Enumerable.Range(0, TraceOpeningsState.Most).Select(i => $"{i}")], SeenKind.Listed, default);
        var startedAt = hours is { } h ? host.Now.AddHours(h) : (DateTimeOffset?)null;
        Assert.Equal(expected, await openings.FindAsync(project, "ann", "unknown", () => new(startedAt), default));
    }
}
