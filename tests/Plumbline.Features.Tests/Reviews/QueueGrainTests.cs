using Plumbline.Contracts;
using Plumbline.Contracts.Datasets;
using Plumbline.Contracts.Reviews;

namespace Plumbline.Features.Tests.Reviews;

/// <summary>The real grains over a store in memory, stopped and started again.</summary>
public sealed class QueueGrainTests(ProductFixture shared) : IClassFixture<ProductFixture>, IAsyncLifetime
{
    private readonly ProjectKey _project = new(RandomId.New(), RandomId.New());
    private readonly string _queueId = RandomId.New();
    private ProductHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await shared.HostAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Everything_AfterARestart_IsAsItWas()
    {
        var queue = Queue();
        await CreateAsync(queue, ["ann", "bob"], items: 3);
        var turn = (await queue.ClaimAsync("ann"))!;
        var review = await queue.SubmitAsync(Pass(turn, "ann"));
        var held = (await queue.ClaimAsync("ann"))!;
        var (view, items, mine) = (await queue.GetAsync(), await queue.GetSpansAsync(), await queue.GetMyReviewsAsync("ann"));

        _host = await shared.RestartAsync();
        queue = Queue();
        Assert.Equal(view.Name, (await queue.GetAsync()).Name);
        Assert.Equal(items, await queue.GetSpansAsync());
        Assert.Equal(mine.Select(r => r.ReviewId), (await queue.GetMyReviewsAsync("ann")).Select(r => r.ReviewId));
        Assert.Equal(held.AssignmentId, (await queue.ClaimAsync("ann"))!.AssignmentId);
        Assert.Equal(review.ReviewId, (await queue.SubmitAsync(Pass(turn, "ann"))).ReviewId);
    }

    [Fact]
    public async Task ManyReviewersAtOnce_EachItemGetsItsReviewsAndNoMore()
    {
        var queue = Queue();
        string[] people = [.. Enumerable.Range(0, 8).Select(i => $"person{i}")];
        await CreateAsync(queue, people, items: 20);
        await Task.WhenAll(people.Select(async person =>
        {
            while (await queue.ClaimAsync(person) is { } turn) await queue.SubmitAsync(Pass(turn, person));
        }));
        var page = await queue.GetItemsAsync(new QueueViewer(null, false), 100, null, null);
        Assert.All(page.Items, item => Assert.Equal(2, item.Reviews.Select(r => r.ReviewerId).Distinct().Count()));
        Assert.Equal(new ReviewProgress(20, 0, 0, 20, 0, 20), await queue.GetProgressAsync());
    }

    [Fact]
    public async Task UnknownQueue_IsNotFound_AndLeavesNothingBehind()
    {
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => Queue().GetAsync());
        Assert.Equal(FailureCode.NotFound, failure.Code);
        await foreach (var found in _host.Store.ListAsync("journals/").Where(o => o.Name.Contains(_queueId, StringComparison.Ordinal))) Assert.Fail(found.Name);
    }

    [Fact]
    public async Task Progress_IsWatched_FromNowOn()
    {
        var queue = Queue();
        await CreateAsync(queue, ["ann"], items: 1, reviewsPerItem: 1);
        await using var watched = queue.WatchProgressAsync(CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await watched.MoveNextAsync());
        Assert.Equal(1, watched.Current.Waiting);
        var next = watched.MoveNextAsync();
        await queue.SubmitAsync(Pass((await queue.ClaimAsync("ann"))!, "ann"));
        while (await next && watched.Current.Resolved == 0) next = watched.MoveNextAsync();
        Assert.Equal(1, watched.Current.Resolved);
    }

    [Fact]
    public async Task Progress_OfAQueueThatMoves_IsLostAndNotOver()
    {
        var queue = Queue();
        await CreateAsync(queue, ["ann"], items: 1, reviewsPerItem: 1);
        await using var watched = queue.WatchProgressAsync(CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await watched.MoveNextAsync());
        var next = watched.MoveNextAsync().AsTask();
        await TestSilo.ReloadAsync(queue);
        await queue.GetAsync();
        await Assert.ThrowsAsync<EnumerationAbortedException>(() => next);
    }

    [Fact]
    public async Task Blinding_FollowsTheQueue()
    {
        var (queue, blinding) = (Queue(), _host.Get<IBlinding>());
        await CreateAsync(queue, ["ann", "bob"], items: 2);
        await _host.Grains.GetGrain<IReviewQueuesGrain>(_project.ToString()).AddAsync(_queueId);

        var (ann, cid) = (Scopes.Of(_host.Grains, _project, "ann"), Scopes.Of(_host.Grains, _project, "cid"));
        var before = await blinding.ForAsync(ann, default);
        Assert.Equal(2, before.HiddenTraceIds.Count);
        Assert.Same(before, await blinding.ForAsync(ann, default));
        Assert.True((await blinding.ForAsync(cid, default)).IsEmpty);

        var turn = (await queue.ClaimAsync("ann"))!;
        var review = await queue.SubmitAsync(Pass(turn, "ann"));
        Assert.Contains(turn.SpanReference, (await blinding.ForAsync(ann, default)).BlindedSpans);
        Assert.NotNull(review.UndoableUntil);
        Assert.Null((await queue.WaiveUndoAsync(review.ReviewId, "ann")).UndoableUntil);
        var after = await blinding.ForAsync(ann, default);
        Assert.NotEqual(before.Version, after.Version);
        Assert.DoesNotContain(turn.SpanReference, after.BlindedSpans);
        await queue.CloseAsync("boss");
        Assert.True((await blinding.ForAsync(ann, default)).IsEmpty);
    }

    [Fact]
    public async Task Dataset_AfterARestart_IsAsItWas()
    {
        var key = _project.Child(RandomId.New());
        var dataset = _host.Grains.GetGrain<IDatasetGrain>(key);
        await dataset.CreateAsync("Refunds", "d", "ann");
        var lineage = new DatasetLineage(Queues.Span(1)) { PromptName = "refund", PromptVersion = 3, ReviewIds = ["r"] };
        await dataset.AddAsync([new NewDatasetItem(new DatasetContent { InputsJson = "1", Label = Label.Fail }, lineage)], "ann", []);
        var version = await dataset.SnapshotAsync("first", "ann");
        _host = await shared.RestartAsync();
        dataset = _host.Grains.GetGrain<IDatasetGrain>(key);
        Assert.Equal([version], await dataset.GetVersionsAsync());
        var item = Assert.Single((await dataset.GetItemsAsync(new DatasetQuery(10, null, 1, null))).Items);
        Assert.Equal((Label.Fail, "refund", 3), (item.Content.Label, item.Lineage!.PromptName, item.Lineage.PromptVersion));
        Assert.Equal(1, (await dataset.AddAsync([new NewDatasetItem(new DatasetContent { InputsJson = "1" }, null)], "ann", [])).Duplicates);
    }

    internal static async Task CreateAsync(IReviewQueueGrain queue, string[] reviewers, int items, int reviewsPerItem = 2)
    {
        await queue.CreateAsync(new NewReviewQueue
        {
            Name = "Refunds",
            Instructions = "Right?",
            Blinding = new BlindingRules(true, true, true, true, true),
            ReviewsPerItem = reviewsPerItem,
            ReasoningRequired = ReasoningRequired.Never,
            ReviewerIds = [.. reviewers],
            CreatedBy = "boss",
        });
        await queue.AddAsync([.. Enumerable.Range(0, items).Select(i => new NewReviewItem(Queues.Span(i), null))], "boss");
    }

    internal static SubmittedReview Pass(AssignmentView turn, string reviewer) =>
        new() { AssignmentId = turn.AssignmentId, ReviewerId = reviewer, Label = Label.Pass };

    private IReviewQueueGrain Queue() => _host.Grains.GetGrain<IReviewQueueGrain>(_project.Child(_queueId));
}
