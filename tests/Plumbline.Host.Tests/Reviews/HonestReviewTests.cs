using System.Text.Json;
using Plumbline.Testing;
using Plumbline.Testing.Api;

namespace Plumbline.Host.Tests.Reviews;

/// <summary>What keeps reviews honest, over the real server's API: joining first, staying blinded until nothing can be taken back, being left out after having
/// been able to read, and a queue that says what it lacks.</summary>
public sealed class HonestReviewTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task OpenQueue_IsJoinedFirst_AndJoiningClosesWhatItHolds()
    {
        using var sme = await server.JoinAsync("joins@example.com", "SME");
        var (traceId, queueId) = (await NewTraceAsync(), await QueueAsync(new { reviewsPerItem = 1 }));
        await AddAsync(queueId, traceId);
        Assert.Null(await ErrorAsync(sme, traceId));
        Assert.Contains(queueId, await QueuesAsync(sme, "joinableQueues"));
        Assert.Equal("FORBIDDEN", await sme.ErrorCodeAsync(Claim, new { q = queueId }));

        await sme.QueryAsync(Join, new { q = queueId });
        Assert.DoesNotContain(queueId, await QueuesAsync(sme, "joinableQueues"));
        Assert.Contains(queueId, await QueuesAsync(sme, "reviewInbox"));
        Assert.Equal("BLINDED", await ErrorAsync(sme, traceId));
        Assert.Equal(1, await AuditsAsync("queue.joined", queueId));
        Assert.Equal("OPENED", (await JudgeAsync(sme, queueId)).GetProperty("seen").GetString());
    }

    [Fact]
    public async Task ANamedQueue_CannotBeJoined_AndIsNotOffered()
    {
        using var sme = await server.JoinAsync("stranger@example.com", "SME");
        var queueId = await QueueAsync(new { reviewerIds = new[] { await server.Owner.MeAsync() } });
        Assert.Equal("FORBIDDEN", await sme.ErrorCodeAsync(Join, new { q = queueId }));
        Assert.DoesNotContain(queueId, await QueuesAsync(sme, "joinableQueues"));
    }

    [Fact]
    public async Task SubmitLookUndo_ShowsNothing_AndWhatWasTakenBackStaysOnRecord()
    {
        using var sme = await server.JoinAsync("slips@example.com", "SME");
        var (traceId, queueId) = (await NewTraceAsync(), await QueueAsync(new { reviewsPerItem = 1, reviewerIds = new[] { await sme.MeAsync() } }));
        await AddAsync(queueId, traceId);
        var slip = await JudgeAsync(sme, queueId, "FAIL");
        Assert.Equal("BLINDED", await ErrorAsync(sme, traceId));
        await sme.DoAsync("undoReview", new { id = slip.Text("id") }, "assignment { id }");
        var review = await JudgeAsync(sme, queueId);
        Assert.Equal(JsonValueKind.String, review.GetProperty("undoableUntil").ValueKind);
        var item = Assert.Single(await ItemsAsync(queueId));
        Assert.Equal("FAIL", Assert.Single(item.GetProperty("undoneReviews").EnumerateArray()).GetProperty("label").GetString());
        Assert.Equal(["PASS"], item.GetProperty("reviews").EnumerateArray().Select(r => r.GetProperty("label").GetString()));

        await sme.QueryAsync(Finish, new { id = review.Text("id") });
        Assert.Null(await ErrorAsync(sme, traceId));
        Assert.Equal(
            "CONFLICT",
            await sme.ErrorCodeAsync(
                "mutation($id: ID!) { undoReview(input: { id: $id }) { assignment { id } } }",
                new { id = review.Text("id") }));
    }

    [Fact]
    public async Task SteppingOutAndIn_LeavesNothingToJudge_AndIsWrittenDown()
    {
        using var dev = await server.JoinAsync("steps@example.com", "DEVELOPER");
        var (me, owner) = (await dev.MeAsync(), await server.Owner.MeAsync());
        var (traceId, queueId) = (await NewTraceAsync(), await QueueAsync(new { reviewsPerItem = 1, reviewerIds = new[] { me, owner } }));
        await AddAsync(queueId, traceId);
        Assert.Equal("BLINDED", await ErrorAsync(dev, traceId));
        await dev.QueryAsync(Reviewers, new { q = queueId, r = new[] { owner } });
        Assert.Null(await ErrorAsync(dev, traceId));
        await dev.QueryAsync(Reviewers, new { q = queueId, r = new[] { me, owner } });
        Assert.Null(await ErrorAsync(dev, traceId));
        Assert.Equal(JsonValueKind.Null, (await dev.QueryAsync(Claim, new { q = queueId })).At("claimNextReview.assignment").ValueKind);
        var changes = await AuditDetailsAsync("queue.changed", queueId);
        Assert.Equal(
            [$"{me} {owner} -> {owner}", $"{owner} -> {me} {owner}"],
            changes.Select(d => $"{Ids(d, "reviewersBefore")} -> {Ids(d, "reviewersAfter")}")
                .OrderBy(c => c.StartsWith(owner, StringComparison.Ordinal)).ThenBy(c => c, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Leaving_IsWrittenDown_AndNothingIsOfferedAfterwards()
    {
        using var sme = await server.JoinAsync("leaves@example.com", "SME");
        var (traceId, queueId) = (await NewTraceAsync(), await QueueAsync(new { }));
        await AddAsync(queueId, traceId);
        await sme.QueryAsync(Join, new { q = queueId });
        Assert.Equal("BLINDED", await ErrorAsync(sme, traceId));
        await sme.DoAsync("leaveReviewQueue", new { queueId }, "queue { id }");
        Assert.Null(await ErrorAsync(sme, traceId));
        Assert.Equal(1, await AuditsAsync("queue.left", queueId));
        await sme.QueryAsync(Join, new { q = queueId });
        Assert.Equal(JsonValueKind.Null, (await sme.QueryAsync(Claim, new { q = queueId })).At("claimNextReview.assignment").ValueKind);
    }

    [Fact]
    public async Task SkippedByEverybody_IsStuck_AndSaysWhy()
    {
        using var sme = await server.JoinAsync("skips@example.com", "SME");
        var (traceId, queueId) = (await NewTraceAsync(), await QueueAsync(new { reviewsPerItem = 1, reviewerIds = new[] { await sme.MeAsync() } }));
        await AddAsync(queueId, traceId);
        var turn = (await sme.QueryAsync(Claim, new { q = queueId })).Text("claimNextReview.assignment.id");
        Assert.Equal(
            "BAD_USER_INPUT",
            await sme.ErrorCodeAsync("mutation($a: ID!) { skipReview(input: { assignmentId: $a }) { assignment { id } } }", new { a = turn }));
        var again = (await sme.QueryAsync(Skip, new { a = turn, r = "I read no Finnish" })).At("skipReview.assignment");
        Assert.Equal("I read no Finnish", again.GetProperty("skippedBecause").GetString());
        var last = await sme.QueryAsync(Skip, new { a = again.Text("id"), r = "Still not" });
        Assert.Equal(JsonValueKind.Null, last.At("skipReview.assignment").ValueKind);
        var item = Assert.Single(await ItemsAsync(queueId, "STUCK"));
        Assert.Equal(["I read no Finnish", "Still not"], item.GetProperty("skips").EnumerateArray().Select(s => s.GetProperty("reason").GetString()));
        var progress = (await server.Owner.QueryAsync(
            "query($q: ID!) { node(id: $q) { ... on ReviewQueue { progress { total stuck shortOfReviewers } } } }", new { q = queueId })).At("node.progress");
        Assert.Equal("""{"total":1,"stuck":1,"shortOfReviewers":0}""", progress.GetRawText());
    }

    /// <summary>Reviewers who may not review any more give no review: a queue that waits for them says that it lacks some.</summary>
    [Fact]
    public async Task AQueueWhoseReviewersLostTheRight_SaysThatItIsShortOfThem()
    {
        using var gone = await server.JoinAsync("is-removed@example.com", "SME");
        using var lowered = await server.JoinAsync("is-lowered@example.com", "SME");
        var (goneId, loweredId) = (await gone.MeAsync(), await lowered.MeAsync());
        var (traceId, queueId) = (await NewTraceAsync(), await QueueAsync(new { reviewsPerItem = 1, reviewerIds = new[] { goneId, loweredId } }));
        await AddAsync(queueId, traceId);
        await server.Owner.DoAsync("removeMember", new { organizationId = server.OrganizationId, userId = goneId }, "organization { id }");
        Assert.Single(await ItemsAsync(queueId, "WAITING"));
        await SetRoleAsync(loweredId, "VIEWER");
        var item = Assert.Single(await ItemsAsync(queueId, "SHORT_OF_REVIEWERS"));
        Assert.Equal("SHORT_OF_REVIEWERS", item.GetProperty("state").GetString());
        var queue = (await server.Owner.QueryAsync(
            "query($q: ID!) { node(id: $q) { ... on ReviewQueue { progress { waiting shortOfReviewers } } } }", new { q = queueId })).GetProperty("node");
        Assert.Equal("""{"waiting":0,"shortOfReviewers":1}""", queue.GetProperty("progress").GetRawText());
        // They may be given it again with their role, so what others say stays hidden from them; then the queue goes on.
        Assert.Equal("BLINDED", await ErrorAsync(lowered, traceId));
        await SetRoleAsync(loweredId, "SME");
        Assert.Single(await ItemsAsync(queueId, "WAITING"));
    }

    [Fact]
    public async Task ADeletedQueue_IsGone_LiftsBlinding_AndLeavesOneEntryHoweverOftenItIsDeleted()
    {
        using var sme = await server.JoinAsync("bins@example.com", "SME");
        var (traceId, queueId) = (await NewTraceAsync(), await QueueAsync(new { reviewsPerItem = 1, reviewerIds = new[] { await sme.MeAsync() } }));
        await AddAsync(queueId, traceId);
        var review = (await JudgeAsync(sme, queueId)).Text("id");
        Assert.Equal("BLINDED", await ErrorAsync(sme, traceId));
        Assert.Equal("FORBIDDEN", await sme.ErrorCodeAsync(Delete, new { q = queueId }));

        for (var i = 0; i < 2; i++)
        {
            var answer = await server.Owner.QueryAsync(Delete, new { q = queueId });
            Assert.Equal(queueId, answer.Text("deleteReviewQueue.deletedId"));
        }

        Assert.Equal("NOT_FOUND", await server.Owner.ErrorCodeAsync(Claim, new { q = queueId }));
        Assert.Null(await ErrorAsync(sme, traceId));
        Assert.Equal(1, await AuditsAsync("queue.deleted", queueId));
        var left = await server.Owner.QueryAsync(
            "query($p: ID!) { project(id: $p) { reviewQueues { id } } }", new { p = server.ProjectId });
        Assert.DoesNotContain(queueId, left.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("NOT_FOUND", await sme.ErrorCodeAsync("query($r: ID!) { node(id: $r) { id } }", new { r = review }));
        var missing = Contracts.NodeId.Format(Contracts.NodeKinds.ReviewQueue, Contracts.NodeId.ParseProject(server.ProjectId), "missing");
        Assert.Equal("NOT_FOUND", await server.Owner.ErrorCodeAsync(Delete, new { q = missing }));
    }

    private const string Delete = "mutation($q: ID!) { deleteReviewQueue(input: { id: $q }) { deletedId } }";
    private const string Claim = "mutation($q: ID!) { claimNextReview(input: { queueId: $q }) { assignment { id } } }";
    private const string Join = "mutation($q: ID!) { joinReviewQueue(input: { queueId: $q }) { queue { id reviewers { email } } } }";
    private const string Finish = "mutation($id: ID!) { finishReview(input: { id: $id }) { review { undoableUntil } item { state } } }";
    private const string Skip = "mutation($a: ID!, $r: String) { skipReview(input: { assignmentId: $a, reason: $r }) { assignment { id skippedBecause } } }";
    private const string Reviewers = "mutation($q: ID!, $r: [ID!]) { updateReviewQueue(input: { id: $q, reviewerIds: $r }) { queue { id } } }";

    private static string Ids(JsonElement detail, string member) =>
        string.Join(' ', detail.GetProperty(member).EnumerateArray().Select(i => i.GetString()));

    private static async Task<JsonElement> JudgeAsync(ServerClient person, string queueId, string label = "PASS")
    {
        var turn = (await person.QueryAsync(Claim, new { q = queueId })).Text("claimNextReview.assignment.id");
        var submitted = await person.DoAsync("submitReview", new { assignmentId = turn, label, reasoning = "Because." }, "review { id seen undoableUntil }");
        return submitted.GetProperty("review");
    }

    private static async Task<string[]> QueuesAsync(ServerClient person, string field) =>
        [.. (await person.QueryAsync($"{{ viewer {{ {field} {{ id }} }} }}")).GetProperty("viewer").GetProperty(field).EnumerateArray()
            .Select(q => q.Text("id"))];

    /// <summary>How the trace answers the person; null when it opens.</summary>
    private static async Task<string?> ErrorAsync(ServerClient person, string traceId)
    {
        using var answer = JsonDocument.Parse(await person.QueryTextAsync($"{{ node(id: \"{traceId}\") {{ ... on Trace {{ models }} }} }}"));
        return answer.RootElement.TryGetProperty("errors", out var errors)
            ? errors[0].At("extensions.code").GetString()
            : null;
    }

    private async Task<List<JsonElement>> AuditDetailsAsync(string action, string target)
    {
        var log = await server.Owner.QueryAsync(
            "query($a: String!) { organization(slug: \"acme\") { auditLog(first: 500, where: { action: $a }) { nodes { target detail } } } "
                + "}", new { a = action });
        return [.. log.At("organization.auditLog.nodes").EnumerateArray()
            .Where(e => e.GetProperty("target").GetString() == target).Select(e => e.GetProperty("detail"))];
    }

    private async Task<int> AuditsAsync(string action, string target) => (await AuditDetailsAsync(action, target)).Count;

    private Task SetRoleAsync(string userId, string role) => server.Owner.DoAsync(
        "setMemberRole", new { organizationId = server.OrganizationId, userId, role }, "membership { role }");

    private async Task<List<JsonElement>> ItemsAsync(string queueId, string? state = null)
    {
        var found = await server.Owner.QueryAsync(
            "query($q: ID!, $s: ReviewItemState) { node(id: $q) { ... on ReviewQueue { items(state: $s) { nodes { id state skips { reason } "
                + "reviews { label } undoneReviews { label undoneAt } } } } } }",
            new { q = queueId, s = state });
        return [.. found.At("node.items.nodes").EnumerateArray()];
    }

    private async Task<string> QueueAsync(object more)
    {
        var input = JsonSerializer.SerializeToNode(more)!.AsObject();
        (input["projectId"], input["name"], input["instructions"]) = (server.ProjectId, "Honest", "Right?");
        var created = await server.Owner.DoAsync("createReviewQueue", input, "queue { id }");
        return created.Text("queue.id");
    }

    private Task AddAsync(string queueId, string traceId) => server.Owner.DoAsync("addToReviewQueue", new { queueId, traceIds = new[] { traceId } }, "added");

    private async Task<string> NewTraceAsync()
    {
        var traceId = TraceSender.NewTraceId();
        Assert.True(await TraceSender.TrySendAsync(server.Script, traceId));
        return Contracts.NodeId.Format(Contracts.NodeKinds.Trace, Contracts.NodeId.ParseProject(server.ProjectId), traceId);
    }
}
