using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;

namespace Plumbline.Features.Tests.Reviews;

/// <summary>Whoever could read an item while they were to judge it, or had been, is not asked about it any more.</summary>
public sealed class ExposureTests
{
    [Fact]
    public void TakenOut_AndPutBack_IsNotOfferedWhatWasThere_ButWhatCameSince()
    {
        var queue = Queues.With(["ann", "bob"], items: 2, reviewsPerItem: 2);
        queue.SetReviewers("bob");
        queue.SetReviewers("ann", "bob");
        Assert.Empty(queue.PendingFor("ann"));
        Assert.Null(queue.Claim("ann"));
        Assert.Equal(2, queue.PendingFor("bob").Count);
        queue.AddItems(1);
        Assert.Equal(2, Assert.Single(queue.PendingFor("ann")).Position);
        Assert.NotNull(queue.Claim("ann"));
    }

    [Fact]
    public void TakenOut_WithATurnOpen_CannotHandItInAfterComingBack()
    {
        var queue = Queues.With(["ann", "bob"]);
        var turn = queue.Claim("ann")!;
        queue.SetReviewers("bob");
        queue.SetReviewers("ann", "bob");
        var refused = Assert.Throws<RequestFailedException>(() => queue.Submit("ann", turn.AssignmentId));
        Assert.Equal(FailureCode.Conflict, refused.Code);
        Assert.Contains("could read this item", refused.Message);
    }

    [Fact]
    public void TakenOut_RightAfterAReview_CannotTakeThatBack()
    {
        var queue = Queues.With(["ann", "bob"]);
        var review = queue.Judge("ann");
        queue.SetReviewers("bob");
        Assert.False(queue.IsPending("ann"));
        Assert.Equal(FailureCode.Forbidden, Assert.Throws<RequestFailedException>(() => queue.Undo("ann", review.ReviewId)).Code);
        queue.SetReviewers("ann", "bob");
        Assert.False(queue.IsPending("ann"));
        Assert.Equal(FailureCode.Conflict, Assert.Throws<RequestFailedException>(() => queue.Undo("ann", review.ReviewId)).Code);
    }

    [Fact]
    public void AgreedAndReopened_WhoIsLeftHasBeenAbleToRead()
    {
        var queue = Queues.With(["ann", "bob", "cid", "dan"]);
        queue.Judge("ann");
        var review = queue.Judge("bob");
        queue.Later();
        Assert.False(queue.IsPending("cid"));
        queue.Revise("bob", review.ReviewId, Label.Fail);
        Assert.Equal(ReviewItemState.Disputed, queue.ItemState());
        Assert.False(queue.IsPending("cid"));
        Assert.Equal(FailureCode.Conflict, Assert.Throws<RequestFailedException>(() => queue.RequestExtra("boss")).Code);
    }

    [Fact]
    public void ReopenedBeforeItWasDecidedForGood_WhoIsLeftHasNot()
    {
        var queue = Queues.With(["ann", "bob", "cid"]);
        queue.Judge("ann");
        var review = queue.Judge("bob");
        queue.Revise("bob", review.ReviewId, Label.Fail);
        queue.Later();
        Assert.True(queue.IsPending("cid"));
        queue.RequestExtra("boss");
        Assert.NotNull(queue.Claim("cid"));
    }

    [Fact]
    public void Disputed_WhoIsLeft_StaysPendingUntilItIsAdjudicated_AndIsAskedForTheExtraReview()
    {
        var queue = Queues.With(["ann", "bob", "cid", "dan"]);
        queue.Judge("ann");
        queue.Judge("bob", Label.Fail);
        queue.Later();
        Assert.True(queue.IsPending("cid"));
        Assert.Null(queue.Claim("cid"));
        queue.RequestExtra("boss");
        queue.Judge("cid", Label.Fail);
        queue.Later();
        Assert.False(queue.IsPending("cid"));
        Assert.True(queue.IsPending("dan"));
        queue.Adjudicate("boss", Label.Fail);
        Assert.False(queue.IsPending("dan"));
    }

    /// <summary>Whoever was left when an item was decided could read it since.</summary>
    [Fact]
    public void MoreReviewsPerItem_AreAskedOfItemsThatStillNeedSome_NotOfDecidedOnes()
    {
        var queue = Queues.With(["ann", "bob", "cid"], items: 3, reviewsPerItem: 1);
        queue.Judge("ann");
        queue.Claim("ann");
        queue.Later();
        queue.Change(new ReviewQueueChange { ReviewsPerItem = 2, ChangedBy = "boss" });
        queue.AddItems(1);
        Assert.Equal([1, 2, 2, 2], queue.State.Items.Select(i => i.ReviewsNeeded));
        Assert.Equal(ReviewItemState.Agreed, queue.ItemState());
        Assert.False(queue.IsPending("bob"));
        Assert.Equal(queue.State.Items[1].ItemId, queue.Claim("bob")!.ItemId);
    }

    [Fact]
    public void FewerReviewsPerItem_LeaveWhatWasGiven_AndGiveBackTurnsThatAreTooMany()
    {
        var queue = Queues.With(["ann", "bob", "cid"], items: 2, reviewsPerItem: 3);
        queue.Judge("ann");
        queue.Judge("bob");
        var turns = new[] { queue.Claim("ann")!, queue.Claim("bob")! };
        queue.Change(new ReviewQueueChange { ReviewsPerItem = 1, ChangedBy = "boss" });
        Assert.Equal([2, 1], queue.State.Items.Select(i => i.ReviewsNeeded));
        Assert.Equal(ReviewItemState.Agreed, queue.ItemState());
        queue.Submit("ann", turns[0].AssignmentId);
        Assert.Equal(FailureCode.Conflict, Assert.Throws<RequestFailedException>(() => queue.Submit("bob", turns[1].AssignmentId)).Code);
    }

    [Fact]
    public void ReviewsPerItem_ChangedTwiceAroundAnUndo_NeverAsksForNone()
    {
        var queue = Queues.With(["ann"], reviewsPerItem: 1);
        var review = queue.Judge("ann");
        queue.Change(new ReviewQueueChange { ReviewsPerItem = 3, ChangedBy = "boss" });
        queue.Undo("ann", review.ReviewId);
        queue.Change(new ReviewQueueChange { ReviewsPerItem = 1, ChangedBy = "boss" });
        Assert.Equal(1, queue.State.Items[0].ReviewsNeeded);
        queue.Judge("ann");
        Assert.Equal(ReviewItemState.Agreed, queue.ItemState());
    }

    [Fact]
    public void Revealed_IsNeverOfferedAgain_NorForAnExtraReview()
    {
        var queue = Queues.With(["ann", "bob", "cid"]);
        queue.Judge("ann");
        queue.Judge("bob", Label.Fail);
        queue.Reveal("cid");
        Assert.False(queue.IsPending("cid"));
        Assert.Equal(FailureCode.Conflict, Assert.Throws<RequestFailedException>(() => queue.RequestExtra("boss")).Code);
    }
}
