using System.Text.Json;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Outcomes;

/// <summary>The mutations that bring about what their input says, and those that take something away.</summary>
internal static class DeedsByContent
{
    public static IEnumerable<Deed> All { get; } =
    [
        new("acceptInvitation", Repeat.ByContent, "An invitation makes one person a member, who may say so again.")
        {
            InputType = "AcceptInvitationInput",
            Answer = "organization { id slug }",
            By = w => w.Dan.Browser,
            Input = async w =>
            {
                var made = await w.DoAsync("createOrganization", new { name = w.NewWord("Joined") }, "organization { id slug }");
                var token = await w.InviteAsync(made.Text("organization.id"), w.Dan.Email, "VIEWER");
                return new() { ["token"] = token };
            },
            Count = async (w, i) =>
                (await w.AskAsync("{ viewer { organizations { id } } }", by: w.Dan.Browser)).At("viewer.organizations").Count("id", OrganizationOf(i)),
            Audits = async (w, i) =>
                await w.AuditsAsync("member.joined", w.Dan.Id, (await w.NodeAsync(OrganizationOf(i), "... on Organization { slug }")).Text("slug")),
        },
        new("requestToJoin", Repeat.ByContent, "A person has one request by an invitation.")
        {
            InputType = "RequestToJoinInput",
            Answer = "requestedAt",
            By = w => w.Dan.Browser,
            Input = async w => new() { ["token"] = (await OtherAsync(w)).Token },
            Count = async (w, i) => (await RequestsAsync(w, OrganizationOf(i))).EnumerateArray().Count(r =>
                r.Text("invitation.id") == InvitationOf((string)i["token"]!)),
        },
        new("confirmJoinRequest", Repeat.ByContent, "Whoever was let in by a request is in.")
        {
            InputType = "IdInput",
            Answer = "membership { role user { id } }",
            Input = async w => new() { ["id"] = await RequestAsync(w) },
            Count = async (w, i) =>
                (await w.NodeAsync(OrganizationOfId(i["id"]), "... on Organization { members { nodes { user { id } } } }")).At("members.nodes")
                    .EnumerateArray().Count(m => m.Text("user.id") == w.Dan.Id),
        },
        new("declineJoinRequest", Repeat.ByBeingGone, "Nothing is left to be declined.")
        {
            InputType = "IdInput",
            Answer = "organization { id }",
            Input = async w => new() { ["id"] = await RequestAsync(w) },
            Count = async (w, i) => (await RequestsAsync(w, OrganizationOfId(i["id"]))).Count("id", (string)i["id"]!),
            Once = 0,
        },
        new("revokeInvitation", Repeat.ByBeingGone, "Nothing is left to be taken back.")
        {
            InputType = "IdInput",
            Answer = "organization { id }",
            Input = async w =>
            {
                var input = new { organizationId = w.OrganizationId, email = $"{w.NewWord("guest")}@example.com", role = "VIEWER" };
                return new() { ["id"] = (await w.DoAsync("inviteMember", input, "invitation { id }")).Text("invitation.id") };
            },
            Count = async (w, i) =>
                (await w.NodeAsync(w.OrganizationId, "... on Organization { invitations { id } }")).At("invitations").Count("id", (string)i["id"]!),
            Once = 0,
        },
        new("clearProjectRole", Repeat.ByBeingGone, "Nothing is left to be cleared.")
        {
            InputType = "ClearProjectRoleInput",
            Answer = "membership { role projectRoles { role } user { id } }",
            Input = async w =>
            {
                var input = new { organizationId = w.OrganizationId, userId = (await w.JoinAsync(w.NewWord("role"))).Id, projectId = w.ProjectId };
                await w.DoAsync(
                    "setMemberRole", new { input.organizationId, input.userId, input.projectId, role = "VIEWER" },
                    "membership { role }");
                return new() { ["organizationId"] = input.organizationId, ["userId"] = input.userId, ["projectId"] = input.projectId };
            },
            Count = async (w, i) =>
                (await MembersAsync(w)).EnumerateArray().Single(m => m.Text("user.id") == (string)i["userId"]!).At("projectRoles").GetArrayLength(),
            Once = 0,
        },
        new("setMemberRole", Repeat.ByContent, "A member has one role.")
        {
            InputType = "SetMemberRoleInput",
            Answer = "membership { role projectRoles { role project { id } } user { id } }",
            Input = async w =>
                new()
                {
                    ["organizationId"] = w.OrganizationId, ["userId"] = (await w.JoinAsync(w.NewWord("role"))).Id, ["role"] = "SME",
                    ["projectId"] = w.ProjectId,
                },
            Count = async (w, i) =>
                (await MembersAsync(w)).EnumerateArray().Single(m => m.Text("user.id") == (string)i["userId"]!).At("projectRoles").Count("role", "SME"),
        },
        new("saveModelPrice", Repeat.ByContent, "A model has one price from a day on.")
        {
            InputType = "SaveModelPriceInput",
            Answer = "organization { id }",
            Input = w => Inputs.Of(
                ("organizationId", w.OrganizationId), ("model", w.NewWord("model")), ("inputUsdPerMillion", "1.5"),
                ("outputUsdPerMillion", "2"), ("validFrom", "2026-01-01T00:00:00Z")),
            Count = async (w, i) =>
                (await w.NodeAsync(w.OrganizationId, "... on Organization { modelPrices { model } }")).At("modelPrices").Count("model", (string)i["model"]!),
            Audits = (w, i) => w.AuditsAsync("price.saved", i["model"]),
        },
        new("updateProjectSettings", Repeat.ByContent, "A project has one setting of each kind.")
        {
            InputType = "UpdateProjectSettingsInput",
            Answer = "project { id settings { retentionDays sampleRate } }",
            Input = async w => new() { ["projectId"] = await NewProjectAsync(w), ["retentionDays"] = 30, ["sampleRate"] = 0.5 },
            Count = async (w, i) =>
                (await w.ProjectAsync(
                    "settings { retentionDays }", (string)i["projectId"]!)).At("settings.retentionDays") is { ValueKind: JsonValueKind.Number }
                    ? 1
                    : 0,
        },
        new("loadSampleProject", Repeat.ByContent, "A project is filled once; a loading that broke off goes on.")
        {
            InputType = "IdInput",
            IsLong = true,
            Answer = "project { id }",
            Input = async w => new() { ["id"] = await NewProjectAsync(w) },
            Count = async (w, i) => (await w.ProjectAsync("traces { totalCount }", (string)i["id"]!)).At("traces.totalCount").GetInt32(),
            Once = 174, // Six of the 180 wait for the owner's review, who does not see them until then.
            Audits = async (w, i) =>
                await w.AuditsAsync(
                    "queue.created",
                    (await w.ProjectAsync("reviewQueues { id }", (string)i["id"]!)).At("reviewQueues").EnumerateArray().Single().Text("id")),
        },
        new("revokeApiKey", Repeat.ByContent, "A key ends once.")
        {
            InputType = "IdInput",
            Answer = "apiKey { id revokedAt }",
            Input = async w => new()
            {
                ["id"] = (await w.DoAsync(
                    "createApiKey", new { projectId = w.ProjectId, name = w.NewWord("Key"), scopes = (string[])["READ"] }, "apiKey { id }")).Text("apiKey.id"),
            },
            Count = async (w, i) => IsSet((await w.NodeAsync(i["id"], "... on ApiKey { revokedAt }")).At("revokedAt")),
            Audits = (w, i) => w.AuditsAsync("apikey.revoked", i["id"]),
        },
        new("savePromptVersion", Repeat.ByContent, "The same content never makes a second version.")
        {
            InputType = "SavePromptVersionInput",
            Answer = "promptVersion { id number contentHash }",
            Input = w => Inputs.Of(("projectId", w.ProjectId), ("promptName", w.NewWord("prompt")), ("content", World.Content("Say it."))),
            Count = async (w, i) =>
                (await w.ProjectAsync($"prompt(name: \"{i["promptName"]}\") {{ versions {{ totalCount }} }}"))
                    .At("prompt") is { ValueKind: JsonValueKind.Object } p
                ? p.At("versions.totalCount").GetInt32() : 0,
        },
        new("setPromptLabel", Repeat.ByContent, "A label is at one version.")
        {
            InputType = "SetPromptLabelInput",
            Answer = "prompt { id labels { name setAt version { number } } }",
            Input = async w => new() { ["promptId"] = (await w.PromptAsync()).Id, ["label"] = "production", ["number"] = 1 },
            Count = async (w, i) => (await w.NodeAsync(i["promptId"], "... on Prompt { labels { name } }")).At("labels").Count("name", "production"),
            Audits = async (w, i) =>
                await w.AuditsAsync("prompt.label.set", $"{(await w.NodeAsync(i["promptId"], "... on Prompt { name }")).Text("name")}@production"),
        },
        new("archivePrompt", Repeat.ByContent, "A prompt is archived or not.")
        {
            InputType = "IdInput",
            Answer = "prompt { id archivedAt }",
            Input = async w => new() { ["id"] = (await w.PromptAsync()).Id },
            Count = async (w, i) => IsSet((await w.NodeAsync(i["id"], "... on Prompt { archivedAt }")).At("archivedAt")),
        },
        new("restorePrompt", Repeat.ByContent, "A prompt is archived or not.")
        {
            InputType = "IdInput",
            Answer = "prompt { id archivedAt }",
            Input = async w =>
            {
                var (_, id) = await w.PromptAsync();
                await w.DoAsync("archivePrompt", new { id }, "prompt { id }");
                return new() { ["id"] = id };
            },
            Count = async (w, i) => 1 - IsSet((await w.NodeAsync(i["id"], "... on Prompt { archivedAt }")).At("archivedAt")),
        },
        new("cancelPlaygroundRun", Repeat.ByContent, "A run that has ended stays as it is.")
        {
            InputType = "IdInput",
            Answer = "run { id status }",
            Input = async w =>
            {
                var start = DeedsByRequestId.All.Single(d => d.Mutation == "startPlaygroundRun");
                var input = await start.Input(w);
                var id = (await w.AskAsync(start.Document, new { input })).Text("startPlaygroundRun.run.id");
                while (await start.Count(w, input) == 0) await Task.Yield();
                return new() { ["id"] = id };
            },
            Count = async (w, i) => (await w.NodeAsync(i["id"], "... on PlaygroundRun { status }")).Text("status") == "RUNNING" ? 0 : 1,
        },
        new("updateReviewQueue", Repeat.ByContent, "A queue has one name, rubric and set of reviewers.")
        {
            InputType = "UpdateReviewQueueInput",
            Answer = "queue { id name rubric { version instructions } reviewers { email } }",
            Input = async w =>
                new() { ["id"] = await w.QueueAsync(0, 1, w.Ben), ["instructions"] = "Is it true?", ["reviewerIds"] = (string[])[w.Ben.Id, w.Cat.Id] },
            Count = async (w, i) => (await w.NodeAsync(i["id"], "... on ReviewQueue { rubric { version } }")).At("rubric.version").GetInt32(),
            Once = 2,
        },
        new("closeReviewQueue", Repeat.ByContent, "A queue is closed once.")
        {
            InputType = "IdInput",
            Answer = "queue { id closedAt }",
            Input = async w => new() { ["id"] = await w.QueueAsync(1, 1, w.Ben) },
            Count = async (w, i) => IsSet((await w.NodeAsync(i["id"], "... on ReviewQueue { closedAt }")).At("closedAt")),
            Audits = (w, i) => w.AuditsAsync("queue.closed", i["id"]),
        },
        new("deleteReviewQueue", Repeat.ByContent, "A queue is deleted once.")
        {
            InputType = "IdInput",
            Answer = "deletedId",
            Input = async w => new() { ["id"] = await w.QueueAsync(1, 1, w.Ben) },
            Count = (_, _) => Task.FromResult(1),
            Audits = (w, i) => w.AuditsAsync("queue.deleted", i["id"]),
        },
        new("joinReviewQueue", Repeat.ByContent, "A person has joined or not.")
        {
            InputType = "JoinReviewQueueInput",
            Answer = "queue { id reviewers { email } }",
            By = w => w.Ben.Browser,
            Input = async w => new() { ["queueId"] = await w.OpenQueueAsync() },
            Count = async (w, i) => (await w.NodeAsync(i["queueId"], "... on ReviewQueue { reviewers { id } }")).At("reviewers").Count("id", w.Ben.Id),
            Audits = (w, i) => w.AuditsAsync("queue.joined", i["queueId"]),
        },
        new("leaveReviewQueue", Repeat.ByContent, "A person is a reviewer or not.")
        {
            InputType = "JoinReviewQueueInput",
            Answer = "queue { id reviewers { email } }",
            By = w => w.Ben.Browser,
            Input = async w => new() { ["queueId"] = await w.QueueAsync(1, 1, w.Ben) },
            Count = async (w, i) => (await w.NodeAsync(i["queueId"], "... on ReviewQueue { reviewers { id } }")).At("reviewers").Count("id", w.Ben.Id),
            Once = 0,
            Audits = (w, i) => w.AuditsAsync("queue.left", i["queueId"]),
        },
        new("claimNextReview", Repeat.ByContent, "Whoever holds an item is given that one.")
        {
            InputType = "ClaimNextReviewInput",
            Answer = "assignment { id }",
            By = w => w.Ben.Browser,
            Input = async w => new() { ["queueId"] = await w.QueueAsync(3, 1, w.Ben) },
            Count = (w, i) => ProgressAsync(w, i["queueId"], "inReview"),
        },
        new("submitReview", Repeat.ByContent, "A turn becomes one review.")
        {
            InputType = "SubmitReviewInput",
            Answer = "review { id label submittedAt } next { id }",
            By = w => w.Ben.Browser,
            Input = async w => new() { ["assignmentId"] = await w.ClaimAsync(w.Ben, await w.QueueAsync(3, 1, w.Ben)), ["label"] = "PASS" },
            Count = (w, i) => ProgressAsync(w, QueueOf(i["assignmentId"]), "reviewed"),
        },
        new("skipReview", Repeat.ByContent, "A turn is skipped once, whoever has the next.")
        {
            InputType = "SkipReviewInput",
            Answer = "assignment { id }",
            By = w => w.Ben.Browser,
            Input = async w => new() { ["assignmentId"] = await w.ClaimAsync(w.Ben, await w.QueueAsync(3, 1, w.Ben)), ["reason"] = "No." },
            Count = async (w, i) =>
                (await w.NodeAsync(
                    QueueOf(i["assignmentId"]), "... on ReviewQueue { myProgress { skipped } }", w.Ben.Browser)).At("myProgress.skipped").GetInt32(),
        },
        new("undoReview", Repeat.ByContent, "A review is undone into one turn.")
        {
            InputType = "IdInput",
            Answer = "assignment { id }",
            By = w => w.Ben.Browser,
            Input = async w => new() { ["id"] = await w.JudgeAsync(w.Ben, await w.QueueAsync(3, 1, w.Ben), "PASS") },
            Count = (w, i) => ProgressAsync(w, QueueOf(i["id"]), "inReview"),
        },
        new("finishReview", Repeat.ByContent, "A review can be taken back or not.")
        {
            InputType = "IdInput",
            Answer = "review { id undoableUntil } item { id state }",
            By = w => w.Ben.Browser,
            Input = async w => new() { ["id"] = await w.JudgeAsync(w.Ben, await w.QueueAsync(1, 1, w.Ben), "PASS") },
            Count = async (w, i) => 1 - IsSet((await w.NodeAsync(i["id"], "... on Review { undoableUntil }", w.Ben.Browser)).At("undoableUntil")),
        },
        new("reviseReview", Repeat.ByContent, "A review says one thing.")
        {
            InputType = "ReviseReviewInput",
            Answer = "review { id label reasoning history { label } }",
            By = w => w.Ben.Browser,
            Input = async w =>
                new() { ["reviewId"] = await w.JudgeAsync(w.Ben, await w.QueueAsync(1, 1, w.Ben), "PASS"), ["label"] = "FAIL", ["reasoning"] = "It is not." },
            Count = async (w, i) => (await w.NodeAsync(i["reviewId"], "... on Review { history { label } }", w.Ben.Browser)).At("history").GetArrayLength(),
        },
        new("adjudicate", Repeat.ByContent, "An item is decided once.")
        {
            InputType = "AdjudicateInput",
            Answer = "item { id state consensus adjudication { id label } }",
            Input = async w => new() { ["itemId"] = await w.DisputedItemAsync(), ["label"] = "PASS", ["reasoning"] = "It is right." },
            Count = async (w, i) => (await w.NodeAsync(i["itemId"], "... on ReviewItem { state }")).Text("state") == "ADJUDICATED" ? 1 : 0,
            Audits = (w, i) => w.AuditsAsync("item.adjudicated", i["itemId"]),
        },
        new("requestExtraReview", Repeat.ByContent, "The review that somebody waits for is one.")
        {
            InputType = "IdInput",
            Answer = "item { id state }",
            Input = async w => new() { ["id"] = await w.DisputedItemAsync() },
            Count = async (w, i) => (await w.NodeAsync(i["id"], "... on ReviewItem { state }")).Text("state") == "IN_REVIEW" ? 1 : 0,
            Audits = (w, i) => w.AuditsAsync("item.extra.requested", i["id"]),
        },
        new("revealItem", Repeat.ByContent, "An item is revealed to a person or not.")
        {
            InputType = "IdInput",
            Answer = "item { id }",
            By = w => w.Ben.Browser,
            Input = async w =>
            {
                await w.SendTraceAsync();
                var spans = await w.ProjectAsync("spans(first: 1, where: { name: { eq: \"chat\" } }) { nodes { id } }");
                var queueId = await w.QueueAsync(0, 1, w.Ben);
                await w.DoAsync(
                    "addToReviewQueue", new { queueId, spanIds = (string[])[spans.Text("spans.nodes[0].id")] }, "added");
                return new() { ["id"] = (await w.NodeAsync(queueId, "... on ReviewQueue { items { nodes { id } } }")).Text("items.nodes[0].id") };
            },
            Count = async (w, i) =>
                (await w.AnswerAsync("query($id: ID!) { node(id: $id) { id } }", new { id = i["id"] }, w.Ben.Browser)).TryGetProperty("errors", out _) ? 0 : 1,
            Audits = (w, i) => w.AuditsAsync("item.revealed", i["id"]),
        },
        new("updateComment", Repeat.ByContent, "A comment has one text.")
        {
            InputType = "UpdateCommentInput",
            Answer = "comment { id body editedAt }",
            Input = async w => new() { ["id"] = await w.CommentAsync(), ["body"] = w.NewWord("changed") },
            Count = async (w, i) => (await w.NodeAsync(i["id"], "... on Comment { body }")).Text("body") == (string)i["body"]! ? 1 : 0,
        },
        new("resolveComment", Repeat.ByContent, "A thread is done with or not.")
        {
            InputType = "IdInput",
            Answer = "comment { id resolvedAt }",
            Input = async w => new() { ["id"] = await w.CommentAsync() },
            Count = async (w, i) => IsSet((await w.NodeAsync(i["id"], "... on Comment { resolvedAt }")).At("resolvedAt")),
        },
        new("updateDatasetItem", Repeat.ByContent, "An item says one thing.")
        {
            InputType = "UpdateDatasetItemInput",
            Answer = "item { id expected }",
            Input = async w => new() { ["id"] = (await w.ItemsAsync(await w.DatasetAsync(1)))[0], ["expected"] = "yes" },
            Count = async (w, i) => IsSet((await w.NodeAsync(i["id"], "... on DatasetItem { expected }")).At("expected")),
        },
        new("removeMember", Repeat.ByBeingGone, "Nobody is left to be removed.")
        {
            InputType = "RemoveMemberInput",
            Answer = "organization { id }",
            Input = async w => new() { ["organizationId"] = w.OrganizationId, ["userId"] = (await w.JoinAsync(w.NewWord("leaving"))).Id },
            Count = async (w, i) => (await MembersAsync(w)).EnumerateArray().Count(m => m.Text("user.id") == (string)i["userId"]!),
            Once = 0,
        },
        new("deleteModelProvider", Repeat.ByBeingGone, "Nothing is left to be deleted.")
        {
            InputType = "IdInput",
            Answer = "project { id }",
            Input = async w => new() { ["id"] = await w.ProviderAsync() },
            Count = async (w, i) => (await w.ProjectAsync("providers { id }")).At("providers").Count("id", (string)i["id"]!),
            Once = 0,
            Audits = (w, i) => w.AuditsAsync("provider.deleted", i["id"]),
        },
        new("deleteComment", Repeat.ByBeingGone, "Nothing is left to be deleted.")
        {
            InputType = "IdInput",
            Answer = "deletedId",
            Input = async w => new() { ["id"] = await w.CommentAsync() },
            Count = async (w, i) => (await w.NodeAsync(w.TraceId, "... on Trace { comments { id } }")).At("comments").Count("id", (string)i["id"]!),
            Once = 0,
        },
        new("removeDatasetItems", Repeat.ByBeingGone, "Nothing is left to be removed.")
        {
            InputType = "RemoveDatasetItemsInput",
            Answer = "dataset { id itemCount }",
            Input = async w =>
            {
                var datasetId = await w.DatasetAsync(2);
                return new() { ["datasetId"] = datasetId, ["itemIds"] = (string[])[(await w.ItemsAsync(datasetId))[0]] };
            },
            Count = async (w, i) => (await w.ItemsAsync(i["datasetId"])).Length,
        },
        new("eraseData", Repeat.ByBeingGone, "Nothing is left to be erased; each time is audited.")
        {
            InputType = "EraseDataInput",
            Answer = "unreadableBlocks",
            Input = async w =>
            {
                await w.SendTraceAsync();
                var traces = await w.ProjectAsync("traces(first: 1, where: { name: { eq: \"chat\" } }) { nodes { id traceId } }");
                var queueId = await w.QueueAsync(0, 1, w.Ben);
                await w.DoAsync(
                    "addToReviewQueue", new { queueId, traceIds = (string[])[traces.Text("traces.nodes[0].id")] }, "added");
                return new() { ["projectId"] = w.ProjectId, ["traceId"] = traces.Text("traces.nodes[0].traceId") };
            },
            Count = async (w, i) =>
                (await w.ProjectAsync("traces(first: 500) { nodes { traceId } }")).At("traces.nodes").Count("traceId", (string)i["traceId"]!),
            Once = 0,
        },
    ];

    private static int IsSet(JsonElement value) => value.ValueKind == JsonValueKind.Null ? 0 : 1;

    private static string OrganizationOf(Dictionary<string, object?> input) =>
        Contracts.NodeId.Format(Contracts.NodeKinds.Organization, ((string)input["token"]!).Split('.')[0]);

    private static string OrganizationOfId(object? id)
    {
        _ = Contracts.NodeId.TryParse((string)id!, out var parsed);
        return Contracts.NodeId.Format(Contracts.NodeKinds.Organization, parsed.Key.Split('/')[0]);
    }

    private static string InvitationOf(string token) =>
        Contracts.NodeId.Format(Contracts.NodeKinds.Invitation, string.Join('/', token.Split('.')[..2]));

    /// <summary>An organization that Dan is no member of, and an invitation of it that is not for him.</summary>
    private static async Task<(string OrganizationId, string Token)> OtherAsync(World w)
    {
        const string Name = "Asked by Dan";
        var known = (await w.AskAsync("{ viewer { organizations { id name } } }")).At("viewer.organizations").EnumerateArray()
            .Where(o => o.Text("name") == Name).Select(o => o.Text("id")).FirstOrDefault();
        var organizationId = known
            ?? (await w.DoAsync("createOrganization", new { name = Name }, "organization { id }")).Text("organization.id");
        await w.AnswerAsync(
            "mutation($input: RemoveMemberInput!) { removeMember(input: $input) { organization { id } } }",
            new { input = new { organizationId, userId = w.Dan.Id } });
        return (organizationId, await w.InviteAsync(organizationId, $"{w.NewWord("guest")}@example.com", "VIEWER"));
    }

    /// <summary>Dan's request to be let into another organization.</summary>
    private static async Task<string> RequestAsync(World w)
    {
        var (organizationId, token) = await OtherAsync(w);
        await w.DoAsync("requestToJoin", new { token }, "requestedAt", w.Dan.Browser);
        return (await RequestsAsync(w, organizationId)).EnumerateArray().Single(r => r.Text("invitation.id") == InvitationOf(token)).Text("id");
    }

    private static async Task<JsonElement> RequestsAsync(World w, string organizationId) =>
        (await w.NodeAsync(organizationId, "... on Organization { joinRequests { id invitation { id } } }")).At("joinRequests");

    /// <summary>The queue of an assignment or a review, by their ids' keys.</summary>
    private static string QueueOf(object? id)
    {
        _ = Contracts.NodeId.TryParse((string)id!, out var parsed);
        return Contracts.NodeId.Format(Contracts.NodeKinds.ReviewQueue, parsed.Key[..parsed.Key.LastIndexOf('/')]);
    }

    private static async Task<int> ProgressAsync(World w, object? queueId, string member) =>
        (await w.NodeAsync(queueId, $"... on ReviewQueue {{ progress {{ {member} }} }}")).At($"progress.{member}").GetInt32();

    private static async Task<JsonElement> MembersAsync(World w) =>
        (await w.NodeAsync(
            w.OrganizationId, "... on Organization { members(first: 500) { nodes { user { id } projectRoles { role } } } }")).At("members.nodes");

    private static async Task<string> NewProjectAsync(World w) =>
        (await w.DoAsync(
            "createProject", new
            {
                organizationId = w.OrganizationId,
                name = w.NewWord("Project"),
            }, "project { id }")).Text("project.id");
}
