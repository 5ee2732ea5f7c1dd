using System.Text.Json;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Outcomes;

/// <summary>The mutations that make something new each time, unless the request is named.</summary>
internal static class DeedsByRequestId
{
    public static IEnumerable<Deed> All { get; } =
    [
        new("createOrganization", Repeat.ByRequestId, "Two organizations may have one name.")
        {
            InputType = "CreateOrganizationInput",
            Change = i => i["name"] += " and more",
            Answer = "organization { id slug name }",
            Input = w => Inputs.Of(("name", w.NewWord("Organization"))),
            Count = async (w, i) => (await w.AskAsync("{ viewer { organizations { name } } }")).At("viewer.organizations").Count("name", (string)i["name"]!),
            Audits = async (w, i) =>
                await w.AuditsAsync("organization.created", (await OrganizationAsync(w, i)).Text("id"), (await OrganizationAsync(w, i)).Text("slug")),
        },
        new("inviteMember", Repeat.ByRequestId, "A new invitation takes the place of the one before, whose link somebody may have.")
        {
            InputType = "InviteMemberInput",
            Change = i => i["role"] = "SME",
            Answer = "invitation { id email role } acceptUrl",
            Input = w => Inputs.Of(("organizationId", w.OrganizationId), ("email", $"{w.NewWord("guest")}@example.com"), ("role", "VIEWER")),
            Count = async (w, i) =>
                (await w.NodeAsync(w.OrganizationId, "... on Organization { invitations { email } }")).At("invitations").Count("email", (string)i["email"]!),
            Audits = (w, i) => w.AuditsAsync("member.invited", i["email"]),
        },
        new("createProject", Repeat.ByRequestId, "Two projects may have one name.")
        {
            InputType = "CreateProjectInput",
            Change = i => i["name"] += " and more",
            Answer = "project { id slug name }",
            Input = w => Inputs.Of(("organizationId", w.OrganizationId), ("name", w.NewWord("Project"))),
            Count = async (w, i) => (await ProjectsAsync(w)).Count("name", (string)i["name"]!),
            Audits = async (w, i) =>
                await w.AuditsAsync("project.created", (await ProjectsAsync(w)).EnumerateArray().Single(p => p.Text("name") == (string)i["name"]!).Text("id")),
        },
        new("createApiKey", Repeat.ByRequestId, "Two keys may have one name.")
        {
            InputType = "CreateApiKeyInput",
            Change = i => i["scopes"] = (string[])["READ", "WRITE"],
            Answer = "apiKey { id name scopes } secret",
            Input = w => Inputs.Of(("projectId", w.ProjectId), ("name", w.NewWord("Key")), ("scopes", (string[])["READ"])),
            Count = async (w, i) => (await KeysAsync(w)).Count("name", (string)i["name"]!),
            Audits = async (w, i) =>
                await w.AuditsAsync("apikey.created", (await KeysAsync(w)).EnumerateArray().Single(k => k.Text("name") == (string)i["name"]!).Text("id")),
        },
        new("saveModelProvider", Repeat.ByRequestId, "Without an id it makes a provider, and the second of a name is a conflict.")
        {
            InputType = "SaveModelProviderInput",
            Change = i => i["apiKey"] = "sk-fedcba9876543210",
            Answer = "provider { id name kind baseUrl secretHint }",
            Input = w => Task.FromResult(w.NewProvider()),
            Count = async (w, i) => (await w.ProjectAsync("providers { name }")).At("providers").Count("name", (string)i["name"]!),
            Audits = async (w, i) =>
                await w.AuditsAsync(
                    "provider.saved",
                    (await w.ProjectAsync("providers { id name }")).At("providers").EnumerateArray().Single(p => p.Text("name") == (string)i["name"]!)
                        .Text("id")),
        },
        new("startPlaygroundRun", Repeat.ByRequestId, "Each run calls the model and costs money.")
        {
            InputType = "StartPlaygroundRunInput",
            Change = i => i["model"] = "demo-echo",
            Answer = "run { id inputs promptVersion { number } }",
            Input = async w => new()
            {
                ["projectId"] = w.ProjectId,
                ["promptName"] = w.NewWord("run"),
                ["content"] = World.Content("Say it."),
                ["inputs"] = new { },
                ["providerId"] = (await w.ProjectAsync("providers { id kind }")).At("providers").EnumerateArray().Single(p => p.Text("kind") == "DEMO")
                    .Text("id"),
            },
            Count = RunsAsync,
        },
        new("createReviewQueue", Repeat.ByRequestId, "Two queues may have one name.")
        {
            InputType = "CreateReviewQueueInput",
            Change = i => i["instructions"] = "Is it true?",
            Answer = "queue { id name reviewsPerItem reviewers { email } }",
            Input = w =>
                Inputs.Of(("projectId", w.ProjectId), ("name", w.NewWord("queue")), ("instructions", "Is it right?"), ("reviewerIds", (string[])[w.Ben.Id])),
            Count = async (w, i) => (await w.ProjectAsync("reviewQueues { name }")).At("reviewQueues").Count("name", (string)i["name"]!),
            Audits = async (w, i) =>
                await w.AuditsAsync(
                    "queue.created",
                    (await w.ProjectAsync("reviewQueues { id name }")).At("reviewQueues").EnumerateArray().Single(q => q.Text("name") == (string)i["name"]!)
                        .Text("id")),
        },
        new("addToReviewQueue", Repeat.ByRequestId, "A span is added once, but a filter may match others by the time it is repeated.")
        {
            InputType = "AddToReviewQueueInput",
            Change = i => i["limit"] = 3,
            Answer = "added duplicates queue { id progress { total } }",
            Input = async w => new() { ["queueId"] = await w.QueueAsync(0, 1, w.Ben), ["where"] = new { name = new { eq = "chat" } }, ["limit"] = 2 },
            Count = async (w, i) => (await w.NodeAsync(i["queueId"], "... on ReviewQueue { progress { total } }")).At("progress.total").GetInt32(),
            Once = 2,
        },
        new("addComment", Repeat.ByRequestId, "People say the same thing twice.")
        {
            InputType = "AddCommentInput",
            Change = i => i["body"] += "!",
            Answer = "comment { id body author { email } }",
            Input = async w => new() { ["projectId"] = w.ProjectId, ["traceId"] = await w.SendTraceAsync(), ["body"] = w.NewWord("comment") },
            Count = async (w, i) => (await w.NodeAsync(i["traceId"], "... on Trace { comments { body } }")).At("comments").Count("body", (string)i["body"]!),
        },
        new("createDataset", Repeat.ByRequestId, "The second of a name is a conflict.")
        {
            InputType = "CreateDatasetInput",
            Change = i => i["description"] = "Another",
            Answer = "dataset { id name itemCount }",
            Input = w => Inputs.Of(("projectId", w.ProjectId), ("name", w.NewWord("dataset"))),
            Count = async (w, i) => (await w.ProjectAsync("datasets { name }")).At("datasets").Count("name", (string)i["name"]!),
        },
        new(
            "addToDataset", Repeat.ByRequestId,
            "Equal items are added once, but one may have been changed, and a queue resolved further, by the time it is repeated.")
        {
            InputType = "AddToDatasetInput",
            Change = i => i["items"] = (object[])[new { inputs = "c" }],
            Answer = "added duplicates dataset { id itemCount }",
            Input = async w =>
                new() { ["datasetId"] = await w.DatasetAsync(1), ["items"] = (object[])[new { inputs = "a" }, new { inputs = "b" }, new { inputs = 0 }] },
            Count = async (w, i) => (await w.ItemsAsync(i["datasetId"])).Length,
            Once = 3,
        },
        new("snapshotDataset", Repeat.ByRequestId, "Each makes a version.")
        {
            InputType = "SnapshotDatasetInput",
            Change = i => i["note"] = "second",
            Answer = "version { number itemCount contentHash note }",
            Input = async w => new() { ["datasetId"] = await w.DatasetAsync(1), ["note"] = "first" },
            Count = async (w, i) => (await w.NodeAsync(i["datasetId"], "... on Dataset { versions { number } }")).At("versions").GetArrayLength(),
        },
    ];

    private static async Task<JsonElement> OrganizationAsync(World w, Dictionary<string, object?> input) =>
        (await w.AskAsync("{ viewer { organizations { id slug name } } }")).At("viewer.organizations").EnumerateArray().Single(o =>
            o.Text("name") == (string)input["name"]!);

    private static async Task<JsonElement> ProjectsAsync(World w) =>
        (await w.NodeAsync(w.OrganizationId, "... on Organization { projects { id name } }")).At("projects");

    private static async Task<JsonElement> KeysAsync(World w) => (await w.ProjectAsync("apiKeys { id name }")).At("apiKeys");

    /// <summary>Each run leaves a trace that names its prompt, when it is over: one that should not be there is given some time to come.</summary>
    private static async Task<int> RunsAsync(World w, Dictionary<string, object?> input)
    {
        await Task.Delay(200, TestContext.Current.CancellationToken);
        return (await w.ProjectAsync($"traces(where: {{ promptName: \"{input["promptName"]}\" }}) {{ totalCount }}")).At("traces.totalCount").GetInt32();
    }
}

/// <summary>Inputs of mutations.</summary>
internal static class Inputs
{
    public static Task<Dictionary<string, object?>> Of(params (string Name, object? Value)[] members) =>
        Task.FromResult(members.ToDictionary(m => m.Name, m => m.Value));
}
