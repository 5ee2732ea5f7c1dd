using Plumbline.Contracts.Reviews;
using Plumbline.Features.Reviews.State;

namespace Plumbline.Features.Tests.Reviews;

/// <summary>What has no viewer leaves out whatever anybody may still be given.</summary>
public sealed class PendingForAnybodyTests
{
    [Fact]
    public void NamedReviewers_AsLongAsOneIsToJudge_ItIsPending()
    {
        var queue = Queues.With(["ann", "bob"], reviewsPerItem: 2);
        Assert.True(IsPending(queue));
        queue.Judge("ann");
        Later(queue);
        Assert.True(IsPending(queue));
        queue.Judge("bob");
        Later(queue);
        Assert.False(IsPending(queue));
    }

    [Fact]
    public void OpenToAll_OnlyThoseWhoJoinedArePending()
    {
        var queue = Queues.With(null, items: 3, reviewsPerItem: 1);
        Assert.False(IsPending(queue));
        queue.Join("ann");
        Assert.Equal(3, Pending(queue).Count());
        queue.Judge("ann");
        Later(queue);
        Assert.Equal(2, Pending(queue).Count());
    }

    [Fact]
    public void OpenToAll_Disputed_IsPendingUntilAdjudicated()
    {
        var queue = Queues.With(null, reviewsPerItem: 2);
        queue.Join("ann", "bob", "dan");
        queue.Judge("ann");
        queue.Judge("bob", Label.Fail);
        Later(queue);
        Assert.True(IsPending(queue));
        queue.Adjudicate("cat", Label.Pass);
        Assert.False(IsPending(queue));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Disputed_IsPending_WhileAReviewerHasNotJudgedIt(bool somebodyIsLeft)
    {
        var queue = Queues.With(somebodyIsLeft ? ["ann", "bob", "cat"] : ["ann", "bob"], reviewsPerItem: 2);
        queue.Judge("ann");
        queue.Judge("bob", Label.Fail);
        Later(queue);
        Assert.Equal(somebodyIsLeft, IsPending(queue));
    }

    [Fact]
    public void JudgedByAll_IsPending_UntilNothingCanBeTakenBack()
    {
        var queue = Queues.With(["ann"], reviewsPerItem: 1);
        queue.Judge("ann");
        queue.Now += queue.Options.UndoWindow;
        Assert.True(IsPending(queue));
        queue.Now += TimeSpan.FromTicks(1);
        Assert.False(IsPending(queue));
    }

    [Fact]
    public void RevealedToTheOnlyReviewer_IsNotPending()
    {
        var queue = Queues.With(["ann"], reviewsPerItem: 1);
        queue.Reveal("ann");
        Assert.False(IsPending(queue));
    }

    [Fact]
    public void Closed_NothingIsPending()
    {
        var queue = Queues.With(["ann"], items: 2);
        queue.Close();
        Assert.False(IsPending(queue));
    }

    /// <summary>Whoever is blinded to a trace is one of anybody.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void WhateverSomebodyIsPendingOn_AnybodyIs(int seed)
    {
        var random = new Random(seed);
        string[] people = ["ann", "bob", "cat"];
        var queue = Queues.With(people, items: 8, reviewsPerItem: 2);
        for (var step = 0; step < 60; step++)
        {
            var person = people[random.Next(people.Length)];
            if (queue.Claim(person) is { } turn) queue.Submit(person, turn.AssignmentId, random.Next(2) == 0 ? Label.Pass : Label.Fail);
            if (random.Next(4) == 0) queue.Now += TimeSpan.FromMinutes(1);
            var anybody = Pending(queue).Select(i => i.Span).ToHashSet();
            Assert.All(people, p => Assert.Subset(anybody, queue.PendingFor(p).Select(i => i.Span).ToHashSet()));
            Assert.Subset(people.SelectMany(queue.PendingFor).Select(i => i.Span).ToHashSet(), anybody);
        }
    }

    private static void Later(Queues queue) => queue.Now += TimeSpan.FromMinutes(5);

    private static bool IsPending(Queues queue) => Pending(queue).Any();

    private static IEnumerable<QueueItem> Pending(Queues queue) => queue.PendingForAnybody();
}
