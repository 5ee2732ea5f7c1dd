using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Reviews.State;

namespace Plumbline.Features.Tests.Reviews;

/// <summary>As long as a review may be taken back its author has not judged: they are told nothing, so that taking it back is for slips alone.</summary>
public sealed class UndoWindowTests
{
    private static readonly ProjectKey Project = new("aaaaaaaaaaaa", "bbbbbbbbbbbb");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Submitted_IsPending_UntilItCannotBeTakenBack(int reviewsPerItem)
    {
        var queue = Queues.With(["ann", "bob"], reviewsPerItem: reviewsPerItem);
        var review = queue.Judge("ann");
        queue.Now += queue.Options.UndoWindow;
        Assert.True(queue.IsPending("ann"));
        Assert.Equal(queue.State.Items, queue.PendingFor("ann"));
        queue.Now += TimeSpan.FromTicks(1);
        Assert.False(queue.IsPending("ann"));
        Assert.Empty(queue.PendingFor("ann"));
        Assert.Equal(FailureCode.Conflict, Assert.Throws<RequestFailedException>(() => queue.Undo("ann", review.ReviewId)).Code);
    }

    /// <summary>The last review could be taken back, and then they could be given the item after all.</summary>
    [Fact]
    public void WhoIsLeft_StaysPending_UntilTheDecidingReviewCannotBeTakenBack()
    {
        var queue = Queues.With(["ann", "bob"], reviewsPerItem: 1);
        var review = queue.Judge("ann");
        Assert.True(queue.IsPending("bob"));
        queue.Undo("ann", review.ReviewId);
        Assert.True(queue.IsPending("bob"));
        queue.Judge("ann");
        queue.Later();
        Assert.False(queue.IsPending("bob"));
    }

    [Fact]
    public void Waived_LiftsAtOnce_AndCannotBeTakenBack()
    {
        var queue = Queues.With(["ann", "bob"], reviewsPerItem: 1);
        var review = queue.Judge("ann");
        queue.Waive("ann", review.ReviewId);
        Assert.False(queue.IsPending("ann"));
        Assert.False(queue.IsPending("bob"));
        var refused = Assert.Throws<RequestFailedException>(() => queue.Undo("ann", review.ReviewId));
        Assert.Equal(FailureCode.Conflict, refused.Code);
        Assert.Contains("can no longer be taken back", refused.Message);
        queue.Waive("ann", review.ReviewId);
        Assert.Single(queue.Events.OfType<UndoWaived>());
    }

    [Fact]
    public void Waive_OfAnothersReview_IsNotFound()
    {
        var queue = Queues.With(["ann", "bob"]);
        var review = queue.Judge("ann");
        Assert.Equal(FailureCode.NotFound, Assert.Throws<RequestFailedException>(() => queue.Waive("bob", review.ReviewId)).Code);
    }

    /// <summary>With the next review the one before is done; it does not come back when the next is taken back.</summary>
    [Fact]
    public void TheReviewBefore_IsDone_AndStaysSoWhenTheNextIsTakenBack()
    {
        var queue = Queues.With(["ann"], items: 2, reviewsPerItem: 1);
        var first = queue.Judge("ann");
        var second = queue.Judge("ann");
        Assert.False(queue.IsPending("ann"));
        queue.Undo("ann", second.ReviewId);
        Assert.Equal(FailureCode.Conflict, Assert.Throws<RequestFailedException>(() => queue.Undo("ann", first.ReviewId)).Code);
        Assert.False(queue.IsPending("ann"));
    }

    [Fact]
    public void Revealed_InsteadOfWaived_LiftsAtOnceToo()
    {
        var queue = Queues.With(["ann"], reviewsPerItem: 1);
        var review = queue.Judge("ann");
        queue.Reveal("ann");
        Assert.False(queue.IsPending("ann"));
        Assert.Equal(FailureCode.Conflict, Assert.Throws<RequestFailedException>(() => queue.Undo("ann", review.ReviewId)).Code);
    }

    [Fact]
    public void WhatWasTakenBack_IsKeptOnRecord_UnderANeutralName()
    {
        var queue = Queues.With(["ann", "bob"]);
        var slip = queue.Judge("ann", Label.Fail);
        queue.Now += TimeSpan.FromSeconds(5);
        var turn = queue.Undo("ann", slip.ReviewId);
        queue.Submit("ann", turn.AssignmentId, Label.Pass);
        queue.Later();
        var seen = QueueProjection.Item(queue.State, queue.State.Items[0], Project, "q", new QueueViewer("boss", MayAdjudicate: true), queue.Now);
        var undone = Assert.Single(seen.UndoneReviews);
        Assert.Equal((Label.Fail, "Reviewer A", null), (undone.Label, undone.Alias, undone.ReviewerId));
        Assert.Equal(Queues.Start + TimeSpan.FromSeconds(5), undone.UndoneAt);
        Assert.Equal(Label.Pass, Assert.Single(seen.Reviews).Label);
        queue.Judge("bob", Label.Pass);
        var decided = QueueProjection.Item(queue.State, queue.State.Items[0], Project, "q", new QueueViewer("boss", MayAdjudicate: true), queue.Now);
        Assert.Equal("ann", Assert.Single(decided.UndoneReviews).ReviewerId);
    }
}
