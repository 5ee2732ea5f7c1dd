using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Reviews.State;

namespace Plumbline.Features.Tests.Reviews;

/// <summary>What people do to a queue can be repeated when its answer was lost.</summary>
public sealed class RepeatTests
{
    private static readonly string[] People = ["ann", "bob", "cid"];

    [Fact]
    public void Skip_OfTheSameTurn_IsOneSkip()
    {
        var queue = Queues.With(People, items: 3);
        var turn = queue.Claim("ann")!;
        queue.Skip("ann", turn.AssignmentId);
        var next = queue.Claim("ann")!;
        queue.Skip("ann", turn.AssignmentId);
        Assert.Equal(next.AssignmentId, queue.Claim("ann")!.AssignmentId);
        Assert.Single(queue.Events.OfType<ItemSkipped>());
    }

    [Fact]
    public void Skip_OfATurnThatBecameAReview_IsRefused()
    {
        var queue = Queues.With(People);
        var turn = queue.Claim("ann")!;
        queue.Submit("ann", turn.AssignmentId);
        Assert.Equal(FailureCode.Conflict, Refused(() => queue.Skip("ann", turn.AssignmentId)));
    }

    [Fact]
    public void Undo_OfTheSameReview_IsTheTurnItMade_WhileThatIsHeld()
    {
        var queue = Queues.With(People, items: 2);
        var review = queue.Judge("ann");
        var turn = queue.Undo("ann", review.ReviewId);
        Assert.Equal(turn, DecideReview.TurnAfterUndo(queue.State, review.ReviewId, "ann"));
        Assert.Null(DecideReview.TurnAfterUndo(queue.State, review.ReviewId, "bob"));
        queue.Submit("ann", turn.AssignmentId);
        Assert.Null(DecideReview.TurnAfterUndo(queue.State, review.ReviewId, "ann"));
    }

    [Fact]
    public void Revise_ToWhatTheReviewSays_IsNoEntryInItsHistory()
    {
        var queue = Queues.With(People);
        var review = queue.Judge("ann");
        queue.Revise("ann", review.ReviewId, Label.Fail);
        queue.Revise("ann", review.ReviewId, Label.Fail);
        Assert.Single(review.History);
        queue.Revise("ann", review.ReviewId, Label.Pass);
        Assert.Equal(2, review.History.Count);
    }

    [Fact]
    public void Adjudicate_TheSameAgain_IsOneDecision_AnotherIsRefused()
    {
        var queue = Disputed();
        queue.Adjudicate("cid", Label.Pass);
        var decision = queue.State.Items[0].Adjudication;
        queue.Adjudicate("cid", Label.Pass);
        Assert.Same(decision, queue.State.Items[0].Adjudication);
        Assert.Equal(FailureCode.Conflict, Refused(() => queue.Adjudicate("cid", Label.Fail)));
        Assert.Equal(FailureCode.Conflict, Refused(() => queue.Adjudicate("dan", Label.Pass)));
    }

    [Fact]
    public void RequestExtraReview_BeforeItIsIn_IsTheSameOne_AfterwardsAnother()
    {
        var queue = Disputed("ann", "bob", "cid", "dan");
        queue.RequestExtra("boss");
        queue.RequestExtra("boss");
        Assert.Equal(3, queue.State.Items[0].ReviewsNeeded);
        Assert.Equal(FailureCode.Conflict, Refused(() => queue.RequestExtra("eve")));
        queue.Judge("cid");
        queue.RequestExtra("boss");
        Assert.Equal(4, queue.State.Items[0].ReviewsNeeded);
    }

    private static Queues Disputed(params string[] reviewers)
    {
        var queue = Queues.With(reviewers.Length == 0 ? ["ann", "bob"] : reviewers);
        queue.Judge("ann");
        queue.Judge("bob", Label.Fail);
        return queue;
    }

    private static FailureCode Refused(Action act) => Assert.Throws<RequestFailedException>(act).Code;
}
