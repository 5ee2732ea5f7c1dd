using System.Text.Json;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Reviews.State;
using Plumbline.ObjectStore.Journals;

namespace Plumbline.Features.Tests.Reviews;

/// <summary>Queues as a build from before joining and exposure left them, as events and as a snapshot of the same events: both are read, mean the same, and
/// decide nothing anew.</summary>
public sealed class OldJournalTests
{
    [Theory]
    [InlineData("open", true)]
    [InlineData("open", false)]
    public void OpenQueue_IsAsItWas(string name, bool fromSnapshot)
    {
        var state = Read(name, fromSnapshot);
        Assert.Equal(["ann", "bob", "cid"], state.Reviewers);
        Assert.Equal(
            [ReviewItemState.Agreed, ReviewItemState.Adjudicated, ReviewItemState.Agreed, ReviewItemState.InReview],
            state.Items.Take(4).Select(i => i.StateAt(Made)));
        // Settled by a revision, as it could be then; what was said first is known still.
        Assert.Equal((Label.Pass, Label.Fail), (state.Items[2].Consensus, state.Items[2].Reviews[1].FirstLabel));
        Assert.Equal(1, state.Items[4].SkipsOf("ann"));
        Assert.Equal("tone", Assert.Single(Assert.Single(state.Items[5].Reviews).FailureModes));
        Assert.Contains("ann", state.Items[6].RevealedTo);
        Assert.False(DecidePending.Is(state, state.Items[6], "ann", Made));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void OpenQueue_WhoHadClaimed_HasJoined_AndGoesOn(bool fromSnapshot)
    {
        var state = Read("open", fromSnapshot);
        Assert.NotNull(state.Index.Held["cid"]);
        Assert.True(DecidePending.Is(state, state.Items[4], "bob", Made));
        Assert.False(DecidePending.Is(state, state.Items[4], "dan", Made));
        Assert.IsType<LeaseRenewed>(Assert.Single(DecideClaim.Claim(state, "ann", Made)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void NamedQueue_WhoCameBack_StaysAReviewer(bool fromSnapshot)
    {
        var state = Read("named", fromSnapshot);
        Assert.Equal(["ann", "bob", "cid"], state.Reviewers);
        Assert.Equal(3, state.Items.Sum(i => i.Reviews.Count));
        Assert.Empty(state.ExposedBefore);
        Assert.True(DecidePending.For(state, "cid", Made).Any());
    }

    [Theory]
    [InlineData("open")]
    [InlineData("named")]
    public void Snapshot_IsWhatTheEventsComeTo(string name)
    {
        var (replayed, restored) = (Read(name, fromSnapshot: false), Read(name, fromSnapshot: true));
        foreach (var person in replayed.Reviewers)
        {
            Assert.Equal(Pending(replayed, person), Pending(restored, person));
            Assert.Equal(replayed.Index.Held.GetValueOrDefault(person)?.AssignmentId, restored.Index.Held.GetValueOrDefault(person)?.AssignmentId);
        }
        Assert.Equal(replayed.Items.Select(i => (i.Consensus, i.StateAt(Made))), restored.Items.Select(i => (i.Consensus, i.StateAt(Made))));
    }

    /// <summary>When the fixtures were left, half a minute after the last turns were taken.</summary>
    private static DateTimeOffset Made => Queues.Start + TimeSpan.FromMinutes(30);

    private static IEnumerable<string> Pending(ReviewQueueState state, string person) =>
        DecidePending.For(state, person, Made).Select(i => i.ItemId).Order(StringComparer.Ordinal);

    private static ReviewQueueState Read(string name, bool fromSnapshot)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "journals", $"reviewqueue-{name}");
        if (fromSnapshot) return JsonSerializer.Deserialize<ReviewQueueState>(File.ReadAllText($"{path}.snapshot.json"), JournalOptions.DefaultJson)!;
        var state = new ReviewQueueState();
        foreach (var line in File.ReadLines($"{path}.jsonl"))
            state.Apply(JsonSerializer.Deserialize<ReviewQueueEvent>(line, JournalOptions.DefaultJson)!);
        return state;
    }
}
