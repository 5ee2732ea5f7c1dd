using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Reviews.State;

namespace Plumbline.Features.Tests.Reviews;

public sealed class ClaimTests
{
    private static readonly string[] People = ["ann", "bob", "cid"];

    [Fact]
    public void Claim_WhileLeaseRuns_RenewsTheSameTurn()
    {
        var queue = Queues.With(People, items: 5);
        var first = queue.Claim("ann")!;
        queue.Now += TimeSpan.FromMinutes(15);
        var again = queue.Claim("ann")!;
        Assert.Equal(first.AssignmentId, again.AssignmentId);
        Assert.Equal(queue.Now + TimeSpan.FromMinutes(20), again.LeaseUntil);
    }

    [Fact]
    public void Claim_ItemBegunByOthers_ComesBeforeFreshOnes()
    {
        var queue = Queues.With(People, items: 10, shuffle: true);
        var begun = queue.Claim("ann")!;
        Assert.Equal(begun.ItemId, queue.Claim("bob")!.ItemId);
        Assert.NotEqual(begun.ItemId, queue.Claim("cid")!.ItemId);
    }

    [Fact]
    public void Claim_Shuffled_OrdersDifferForEachReviewerAndStayTheSameForOne()
    {
        string[] Order(string reviewer, Queues queue) =>
            [.. Enumerable.Range(0, 30).Select(_ => queue.State.Index.Item(queue.Judge(reviewer).ItemId)!.Span.TraceId)];
        var ids = Enumerable.Range(0, 30).Select(i => new AddedItem(RandomId.New(), Queues.Span(i), null)).ToArray();
        string[] Run(string reviewer)
        {
            var queue = Queues.With(People, items: 0, reviewsPerItem: 3, shuffle: true);
            queue.Apply(new ItemsAdded([.. ids], "boss", queue.Now));
            return Order(reviewer, queue);
        }
        Assert.Equal(Run("ann"), Run("ann"));
        Assert.NotEqual(Run("ann"), Run("bob"));
        Assert.Equal(Run("ann").Order(), Run("bob").Order());
    }

    [Fact]
    public void Claim_Unshuffled_KeepsTheOrderOfAdding()
    {
        var queue = Queues.With(People, items: 4);
        Assert.Equal([0, 1, 2, 3], Enumerable.Range(0, 4).Select(_ => queue.State.Index.Item(queue.Judge("ann").ItemId)!.Position));
        Assert.Null(queue.Claim("ann"));
    }

    [Fact]
    public void Claim_EverySlotTaken_GivesNothing()
    {
        var queue = Queues.With(People);
        Assert.NotNull(queue.Claim("ann"));
        Assert.NotNull(queue.Claim("bob"));
        Assert.Null(queue.Claim("cid"));
        queue.Now += TimeSpan.FromMinutes(21);
        Assert.NotNull(queue.Claim("cid"));
    }

    [Fact]
    public void Claim_ByAStranger_IsForbidden_AndWhereTheQueueIsOpenTheyAreToldToJoin()
    {
        Assert.Equal(FailureCode.Forbidden, Assert.Throws<RequestFailedException>(() => Queues.With(People).Claim("eve")).Code);
        var open = Queues.With(null);
        var refused = Assert.Throws<RequestFailedException>(() => open.Claim("eve"));
        Assert.Equal(FailureCode.Forbidden, refused.Code);
        Assert.Contains("Join it first", refused.Message);
        Assert.Empty(open.State.Reviewers);
        open.Join("eve");
        Assert.NotNull(open.Claim("eve"));
    }

    [Fact]
    public void Claim_ClosedQueue_GivesNothing()
    {
        var queue = Queues.With(People);
        queue.Close();
        Assert.Null(queue.Claim("ann"));
        Assert.Empty(queue.PendingFor("ann"));
    }

    [Fact]
    public void Skip_GivesAnotherItem_AndKeepsThePersonBlinded()
    {
        var queue = Queues.With(People, items: 2);
        var skipped = queue.Claim("ann")!;
        queue.Skip("ann", skipped.AssignmentId);
        Assert.NotEqual(skipped.ItemId, queue.Claim("ann")!.ItemId);
        Assert.Contains(queue.State.Index.Item(skipped.ItemId), queue.PendingFor("ann"));
        Assert.Equal(1, QueueProjection.MyProgress(queue.State, "ann", queue.Now).Skipped);
    }

    [Fact]
    public void ReviewerRemoved_LosesTheTurnAndTheBlinding()
    {
        var queue = Queues.With(People);
        var turn = queue.Claim("ann")!;
        queue.Change(new ReviewQueueChange { ReviewerIds = ["bob"], ChangedBy = "boss" });
        Assert.Empty(queue.PendingFor("ann"));
        Assert.Equal(FailureCode.Forbidden, Assert.Throws<RequestFailedException>(() => queue.Submit("ann", turn.AssignmentId)).Code);
    }

    [Fact]
    public void Reveal_EndsTheTurn_AndTheItemIsNotOfferedAgain()
    {
        var queue = Queues.With(People);
        var turn = queue.Claim("ann")!;
        queue.Reveal("ann");
        Assert.Null(queue.Claim("ann"));
        Assert.Empty(queue.PendingFor("ann"));
        var refused = Assert.Throws<RequestFailedException>(() => queue.Submit("ann", turn.AssignmentId));
        Assert.Equal(FailureCode.Conflict, refused.Code);
        Assert.Contains("revealed this item to yourself", refused.Message);
    }
}
