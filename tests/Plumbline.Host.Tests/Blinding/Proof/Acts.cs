using System.Text.Json;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Blinding.Proof;

/// <summary>What people do in a world over time. Of outputs that the readers are still to judge, others may say in each world something else; who
/// reviews which of them in the readers' own queues is the same, for turns go by that.</summary>
internal sealed class Acts(Cast cast, Site site, bool isJoiningApart)
{
    private const string Turn = "assignment { id subject { input { text } } }";
    private readonly Plan _plan = site.Plan;

    /// <summary>What somebody says of a trace in a world.</summary>
    public static string Label(Site site, PlannedTrace trace, string who) => About(site, trace, who).Of("PASS", "FAIL");

    public async Task PlayAsync()
    {
        foreach (var queue in _plan.Queues)
        {
            if (queue.IsOfReaders) await JoinAsync(queue);
            foreach (var name in new[] { "bob", "cat" }) await JudgeAsync(queue, name);
        }
        foreach (var queue in _plan.Queues) await SettleAsync(queue);
        await new Runs(cast, site).PlayAsync();
        foreach (var trace in _plan.Traces) await TalkAsync(trace);
        await FillDatasetsAsync();
        foreach (var queue in _plan.Queues.Where(q => q.IsClosed)) await cast.Owner.DoAsync("closeReviewQueue", new { id = site.Queue(queue) }, "queue { id }");
        await PassThroughAsync();
    }

    /// <summary>Draws of what is said of a trace: the same in both worlds, unless the readers are to judge it and worlds differ in what others say.</summary>
    private static Draw About(Site site, PlannedTrace trace, string what)
    {
        var differs = site.Plan.Difference == Difference.Said && trace.Sight != Sight.Plain;
        return new Draw(site.Plan.Seed, trace.Name, what, differs ? site.Side : 0);
    }

    /// <summary>Each reader takes a first turn, which they hold; where queues are joined, they join before.</summary>
    private async Task JoinAsync(PlannedQueue queue)
    {
        var queueId = site.Queue(queue);
        string[] all = ["bob", "cat", .. Cast.Readers];
        if (queue.IsOpen && isJoiningApart)
            foreach (var person in all) await cast[person].DoAsync("joinReviewQueue", new { queueId }, "queue { id }");
        foreach (var reader in Cast.Readers)
        {
            var turn = (await cast[reader].DoAsync("claimNextReview", new { queueId }, "assignment { id }")).At("assignment");
            if (turn.ValueKind != JsonValueKind.Null) site.Know($"asg {queue.Name} {reader}", turn.Text("id"), $"queue {queue.Name}");
        }
    }

    private async Task JudgeAsync(PlannedQueue queue, string name)
    {
        var person = cast[name];
        var turn = (await person.DoAsync("claimNextReview", new { queueId = site.Queue(queue) }, Turn)).At("assignment");
        while (turn.ValueKind != JsonValueKind.Null)
        {
            var trace = TraceOf(turn);
            var about = About(site, trace, $"{name} in {queue.Name}");
            // What becomes of items in the readers' own queues decides whose turn is next, so nobody leaves any out there.
            if (!queue.IsOfReaders && name == "cat" && about.Chance(0.3))
            {
                turn = (await person.DoAsync("skipReview", new { assignmentId = turn.Text("id"), reason = "Not mine." }, Turn)).At("assignment");
                continue;
            }
            if (about.Chance(0.2)) turn = await TakeBackAsync(person, turn, about);
            var submitted = await SubmitAsync(person, turn.Text("id"), about, claimNext: true);
            if (about.Chance(0.2)) await ReviseAsync(person, submitted.Text("review.id"), about);
            turn = submitted.At("next");
        }
    }

    private PlannedTrace TraceOf(JsonElement turn)
    {
        var text = turn.Text("subject.input[0].text");
        return _plan.Traces.Single(t => text == $"It is {t.Name}.");
    }

    private static async Task<JsonElement> TakeBackAsync(HttpClient person, JsonElement turn, Draw about)
    {
        var submitted = await SubmitAsync(person, turn.Text("id"), about, claimNext: false);
        return (await person.DoAsync("undoReview", new { id = submitted.Text("review.id") }, Turn)).At("assignment");
    }

    private static Task<JsonElement> SubmitAsync(HttpClient person, string assignmentId, Draw about, bool claimNext) => person.DoAsync(
        "submitReview",
        new
        {
            assignmentId,
            label = about.Of("PASS", "FAIL"),
            reasoning = about.Of("Because.", "It is wrong.", null),
            failureModes = about.Chance(0.3) ? new[] { "tone" } : null,
            correctedOutput = about.Of(null, null, "A better answer."),
            secondsSpent = about.Between(1, 90),
            claimNext,
        },
        "review { id } next { id subject { input { text } } }");

    private static Task<JsonElement> ReviseAsync(HttpClient person, string reviewId, Draw about) => person.DoAsync(
        "reviseReview", new { reviewId, label = about.Of("PASS", "FAIL"), reasoning = "On second thoughts." }, "review { id }");

    /// <summary>Learns the ids of a queue's items and reviews, has disputes decided or asked about once more, and shows items to those who
    /// may see them.</summary>
    private async Task SettleAsync(PlannedQueue queue)
    {
        const string items = "items(first: 100) { nodes { id state span { traceId } reviews { id } } }";
        var found = await cast.Owner.ReadAsync($"{{ project(id: \"{site.ProjectId}\") {{ reviewQueue(id: \"{site.Queue(queue)}\") {{ {items} }} }} }}");
        foreach (var item in found.At("project.reviewQueue.items.nodes").EnumerateArray())
        {
            var trace = _plan.Traces.Single(t => t.TraceId == item.Text("span.traceId"));
            var (id, what) = (item.Text("id"), $"{queue.Name} {trace.Name}");
            site.Know($"item {what}", id, $"queue {queue.Name}");
            foreach (var (review, i) in item.At("reviews").EnumerateArray().Select((r, i) => (r, i)))
                site.Know($"rev {what} {i}", review.Text("id"), $"queue {queue.Name}");
            var about = About(site, trace, $"settling in {queue.Name}");
            if (about.Chance(0.3) && !queue.IsOfReaders) await cast["dan"].DoAsync("revealItem", new { id }, "item { id }");
            if (item.Text("state") != "DISPUTED" || about.Chance(0.3)) continue;
            await cast.Owner.DoAsync(
                "adjudicate",
                new
                {
                    itemId = id,
                    label = about.Of("PASS", "FAIL"),
                    reasoning = "Decided.",
                    correctedOutput = about.Of(null, "The best answer."),
                }, "item { id }");
        }
    }

    private async Task TalkAsync(PlannedTrace trace)
    {
        var about = About(site, trace, "talk");
        var traceId = site.Trace(trace);
        for (var i = about.Below(3); i > 0; i--)
        {
            var spanId = about.Chance(0.5) ? site.Span(trace) : null;
            var said = await cast["eve"].DoAsync(
                "addComment", new { projectId = site.ProjectId, traceId, spanId, body = about.Of("Is that so?", "Not true.", "Well said.") }, "comment { id }");
            var id = said.Text("comment.id");
            site.Know($"cmt {trace.Name} {i}", id, $"trace {trace.Name}");
            if (about.Chance(0.4))
                await cast["fay"].DoAsync("addComment", new { projectId = site.ProjectId, traceId, parentId = id, body = "I think so." }, "comment { id }");
            if (about.Chance(0.3)) await cast["fay"].DoAsync("resolveComment", new { id }, "comment { id }");
            if (about.Chance(0.3)) await cast["eve"].DoAsync("updateComment", new { id, body = "Corrected." }, "comment { id }");
        }
    }

    private async Task FillDatasetsAsync()
    {
        foreach (var queue in _plan.Queues)
        {
            await cast.Owner.DoAsync("addToDataset", new { datasetId = site.Ids["ds all"], fromQueue = new { queueId = site.Queue(queue) } }, "added");
            await cast.Owner.DoAsync(
                "addToDataset", new { datasetId = site.Ids["ds failures"], fromQueue = new { queueId = site.Queue(queue), label = "FAIL" } }, "added");
        }
        foreach (var trace in _plan.Traces)
        {
            var about = About(site, trace, "example");
            if (about.Chance(0.6)) await MakeExampleAsync(trace, about);
        }
        foreach (var dataset in new[] { "all", "failures", "by hand" })
            await cast.Owner.DoAsync("snapshotDataset", new { datasetId = site.Ids[$"ds {dataset}"], note = "First." }, "version { number }");
    }

    private async Task MakeExampleAsync(PlannedTrace trace, Draw about)
    {
        var datasetId = site.Ids["ds by hand"];
        await cast["eve"].DoAsync("addToDataset", new { datasetId, spanIds = new[] { site.Span(trace) } }, "added");
        var items = await cast.Owner.ReadAsync(
            $"{{ project(id: \"{site.ProjectId}\") {{ dataset(id: \"{datasetId}\") {{ items(first: 100) {{ nodes {{ id lineage {{ traceId }} }} }} }} }} }}");
        var id = items.At("project.dataset.items.nodes").EnumerateArray().Single(i => i.Text("lineage.traceId") == trace.TraceId).Text("id");
        site.Know($"dsi {trace.Name}", id, "ds by hand");
        await cast["eve"].DoAsync(
            "updateDatasetItem",
            new
            {
                id,
                label = about.Of("PASS", "FAIL"),
                expected = about.Of("A better answer.", "Another."),
                split = about.Of("train", "test"),
            }, "item { id }");
        if (about.Chance(0.3)) await cast["eve"].DoAsync("removeDatasetItems", new { datasetId, itemIds = new[] { id } }, "dataset { id }");
    }

    /// <summary>A colleague is taken out of a queue and comes back; another one joins. Where the readers have other queues over the same outputs, so is
    /// one of them, and another one for good: they are blind by what is left. It is the same in both worlds.</summary>
    private async Task PassThroughAsync()
    {
        var own = _plan.Queues.Where(q => q.IsOfReaders && !q.IsSeen).ToList();
        var leavers = new Draw(_plan.Seed, "leavers").Some(Cast.Readers, 2);
        foreach (var queue in _plan.Queues.Where(q => !q.IsClosed && !q.IsOpen))
        {
            var readers = queue.IsOfReaders ? Cast.Readers : [];
            var (away, gone) = own.Count > 1 && queue == own[^1] ? (leavers, leavers.Skip(1)) : ([], []);
            await SetReviewersAsync(queue, ["cat", .. readers.Except(away)]);
            await SetReviewersAsync(queue, ["cat", .. readers.Except(gone), "bob", "dan"]);
        }
    }

    private async Task SetReviewersAsync(PlannedQueue queue, IEnumerable<string> people) => await cast.Owner.DoAsync(
        "updateReviewQueue", new { id = site.Queue(queue), reviewerIds = people.Select(cast.IdOf).ToArray() }, "queue { id }");
}
