using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;

namespace Plumbline.Features.Tests.Reviews;

/// <summary>What the queue tells of who may still be given what, and for how long that holds.</summary>
public sealed class PendingAnswerTests(ProductFixture shared) : IClassFixture<ProductFixture>, IAsyncLifetime
{
    private readonly ProjectKey _project = new(RandomId.New(), RandomId.New());
    private ProductHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await shared.HostAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Anybody_IsPendingOnWhatOneOfTheReviewersIs()
    {
        var queue = await QueueAsync(["ann", "bob"]);
        await JudgeAsync(queue, "ann");
        _host.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(2, (await queue.GetPendingAsync(null, null))!.Spans.Length);
        Assert.Equal(2, (await queue.GetPendingAsync("bob", null))!.Spans.Length);
        await JudgeAsync(queue, "bob");
        _host.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Single((await queue.GetPendingAsync(null, null))!.Spans);
    }

    [Fact]
    public async Task TheQueuesRules_AreAllTold()
    {
        var rules = new BlindingRules(HideModel: false, HidePromptVersion: true, HideMetrics: false, HideIdentity: true, Shuffle: false);
        var queue = await QueueAsync(["ann"], rules);
        Assert.Equal(rules, (await queue.GetPendingAsync("ann", null))!.Rules);
        Assert.Equal(rules, (await queue.GetPendingAsync(null, null))!.Rules);
    }

    [Fact]
    public async Task AnAnswerThatWasKept_IsAnotherOne_OnceAnUndoWindowHasEnded()
    {
        var queue = await QueueAsync(["ann"]);
        await JudgeAsync(queue, "ann");
        var kept = (await queue.GetPendingAsync(null, null))!;
        Assert.Equal(2, kept.Spans.Length);
        Assert.Null(await queue.GetPendingAsync(null, kept.Version));
        Assert.InRange(kept.ValidUntil!.Value, _host.Now + TimeSpan.FromSeconds(60), _host.Now + TimeSpan.FromSeconds(61));

        _host.Clock.Advance(kept.ValidUntil.Value - _host.Now);
        var later = (await queue.GetPendingAsync(null, kept.Version))!;
        Assert.Single(later.Spans);
        Assert.Null(later.ValidUntil);
        Assert.Null(await queue.GetPendingAsync(null, later.Version));
    }

    [Fact]
    public async Task Versions_GrowOverARestart()
    {
        var queue = await QueueAsync(["ann"]);
        await JudgeAsync(queue, "ann");
        _host.Clock.Advance(TimeSpan.FromHours(1));
        var before = (await queue.GetPendingAsync("ann", null))!.Version;
        await _host.ReloadAsync(queue);
        Assert.Null(await queue.GetPendingAsync("ann", before));
        await JudgeAsync(queue, "ann");
        Assert.InRange((await queue.GetPendingAsync("ann", before))!.Version, before + 1, long.MaxValue);
    }

    private async Task<IReviewQueueGrain> QueueAsync(string[] reviewers, BlindingRules? rules = null)
    {
        var queue = _host.Grains.GetGrain<IReviewQueueGrain>(_project.Child(RandomId.New()));
        await queue.CreateAsync(new NewReviewQueue
        {
            Name = "Refunds",
            Instructions = "Right?",
            Blinding = rules ?? BlindingRules.Strictest,
            ReasoningRequired = ReasoningRequired.Never,
            ReviewerIds = [.. reviewers],
            CreatedBy = "boss",
        });
        await queue.AddAsync([new NewReviewItem(Queues.Span(0), null), new NewReviewItem(Queues.Span(1), null)], "boss");
        return queue;
    }

    private static async Task JudgeAsync(IReviewQueueGrain queue, string reviewer) =>
        await queue.SubmitAsync(QueueGrainTests.Pass((await queue.ClaimAsync(reviewer))!, reviewer));
}
