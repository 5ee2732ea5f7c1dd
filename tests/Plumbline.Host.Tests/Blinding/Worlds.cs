using System.Text.Json;
using Plumbline.Contracts;
using Plumbline.Testing;
using Plumbline.Testing.Api;

namespace Plumbline.Host.Tests.Blinding;

/// <summary>One server with a project for each world. The same people work in all of them: a developer who still has spans to judge, and
/// two others who have judged.</summary>
public sealed class Worlds : IAsyncLifetime
{
    private const string Submit = "mutation($input: SubmitReviewInput!) { submitReview(input: $input) { next { id subject { input { text } } } } }";
    private readonly RunningServer _server = new();
    private ServerClient _bob = null!;
    private ServerClient _cat = null!;
    private string[] _people = [];

    /// <summary>The reviewer whose answers are compared.</summary>
    public ServerClient Reviewer { get; private set; } = null!;

    public ServerClient Owner => _server.Owner;

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        Reviewer = await _server.JoinAsync("dev@example.com", "DEVELOPER");
        _bob = await _server.JoinAsync("bob@example.com", "SME");
        _cat = await _server.JoinAsync("cat@example.com", "SME");
        _people = await Task.WhenAll(new[] { Reviewer, _bob, _cat }.Select(IdAsync));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var person in new[] { Reviewer, _bob, _cat }) person.Dispose();
        await _server.DisposeAsync();
    }

    /// <summary>Somebody new with this role.</summary>
    internal Task<ServerClient> JoinAsync(string role) => _server.JoinAsync($"{RandomId.New()}@example.com", role);

    /// <summary>Gives somebody the queue that hides everything, which others have judged.</summary>
    internal async Task AssignAsync(World world, ServerClient person)
    {
        var reviewerIds = _people.Append(await IdAsync(person)).ToArray();
        await Owner.DoAsync("updateReviewQueue", new { id = world.Ids["blind"], reviewerIds }, "queue { id }");
    }

    internal async Task SetRoleAsync(ServerClient person, string role) => await Owner.DoAsync(
        "setMemberRole", new { organizationId = _server.OrganizationId, userId = await IdAsync(person), role }, "membership { role }");

    private static Task<string> IdAsync(ServerClient person) => TextAsync(person, "{ viewer { user { id } } }", "viewer", "user", "id");

    /// <summary>Ends the server and starts another one on what it left, with other settings.</summary>
    public async Task<ServerProcess> RestartAsync(IReadOnlyDictionary<string, string> environment)
    {
        await _server.Process.KillAsync();
        return await ServerProcess.StartAsync(_server.Process.Folder, environment);
    }

    internal async Task<World> MakeAsync(Opinion opinion, HiddenFacts facts)
    {
        var name = $"w-{RandomId.New()}";
        var prj = await TextAsync(
            Owner,
            $$"""mutation { createProject(input: { organizationId: "{{_server.OrganizationId}}", name: "World", slug: "{{name}}" }) { project { id } } }""",
            "createProject", "project", "id");
        var world = new World(name, NodeId.ParseProject(prj), prj, new Dictionary<string, string>());
        await FillAsync(world, facts);
        var ids = new Dictionary<string, string>
        {
            ["blind"] = await QueueAsync(world, "Blind", 3, hides: true, _people, World.BlindTrace),
            ["visible"] = await QueueAsync(world, "Visible", 2, hides: false, _people[..2], World.VisibleBlindTrace),
            ["others"] = await QueueAsync(world, "Others", 2, hides: true, _people[1..], World.BlindTrace, World.PlainTrace, World.VisibleBlindTrace),
        };
        foreach (var queue in ids.Values.ToList())
        {
            await JudgeAsync(_bob, queue, opinion.Bob, opinion);
            if (queue != ids["visible"]) await JudgeAsync(_cat, queue, opinion.Cat, opinion);
        }
        await FindItemsAsync(world, ids, opinion);
        await CommentAsync(world, World.PlainTrace, "Plain, said in every world.");
        foreach (var traceId in new[] { World.BlindTrace, World.VisibleBlindTrace })
            ids["comment " + traceId] = opinion.Said is null
                ? NodeId.Format(NodeKinds.Comment, world.Project, $"{traceId}/{RandomId.New()}")
                : await CommentAsync(world, traceId, opinion.Said);
        ids["all"] = await DatasetAsync(world, "All", ids["others"], null);
        ids["failures"] = await DatasetAsync(world, "Failures", ids["others"], "FAIL");
        return world with { Ids = ids };
    }

    /// <summary>A script with a new key of a world.</summary>
    internal Task<ServerClient> KeyAsync(World world, params string[] scopes) => KeyAsync(Owner, world, scopes);

    /// <summary>A script with a new key of a world, made by whoever may.</summary>
    internal Task<ServerClient> KeyAsync(ServerClient maker, World world, params string[] scopes) => KeyAsync(maker, world, "Key", scopes);

    private async Task<ServerClient> KeyAsync(ServerClient maker, World world, string name, string[] scopes)
    {
        var given = string.Join(", ", scopes);
        var document =
            $$"""mutation { createApiKey(input: { projectId: "{{world.ProjectId}}", name: "{{name}}", scopes: [{{given}}] }) { secret } }""";
        return ServerClient.Script(_server.Process, await TextAsync(maker, document, "createApiKey", "secret"));
    }

    private async Task FillAsync(World world, HiddenFacts facts)
    {
        foreach (var template in new[] { "Answer.", "Answer well." })
        {
            await Owner.DoAsync(
                "savePromptVersion",
                new { projectId = world.ProjectId, promptName = "refund", content = new { messages = new[] { new { role = "SYSTEM", template } } } },
                "created");
        }
        var keys = new Dictionary<string, ServerClient>();
        foreach (var name in new[] { HiddenFacts.Usual.Sender, HiddenFacts.Other.Sender }) keys[name] = await KeyAsync(Owner, world, name, ["INGEST"]);
        foreach (var (sender, request) in new[] { (HiddenFacts.Usual.Sender, WorldSpans.Usual()), (facts.Sender, WorldSpans.Hidden(facts)) })
        {
            using var answer = await keys[sender].PostAsync("/v1/traces", request);
            answer.EnsureSuccessStatusCode();
        }
        foreach (var key in keys.Values) key.Dispose();
    }

    private async Task<string> QueueAsync(World world, string name, int reviewsPerItem, bool hides, string[] reviewerIds, params string[] traces)
    {
        var blinding = new { hideModel = hides, hidePromptVersion = hides, hideMetrics = hides, hideIdentity = hides };
        var created = await Owner.DoAsync(
            "createReviewQueue",
            new { projectId = world.ProjectId, name, instructions = "Is it true?", reasoningRequired = "NEVER", reviewsPerItem, reviewerIds, blinding },
            "queue { id }");
        var queueId = created.Text("queue.id");
        await Owner.DoAsync("addToReviewQueue", new { queueId, traceIds = traces.Select(world.Trace) }, "added");
        return queueId;
    }

    /// <summary>What is said of the plain trace is the same in every world.</summary>
    private static async Task JudgeAsync(ServerClient person, string queueId, string label, Opinion opinion)
    {
        var next = (await person.DoAsync("claimNextReview", new { queueId }, "assignment { id subject { input { text } } }")).GetProperty("assignment");
        while (next.ValueKind != JsonValueKind.Null)
        {
            var plain = next.At("subject.input[0].text").GetString() == "It is plain.";
            var input = new
            {
                assignmentId = next.Text("id"),
                label = plain ? "FAIL" : label,
                reasoning = plain ? "Plain." : $"Because {opinion.Name}.",
                correctedOutput = plain ? null : opinion.Corrected,
                secondsSpent = 5,
            };
            next = (await person.QueryAsync(Submit, new { input })).At("submitReview.next");
        }
    }

    private async Task FindItemsAsync(World world, Dictionary<string, string> ids, Opinion opinion)
    {
        var items = (await Owner.QueryAsync(
            "query($p: ID!, $q: ID!) { project(id: $p) { reviewQueue(id: $q) { items { nodes { id span { traceId } reviews { id } } } } } }",
            new { p = world.ProjectId, q = ids["others"] })).At("project.reviewQueue.items.nodes").EnumerateArray();
        foreach (var item in items.Where(i => i.Text("span.traceId") != World.PlainTrace))
        {
            var which = item.Text("span.traceId");
            ids["item " + which] = item.Text("id");
            ids["review " + which] = item.Text("reviews[0].id");
            if (opinion.Adjudicated is null) continue;
            await Owner.DoAsync("adjudicate", new { itemId = ids["item " + which], label = opinion.Adjudicated, reasoning = "Decided." }, "item { id }");
        }
    }

    private Task<string> CommentAsync(World world, string traceId, string body) => TextAsync(
        Owner, $$"""mutation { addComment(input: { projectId: "{{world.ProjectId}}", traceId: "{{world.Trace(traceId)}}", body: "{{body}}" }) { """
            + $$"""comment { id } } }""", "addComment", "comment", "id");

    private async Task<string> DatasetAsync(World world, string name, string queueId, string? label)
    {
        var datasetId = await TextAsync(
            Owner, $$"""mutation { createDataset(input: { projectId: "{{world.ProjectId}}", name: "{{name}}" }) { dataset { id } } }""",
            "createDataset", "dataset", "id");
        await Owner.DoAsync("addToDataset", new { datasetId, fromQueue = new { queueId, label } }, "added");
        await Owner.DoAsync("snapshotDataset", new { datasetId }, "version { number }");
        return datasetId;
    }

    private static async Task<string> TextAsync(ServerClient person, string document, params string[] path) =>
        path.Aggregate(await person.QueryAsync(document), (at, name) => at.GetProperty(name)).GetString()!;
}
