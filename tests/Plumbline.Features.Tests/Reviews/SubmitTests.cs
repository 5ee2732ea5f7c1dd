using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;

namespace Plumbline.Features.Tests.Reviews;

public sealed class SubmitTests
{
    private static readonly string[] People = ["ann", "bob", "cid"];

    [Fact]
    public void Submit_Twice_IsOneReview()
    {
        var queue = Queues.With(People);
        var turn = queue.Claim("ann")!;
        var first = queue.Submit("ann", turn.AssignmentId, Label.Fail);
        var again = queue.Submit("ann", turn.AssignmentId, Label.Fail);
        Assert.Equal(first.ReviewId, again.ReviewId);
        Assert.Single(queue.State.Items[0].Reviews);
    }

    [Fact]
    public void Submit_AnothersTurn_IsNotFound() =>
        Assert.Equal(FailureCode.NotFound, Refused(q => q.Submit("bob", q.Claim("ann")!.AssignmentId)));

    [Fact]
    public void Submit_Late_IsTakenWhileTheSlotIsFree()
    {
        var queue = Queues.With(People, reviewsPerItem: 1);
        var turn = queue.Claim("ann")!;
        queue.Now += TimeSpan.FromHours(3);
        Assert.Equal("ann", queue.Submit("ann", turn.AssignmentId).ReviewerId);
    }

    [Fact]
    public void Submit_LateAndSlotTaken_IsLeaseExpired()
    {
        var queue = Queues.With(People, reviewsPerItem: 1);
        var turn = queue.Claim("ann")!;
        queue.Now += TimeSpan.FromHours(3);
        Assert.NotNull(queue.Claim("bob"));
        Assert.Equal(FailureCode.LeaseExpired, Assert.Throws<RequestFailedException>(() => queue.Submit("ann", turn.AssignmentId)).Code);
        queue.Now += TimeSpan.FromHours(3);
        Assert.Equal("ann", queue.Submit("ann", turn.AssignmentId).ReviewerId);
    }

    [Theory]
    [InlineData(Label.Pass, Label.Pass, ReviewItemState.Agreed)]
    [InlineData(Label.Fail, Label.Fail, ReviewItemState.Agreed)]
    [InlineData(Label.Pass, Label.Fail, ReviewItemState.Disputed)]
    public void Submit_AllReviews_AgreeOrDispute(Label first, Label second, ReviewItemState expected)
    {
        var queue = Queues.With(People);
        Assert.Equal(ReviewItemState.Waiting, queue.ItemState());
        queue.Judge("ann", first);
        Assert.Equal(ReviewItemState.InReview, queue.ItemState());
        queue.Judge("bob", second);
        Assert.Equal(expected, queue.ItemState());
        Assert.Equal(first == second ? first : null, queue.State.Items[0].Consensus);
    }

    [Theory]
    [InlineData(ReasoningRequired.Never, Label.Fail, false)]
    [InlineData(ReasoningRequired.OnFail, Label.Pass, false)]
    [InlineData(ReasoningRequired.OnFail, Label.Fail, true)]
    [InlineData(ReasoningRequired.Always, Label.Pass, true)]
    public void Submit_WithoutReasoning_IsRefusedWhereTheRubricAsksForIt(ReasoningRequired required, Label label, bool refused)
    {
        var queue = Queues.With(People, reasoning: required);
        var turn = queue.Claim("ann")!;
        if (refused)
            Assert.Equal(FailureCode.BadUserInput, Assert.Throws<RequestFailedException>(() => queue.Submit("ann", turn.AssignmentId, label, "  ")).Code);
        queue.Submit("ann", turn.AssignmentId, label, refused ? "why" : null);
    }

    [Fact]
    public void Submit_UnknownFailureMode_NamesTheKnownOnes()
    {
        var queue = Queues.With(People, modes: [new FailureMode("tone", "Tone", null)]);
        var turn = queue.Claim("ann")!;
        var failure = Assert.Throws<RequestFailedException>(() => queue.Submit("ann", turn.AssignmentId, Label.Fail, "x", null, "facts"));
        Assert.Contains("tone", failure.Message);
        Assert.Equal(["tone"], queue.Submit("ann", turn.AssignmentId, Label.Fail, "x", null, "tone").FailureModes);
    }

    [Fact]
    public void Submit_RubricChangedMeanwhile_KeepsTheVersionTheReviewerWasGiven()
    {
        var queue = Queues.With(People);
        var turn = queue.Claim("ann")!;
        queue.Change(new ReviewQueueChange { Instructions = "Stricter", ChangedBy = "boss" });
        Assert.Equal(1, queue.Submit("ann", turn.AssignmentId).RubricVersion);
        Assert.Equal(2, queue.Judge("bob").RubricVersion);
    }

    [Fact]
    public void Change_SameRubric_MakesNoVersion()
    {
        var queue = Queues.With(People);
        queue.Change(new ReviewQueueChange { Name = "Other", Instructions = "Is it right?", ChangedBy = "boss" });
        Assert.Equal((1, "Other"), (queue.State.Rubric.Version, queue.State.Name));
    }

    [Fact]
    public void Undo_WithinAMinute_GivesTheItemBack()
    {
        var queue = Queues.With(People);
        var review = queue.Judge("ann");
        queue.Now += TimeSpan.FromSeconds(60);
        var turn = queue.Undo("ann", review.ReviewId);
        Assert.Empty(queue.State.Items[0].Reviews);
        Assert.Equal(turn.AssignmentId, queue.Claim("ann")!.AssignmentId);
        Assert.Equal(Label.Fail, queue.Submit("ann", turn.AssignmentId, Label.Fail).Label);
        Assert.Equal(FailureCode.NotFound, Assert.Throws<RequestFailedException>(() => queue.Undo("ann", review.ReviewId)).Code);
    }

    [Fact]
    public void Undo_TooLateOrNotTheLast_IsAConflict()
    {
        var queue = Queues.With(People, items: 3);
        var first = queue.Judge("ann");
        var second = queue.Judge("ann");
        Assert.Equal(FailureCode.Conflict, Assert.Throws<RequestFailedException>(() => queue.Undo("ann", first.ReviewId)).Code);
        queue.Now += TimeSpan.FromSeconds(61);
        Assert.Equal(FailureCode.Conflict, Assert.Throws<RequestFailedException>(() => queue.Undo("ann", second.ReviewId)).Code);
    }

    [Fact]
    public void Undo_WhileHoldingTheNext_ReleasesThat()
    {
        var queue = Queues.With(People, items: 2, reviewsPerItem: 1);
        var review = queue.Judge("ann");
        var next = queue.Claim("ann")!;
        queue.Undo("ann", review.ReviewId);
        Assert.Equal(next.ItemId, queue.Claim("bob")!.ItemId);
    }

    [Fact]
    public void Revise_KeepsTheEarlierState()
    {
        var queue = Queues.With(People);
        var review = queue.Judge("ann", Label.Fail);
        queue.Revise("ann", review.ReviewId, Label.Pass);
        Assert.Equal((Label.Pass, Label.Fail), (review.Label, Assert.Single(review.History).Label));
    }

    private static FailureCode Refused(Action<Queues> act) => Assert.Throws<RequestFailedException>(() => act(Queues.With(People))).Code;
}
