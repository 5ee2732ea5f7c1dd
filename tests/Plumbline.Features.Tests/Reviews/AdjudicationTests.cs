using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Reviews.State;

namespace Plumbline.Features.Tests.Reviews;

public sealed class AdjudicationTests
{
    private static readonly ProjectKey Project = new("aaaaaaaaaaaa", "bbbbbbbbbbbb");

    [Fact]
    public void Adjudicate_Disputed_Decides()
    {
        var queue = Disputed();
        queue.Adjudicate("dan", Label.Fail);
        Assert.Equal((ReviewItemState.Adjudicated, Label.Fail), (queue.ItemState(), queue.State.Items[0].Consensus));
    }

    [Theory]
    [InlineData("ann", FailureCode.Forbidden)]
    [InlineData("cid", FailureCode.Blinded)]
    [InlineData("dan", null)]
    public void Adjudicate_ByWhoReviewedTheItem_OrMayStillBeAskedTo_IsRefused(string person, FailureCode? expected)
    {
        var queue = Disputed();
        Assert.Equal(expected, (Record.Exception(() => queue.Adjudicate(person, Label.Pass)) as RequestFailedException)?.Code);
    }

    [Fact]
    public void Adjudicate_AgreedOrTwice_IsAConflict()
    {
        var agreed = Queues.With(["ann", "bob"]);
        agreed.Judge("ann");
        agreed.Judge("bob");
        Assert.Equal(FailureCode.Conflict, Assert.Throws<RequestFailedException>(() => agreed.Adjudicate("dan", Label.Pass)).Code);
        var decided = Disputed();
        decided.Adjudicate("dan", Label.Pass);
        Assert.Equal(FailureCode.Conflict, Assert.Throws<RequestFailedException>(() => decided.Adjudicate("eva", Label.Fail)).Code);
    }

    [Fact]
    public void ExtraReview_OpensOneMoreSlotForSomebodyNew()
    {
        var queue = Disputed();
        queue.RequestExtra("dan");
        Assert.Equal(ReviewItemState.InReview, queue.ItemState());
        Assert.Null(queue.Claim("ann"));
        queue.Judge("cid", Label.Fail);
        Assert.Equal(ReviewItemState.Disputed, queue.ItemState());
        Assert.Equal(FailureCode.Conflict, Assert.Throws<RequestFailedException>(() => queue.RequestExtra("dan")).Code);
    }

    /// <summary>Whoever may not decide could tell those who may.</summary>
    [Theory]
    [InlineData("dan", true)]
    [InlineData("boss", false)]
    [InlineData(null, false)]
    public void Items_Undecided_HideNamesFromEverybody(string? person, bool mayAdjudicate)
    {
        var queue = Disputed();
        var viewer = new QueueViewer(person, mayAdjudicate);
        var before = QueueProjection.Item(queue.State, queue.State.Items[0], Project, "q", viewer, queue.Now);
        Assert.Equal([(null, "Reviewer A"), (null, "Reviewer B")], before.Reviews.Select(r => (r.ReviewerId, r.Alias)));
        var own = QueueProjection.Item(queue.State, queue.State.Items[0], Project, "q", new QueueViewer("bob", mayAdjudicate), queue.Now);
        Assert.Equal([null, "bob"], own.Reviews.Select(r => r.ReviewerId));
        queue.Adjudicate("dan", Label.Fail);
        var after = QueueProjection.Item(queue.State, queue.State.Items[0], Project, "q", viewer, queue.Now);
        Assert.Equal(["ann", "bob"], after.Reviews.Select(r => r.ReviewerId));
        Assert.Equal("dan", after.Adjudication!.ReviewerId);
    }

    [Fact]
    public void Adjudicate_ByAPersonWhoMayStillReviewIt_IsBlinded()
    {
        var queue = Disputed();
        queue.RequestExtra("dan");
        Assert.Equal(FailureCode.Blinded, Assert.Throws<RequestFailedException>(() => queue.Adjudicate("cid", Label.Pass)).Code);
    }

    private static Queues Disputed()
    {
        var queue = Queues.With(["ann", "bob", "cid"]);
        queue.Judge("ann", Label.Pass);
        queue.Judge("bob", Label.Fail);
        queue.Later();
        return queue;
    }
}
