using Plumbline.Host.Tests.Api;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Blinding.Proof;

/// <summary>Has somebody try a prompt, and puts what came of it before the readers. The trace of a run has an id that is drawn at random, and is as long
/// as it took: it is hidden whole, from all of them. Which model it is, and so what it cost, is hidden with it.</summary>
internal sealed class Runs(Cast cast, Site site)
{
    private const string Turn = "assignment { id }";
    private const string Cheap = "house-small";
    private const string Dear = "house-large";

    /// <summary>Gives the models that are tried their prices, which hold in all worlds.</summary>
    public static async Task SetPricesAsync(InProcessServer server)
    {
        foreach (var (model, usd) in new[] { (Cheap, "1000"), (Dear, "9000") })
            await server.Owner.DoAsync(
                "saveModelPrice",
                new
                {
                    organizationId = server.OrganizationId,
                    model,
                    inputUsdPerMillion = usd,
                    outputUsdPerMillion = usd,
                    validFrom = "2020-01-01T00:00:00Z",
                },
                "organization { id }");
    }

    public async Task PlayAsync()
    {
        var runId = await RunAsync();
        var found = await cast.Owner.ReadAsync($"{{ node(id: \"{runId}\") {{ ... on PlaygroundRun {{ status trace {{ id root {{ id }} }} }} }} }}");
        if (found.Text("node.status") != "SUCCEEDED") throw new InvalidOperationException($"The run came to nothing: {found}");
        var (traceId, spanId) = (found.Text("node.trace.id"), found.Text("node.trace.root.id"));
        var queueId = await MakeQueueAsync(traceId);
        site.Know("run trial", runId);
        site.Know("trace of the run", traceId);
        site.Know("span of the run", spanId);
        site.Know("queue runs", queueId);
        foreach (var reader in Cast.Readers.Take(2))
        {
            var turn = (await cast[reader].DoAsync("claimNextReview", new { queueId }, Turn)).Text("assignment.id");
            site.Know($"asg runs {reader}", turn, "queue runs");
        }
        var assignmentId = (await cast["bob"].DoAsync("claimNextReview", new { queueId }, Turn)).Text("assignment.id");
        var label = IsOther(Difference.Said) ? "FAIL" : "PASS";
        var review = await cast["bob"].DoAsync("submitReview", new { assignmentId, label, reasoning = $"It is a {label}." }, "review { id }");
        site.Know("rev of the run", review.Text("review.id"), "queue runs");
        var items = await cast.Owner.ReadAsync(
            $"{{ project(id: \"{site.ProjectId}\") {{ reviewQueue(id: \"{queueId}\") {{ items(first: 2) {{ nodes {{ id }} }} }} }} }}");
        site.Know("item of the run", items.At("project.reviewQueue.items.nodes").EnumerateArray().Single().Text("id"), "queue runs");
    }

    private bool IsOther(Difference difference) => site.Plan.Difference == difference && site.Side == 1;

    private async Task<string> RunAsync()
    {
        var started = await cast["eve"].DoAsync(
            "startPlaygroundRun",
            new
            {
                projectId = site.ProjectId,
                promptName = "refund",
                number = 1,
                inputs = new { },
                providerId = site.Ids["mp house"],
                model = IsOther(Difference.Facts) ? Dear : Cheap,
            },
            "run { id }");
        var id = started.Text("run.id");
        using var live = Asking.Live($"subscription {{ playgroundRun(id: \"{id}\") {{ __typename }} }}");
        using var answer = await cast.Owner.SendAsync(live);
        // It ends with the run.
        await answer.Content.ReadAsStringAsync();
        return id;
    }

    private async Task<string> MakeQueueAsync(string traceId)
    {
        var made = await cast.Owner.DoAsync(
            "createReviewQueue",
            new
            {
                projectId = site.ProjectId,
                name = "runs",
                instructions = "Is it true?",
                reasoningRequired = "NEVER",
                reviewsPerItem = Cast.Roles.Length + 2,
                leaseMinutes = 600,
                reviewerIds = cast.ReaderIds.Append(cast.IdOf("bob")),
                blinding = new { hideModel = true, hidePromptVersion = true, hideMetrics = true, hideIdentity = true, shuffle = true },
            },
            "queue { id }");
        await cast.Owner.DoAsync("addToReviewQueue", new { queueId = made.Text("queue.id"), traceIds = new[] { traceId } }, "added");
        return made.Text("queue.id");
    }
}
