using System.Text;
using System.Text.Json;
using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;

namespace Plumbline.Features.Tests.Reviews;

/// <summary>Worlds that differ only in what others said of the items a reviewer is still to judge look the same to that reviewer.</summary>
public sealed class NonInterferenceTests(SharedProduct shared)
{
    public static TheoryData<string> Worlds => ["pass", "fail", "apart", "corrected", "revised"];

    [Theory]
    [MemberData(nameof(Worlds))]
    public async Task PendingReviewer_SeesTheSameBytes(string world)
    {
        var expected = await SeenByAnnAsync("pass");
        Assert.Equal(expected, await SeenByAnnAsync(world));
        Assert.Contains("Blinded", expected);
    }

    [Fact]
    public async Task OnceSubmitted_TheDifferenceShows()
    {
        Assert.NotEqual(await SeenByAnnAsync("pass", annSubmits: true), await SeenByAnnAsync("fail", annSubmits: true));
    }

    private async Task<string> SeenByAnnAsync(string world, bool annSubmits = false)
    {
        var host = await shared.HostAsync();
        var (project, queueId) = (new ProjectKey(RandomId.New(), RandomId.New()), RandomId.New());
        var queue = host.Grains.GetGrain<IReviewQueueGrain>(project.Child(queueId));
        await host.Grains.GetGrain<IReviewQueuesGrain>(project.ToString()).AddAsync(queueId);
        await QueueGrainTests.CreateAsync(queue, ["ann", "bob", "cid"], items: 1, reviewsPerItem: 3);
        await OthersJudgeAsync(queue, world);
        if (annSubmits) await queue.SubmitAsync(QueueGrainTests.Pass((await queue.ClaimAsync("ann"))!, "ann"));
        // The worlds lie side by side: only what tells them apart by name, and was given, is left out.
        var seen = new StringBuilder(await EverythingAsync(host, queue, project));
        return seen.Replace(
            (await queue.GetAsync()).Id, "the queue's id").Replace(queueId, "queue").Replace(project.Organization, "organization")
                .Replace(project.Project, "project").ToString();
    }

    private static async Task OthersJudgeAsync(IReviewQueueGrain queue, string world)
    {
        var bob = await JudgeAsync(queue, "bob", world is "fail" ? Label.Fail : Label.Pass, world is "corrected" ? "better" : null);
        await JudgeAsync(queue, "cid", world is "fail" or "apart" ? Label.Fail : Label.Pass, null);
        if (world is "revised")
            await queue.ReviseAsync(new RevisedReview { ReviewId = bob.ReviewId, ReviewerId = "bob", Label = Label.Fail, Reasoning = "on second thought" });
    }

    private static async Task<ReviewView> JudgeAsync(IReviewQueueGrain queue, string reviewer, Label label, string? corrected)
    {
        var turn = (await queue.ClaimAsync(reviewer))!;
        return await queue.SubmitAsync(new SubmittedReview
        {
            AssignmentId = turn.AssignmentId,
            ReviewerId = reviewer,
            Label = label,
            Reasoning = $"because {label}",
            CorrectedOutput = corrected,
            SecondsSpent = label == Label.Pass ? 3 : 90,
        });
    }

    /// <summary>Every question about the item that ann may put, answers and refusals alike, as one text.</summary>
    private static async Task<string> EverythingAsync(ProductHost host, IReviewQueueGrain queue, ProjectKey project)
    {
        var seen = new StringBuilder();
        var ann = new QueueViewer("ann", MayAdjudicate: true);
        var spans = await queue.GetSpansAsync();
        async Task Ask<T>(string what, Func<Task<T>> question)
        {
            try
            {
                seen.AppendLine($"{what}: {JsonSerializer.Serialize(await question())}");
            }
            catch (RequestFailedException e)
            {
                seen.AppendLine($"{what}: {e.Code} {e.Message}");
            }
        }
        await Ask("queue", queue.GetAsync);
        await Ask("progress", queue.GetProgressAsync);
        await Ask("my progress", () => queue.GetMyProgressAsync("ann"));
        await Ask("my reviews", async () => (await queue.GetMyReviewsAsync("ann")).Length);
        await Ask("items", async () => (await queue.GetItemsAsync(ann, 10, null, null)).Items.Select(i => (i.State, i.Consensus)).ToString());
        foreach (var state in Enum.GetValues<ReviewItemState>())
            await Ask($"items {state}", async () => (await queue.GetItemsAsync(ann, 10, null, state)).Total);
        await Ask("agreement", () => queue.GetAgreementAsync(ann));
        var scope = Scopes.Of(host.Grains, project, "ann");
        var known = (await host.Get<IVerdicts>().AllAsync(scope, default)).Values.Select(v => (v.Label, v.Disputed));
        seen.AppendLine($"verdicts: {string.Join(',', known)}");
        var verdict = await host.Get<IVerdicts>().ForSpanAsync(scope, spans[0], default);
        seen.AppendLine($"verdict: {verdict?.Label} {verdict?.Disputed}");
        seen.AppendLine($"blinded: {string.Join(',', (await host.Get<IBlinding>().ForAsync(scope, default)).BlindedSpans)}");
        await Ask("claim", async () => (await queue.ClaimAsync("ann")) is { } turn ? (turn.SpanReference, turn.LeaseExpiresAt).ToString() : "nothing");
        return seen.ToString();
    }
}
