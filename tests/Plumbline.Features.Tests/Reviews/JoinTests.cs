using Plumbline.Contracts;
using Plumbline.Features.Reviews.State;

namespace Plumbline.Features.Tests.Reviews;

/// <summary>An open queue is reviewed in by those who joined, and joining comes before anything else.</summary>
public sealed class JoinTests
{
    [Fact]
    public void Joined_IsBlindedToEveryItem_NobodyElseIs()
    {
        var queue = Queues.With(null, items: 3);
        queue.Join("ann");
        Assert.Equal(3, queue.PendingFor("ann").Count);
        Assert.Empty(queue.PendingFor("bob"));
        queue.AddItems(1);
        Assert.Equal(4, queue.PendingFor("ann").Count);
    }

    [Fact]
    public void JoinedTwice_IsOneReviewer()
    {
        var queue = Queues.With(null);
        queue.Join("ann", "ann");
        Assert.Equal(["ann"], queue.State.Reviewers);
        Assert.Single(queue.Events.OfType<ReviewerJoined>());
    }

    [Fact]
    public void NamedReviewers_OthersCannotJoin_AndTheyNeedNot()
    {
        var queue = Queues.With(["ann"]);
        queue.Join("ann");
        Assert.Equal(FailureCode.Forbidden, Assert.Throws<RequestFailedException>(() => queue.Join("eve")).Code);
        Assert.Equal(["ann"], queue.State.Reviewers);
    }

    [Fact]
    public void AClosedQueue_CannotBeJoined_NorOneThatIsFull()
    {
        var full = Queues.With(null);
        full.Options.MaxReviewers = 1;
        full.Join("ann");
        Assert.Equal(FailureCode.Conflict, Assert.Throws<RequestFailedException>(() => full.Join("bob")).Code);
        full.Close();
        Assert.Equal(FailureCode.Conflict, Assert.Throws<RequestFailedException>(() => full.Join("ann")).Code);
    }

    [Fact]
    public void Left_MayReadFromNowOn_AndIsNotAskedAgainAboutWhatWasThere()
    {
        var queue = Queues.With(null, items: 2, reviewsPerItem: 1);
        queue.Join("ann");
        var turn = queue.Claim("ann")!;
        queue.Leave("ann");
        Assert.Empty(queue.PendingFor("ann"));
        Assert.Equal(FailureCode.Forbidden, Assert.Throws<RequestFailedException>(() => queue.Submit("ann", turn.AssignmentId)).Code);
        queue.Join("ann");
        Assert.Null(queue.Claim("ann"));
        queue.AddItems(1);
        Assert.Equal(2, queue.State.Index.Item(queue.Claim("ann")!.ItemId)!.Position);
    }
}
