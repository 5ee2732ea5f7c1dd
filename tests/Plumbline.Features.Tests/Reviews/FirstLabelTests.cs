using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Reviews.Agreement;
using Plumbline.Features.Reviews.State;

namespace Plumbline.Features.Tests.Reviews;

/// <summary>What was said before anything could be read is measured; what was said before the item was complete counts.</summary>
public sealed class FirstLabelTests
{
    [Fact]
    public void RevisedBeforeTheItemIsComplete_ChangesWhatCounts_ButNotTheAgreement()
    {
        var queue = Queues.With(["ann", "bob"]);
        var review = queue.Judge("ann", Label.Fail);
        queue.Revise("ann", review.ReviewId, Label.Pass);
        queue.Judge("bob", Label.Pass);
        Assert.Equal((ReviewItemState.Agreed, Label.Pass), (queue.ItemState(), queue.State.Items[0].Consensus));
        Assert.Equal(0, QueueAgreement.Of(queue.State).Observed);
    }

    [Fact]
    public void Disputed_ARevisionDoesNotSettleIt()
    {
        var queue = Queues.With(["ann", "bob"]);
        queue.Judge("ann", Label.Pass);
        var review = queue.Judge("bob", Label.Fail);
        queue.Later();
        queue.Revise("bob", review.ReviewId, Label.Pass);
        Assert.Equal(ReviewItemState.Disputed, queue.ItemState());
        Assert.Equal((Label.Pass, Label.Fail, Label.Fail), (review.Label, review.CountedLabel, review.FirstLabel));
        Assert.Equal(0, QueueAgreement.Of(queue.State).Observed);
        queue.Adjudicate("dan", Label.Pass);
        Assert.Equal(Label.Pass, queue.State.Items[0].Consensus);
        Assert.Equal(FailureCode.Conflict, Assert.Throws<RequestFailedException>(() => queue.Revise("bob", review.ReviewId, Label.Fail)).Code);
    }

    [Fact]
    public void Agreed_ARevisionOpensADispute_WhichTheSameAuthorCannotTakeBack()
    {
        var queue = Queues.With(["ann", "bob"]);
        queue.Judge("ann", Label.Pass);
        var review = queue.Judge("bob", Label.Pass);
        queue.Later();
        queue.Revise("bob", review.ReviewId, Label.Fail);
        Assert.Equal((ReviewItemState.Disputed, null), (queue.ItemState(), queue.State.Items[0].Consensus));
        queue.Revise("bob", review.ReviewId, Label.Pass);
        Assert.Equal(ReviewItemState.Disputed, queue.ItemState());
        Assert.Equal(1, QueueAgreement.Of(queue.State).Observed);
        queue.Adjudicate("dan", Label.Pass);
        Assert.Equal(ReviewItemState.Adjudicated, queue.ItemState());
    }

    [Fact]
    public void Agreed_AnotherReasonForTheSameLabel_OpensNothing()
    {
        var queue = Queues.With(["ann", "bob"]);
        queue.Judge("ann");
        var review = queue.Judge("bob");
        queue.Apply(DecideReview.Revise(
            queue.State,
            new RevisedReview { ReviewId = review.ReviewId, ReviewerId = "bob", Label = Label.Pass, Reasoning = "clearer" },
            queue.Options,
            queue.Now));
        Assert.Equal((ReviewItemState.Agreed, "clearer"), (queue.ItemState(), review.Reasoning));
    }

    /// <summary>While the deciding review is taken back, the other author may have read it: their change of mind still settles nothing.</summary>
    [Fact]
    public void RevisedWhileTheLastReviewIsTakenBack_IsKeptBeside()
    {
        var queue = Queues.With(["ann", "bob"]);
        var first = queue.Judge("ann", Label.Pass);
        queue.Later();
        var last = queue.Judge("bob", Label.Fail);
        var turn = queue.Undo("bob", last.ReviewId);
        queue.Revise("ann", first.ReviewId, Label.Fail);
        queue.Submit("bob", turn.AssignmentId, Label.Fail);
        Assert.Equal(ReviewItemState.Disputed, queue.ItemState());
    }

    [Fact]
    public void WithAnExtraReview_TheLabelsOfTheDisputeStand()
    {
        var queue = Queues.With(["ann", "bob", "cid"]);
        queue.Judge("ann", Label.Pass);
        var review = queue.Judge("bob", Label.Fail);
        queue.RequestExtra("dan");
        queue.Revise("bob", review.ReviewId, Label.Pass);
        queue.Judge("cid", Label.Pass);
        Assert.Equal(ReviewItemState.Disputed, queue.ItemState());
    }

    [Fact]
    public void GoldenAccuracy_IsOfFirstLabels_EverywhereItIsTold()
    {
        var queue = Queues.With(["ann"], items: 0, reviewsPerItem: 1);
        queue.AddItems(5, new GoldenAnswer(Label.Pass, null));
        for (var i = 0; i < 5; i++)
        {
            var review = queue.Judge("ann", Label.Fail);
            queue.Later();
            queue.Revise("ann", review.ReviewId, Label.Pass);
        }
        foreach (var item in queue.State.Items) queue.Adjudicate("dan", Label.Pass, item.ItemId);
        var agreement = Assert.Single(QueueAgreement.Of(queue.State).PerReviewer);
        Assert.Equal((0.0, 0.0), (agreement.GoldenAccuracy, agreement.PassShare));
        Assert.Equal(0, QueueProjection.MyProgress(queue.State, "ann", queue.Now + TimeSpan.FromDays(14)).Accuracy);
    }

    /// <summary>Figures of one reviewer that count a disputed item would tell who said what in it.</summary>
    [Fact]
    public void PerReviewer_IsTheSame_WhoeverSaidWhatInADispute()
    {
        string Told(Label ann, Label bob)
        {
            var queue = Queues.With(["ann", "bob"], items: 2);
            queue.Judge("ann", ann);
            queue.Judge("bob", bob);
            queue.Judge("ann", Label.Pass);
            queue.Judge("bob", Label.Pass);
            return string.Join(' ', QueueAgreement.Of(queue.State).PerReviewer);
        }
        Assert.Equal(Told(Label.Pass, Label.Fail), Told(Label.Fail, Label.Pass));
        Assert.NotEqual(Told(Label.Pass, Label.Fail), Told(Label.Pass, Label.Pass));
    }
}
