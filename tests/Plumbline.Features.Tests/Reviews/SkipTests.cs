using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Reviews.State;

namespace Plumbline.Features.Tests.Reviews;

/// <summary>A skip has a reason, comes back once, and a queue that does not go on says why.</summary>
public sealed class SkipTests
{
    private static readonly ProjectKey Project = new("aaaaaaaaaaaa", "bbbbbbbbbbbb");

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void WithoutAReason_IsRefused(string reason)
    {
        var queue = Queues.With(["ann"]);
        var turn = queue.Claim("ann")!;
        Assert.Equal(FailureCode.BadUserInput, Assert.Throws<RequestFailedException>(() => queue.Skip("ann", turn.AssignmentId, reason)).Code);
        Assert.Equal(turn.AssignmentId, queue.Claim("ann")!.AssignmentId);
    }

    [Fact]
    public void Skipped_ComesBackWhenNothingElseIsLeft_Once()
    {
        var queue = Queues.With(["ann", "bob"], items: 3, reviewsPerItem: 1);
        var skipped = queue.Claim("ann")!;
        queue.Skip("ann", skipped.AssignmentId);
        Assert.NotEqual(skipped.ItemId, queue.Judge("ann").ItemId);
        Assert.NotEqual(skipped.ItemId, queue.Judge("ann").ItemId);
        var again = queue.Claim("ann")!;
        Assert.Equal(skipped.ItemId, again.ItemId);
        queue.Skip("ann", again.AssignmentId);
        Assert.Null(queue.Claim("ann"));
        Assert.Equal(ReviewItemState.Waiting, queue.ItemState());
        Assert.Equal(skipped.ItemId, queue.Judge("bob").ItemId);
    }

    [Fact]
    public void SkippedByEverybody_IsStuck_WithTheReasonsAndWithoutTheNames()
    {
        var queue = Queues.With(["ann", "bob"], reviewsPerItem: 1);
        foreach (var person in new[] { "ann", "bob" })
        {
            queue.Skip(person, queue.Claim(person)!.AssignmentId, $"{person} reads no Finnish");
            queue.Skip(person, queue.Claim(person)!.AssignmentId, "still not");
        }
        Assert.Equal(ReviewItemState.Stuck, queue.ItemState());
        Assert.Equal((0, 1, 0), (QueueProjection.Progress(queue.State, queue.Now) is var p ? p.Waiting : -1, p.Stuck, p.ShortOfReviewers));
        var seen = QueueProjection.Item(queue.State, queue.State.Items[0], Project, "q", new QueueViewer("boss", MayAdjudicate: false), queue.Now);
        Assert.Equal(["ann reads no Finnish", "still not", "bob reads no Finnish", "still not"], seen.Skips.Select(s => s.Reason));
        queue.SetReviewers("ann", "bob", "cid");
        Assert.Equal(ReviewItemState.Waiting, queue.ItemState());
        queue.Judge("cid");
        Assert.Equal(ReviewItemState.Agreed, queue.ItemState());
    }

    [Fact]
    public void MoreReviewsAskedForThanThereAreReviewers_IsShortOfThem()
    {
        var queue = Queues.With(["ann"], reviewsPerItem: 2);
        Assert.Equal(ReviewItemState.Waiting, queue.ItemState());
        queue.Judge("ann");
        Assert.Equal(ReviewItemState.ShortOfReviewers, queue.ItemState());
        Assert.Equal(1, QueueProjection.Progress(queue.State, queue.Now).ShortOfReviewers);
        queue.SetReviewers("ann", "bob");
        Assert.Equal(ReviewItemState.InReview, queue.ItemState());
    }

    [Fact]
    public void NobodyIsWaitedForWhoIsAway()
    {
        var queue = Queues.With(["ann", "bob"], reviewsPerItem: 1);
        ReviewItemState Told(params string[] away) => ItemStates.Of(queue.State, queue.State.Items[0], queue.Now, away.ToHashSet());
        Assert.Equal((ReviewItemState.Waiting, ReviewItemState.ShortOfReviewers), (Told("ann"), Told("ann", "bob")));
        for (var round = 0; round < 2; round++) queue.Skip("ann", queue.Claim("ann")!.AssignmentId);
        Assert.Equal((ReviewItemState.Waiting, ReviewItemState.Stuck, ReviewItemState.ShortOfReviewers), (Told(), Told("bob"), Told("ann", "bob")));
        Assert.Equal(1, QueueProjection.ProgressFor(queue.State, null, new HashSet<string>(), queue.Options, queue.Now, new HashSet<string> { "bob" }).Stuck);
    }

    [Fact]
    public void AnOpenQueue_WaitsUntilSomebodyJoins_ThenSaysWhatItLacks()
    {
        var queue = Queues.With(null, reviewsPerItem: 2);
        Assert.Equal(ReviewItemState.Waiting, queue.ItemState());
        queue.Join("ann");
        queue.Judge("ann");
        Assert.Equal(ReviewItemState.ShortOfReviewers, queue.ItemState());
    }

    [Fact]
    public void WhoeverMayStillBeGivenIt_IsNotToldThatItIsDisputed()
    {
        ReviewProgress Told(Label second)
        {
            var queue = Queues.With(["ann", "bob", "cid"]);
            queue.Judge("ann");
            queue.Judge("bob", second);
            queue.Later();
            var blinded = new HashSet<string> { queue.State.Items[0].Span.TraceId };
            return QueueProjection.ProgressFor(queue.State, "cid", blinded, queue.Options, queue.Now);
        }
        Assert.Equal(new ReviewProgress(1, 1, 0, 0, 0, 0), Told(Label.Fail));
        Assert.Equal(Told(Label.Pass), Told(Label.Fail));
    }

    [Fact]
    public void WhoeverMayStillBeGivenIt_IsNotToldThatTheOthersGaveUp()
    {
        var queue = Queues.With(["ann", "bob"], reviewsPerItem: 1);
        for (var round = 0; round < 2; round++)
            foreach (var person in new[] { "ann", "bob" }) queue.Skip(person, queue.Claim(person)!.AssignmentId);
        var blinded = new HashSet<string> { queue.State.Items[0].Span.TraceId };
        Assert.Equal(1, QueueProjection.Progress(queue.State, queue.Now).Stuck);
        Assert.Equal(new ReviewProgress(1, 1, 0, 0, 0, 0), QueueProjection.ProgressFor(queue.State, "ann", blinded, queue.Options, queue.Now));
    }

    [Fact]
    public void TheTurnItComesBackIn_SaysWhyOneSkippedIt()
    {
        var queue = Queues.With(["ann"], reviewsPerItem: 1);
        queue.Skip("ann", queue.Claim("ann")!.AssignmentId, "Which policy holds here?");
        var item = queue.State.Index.Item(queue.Claim("ann")!.ItemId)!;
        Assert.Equal((1, "Which policy holds here?"), (item.SkipsOf("ann"), Assert.Single(item.Skips).Reason));
    }
}
